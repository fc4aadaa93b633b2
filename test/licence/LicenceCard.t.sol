// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";

import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {LicenceCard} from "../../contracts/licence/LicenceCard.sol";
import {DataLevel} from "../../contracts/types/Dataset.sol";
import {DatasetId, InstitutionId, LicenceId} from "../../contracts/types/Ids.sol";
import {DeliveryMode, LicenceStatus} from "../../contracts/types/Licence.sol";
import {deployed} from "../support/Deploy.sol";
import {VM} from "../support/Vm.sol";

// solhint-disable quotes

/// @notice The card, letter by letter, against one that is written out here.
contract LicenceCardTest {
    string private constant GREEN = "#1b6e4b";
    string private constant RED = "#8a3b2f";
    string private constant LICENSEE = "0x1122334455667788000000000000000000000000000000000000000000000001";
    string private constant DATASET = "0x2233445566778899000000000000000000000000000000000000000000000002";
    string private constant PURPOSE = "0x33445566778899aa000000000000000000000000000000000000000000000003";

    /// @dev What differs from one card to another.
    struct Shown {
        string name;
        string status;
        string colour;
        string level;
        string delivery;
    }

    LicenceCard private immutable CARD = LicenceCard(deployed("LicenceCard", ""));
    ILicenceRegistry.Subject private subject;
    ILicenceRegistry.Progress private progress;

    function setUp() public {
        subject.licensee = InstitutionId.wrap(0x1122334455667788000000000000000000000000000000000000000000000001);
        subject.datasetId = DatasetId.wrap(0x2233445566778899000000000000000000000000000000000000000000000002);
        subject.purposeDigest = 0x33445566778899aa000000000000000000000000000000000000000000000003;
        progress.until = 1_795_000_000;
    }

    function test_GivenAnyStatus_WhenDrawn_NamesItAndIsGreenWhileEffective() public view {
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
        VM.assertEq(names.length, uint256(type(LicenceStatus).max) + 1);
        for (uint256 i = 0; i < names.length; ++i) {
            LicenceStatus status = LicenceStatus(i);
            string memory colour = status == LicenceStatus.Effective ? GREEN : RED;
            _assertCard(status, Shown("Concord licence 7", names[i], colour, "Individual", "Counts"));
        }
    }

    function test_GivenAnyDelivery_WhenDrawn_SaysHow() public {
        string[3] memory names = ["Counts", "Analysis in place", "Encrypted copy"];
        VM.assertEq(names.length, uint256(type(DeliveryMode).max) + 1);
        for (uint256 i = 0; i < names.length; ++i) {
            progress.delivery = DeliveryMode(i);
            _assertCard(
                LicenceStatus.Effective,
                Shown("Concord licence 7", "Effective", GREEN, "Individual", names[i])
            );
        }
    }

    function test_GivenAnyLevel_WhenDrawn_NamesIt() public {
        string[3] memory names = ["Individual", "Aggregate", "Model"];
        VM.assertEq(names.length, uint256(type(DataLevel).max) + 1);
        for (uint256 i = 0; i < names.length; ++i) {
            progress.level = DataLevel(i);
            _assertCard(LicenceStatus.Effective, Shown("Concord licence 7", "Effective", GREEN, names[i], "Counts"));
        }
    }

    function test_GivenSubLicence_WhenDrawn_IsCalledOne() public {
        progress.isSubLicence = true;
        _assertCard(LicenceStatus.Suspended, Shown("Concord sub-licence 7", "Suspended", RED, "Individual", "Counts"));
    }

    function _assertCard(LicenceStatus status, Shown memory shown) private view {
        string memory uri = CARD.uriOf(LicenceId.wrap(7), subject, progress, status);
        VM.assertEq(bytes(uri), bytes(string.concat("data:application/json;base64,", _base64(_json(shown)))));
    }

    function _json(Shown memory shown) private pure returns (string memory) {
        string memory description =
            "The right of one institution to use one dataset for one purpose. Not transferable.";
        string memory head = string.concat('{"name":"', shown.name, '","description":"', description);
        string memory image = string.concat('","image":"data:image/svg+xml;base64,', _base64(_picture(shown)));
        return string.concat(head, image, '","attributes":[', _attributes(shown), "]}");
    }

    function _attributes(Shown memory shown) private pure returns (string memory list) {
        list = string.concat(_attribute("Status", shown.status), ",", _attribute("Licensee", LICENSEE));
        list = string.concat(list, ",", _attribute("Dataset", DATASET), ",", _attribute("Purpose", PURPOSE));
        list = string.concat(list, ",", _attribute("Level", shown.level), ",", _attribute("Delivery", shown.delivery));
        list = string.concat(list, ',{"trait_type":"Until","display_type":"date","value":1795000000}');
    }

    function _picture(Shown memory shown) private pure returns (string memory svg) {
        svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 260" role="img" font-family="sans-serif">';
        svg = string.concat(svg, "<title>", shown.name, "</title>");
        svg = string.concat(svg, '<rect width="480" height="260" rx="12" fill="#f4f6f8"/>');
        svg = string.concat(svg, '<rect width="480" height="56" rx="12" fill="', shown.colour, '"/>');
        svg = string.concat(svg, '<text x="20" y="36" font-size="20" fill="#fff">', shown.name, "</text>");
        svg = string.concat(svg, _line("88", "Status", shown.status));
        svg = string.concat(svg, _line("116", "Licensee", "0x1122334455667788..."));
        svg = string.concat(svg, _line("144", "Dataset", "0x2233445566778899..."));
        svg = string.concat(svg, _line("172", "Purpose", "0x33445566778899aa..."));
        svg = string.concat(svg, _line("200", "Delivery", shown.delivery));
        svg = string.concat(svg, _line("228", "Until (Unix seconds)", "1795000000"), "</svg>");
    }

    function _line(string memory y, string memory label, string memory value) private pure returns (string memory) {
        string memory left = string.concat('<text x="20" y="', y, '" font-size="14" fill="#5a6570">', label, "</text>");
        return string.concat(left, '<text x="190" y="', y, '" font-size="14" fill="#1d252c">', value, "</text>");
    }

    function _attribute(string memory name, string memory value) private pure returns (string memory) {
        return string.concat('{"trait_type":"', name, '","value":"', value, '"}');
    }

    function _base64(string memory text) private pure returns (string memory) {
        return Base64.encode(bytes(text));
    }
}
