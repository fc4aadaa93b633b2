// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {IDatasetRegistry} from "../dataset/IDatasetRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {DataUse} from "../libraries/DataUse.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {DatasetRecord} from "../types/Dataset.sol";
import {LayerKind, Outcome, Purpose, Verdict} from "../types/DataUse.sol";
import {DatasetId, InstitutionId, LicenceId, NO_PARTICIPANT, ParticipantId} from "../types/Ids.sol";
import {LicenceStatus, Vote} from "../types/Licence.sol";
import {IERC5192} from "./IERC5192.sol";
import {ILicenceLayers, LAYER_COUNT, LayerQuery} from "./ILicenceLayers.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";

/// @title LicenceRegistry
/// @dev The layers are fixed at deployment: which consent registry a licence obeys never changes.
contract LicenceRegistry is ILicenceRegistry, IERC5192, ERC721, AccessManaged {
    using Verdicts for Verdict;

    IInstitutionRegistry private immutable INSTITUTIONS;
    IDatasetRegistry private immutable DATASETS;
    ITermsRegistry private immutable TERMS;
    ILicenceLayers private immutable LICENCE_LAYERS;

    uint256 private _count;
    mapping(LicenceId licenceId => Subject subject) private _subjects;
    mapping(LicenceId licenceId => Progress progress) private _progress;
    mapping(LicenceId licenceId => mapping(bytes32 termsDigest => uint256 manual)) private _resolved;

    constructor(
        address manager,
        IInstitutionRegistry institutions,
        IDatasetRegistry datasets,
        ITermsRegistry terms,
        ILicenceLayers layers
    ) ERC721("Concord Data Use Licence", "CDUL") AccessManaged(manager) {
        INSTITUTIONS = institutions;
        DATASETS = datasets;
        TERMS = terms;
        LICENCE_LAYERS = layers;
    }

    /// @inheritdoc ILicenceRegistry
    function request(
        DatasetRecord calldata dataset,
        Purpose calldata purpose,
        uint32 until
    ) external override restricted returns (LicenceId licenceId) {
        if (until <= block.timestamp) revert LicenceUntilPassed(until, block.timestamp);
        DataUse.requireValid(purpose);
        DatasetId datasetId = DATASETS.idOf(dataset);
        if (!DATASETS.isStanding(datasetId)) revert LicenceDatasetNotStanding(datasetId);
        (uint16 termsNumber, ) = TERMS.numberOf(dataset.scopeId, dataset.termsDigest);
        if (termsNumber == 0) revert LicenceDatasetTermsUnknown(dataset.scopeId, dataset.termsDigest);
        (, InstitutionId committee) = TERMS.scope(dataset.scopeId);

        licenceId = LicenceId.wrap(++_count);
        Subject memory asked = Subject({
            datasetId: datasetId,
            scopeId: dataset.scopeId,
            datasetTerms: dataset.termsDigest,
            purposeDigest: DataUse.digest(purpose),
            licensee: INSTITUTIONS.actingInstitution(_msgSender()),
            custodian: dataset.custodian,
            committee: committee
        });
        _subjects[licenceId] = asked;
        Progress storage begun = _progress[licenceId];
        begun.requestedAt = uint32(block.timestamp);
        begun.until = until;
        begun.holder = _msgSender();
        begun.elements = purpose.elements;
        _emitRequested(licenceId, asked, until, purpose);
    }

    /// @inheritdoc ILicenceRegistry
    function decide(LicenceId licenceId) external override returns (Outcome outcome) {
        LicenceStatus current = status(licenceId);
        if (
            current != LicenceStatus.Requested &&
            current != LicenceStatus.Denied &&
            current != LicenceStatus.AwaitingVote
        ) revert LicenceStepNotOpen(licenceId, current);
        Verdict memory verdict = _verdict(licenceId, subject(licenceId), NO_PARTICIPANT);
        outcome = verdict.outcome();

        Progress storage begun = _progress[licenceId];
        begun.decidedAt = uint32(block.timestamp);
        begun.outcome = outcome;
        emit LicenceDecided(licenceId, outcome, verdict.deny, verdict.manual);
    }

    /// @inheritdoc ILicenceRegistry
    function resolve(
        LicenceId licenceId,
        bytes32 termsDigest,
        uint256 manual,
        bytes32 explanation
    ) external override restricted {
        _requireCommittee(licenceId);
        LicenceStatus current = status(licenceId);
        if (
            current != LicenceStatus.AwaitingVote &&
            current != LicenceStatus.Approved &&
            current != LicenceStatus.Effective
        ) revert LicenceStepNotOpen(licenceId, current);
        if (manual == 0) revert LicenceVoteEmpty();

        _resolved[licenceId][termsDigest] |= manual;
        emit LicenceReasonsResolved(licenceId, termsDigest, manual, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function vote(LicenceId licenceId, Vote cast, bytes32 explanation) external override restricted {
        InstitutionId committee = _requireCommittee(licenceId);
        _requireStatus(licenceId, LicenceStatus.AwaitingVote);
        if (cast == Vote.None) revert LicenceVoteEmpty();

        _progress[licenceId].vote = cast;
        emit LicenceVoted(licenceId, committee, cast, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function issue(LicenceId licenceId, bytes32 agreementDigest) external override restricted {
        Subject memory asked = subject(licenceId);
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (caller != asked.custodian) revert LicenceNotResponsible(licenceId, caller);
        _requireStatus(licenceId, LicenceStatus.Approved);
        Verdict memory verdict = _verdict(licenceId, asked, NO_PARTICIPANT);
        if (verdict.outcome() != Outcome.Approve) revert LicenceNotApproved(verdict.deny, verdict.manual);

        Progress storage begun = _progress[licenceId];
        begun.issuedAt = uint32(block.timestamp);
        uint256 tokenId = LicenceId.unwrap(licenceId);
        _mint(begun.holder, tokenId);
        emit Locked(tokenId);
        emit LicenceIssued(licenceId, begun.holder, begun.until, agreementDigest);
    }

    /// @inheritdoc ILicenceRegistry
    function terminate(LicenceId licenceId, bytes32 explanation) external override restricted {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        Subject memory asked = subject(licenceId);
        if (caller != asked.custodian && caller != asked.committee && caller != asked.licensee) {
            revert LicenceNotResponsible(licenceId, caller);
        }
        Progress storage begun = _progress[licenceId];
        if (begun.terminatedAt != 0) revert LicenceStepNotOpen(licenceId, LicenceStatus.Terminated);

        begun.terminatedAt = uint32(block.timestamp);
        emit LicenceTerminated(licenceId, caller, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function covers(
        LicenceId licenceId,
        ParticipantId participantId
    ) external view override returns (bool isEffective, Verdict memory verdict) {
        verdict = _verdict(licenceId, subject(licenceId), participantId);
        isEffective = status(licenceId) == LicenceStatus.Effective && verdict.outcome() == Outcome.Approve;
    }

    /// @inheritdoc ILicenceRegistry
    function inForceAt(LicenceId licenceId, uint256 time) external view override returns (bool) {
        Progress memory begun = progress(licenceId);
        return
            begun.issuedAt != 0 &&
            begun.issuedAt <= time &&
            time < begun.until &&
            (begun.terminatedAt == 0 || time < begun.terminatedAt);
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view override returns (bool) {
        _requireOwned(tokenId);
        return true;
    }

    /// @inheritdoc ILicenceRegistry
    function subject(LicenceId licenceId) public view override returns (Subject memory asked) {
        asked = _subjects[licenceId];
        if (DatasetId.unwrap(asked.datasetId) == 0) revert LicenceUnknown(licenceId);
    }

    /// @inheritdoc ILicenceRegistry
    function progress(LicenceId licenceId) public view override returns (Progress memory begun) {
        begun = _progress[licenceId];
        if (begun.requestedAt == 0) revert LicenceUnknown(licenceId);
    }

    /// @inheritdoc ILicenceRegistry
    function status(LicenceId licenceId) public view override returns (LicenceStatus) {
        Progress memory begun = progress(licenceId);
        Subject storage asked = _subjects[licenceId];
        if (begun.terminatedAt != 0) return LicenceStatus.Terminated;
        if (begun.until <= block.timestamp) return LicenceStatus.Expired;
        if (!DATASETS.isStanding(asked.datasetId)) return LicenceStatus.DatasetRetracted;
        if (begun.vote == Vote.Refuse) return LicenceStatus.Refused;
        if (begun.decidedAt == 0) return LicenceStatus.Requested;
        if (begun.outcome == Outcome.Deny) return LicenceStatus.Denied;
        if (begun.vote == Vote.None) return LicenceStatus.AwaitingVote;
        if (begun.issuedAt == 0) return LicenceStatus.Approved;
        if (!INSTITUTIONS.isInStanding(asked.licensee)) return LicenceStatus.Suspended;
        return LicenceStatus.Effective;
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IERC5192).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @dev Issue is the only move that a token ever makes.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (from != address(0)) revert LicenceNotTransferable(LicenceId.wrap(tokenId));
    }

    function _emitRequested(LicenceId licenceId, Subject memory asked, uint32 until, Purpose calldata purpose) private {
        emit LicenceRequested(
            licenceId,
            asked.datasetId,
            asked.licensee,
            _msgSender(),
            asked.scopeId,
            asked.datasetTerms,
            asked.purposeDigest,
            until,
            purpose
        );
    }

    function _requireCommittee(LicenceId licenceId) private view returns (InstitutionId committee) {
        committee = subject(licenceId).committee;
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (caller != committee) revert LicenceNotResponsible(licenceId, caller);
    }

    function _requireStatus(LicenceId licenceId, LicenceStatus expected) private view {
        LicenceStatus current = status(licenceId);
        if (current != expected) revert LicenceStepNotOpen(licenceId, current);
    }

    /// @dev What all who have a say say now, less what the committee has resolved.
    function _verdict(
        LicenceId licenceId,
        Subject memory asked,
        ParticipantId participantId
    ) private view returns (Verdict memory verdict) {
        bytes32[LAYER_COUNT] memory termsDigests;
        (verdict, termsDigests) = LICENCE_LAYERS.verdictOn(
            LayerQuery({
                scopeId: asked.scopeId,
                datasetTerms: asked.datasetTerms,
                purposeDigest: asked.purposeDigest,
                licensee: asked.licensee,
                elements: _progress[licenceId].elements,
                participantId: participantId
            })
        );
        if (verdict.manual == 0) return verdict;
        for (uint256 kind = 0; kind < LAYER_COUNT; ++kind) {
            verdict = verdict.resolve(LayerKind(kind), _resolved[licenceId][termsDigests[kind]]);
        }
    }
}
