// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Chunk, DatasetRecord, DataLevel} from "../types/Dataset.sol";
import {DatasetId, InstitutionId, ScopeId} from "../types/Ids.sol";

/// @title IDatasetRegistry
/// @notice Anchors of datasets: their digests and versions. The data itself stays with its custodian.
/// @dev A dataset's id is the digest of its record, so the record is in the event and comes back as a witness.
interface IDatasetRegistry {
    /// @notice Emitted when a dataset is anchored; carries the whole record.
    event DatasetAnchored(
        DatasetId indexed datasetId,
        InstitutionId indexed custodian,
        ScopeId indexed scopeId,
        bytes32 contentDigest,
        bytes32 manifestRoot,
        bytes32 participantsRoot,
        bytes32 termsDigest,
        DatasetId previous,
        DataLevel level
    );

    /// @notice Emitted when a custodian takes a dataset back: licences on it end.
    event DatasetRetracted(DatasetId indexed datasetId, InstitutionId indexed custodian);

    /// @notice Thrown when the very same record is anchored already.
    /// @custom:fix Nothing to do: the dataset's id is the one given.
    error DatasetAlreadyAnchored(DatasetId datasetId);

    /// @notice Thrown when no anchored dataset has the record.
    /// @custom:fix Take the record from the DatasetAnchored event, unchanged, or anchor it first.
    error DatasetNotAnchored(DatasetId datasetId);

    /// @notice Thrown when the dataset has been retracted.
    /// @custom:fix Use a version that stands.
    error DatasetIsRetracted(DatasetId datasetId);

    /// @notice Thrown when the caller's institution is not the record's custodian.
    /// @custom:fix Send from an account of the custodian that the record names.
    error DatasetNotCustodian(InstitutionId custodian, InstitutionId caller);

    /// @notice Thrown when a record lacks its content digest, manifest root, scope or terms.
    /// @custom:fix Fill every field but participantsRoot and previous.
    error DatasetRecordIncomplete();

    /// @notice Thrown when a record's `previous` is not the version that is given as its witness.
    /// @custom:fix Use anchorVersion with the record of the version that `previous` names, or leave `previous` empty.
    error DatasetVersionMismatch(DatasetId previous, DatasetId witness);

    /// @notice Thrown when a new version is about another scope than the one that it replaces.
    /// @custom:fix Anchor it as a first version of its own.
    error DatasetScopeMismatch(ScopeId expected, ScopeId given);

    /**
     * @notice Anchors a dataset's first version. For an account of its custodian.
     * @return datasetId keccak256(abi.encode(record)).
     */
    function anchor(DatasetRecord calldata record) external returns (DatasetId datasetId);

    /**
     * @notice Anchors a new version of an anchored dataset of the same custodian and scope.
     * @param previous the record of the version that it replaces; licences on that one are untouched.
     */
    function anchorVersion(
        DatasetRecord calldata record,
        DatasetRecord calldata previous
    ) external returns (DatasetId datasetId);

    /// @notice Takes a dataset back for ever; its anchor and history stay readable. For an account of its custodian.
    function retract(DatasetRecord calldata record) external;

    /// @notice Block time (Unix seconds) at which the dataset was anchored; 0 when it was not.
    function anchoredAt(DatasetId datasetId) external view returns (uint32);

    /// @notice Whether the dataset is anchored and not retracted.
    function isStanding(DatasetId datasetId) external view returns (bool);

    /// @notice Number of the version, from 1; 0 when the dataset is not anchored.
    function versionOf(DatasetId datasetId) external view returns (uint32);

    /// @notice Whether a chunk belongs to the anchored content; reverts unless the record is anchored.
    function provesChunk(
        DatasetRecord calldata record,
        Chunk calldata chunk,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice The id that a record has, anchored or not.
    function idOf(DatasetRecord calldata record) external pure returns (DatasetId);
}
