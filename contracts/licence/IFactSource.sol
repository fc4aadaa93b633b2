// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstitutionId} from "../types/Ids.sol";

/// @dev Whose facts are wanted, and what the purpose says of them.
struct FactQuery {
    InstitutionId licensee;
    bytes32 purposeDigest;
    /// Institutions with access, as the purpose lists them.
    bytes32[] institutions;
    /// Facts that are asked about: the FACT_ bits. Of others nothing needs to be read.
    uint32 asked;
    /// What the purpose states, and what it calls unattested: the FACT_ bits.
    uint32 stated;
    uint32 unattested;
}

/// @title IFactSource
/// @notice The seam through which facts reach the matcher: from records and signed statements, never from a caller.
interface IFactSource {
    /**
     * @notice What is true of a use now, and what nobody answers for yet.
     * @return held facts that a record shows, or that the purpose states where no record decides: the FACT_ bits.
     * @return unattested facts without a record or a signed statement behind them: the FACT_ bits.
     */
    function settle(FactQuery calldata query) external view returns (uint32 held, uint32 unattested);

    /// @notice First second at which the ethics approval on record no longer holds (Unix seconds); 0 if none was given.
    function ethicsUntil(InstitutionId licensee, bytes32 purposeDigest) external view returns (uint32);
}
