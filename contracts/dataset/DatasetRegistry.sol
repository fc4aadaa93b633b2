// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {MerkleLeaves} from "../libraries/MerkleLeaves.sol";
import {Chunk, DatasetRecord} from "../types/Dataset.sol";
import {DatasetId, InstitutionId, NO_DATASET, ScopeId} from "../types/Ids.sol";
import {IDatasetRegistry} from "./IDatasetRegistry.sol";

/// @title DatasetRegistry
/// @dev One slot a dataset.
contract DatasetRegistry is IDatasetRegistry, AccessManaged {
    struct Anchor {
        /// Block time (Unix seconds); 0 when not anchored.
        uint32 anchoredAt;
        /// Block time (Unix seconds); 0 while it stands.
        uint32 retractedAt;
        /// From 1.
        uint32 version;
    }

    IInstitutionRegistry private immutable INSTITUTIONS;

    mapping(DatasetId datasetId => Anchor anchor) private _anchors;

    constructor(address manager, IInstitutionRegistry institutions) AccessManaged(manager) {
        INSTITUTIONS = institutions;
    }

    /// @inheritdoc IDatasetRegistry
    function anchor(DatasetRecord calldata record) external override restricted returns (DatasetId datasetId) {
        if (record.previous != NO_DATASET) revert DatasetVersionMismatch(record.previous, NO_DATASET);
        return _anchor(record, 1);
    }

    /// @inheritdoc IDatasetRegistry
    function anchorVersion(
        DatasetRecord calldata record,
        DatasetRecord calldata previous
    ) external override restricted returns (DatasetId datasetId) {
        DatasetId previousId = idOf(previous);
        if (record.previous != previousId) revert DatasetVersionMismatch(record.previous, previousId);
        Anchor storage standing = _requireStanding(previousId);
        if (previous.custodian != record.custodian) revert DatasetNotCustodian(previous.custodian, record.custodian);
        if (!(previous.scopeId == record.scopeId)) revert DatasetScopeMismatch(previous.scopeId, record.scopeId);
        return _anchor(record, standing.version + 1);
    }

    /// @inheritdoc IDatasetRegistry
    function retract(DatasetRecord calldata record) external override restricted {
        _requireCustodian(record);
        DatasetId datasetId = idOf(record);
        _requireStanding(datasetId).retractedAt = uint32(block.timestamp);
        emit DatasetRetracted(datasetId, record.custodian);
    }

    /// @inheritdoc IDatasetRegistry
    function anchoredAt(DatasetId datasetId) external view override returns (uint32) {
        return _anchors[datasetId].anchoredAt;
    }

    /// @inheritdoc IDatasetRegistry
    function isStanding(DatasetId datasetId) external view override returns (bool) {
        Anchor storage standing = _anchors[datasetId];
        return standing.anchoredAt != 0 && standing.retractedAt == 0;
    }

    /// @inheritdoc IDatasetRegistry
    function versionOf(DatasetId datasetId) external view override returns (uint32) {
        return _anchors[datasetId].version;
    }

    /// @inheritdoc IDatasetRegistry
    function provesChunk(
        DatasetRecord calldata record,
        Chunk calldata chunk,
        bytes32[] calldata proof
    ) external view override returns (bool) {
        DatasetId datasetId = idOf(record);
        if (_anchors[datasetId].anchoredAt == 0) revert DatasetNotAnchored(datasetId);
        return MerkleProof.verifyCalldata(proof, record.manifestRoot, MerkleLeaves.chunk(chunk));
    }

    /// @inheritdoc IDatasetRegistry
    function idOf(DatasetRecord calldata record) public pure override returns (DatasetId) {
        return DatasetId.wrap(keccak256(abi.encode(record)));
    }

    function _anchor(DatasetRecord calldata record, uint32 version) private returns (DatasetId datasetId) {
        if (
            record.contentDigest == 0 ||
            record.manifestRoot == 0 ||
            record.termsDigest == 0 ||
            ScopeId.unwrap(record.scopeId) == 0
        ) revert DatasetRecordIncomplete();
        _requireCustodian(record);
        datasetId = idOf(record);
        if (_anchors[datasetId].anchoredAt != 0) revert DatasetAlreadyAnchored(datasetId);

        _anchors[datasetId] = Anchor({anchoredAt: uint32(block.timestamp), retractedAt: 0, version: version});
        emit DatasetAnchored(
            datasetId,
            record.custodian,
            record.scopeId,
            record.contentDigest,
            record.manifestRoot,
            record.participantsRoot,
            record.termsDigest,
            record.previous,
            record.level
        );
    }

    function _requireCustodian(DatasetRecord calldata record) private view {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (caller != record.custodian) revert DatasetNotCustodian(record.custodian, caller);
    }

    function _requireStanding(DatasetId datasetId) private view returns (Anchor storage standing) {
        standing = _anchors[datasetId];
        if (standing.anchoredAt == 0) revert DatasetNotAnchored(datasetId);
        if (standing.retractedAt != 0) revert DatasetIsRetracted(datasetId);
    }
}
