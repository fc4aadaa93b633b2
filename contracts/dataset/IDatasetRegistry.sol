// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Chunk, DatasetRecord, DataLevel, DeidentificationClass, Mirror} from "../types/Dataset.sol";
import {DatasetId, InstitutionId, ParticipantId, ScopeId} from "../types/Ids.sol";

/// @title IDatasetRegistry
/// @notice Anchors of datasets: their digests, versions and lineage, who has custody, and which institutions hold
/// copies. The data itself stays with its custodian.
/// @dev A dataset's id is the digest of its record, so the record is in the event and comes back as a witness.
interface IDatasetRegistry {
    /// @notice Emitted when a dataset is anchored; carries the whole record.
    /// @param number the dataset's, from 1, in the order of anchoring.
    event DatasetAnchored(
        DatasetId indexed datasetId,
        InstitutionId indexed custodian,
        ScopeId indexed scopeId,
        uint32 number,
        DatasetRecord record
    );

    /// @notice Emitted when a custodian takes a dataset back: licences on it, and on what derives from it, end.
    event DatasetRetracted(DatasetId indexed datasetId, InstitutionId indexed custodian);

    /// @notice Emitted when custody passes to a successor.
    event DatasetClaimed(
        DatasetId indexed datasetId,
        InstitutionId indexed custodian,
        InstitutionId indexed previousCustodian
    );

    /// @notice Emitted when a custodian offers an encrypted copy to mirrors; ends what was attested of the one before.
    /// @param offer number of the dataset's offers, from 1.
    event DatasetCopyOffered(
        DatasetId indexed datasetId,
        InstitutionId indexed custodian,
        bytes32 copyDigest,
        uint64 size,
        uint32 offer
    );

    /// @notice Emitted when an institution attests that it holds the copy on offer.
    event DatasetMirrorAttested(
        DatasetId indexed datasetId,
        InstitutionId indexed institutionId,
        bytes32 copyDigest,
        uint32 offer
    );

    /// @notice Emitted when an institution is a mirror no more: by its own word, because its place was given to another
    /// while its attestation did not count, or because it has become the custodian.
    event DatasetMirrorWithdrawn(DatasetId indexed datasetId, InstitutionId indexed institutionId);

    /// @notice Thrown when the very same record is anchored already.
    /// @custom:fix Nothing to do: the dataset's id is the one given.
    error DatasetAlreadyAnchored(DatasetId datasetId);

    /// @notice Thrown when no anchored dataset has the record, or the id.
    /// @custom:fix Take the record from the DatasetAnchored event, unchanged, or anchor it first.
    error DatasetNotAnchored(DatasetId datasetId);

    /// @notice Thrown when the dataset, or one that it derives from, has been retracted.
    /// @custom:fix Use a dataset or a version that stands.
    error DatasetIsRetracted(DatasetId datasetId);

    /// @notice Thrown when the caller's institution does not have custody.
    /// @custom:fix Send from an account of the record's custodian, or of who has claimed custody since.
    error DatasetNotCustodian(InstitutionId custodian, InstitutionId caller);

    /// @notice Thrown when a record lacks its content digest, manifest root, scope or terms.
    /// @custom:fix Fill contentDigest, manifestRoot, scopeId and termsDigest.
    error DatasetRecordIncomplete();

    /// @notice Thrown when a record's `previous` is not the version that is given as its witness.
    /// @custom:fix Use anchorVersion with the record of the version that `previous` names, or leave `previous` empty.
    error DatasetVersionMismatch(DatasetId previous, DatasetId witness);

    /// @notice Thrown when a record's parent is not the dataset that is given as its witness; empty where one lacks.
    /// @custom:fix Use anchorDerived with the records of the parents, in their order, or leave `parents` empty.
    error DatasetParentMismatch(DatasetId parent, DatasetId witness);

    /// @notice Thrown when a derived dataset names no parents, or more than MAX_DATASET_PARENTS.
    /// @custom:fix Name 1 to 8 parents; derive in steps from more, or use anchor for a dataset without.
    error DatasetParentCountInvalid(uint256 count);

    /// @notice Thrown when a record names a parent twice.
    /// @custom:fix Name each parent once.
    error DatasetParentRepeated(DatasetId parent);

    /// @notice Thrown when more derivations follow each other than MAX_LINEAGE_DEPTH.
    /// @custom:fix Derive from datasets that are nearer to the collected data.
    error DatasetLineageTooDeep(uint256 depth);

    /// @notice Thrown when a dataset descends from more different ones than MAX_DATASET_ANCESTORS.
    /// @custom:fix Derive from fewer datasets.
    error DatasetLineageTooWide(uint256 ancestors);

    /// @notice Thrown when data about individuals is derived from aggregates or models.
    /// @custom:fix State the level of the data as it is: nothing derived can be closer to persons than its sources.
    error DatasetLevelInvalid(DataLevel level, DataLevel parentLevel);

    /// @notice Thrown when a new version, or data derived about individuals, is about another scope than its source.
    /// @custom:fix Anchor a version as a first one of its own; derive individual-level data within its scope alone.
    error DatasetScopeMismatch(ScopeId expected, ScopeId given);

    /// @notice Thrown when data derived from several scopes names participants.
    /// @custom:fix Leave participantsRoot empty: participants' ids are of one scope.
    error DatasetParticipantsUnexpected(bytes32 participantsRoot);

    /// @notice Thrown when an aggregate has no minimum cell, or other data has one.
    /// @custom:fix Give minimumCell from 1 for level Aggregate, and 0 for the others.
    error DatasetMinimumCellInvalid(DataLevel level, uint32 minimumCell);

    /// @notice Thrown when a record's method and reviewer do not fit its class of de-identification.
    /// @custom:fix Give neither for Identifiable, a method for Pseudonymised, and both for the other classes.
    error DatasetDeidentificationInvalid(DeidentificationClass class, bytes32 method, InstitutionId reviewer);

    /// @notice Thrown when a record names its custodian as its own successor.
    /// @custom:fix Name another institution, or none.
    error DatasetSuccessorInvalid(InstitutionId successor);

    /// @notice Thrown when an institution claims custody that has not passed to it.
    /// @custom:fix Claim for the record's successor once the custodian is expelled, or for the custodian's successor.
    error DatasetNotSuccessor(DatasetId datasetId, InstitutionId custodian, InstitutionId caller);

    /// @notice Thrown when an offered copy lacks its digest or size.
    /// @custom:fix Give the SHA-256 digest of the encrypted copy and its length in bytes.
    error DatasetCopyIncomplete();

    /// @notice Thrown when an institution attests another copy than the one on offer, or none is.
    /// @custom:fix Fetch the copy that the custodian offers now, and attest its digest.
    error DatasetCopyMismatch(DatasetId datasetId, bytes32 offered, bytes32 attested);

    /// @notice Thrown when a dataset's custodian attests to be its mirror.
    /// @custom:fix Have another institution hold the copy.
    error DatasetMirrorIsCustodian(DatasetId datasetId, InstitutionId institutionId);

    /// @notice Thrown when a dataset has MAX_MIRRORS mirrors, all of whose attestations count.
    /// @custom:fix Wait until one withdraws, or its attestation is 90 days old.
    error DatasetMirrorsFull(DatasetId datasetId);

    /// @notice Thrown when an institution that is no mirror withdraws.
    /// @custom:fix Nothing to do: it attests nothing.
    error DatasetNotMirror(DatasetId datasetId, InstitutionId institutionId);

    /**
     * @notice Anchors a first version that derives from no anchored dataset. For an account of its custodian.
     * @return datasetId keccak256(abi.encode(record)).
     */
    function anchor(DatasetRecord calldata record) external returns (DatasetId datasetId);

    /**
     * @notice Anchors a new version of an anchored dataset of the same custodian and scope. A successor that has
     * claimed custody goes on from the old custodian's version.
     * @dev The new version does not share the fate of the old one: a faulty version is replaced, then retracted.
     * @param previous the record of the version that it replaces; licences on that one are untouched.
     */
    function anchorVersion(
        DatasetRecord calldata record,
        DatasetRecord calldata previous
    ) external returns (DatasetId datasetId);

    /**
     * @notice Anchors a first version of a dataset that derives from others, of any custodians. It stands only while
     * all its ancestors do. For an account of its custodian.
     * @param parents the records that `record.parents` names, in that order; all of them standing.
     */
    function anchorDerived(
        DatasetRecord calldata record,
        DatasetRecord[] calldata parents
    ) external returns (DatasetId datasetId);

    /// @notice Anchors a new version, as {anchorVersion} does, of data that derives from others, as {anchorDerived}
    /// does.
    function anchorDerivedVersion(
        DatasetRecord calldata record,
        DatasetRecord calldata previous,
        DatasetRecord[] calldata parents
    ) external returns (DatasetId datasetId);

    /// @notice Takes a dataset back for ever, and with it what derives from it; its anchor and history stay readable.
    /// For an account of its custodian.
    function retract(DatasetRecord calldata record) external;

    /**
     * @notice Takes custody over: for the record's successor once the custodian is expelled, and for whoever succeeds
     * the custodian by the registrar's act. Who was to succeed may itself have been succeeded.
     */
    function claim(DatasetRecord calldata record) external;

    /**
     * @notice Offers an encrypted copy to other institutions. For an account of the custodian. Where the copy is, and
     * its key, are never on chain.
     * @param copyDigest SHA-256 of the encrypted copy.
     * @param size of the encrypted copy, in bytes.
     */
    function offerCopy(DatasetRecord calldata record, bytes32 copyDigest, uint64 size) external;

    /**
     * @notice Attests that the caller's institution holds a copy, byte for byte the one on offer; again, to keep it
     * fresh. For an account of any other institution than the custodian.
     * @param copyDigest SHA-256 of the copy as the caller holds it.
     */
    function attestMirror(DatasetId datasetId, bytes32 copyDigest) external;

    /// @notice Says that the caller's institution holds no copy any more.
    function withdrawMirror(DatasetId datasetId) external;

    /// @notice Block time (Unix seconds) at which the dataset was anchored; 0 when it was not.
    function anchoredAt(DatasetId datasetId) external view returns (uint32);

    /// @notice Whether the dataset is anchored, and neither it nor an ancestor is retracted.
    function isStanding(DatasetId datasetId) external view returns (bool);

    /// @notice Number of the version, from 1; 0 when the dataset is not anchored.
    function versionOf(DatasetId datasetId) external view returns (uint32);

    /// @notice How close the data is to a person; Individual, the strictest, when the dataset is not anchored.
    function levelOf(DatasetId datasetId) external view returns (DataLevel);

    /**
     * @notice What a dataset descends from.
     * @return number the dataset's, from 1; 0 when it is not anchored.
     * @return depth derivations between it and the farthest ancestor.
     * @return ancestors numbers of all datasets that it descends from, ascending.
     */
    function lineageOf(
        DatasetId datasetId
    ) external view returns (uint32 number, uint8 depth, uint32[] memory ancestors);

    /// @notice The institution that has claimed custody; empty while it is the record's own custodian.
    function custodianOf(DatasetId datasetId) external view returns (InstitutionId);

    /**
     * @notice The encrypted copy on offer.
     * @return copyDigest SHA-256; zero when none is offered.
     * @return size in bytes.
     * @return offeredAt block time (Unix seconds).
     */
    function copyOf(DatasetId datasetId) external view returns (bytes32 copyDigest, uint64 size, uint32 offeredAt);

    /// @notice The institutions that have attested to hold a copy, at most MAX_MIRRORS, in no particular order.
    function mirrorsOf(DatasetId datasetId) external view returns (Mirror[] memory);

    /// @notice Whether a chunk belongs to the anchored content; reverts unless the record is anchored.
    function provesChunk(
        DatasetRecord calldata record,
        Chunk calldata chunk,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice Whether the dataset is about a participant; reverts unless the record is anchored.
    function provesParticipant(
        DatasetRecord calldata record,
        ParticipantId participantId,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice The id that a record has, anchored or not.
    function idOf(DatasetRecord calldata record) external pure returns (DatasetId);
}
