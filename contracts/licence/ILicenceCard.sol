// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LicenceId} from "../types/Ids.sol";
import {LicenceStatus} from "../types/Licence.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";

/// @title ILicenceCard
/// @notice Draws a licence for wallets: ERC-721 metadata as JSON with an SVG picture, both in data URIs.
interface ILicenceCard {
    /// @notice The metadata of a licence. Ids and digests only: nothing that names a person.
    function uriOf(
        LicenceId licenceId,
        ILicenceRegistry.Subject calldata subject,
        ILicenceRegistry.Progress calldata progress,
        LicenceStatus status
    ) external pure returns (string memory);
}
