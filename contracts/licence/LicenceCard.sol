// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {DataLevel} from "../types/Dataset.sol";
import {DatasetId, InstitutionId, LicenceId} from "../types/Ids.sol";
import {DeliveryMode, LicenceStatus} from "../types/Licence.sol";
import {ILicenceCard} from "./ILicenceCard.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";

// JSON has double quotes, so that the strings here stand in single ones.
// solhint-disable quotes

/// @title LicenceCard
contract LicenceCard is ILicenceCard {
    using Strings for uint256;

    /// @inheritdoc ILicenceCard
    function uriOf(
        LicenceId licenceId,
        ILicenceRegistry.Subject calldata subject,
        ILicenceRegistry.Progress calldata progress,
        LicenceStatus status
    ) external pure override returns (string memory) {
        string memory name = string.concat(
            progress.isSubLicence ? "Concord sub-licence " : "Concord licence ",
            LicenceId.unwrap(licenceId).toString()
        );
        bytes memory json = bytes.concat(
            '{"name":"',
            bytes(name),
            '","description":"The right of one institution to use one dataset for one purpose. Not transferable.",',
            '"image":"data:image/svg+xml;base64,',
            bytes(Base64.encode(_picture(name, subject, progress, status))),
            '","attributes":[',
            _attributes(subject, progress, status),
            "]}"
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    function _picture(
        string memory name,
        ILicenceRegistry.Subject calldata subject,
        ILicenceRegistry.Progress calldata progress,
        LicenceStatus status
    ) private pure returns (bytes memory) {
        return
            bytes.concat(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 260" role="img" font-family="sans-serif">',
                "<title>",
                bytes(name),
                '</title><rect width="480" height="260" rx="12" fill="#f4f6f8"/>',
                '<rect width="480" height="56" rx="12" fill="',
                status == LicenceStatus.Effective ? bytes("#1b6e4b") : bytes("#8a3b2f"),
                '"/><text x="20" y="36" font-size="20" fill="#fff">',
                bytes(name),
                "</text>",
                _line(88, "Status", _statusName(status)),
                _line(116, "Licensee", _short(InstitutionId.unwrap(subject.licensee))),
                _line(144, "Dataset", _short(DatasetId.unwrap(subject.datasetId))),
                _line(172, "Purpose", _short(subject.purposeDigest)),
                _line(200, "Delivery", _deliveryName(progress.delivery)),
                _line(228, "Until (Unix seconds)", bytes(uint256(progress.until).toString())),
                "</svg>"
            );
    }

    function _attributes(
        ILicenceRegistry.Subject calldata subject,
        ILicenceRegistry.Progress calldata progress,
        LicenceStatus status
    ) private pure returns (bytes memory) {
        return
            bytes.concat(
                _attribute("Status", _statusName(status)),
                ",",
                _attribute("Licensee", _hex(InstitutionId.unwrap(subject.licensee))),
                ",",
                _attribute("Dataset", _hex(DatasetId.unwrap(subject.datasetId))),
                ",",
                _attribute("Purpose", _hex(subject.purposeDigest)),
                ",",
                _attribute("Level", _levelName(progress.level)),
                ",",
                _attribute("Delivery", _deliveryName(progress.delivery)),
                ',{"trait_type":"Until","display_type":"date","value":',
                bytes(uint256(progress.until).toString()),
                "}"
            );
    }

    function _line(uint256 y, bytes memory label, bytes memory value) private pure returns (bytes memory) {
        bytes memory height = bytes(y.toString());
        return
            bytes.concat(
                '<text x="20" y="',
                height,
                '" font-size="14" fill="#5a6570">',
                label,
                '</text><text x="190" y="',
                height,
                '" font-size="14" fill="#1d252c">',
                value,
                "</text>"
            );
    }

    function _attribute(bytes memory label, bytes memory value) private pure returns (bytes memory) {
        return bytes.concat('{"trait_type":"', label, '","value":"', value, '"}');
    }

    function _hex(bytes32 value) private pure returns (bytes memory) {
        return bytes(uint256(value).toHexString(32));
    }

    /// @dev The first eight bytes, as people compare them.
    function _short(bytes32 value) private pure returns (bytes memory) {
        return bytes.concat(bytes((uint256(value) >> 192).toHexString(8)), "...");
    }

    function _deliveryName(DeliveryMode delivery) private pure returns (bytes memory) {
        if (delivery == DeliveryMode.Counts) return "Counts";
        return delivery == DeliveryMode.InPlace ? bytes("Analysis in place") : bytes("Encrypted copy");
    }

    function _levelName(DataLevel level) private pure returns (bytes memory) {
        if (level == DataLevel.Individual) return "Individual";
        return level == DataLevel.Aggregate ? bytes("Aggregate") : bytes("Model");
    }

    function _statusName(LicenceStatus status) private pure returns (bytes memory) {
        string[14] memory names = [
            "None",
            "Requested",
            "Denied",
            "AwaitingVote",
            "Refused",
            "UnderAppeal",
            "Approved",
            "Effective",
            "Suspended",
            "InBreach",
            "EthicsLapsed",
            "DatasetRetracted",
            "Expired",
            "Terminated"
        ];
        return bytes(names[uint256(status)]);
    }
}
