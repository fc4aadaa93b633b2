// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Facts} from "../types/DataUse.sol";
import {InstitutionId} from "../types/Ids.sol";

/// @title IFactSource
/// @notice The seam through which facts reach the matcher: from records, never from a caller.
interface IFactSource {
    /// @notice What the records say now of the institution that would use the data.
    function factsOf(InstitutionId licensee) external view returns (Facts memory);
}
