// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {BlockHeader} from "@openzeppelin/contracts/utils/BlockHeader.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IConsentRegistry} from "../consent/IConsentRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {BlockHistory} from "../libraries/BlockHistory.sol";
import {MerkleLeaves} from "../libraries/MerkleLeaves.sol";
import {ILicenceRegistry} from "../licence/ILicenceRegistry.sol";
import {AccessBatch, AccessLeaf, AuditEntry, Lawfulness} from "../types/Audit.sol";
import {InstitutionId} from "../types/Ids.sol";
import {IAuditLog} from "./IAuditLog.sol";

/// @title AuditLog
/// @dev One slot an entry: the head of the hash chain after it.
contract AuditLog is IAuditLog, AccessManaged {
    IInstitutionRegistry private immutable INSTITUTIONS;
    ILicenceRegistry private immutable LICENCES;
    IConsentRegistry private immutable CONSENTS;

    uint256 private _count;
    mapping(uint256 entries => bytes32 head) private _heads;

    constructor(
        address manager,
        IInstitutionRegistry institutions,
        ILicenceRegistry licences,
        IConsentRegistry consents
    ) AccessManaged(manager) {
        INSTITUTIONS = institutions;
        LICENCES = licences;
        CONSENTS = consents;
    }

    /// @inheritdoc IAuditLog
    function log(AccessBatch calldata batch) external override restricted returns (uint256 index) {
        if (batch.root == 0 || batch.count == 0) revert AuditBatchEmpty();
        if (batch.claimedBlock >= block.number) revert AuditBlockNotExecuted(batch.claimedBlock, block.number);
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (!LICENCES.isCustodian(batch.licenceId, caller)) revert AuditNotCustodian(batch.licenceId, caller);

        AuditEntry memory entry = AuditEntry({
            batch: batch,
            custodian: caller,
            claimedBlockHash: BlockHistory.hashOf(batch.claimedBlock),
            loggedAt: uint32(block.timestamp)
        });
        index = _count;
        bytes32 head = _link(_heads[index], entry);
        _count = index + 1;
        _heads[index + 1] = head;
        _emitLogged(index, entry, head);
    }

    /// @inheritdoc IAuditLog
    function count() external view override returns (uint256) {
        return _count;
    }

    /// @inheritdoc IAuditLog
    function headAt(uint256 entries) external view override returns (bytes32) {
        return _heads[entries];
    }

    /// @inheritdoc IAuditLog
    function lawfulness(
        uint256 index,
        AuditEntry calldata entry,
        AccessLeaf calldata leaf,
        bytes32[] calldata proof,
        bytes calldata header
    ) external view override returns (Lawfulness) {
        if (index >= _count || _heads[index + 1] != _link(_heads[index], entry)) revert AuditEntryMismatch(index);
        if (!MerkleProof.verifyCalldata(proof, entry.batch.root, MerkleLeaves.access(leaf))) {
            revert AuditLeafUnproven(index);
        }
        if (entry.claimedBlockHash == 0) return Lawfulness.TimeUnproven;
        bytes32 headerHash = keccak256(header);
        if (headerHash != entry.claimedBlockHash) revert AuditHeaderMismatch(entry.claimedBlockHash, headerHash);

        uint256 time = BlockHeader.getTimestamp(header);
        if (
            !(LICENCES.subject(entry.batch.licenceId).scopeId == leaf.scopeId) ||
            !LICENCES.inForceAt(entry.batch.licenceId, time)
        ) return Lawfulness.LicenceNotInForce;
        (bool isPermitted, uint16 version) = CONSENTS.permittedAt(leaf.scopeId, leaf.participantId, time);
        if (!isPermitted) return Lawfulness.NotPermitted;
        return version == leaf.version ? Lawfulness.Lawful : Lawfulness.VersionNotCurrent;
    }

    function _emitLogged(uint256 index, AuditEntry memory entry, bytes32 head) private {
        emit AccessLogged(
            index,
            entry.batch.licenceId,
            entry.custodian,
            entry.batch.root,
            entry.batch.count,
            entry.batch.claimedBlock,
            entry.claimedBlockHash,
            entry.batch.agent,
            entry.batch.workflow,
            entry.loggedAt,
            head
        );
    }

    function _link(bytes32 previous, AuditEntry memory entry) private pure returns (bytes32) {
        return keccak256(abi.encode(previous, entry));
    }
}
