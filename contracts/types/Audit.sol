// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstitutionId, LicenceId, ParticipantId, ScopeId} from "./Ids.sol";

/// @dev What a custodian says of one access.
struct AccessBatch {
    LicenceId licenceId;
    /// Merkle root over the AccessLeaf of every participant whose data was used.
    bytes32 root;
    /// Number of leaves.
    uint32 count;
    /// The block that was the newest when the data was used.
    uint64 claimedBlock;
    /// Digest of who used it.
    bytes32 agent;
    /// Digest of the workflow and its version.
    bytes32 workflow;
}

/// @dev One entry of the log: the batch and what the chain adds.
struct AuditEntry {
    AccessBatch batch;
    /// The institution that logged it.
    InstitutionId custodian;
    /// Hash of the claimed block; zero when the chain no longer knew it, and the entry is late.
    bytes32 claimedBlockHash;
    /// Block time of the entry (Unix seconds).
    uint32 loggedAt;
}

/// @dev One participant's part in an access.
struct AccessLeaf {
    ScopeId scopeId;
    ParticipantId participantId;
    /// The consent version that the custodian relied on.
    uint16 version;
}

enum Lawfulness {
    Lawful,
    /// The entry is late: the chain cannot tell when the claimed block was executed.
    TimeUnproven,
    /// The licence was not in force when the claimed block was executed.
    LicenceNotInForce,
    /// The consent was not permitted when the claimed block was executed.
    NotPermitted,
    /// Another version was current when the claimed block was executed.
    VersionNotCurrent
}
