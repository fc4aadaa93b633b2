// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Computed from dates, votes and records at every reading; never stored.
enum LicenceStatus {
    None,
    Requested,
    Denied,
    AwaitingVote,
    Refused,
    Approved,
    Effective,
    Suspended,
    DatasetRetracted,
    Expired,
    Terminated
}

/// @dev The committee's vote on a request.
enum Vote {
    None,
    Approve,
    Refuse
}
