// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {Ancestors, NUMBER_BITS, NUMBERS_PER_WORD} from "../libraries/Ancestors.sol";
import {MerkleLeaves} from "../libraries/MerkleLeaves.sol";
import {
    Chunk,
    DatasetRecord,
    DataLevel,
    Deidentification,
    DeidentificationClass,
    MAX_DATASET_ANCESTORS,
    MAX_DATASET_PARENTS,
    MAX_LINEAGE_DEPTH,
    MAX_MIRRORS,
    Mirror,
    MIRROR_FRESHNESS
} from "../types/Dataset.sol";
import {DatasetId, InstitutionId, NO_DATASET, NO_INSTITUTION, ParticipantId, ScopeId} from "../types/Ids.sol";
import {Standing} from "../types/Institution.sol";
import {IDatasetRegistry} from "./IDatasetRegistry.sol";

/// @title DatasetRegistry
/// @dev One slot a dataset, and one more for every eight ancestors.
contract DatasetRegistry is IDatasetRegistry, AccessManaged {
    struct Anchor {
        /// Block time (Unix seconds); 0 when not anchored.
        uint32 anchoredAt;
        /// Block time (Unix seconds); 0 while it is not retracted itself.
        uint32 retractedAt;
        /// From 1.
        uint32 version;
        /// From 1, in the order of anchoring, so that ancestors have lower ones.
        uint32 number;
        /// Derivations up to the farthest ancestor.
        uint8 depth;
        /// How many ancestors there are.
        uint8 ancestors;
        DataLevel level;
    }

    struct Copy {
        bytes32 digest;
        InstitutionId custodian;
        /// Bytes.
        uint64 size;
        /// Block time (Unix seconds).
        uint32 offeredAt;
        /// From 1.
        uint32 offer;
    }

    struct Attestation {
        /// Block time (Unix seconds).
        uint32 attestedAt;
        /// The offer that it is about.
        uint32 offer;
        /// Place in the list of mirrors, from 1; 0 when not in it.
        uint8 place;
    }

    uint256 private constant PER_PAGE = 256;

    IInstitutionRegistry private immutable INSTITUTIONS;

    /// @dev From 1: never zero, so that no anchoring pays for a fresh slot.
    uint32 private _nextNumber = 1;
    mapping(DatasetId datasetId => Anchor anchor) private _anchors;
    mapping(DatasetId datasetId => uint256[MAX_DATASET_ANCESTORS / NUMBERS_PER_WORD] words) private _ancestors;
    /// @dev One bit a dataset, by its number: one reading serves for all ancestors of a page.
    mapping(uint256 page => uint256 bits) private _retracted;
    mapping(DatasetId datasetId => InstitutionId custodian) private _claimed;
    mapping(DatasetId datasetId => Copy copy) private _copies;
    mapping(DatasetId datasetId => InstitutionId[] mirrors) private _mirrors;
    mapping(DatasetId datasetId => mapping(InstitutionId mirror => Attestation attestation)) private _attestations;

    constructor(address manager, IInstitutionRegistry institutions) AccessManaged(manager) {
        INSTITUTIONS = institutions;
    }

    /// @inheritdoc IDatasetRegistry
    function anchor(DatasetRecord calldata record) external override restricted returns (DatasetId datasetId) {
        _requireFirst(record);
        _requireNotDerived(record);
        return _anchor(record, 1, 0, new uint32[](0));
    }

    /// @inheritdoc IDatasetRegistry
    function anchorVersion(
        DatasetRecord calldata record,
        DatasetRecord calldata previous
    ) external override restricted returns (DatasetId datasetId) {
        _requireNotDerived(record);
        return _anchor(record, _nextVersion(record, previous), 0, new uint32[](0));
    }

    /// @inheritdoc IDatasetRegistry
    function anchorDerived(
        DatasetRecord calldata record,
        DatasetRecord[] calldata parents
    ) external override restricted returns (DatasetId datasetId) {
        _requireFirst(record);
        (uint8 depth, uint32[] memory ancestors) = _descent(record, parents);
        return _anchor(record, 1, depth, ancestors);
    }

    /// @inheritdoc IDatasetRegistry
    function anchorDerivedVersion(
        DatasetRecord calldata record,
        DatasetRecord calldata previous,
        DatasetRecord[] calldata parents
    ) external override restricted returns (DatasetId datasetId) {
        uint32 version = _nextVersion(record, previous);
        (uint8 depth, uint32[] memory ancestors) = _descent(record, parents);
        return _anchor(record, version, depth, ancestors);
    }

    /// @inheritdoc IDatasetRegistry
    function retract(DatasetRecord calldata record) external override restricted {
        DatasetId datasetId = idOf(record);
        InstitutionId custodian = _requireCustody(datasetId, record);
        Anchor storage anchored = _requireNotRetracted(datasetId);

        anchored.retractedAt = uint32(block.timestamp);
        uint256 number = anchored.number;
        _retracted[number / PER_PAGE] |= 1 << (number % PER_PAGE);
        emit DatasetRetracted(datasetId, custodian);
    }

    /// @inheritdoc IDatasetRegistry
    function claim(DatasetRecord calldata record) external override restricted {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        DatasetId datasetId = idOf(record);
        _requireAnchored(datasetId);
        InstitutionId custodian = _custodian(datasetId, record);
        if (caller == custodian || !_succeeds(caller, custodian, record.successor)) {
            revert DatasetNotSuccessor(datasetId, custodian, caller);
        }

        _claimed[datasetId] = caller;
        emit DatasetClaimed(datasetId, caller, custodian);
        if (_attestations[datasetId][caller].place != 0) _removeMirror(datasetId, caller);
    }

    /// @inheritdoc IDatasetRegistry
    function offerCopy(DatasetRecord calldata record, bytes32 copyDigest, uint64 size) external override restricted {
        DatasetId datasetId = idOf(record);
        InstitutionId custodian = _requireCustody(datasetId, record);
        _requireAnchored(datasetId);
        if (copyDigest == 0 || size == 0) revert DatasetCopyIncomplete();

        uint32 offer = _copies[datasetId].offer + 1;
        _copies[datasetId] = Copy({
            digest: copyDigest,
            custodian: custodian,
            size: size,
            offeredAt: uint32(block.timestamp),
            offer: offer
        });
        emit DatasetCopyOffered(datasetId, custodian, copyDigest, size, offer);
    }

    /// @inheritdoc IDatasetRegistry
    function attestMirror(DatasetId datasetId, bytes32 copyDigest) external override restricted {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        Copy storage copy = _copies[datasetId];
        if (copy.digest == 0 || copy.digest != copyDigest) {
            revert DatasetCopyMismatch(datasetId, copy.digest, copyDigest);
        }
        if (caller == copy.custodian || caller == _claimed[datasetId]) {
            revert DatasetMirrorIsCustodian(datasetId, caller);
        }

        Attestation storage attestation = _attestations[datasetId][caller];
        if (attestation.place == 0) attestation.place = _addMirror(datasetId, caller);
        attestation.attestedAt = uint32(block.timestamp);
        attestation.offer = copy.offer;
        emit DatasetMirrorAttested(datasetId, caller, copyDigest, copy.offer);
    }

    /// @inheritdoc IDatasetRegistry
    function withdrawMirror(DatasetId datasetId) external override restricted {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (_attestations[datasetId][caller].place == 0) revert DatasetNotMirror(datasetId, caller);
        _removeMirror(datasetId, caller);
    }

    /// @inheritdoc IDatasetRegistry
    function anchoredAt(DatasetId datasetId) external view override returns (uint32) {
        return _anchors[datasetId].anchoredAt;
    }

    /// @inheritdoc IDatasetRegistry
    function isStanding(DatasetId datasetId) external view override returns (bool) {
        Anchor memory anchored = _anchors[datasetId];
        return
            anchored.anchoredAt != 0 &&
            anchored.retractedAt == 0 &&
            !_isAncestorRetracted(datasetId, anchored.ancestors);
    }

    /// @inheritdoc IDatasetRegistry
    function versionOf(DatasetId datasetId) external view override returns (uint32) {
        return _anchors[datasetId].version;
    }

    /// @inheritdoc IDatasetRegistry
    function levelOf(DatasetId datasetId) external view override returns (DataLevel) {
        return _anchors[datasetId].level;
    }

    /// @inheritdoc IDatasetRegistry
    function lineageOf(
        DatasetId datasetId
    ) external view override returns (uint32 number, uint8 depth, uint32[] memory ancestors) {
        Anchor memory anchored = _anchors[datasetId];
        return (anchored.number, anchored.depth, _ancestorsOf(datasetId, anchored.ancestors));
    }

    /// @inheritdoc IDatasetRegistry
    function custodianOf(DatasetId datasetId) external view override returns (InstitutionId) {
        return _claimed[datasetId];
    }

    /// @inheritdoc IDatasetRegistry
    function copyOf(
        DatasetId datasetId
    ) external view override returns (bytes32 copyDigest, uint64 size, uint32 offeredAt) {
        Copy storage copy = _copies[datasetId];
        return (copy.digest, copy.size, copy.offeredAt);
    }

    /// @inheritdoc IDatasetRegistry
    function mirrorsOf(DatasetId datasetId) external view override returns (Mirror[] memory mirrors) {
        InstitutionId[] storage listed = _mirrors[datasetId];
        uint256 count = listed.length;
        mirrors = new Mirror[](count);
        for (uint256 i = 0; i < count; ++i) {
            InstitutionId mirror = listed[i];
            mirrors[i] = Mirror({
                institutionId: mirror,
                attestedAt: _attestations[datasetId][mirror].attestedAt,
                isFresh: _isFresh(datasetId, mirror)
            });
        }
    }

    /// @inheritdoc IDatasetRegistry
    function provesChunk(
        DatasetRecord calldata record,
        Chunk calldata chunk,
        bytes32[] calldata proof
    ) external view override returns (bool) {
        _requireAnchored(idOf(record));
        return MerkleProof.verifyCalldata(proof, record.manifestRoot, MerkleLeaves.chunk(chunk));
    }

    /// @inheritdoc IDatasetRegistry
    function provesParticipant(
        DatasetRecord calldata record,
        ParticipantId participantId,
        bytes32[] calldata proof
    ) external view override returns (bool) {
        _requireAnchored(idOf(record));
        return MerkleProof.verifyCalldata(proof, record.participantsRoot, MerkleLeaves.participant(participantId));
    }

    /// @inheritdoc IDatasetRegistry
    function idOf(DatasetRecord calldata record) public pure override returns (DatasetId) {
        return DatasetId.wrap(keccak256(abi.encode(record)));
    }

    function _anchor(
        DatasetRecord calldata record,
        uint32 version,
        uint8 depth,
        uint32[] memory ancestors
    ) private returns (DatasetId datasetId) {
        _requireComplete(record);
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (caller != record.custodian) revert DatasetNotCustodian(record.custodian, caller);
        datasetId = idOf(record);
        if (_anchors[datasetId].anchoredAt != 0) revert DatasetAlreadyAnchored(datasetId);

        uint32 number = _nextNumber++;
        _anchors[datasetId] = Anchor({
            anchoredAt: uint32(block.timestamp),
            retractedAt: 0,
            version: version,
            number: number,
            depth: depth,
            // At most MAX_DATASET_ANCESTORS.
            ancestors: uint8(ancestors.length),
            level: record.level
        });
        for (uint256 i = 0; i < ancestors.length; i += NUMBERS_PER_WORD) {
            _ancestors[datasetId][i / NUMBERS_PER_WORD] = Ancestors.pack(ancestors, i);
        }
        emit DatasetAnchored(datasetId, record.custodian, record.scopeId, number, record);
    }

    /// @dev Gives the place of an attestation that counts no more to another where all places are taken.
    function _addMirror(DatasetId datasetId, InstitutionId mirror) private returns (uint8 place) {
        InstitutionId[] storage mirrors = _mirrors[datasetId];
        if (mirrors.length == MAX_MIRRORS) _removeMirror(datasetId, _staleMirror(datasetId));
        mirrors.push(mirror);
        return uint8(mirrors.length);
    }

    function _removeMirror(DatasetId datasetId, InstitutionId mirror) private {
        mapping(InstitutionId mirror => Attestation attestation) storage attestations = _attestations[datasetId];
        InstitutionId[] storage mirrors = _mirrors[datasetId];
        uint8 place = attestations[mirror].place;
        InstitutionId last = mirrors[mirrors.length - 1];
        mirrors[place - 1] = last;
        attestations[last].place = place;
        mirrors.pop();
        delete attestations[mirror];
        emit DatasetMirrorWithdrawn(datasetId, mirror);
    }

    /// @dev Number of the version that follows. An old version may have lost an ancestor: that is why it is replaced.
    function _nextVersion(
        DatasetRecord calldata record,
        DatasetRecord calldata previous
    ) private view returns (uint32 version) {
        DatasetId previousId = idOf(previous);
        if (record.previous != previousId) revert DatasetVersionMismatch(record.previous, previousId);
        version = _requireNotRetracted(previousId).version + 1;
        InstitutionId custodian = _custodian(previousId, previous);
        if (custodian != record.custodian) revert DatasetNotCustodian(custodian, record.custodian);
        if (!(previous.scopeId == record.scopeId)) revert DatasetScopeMismatch(previous.scopeId, record.scopeId);
    }

    /// @dev What a record descends from, by the records of its parents.
    function _descent(
        DatasetRecord calldata record,
        DatasetRecord[] calldata parents
    ) private view returns (uint8 depth, uint32[] memory ancestors) {
        uint256 count = record.parents.length;
        if (count == 0 || count > MAX_DATASET_PARENTS) revert DatasetParentCountInvalid(count);
        if (parents.length > count) revert DatasetParentMismatch(NO_DATASET, idOf(parents[count]));
        if (parents.length < count) revert DatasetParentMismatch(record.parents[parents.length], NO_DATASET);

        for (uint256 i = 0; i < count; ++i) {
            DatasetId parentId = _requireParent(record, i, parents[i]);
            Anchor memory parent = _anchors[parentId];
            if (parent.depth >= depth) depth = parent.depth + 1;
            ancestors = Ancestors.union(ancestors, _ancestorsAndSelf(parentId, parent));
            if (ancestors.length > MAX_DATASET_ANCESTORS) revert DatasetLineageTooWide(ancestors.length);
        }
        if (depth > MAX_LINEAGE_DEPTH) revert DatasetLineageTooDeep(depth);
    }

    function _requireParent(
        DatasetRecord calldata record,
        uint256 place,
        DatasetRecord calldata parent
    ) private view returns (DatasetId parentId) {
        parentId = idOf(parent);
        if (record.parents[place] != parentId) revert DatasetParentMismatch(record.parents[place], parentId);
        for (uint256 i = 0; i < place; ++i) {
            if (record.parents[i] == parentId) revert DatasetParentRepeated(parentId);
        }
        uint256 ancestors = _requireNotRetracted(parentId).ancestors;
        if (_isAncestorRetracted(parentId, ancestors)) revert DatasetIsRetracted(parentId);

        bool isIndividual = record.level == DataLevel.Individual;
        if (isIndividual && parent.level != DataLevel.Individual) {
            revert DatasetLevelInvalid(record.level, parent.level);
        }
        if (parent.scopeId == record.scopeId) return parentId;
        if (isIndividual) revert DatasetScopeMismatch(parent.scopeId, record.scopeId);
        if (record.participantsRoot != 0) revert DatasetParticipantsUnexpected(record.participantsRoot);
    }

    /// @dev Ascending, because a dataset is anchored after all that it descends from.
    function _ancestorsAndSelf(
        DatasetId datasetId,
        Anchor memory anchored
    ) private view returns (uint32[] memory numbers) {
        uint256 count = anchored.ancestors;
        uint32[] memory ancestors = _ancestorsOf(datasetId, count);
        numbers = new uint32[](count + 1);
        for (uint256 i = 0; i < count; ++i) numbers[i] = ancestors[i];
        numbers[count] = anchored.number;
    }

    function _ancestorsOf(DatasetId datasetId, uint256 count) private view returns (uint32[] memory numbers) {
        numbers = new uint32[](count);
        uint256 word = 0;
        for (uint256 i = 0; i < count; ++i) {
            if (i % NUMBERS_PER_WORD == 0) word = _ancestors[datasetId][i / NUMBERS_PER_WORD];
            numbers[i] = Ancestors.numberIn(word, i);
        }
    }

    function _isAncestorRetracted(DatasetId datasetId, uint256 count) private view returns (bool) {
        uint256 page = type(uint256).max;
        uint256 retracted = 0;
        for (uint256 place = 0; place * NUMBERS_PER_WORD < count; ++place) {
            // Numbers are from 1: behind the last there is nothing but zeros.
            for (uint256 word = _ancestors[datasetId][place]; word != 0; word >>= NUMBER_BITS) {
                uint256 number = uint32(word);
                // Ascending numbers: each page is read once.
                if (number / PER_PAGE != page) {
                    page = number / PER_PAGE;
                    retracted = _retracted[page];
                }
                if ((retracted >> (number % PER_PAGE)) & 1 != 0) return true;
            }
        }
        return false;
    }

    /// @dev Whether custody may pass: by the registrar's act, or by the record once its custodian is expelled.
    function _succeeds(
        InstitutionId caller,
        InstitutionId custodian,
        InstitutionId successor
    ) private view returns (bool) {
        if (INSTITUTIONS.isActingFor(caller, custodian)) return true;
        return
            successor != NO_INSTITUTION &&
            INSTITUTIONS.institution(custodian).standing == Standing.Expelled &&
            INSTITUTIONS.isActingFor(caller, successor);
    }

    function _staleMirror(DatasetId datasetId) private view returns (InstitutionId) {
        InstitutionId[] storage mirrors = _mirrors[datasetId];
        for (uint256 i = 0; i < mirrors.length; ++i) {
            if (!_isFresh(datasetId, mirrors[i])) return mirrors[i];
        }
        revert DatasetMirrorsFull(datasetId);
    }

    function _isFresh(DatasetId datasetId, InstitutionId mirror) private view returns (bool) {
        Attestation memory attestation = _attestations[datasetId][mirror];
        return
            attestation.offer == _copies[datasetId].offer &&
            block.timestamp < attestation.attestedAt + MIRROR_FRESHNESS &&
            INSTITUTIONS.isInStanding(mirror);
    }

    /// @dev Who has custody now.
    function _custodian(
        DatasetId datasetId,
        DatasetRecord calldata record
    ) private view returns (InstitutionId custodian) {
        custodian = _claimed[datasetId];
        if (custodian == NO_INSTITUTION) custodian = record.custodian;
    }

    function _requireCustody(
        DatasetId datasetId,
        DatasetRecord calldata record
    ) private view returns (InstitutionId custodian) {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        custodian = _custodian(datasetId, record);
        if (caller != custodian) revert DatasetNotCustodian(custodian, caller);
    }

    function _requireAnchored(DatasetId datasetId) private view returns (Anchor storage anchored) {
        anchored = _anchors[datasetId];
        if (anchored.anchoredAt == 0) revert DatasetNotAnchored(datasetId);
    }

    function _requireNotRetracted(DatasetId datasetId) private view returns (Anchor storage anchored) {
        anchored = _requireAnchored(datasetId);
        if (anchored.retractedAt != 0) revert DatasetIsRetracted(datasetId);
    }

    function _requireFirst(DatasetRecord calldata record) private pure {
        if (record.previous != NO_DATASET) revert DatasetVersionMismatch(record.previous, NO_DATASET);
    }

    function _requireNotDerived(DatasetRecord calldata record) private pure {
        if (record.parents.length != 0) revert DatasetParentMismatch(record.parents[0], NO_DATASET);
    }

    function _requireComplete(DatasetRecord calldata record) private pure {
        if (
            record.contentDigest == 0 ||
            record.manifestRoot == 0 ||
            record.termsDigest == 0 ||
            ScopeId.unwrap(record.scopeId) == 0
        ) revert DatasetRecordIncomplete();
        if ((record.level == DataLevel.Aggregate) != (record.minimumCell != 0)) {
            revert DatasetMinimumCellInvalid(record.level, record.minimumCell);
        }
        if (record.successor == record.custodian) revert DatasetSuccessorInvalid(record.successor);

        Deidentification calldata stated = record.deidentification;
        bool hasReviewer = stated.reviewer != NO_INSTITUTION;
        bool isDeidentified = stated.class != DeidentificationClass.Identifiable;
        bool needsReviewer = stated.class > DeidentificationClass.Pseudonymised;
        if (
            (stated.method != 0) != isDeidentified ||
            (hasReviewer && !isDeidentified) ||
            (needsReviewer && !hasReviewer)
        ) {
            revert DatasetDeidentificationInvalid(stated.class, stated.method, stated.reviewer);
        }
    }
}
