// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DatasetRecord} from "./Dataset.sol";
import {DatasetId, InstitutionId, LicenceId, SampleId, ScopeId} from "./Ids.sol";

enum SampleKind {
    None,
    Specimen,
    Aliquot
}

enum ActivityKind {
    Collection,
    Aliquoting,
    CustodyTransfer,
    Sequencing,
    Analysis,
    SampleDestruction,
    CopyDestruction
}

/// @dev What was taken from a participant. The sample's id is keccak256(abi.encode(record)).
struct SpecimenRecord {
    /// The institution that collected it and answers for it.
    InstitutionId custodian;
    ScopeId scopeId;
    /// Salted commitment to the participant, keccak256(abi.encode(scopeId, participantId, salt)): never the id itself.
    bytes32 participant;
    /// Digest of what it is, for instance of a SPREC code.
    bytes32 material;
    /// Digest of the custodian's own label, salted where it could be guessed.
    bytes32 label;
}

/// @dev A part of a sample. The aliquot's id is keccak256(abi.encode(record)).
struct AliquotRecord {
    /// The specimen or aliquot that it is a part of.
    SampleId source;
    /// The institution that made it.
    InstitutionId keeper;
    /// Digest of the keeper's own label, salted where it could be guessed.
    bytes32 label;
}

/// @dev When an activity was, by whom and how, as the institution states it.
struct Performance {
    /// Unix seconds, from 1.
    uint32 startedAt;
    /// Unix seconds, not before `startedAt` and not in the future.
    uint32 endedAt;
    /// Digest of the person (salted) or software that carried it out; zero when it is not told.
    bytes32 agent;
    /// Digest of the procedure or workflow that was followed; zero when it is not told.
    bytes32 plan;
}

/// @dev What an analysis read and made.
struct Analysis {
    /// The licence that it was done under.
    LicenceId licenceId;
    /// Digest that names the workflow's version.
    bytes32 version;
    /// Anchored datasets that it read, ascending, the licensed one among them.
    DatasetId[] inputs;
    /// Anchored datasets that it made.
    DatasetRecord[] outputs;
    /// Digests of results that are not anchored.
    bytes32[] results;
}

/// @dev A sample as it stands. Times are Unix seconds.
struct SampleStatus {
    SampleKind kind;
    /// Block time.
    uint32 registeredAt;
    /// Stated time from which its keeper has it.
    uint32 heldSince;
    /// Latest stated time of anything done with it.
    uint32 lastAt;
    /// Block time; 0 while it exists.
    uint32 destroyedAt;
    /// The institution that has custody of it.
    InstitutionId keeper;
    /// The institution that custody is offered to; empty for none.
    InstitutionId offeredTo;
    /// The institution that collected the specimen.
    InstitutionId custodian;
}
