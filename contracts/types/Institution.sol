// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

enum Standing {
    None,
    Admitted,
    Suspended
}

/// @dev What the consortium knows of a member. All of it fits one slot.
struct Institution {
    /// INSTITUTION_ROLE bits of Roles.sol.
    uint8 roles;
    Standing standing;
    bool notForProfit;
    /// Block time (Unix seconds).
    uint32 admittedAt;
}
