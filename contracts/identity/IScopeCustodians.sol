// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstitutionId, ScopeId} from "../types/Ids.sol";

/// @title IScopeCustodians
/// @notice What identity/ asks of whoever keeps the scopes: it lies below them.
interface IScopeCustodians {
    /// @notice The institutions responsible for a scope; reverts with ScopeUnknown when there is none.
    function scope(ScopeId scopeId) external view returns (InstitutionId custodian, InstitutionId committee);
}
