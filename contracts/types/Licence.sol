// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LicenceId} from "./Ids.sol";

/// @dev Computed from dates, votes and records at every reading; never stored.
enum LicenceStatus {
    None,
    Requested,
    Denied,
    AwaitingVote,
    Refused,
    UnderAppeal,
    Approved,
    Effective,
    /// By the committee or the custodian, or because the holder's institution is not in standing.
    Suspended,
    /// A duty is overdue, or its breach was declared.
    InBreach,
    EthicsLapsed,
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

/// @dev How the licensee gets at the data, narrowest first.
enum DeliveryMode {
    /// Counts only, from the custodian.
    Counts,
    /// Analysis where the data is; results leave, data does not.
    InPlace,
    /// An encrypted copy leaves.
    Export
}

/// @dev What is asked for besides the dataset and the purpose.
struct LicenceAsk {
    /// First second at which the licence would no longer hold (Unix seconds).
    uint32 until;
    DeliveryMode delivery;
    /// The licence that this one goes on from; zero for a first one.
    LicenceId renews;
}

/// @dev What a committee makes of a request: never more than was asked for.
struct LicenceConditions {
    /// First second at which the licence no longer holds (Unix seconds).
    uint32 until;
    DeliveryMode delivery;
    /// Bits of the categories and elements; 0 only where none in particular was asked for.
    uint64 elements;
}

/// @dev What a licensee owes besides keeping to its purpose.
enum DutyKind {
    /// Publish the results.
    Publish,
    /// Return what was derived to the custodian.
    ReturnData,
    /// Work with the investigators of the study.
    Collaborate,
    /// Publish nothing before the due date.
    Moratorium,
    /// Destroy every copy.
    Destroy
}

enum DutyState {
    None,
    Open,
    /// The licensee has shown evidence; the custodian has not answered.
    Discharged,
    /// The custodian has accepted the evidence, or the committee took a breach as made good.
    Fulfilled,
    Breached
}

/// @dev One duty of one licence, in one slot.
struct Duty {
    DutyState state;
    /// First second at which an open duty is overdue (Unix seconds); for a moratorium, at which it is over.
    uint32 dueAt;
    /// Block time (Unix seconds) of the last step.
    uint32 changedAt;
}

/// @dev A duty as it is imposed.
struct DutyTerm {
    DutyKind kind;
    uint32 dueAt;
}
