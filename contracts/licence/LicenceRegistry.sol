// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Roles} from "../access/Roles.sol";
import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {IDatasetRegistry} from "../dataset/IDatasetRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {CalendarMonths} from "../libraries/CalendarMonths.sol";
import {FACT_COLLABORATION, FACT_PUBLICATION, FACT_RETURNS_DATA} from "../libraries/DataUse.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {DataLevel, DatasetRecord} from "../types/Dataset.sol";
import {LayerKind, Outcome, Purpose, Verdict} from "../types/DataUse.sol";
import {
    DatasetId,
    InstitutionId,
    LicenceId,
    NO_INSTITUTION,
    NO_LICENCE,
    NO_PARTICIPANT,
    ParticipantId
} from "../types/Ids.sol";
import {DeliveryMode, DutyKind, LicenceAsk, LicenceConditions, LicenceStatus, Vote} from "../types/Licence.sol";
import {IERC5192} from "./IERC5192.sol";
import {IFactRegistry} from "./IFactRegistry.sol";
import {ILicenceCard} from "./ILicenceCard.sol";
import {ILicenceLayers, LAYER_COUNT, LayerQuery} from "./ILicenceLayers.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {IPolicyRegistry} from "./IPolicyRegistry.sol";
import {LicenceStore} from "./LicenceStore.sol";

/**
 * @title LicenceRegistry
 * @dev The layers are fixed at deployment: which consent registry a licence obeys never changes.
 */
contract LicenceRegistry is LicenceStore, IERC5192, ERC721, EIP712, AccessManaged {
    using Verdicts for Verdict;

    /// @notice How long after a refusal the licensee may appeal (seconds).
    uint32 public constant APPEAL_PERIOD = 30 days;

    /// @dev An aggregate of fewer participants than this behind a value is as close to them as individual data.
    uint32 private constant SMALLEST_CELL = 10;

    bytes32 private constant REQUEST_TYPEHASH = keccak256(
        "SignedRequest(address holder,bytes32 datasetId,bytes32 purposeDigest,uint32 until,uint8 delivery,"
        "uint256 renews,uint32 deadline)"
    );
    uint8 private constant PROCESSOR = uint8(1 << (Roles.PROCESSOR - Roles.INSTITUTION_ROLES));

    ITermsRegistry private immutable TERMS;
    IPolicyRegistry private immutable POLICIES;
    ILicenceLayers private immutable LICENCE_LAYERS;
    ILicenceCard private immutable CARD;

    mapping(bytes32 digest => bool isUsed) private _usedSignatures;
    /// @dev Of licences whose purpose states months: what their first issue is kept under.
    mapping(LicenceId licenceId => bytes32 use) private _uses;
    mapping(bytes32 use => uint32 time) private _firstIssuedAt;

    constructor(
        address manager,
        IInstitutionRegistry institutions,
        IDatasetRegistry datasets,
        ITermsRegistry terms,
        IFactRegistry facts,
        IPolicyRegistry policies,
        ILicenceLayers layers,
        ILicenceCard card
    )
        LicenceStore(institutions, datasets, facts)
        ERC721("Concord Data Use Licence", "CDUL")
        EIP712("Concord LicenceRegistry", "1")
        AccessManaged(manager)
    {
        TERMS = terms;
        POLICIES = policies;
        LICENCE_LAYERS = layers;
        CARD = card;
    }

    /// @inheritdoc ILicenceRegistry
    function request(
        DatasetRecord calldata dataset,
        Purpose calldata purpose,
        LicenceAsk calldata ask
    ) external override restricted returns (LicenceId licenceId) {
        return _request(_newSubject(dataset, purpose), _levelOf(dataset), purpose, ask, _msgSender());
    }

    /// @inheritdoc ILicenceRegistry
    function requestBySig(
        DatasetRecord calldata dataset,
        Purpose calldata purpose,
        LicenceAsk calldata ask,
        uint32 deadline,
        bytes calldata signature
    ) external override restricted returns (LicenceId licenceId) {
        if (deadline < block.timestamp) revert LicenceDeadlinePassed(deadline, block.timestamp);
        Subject memory asked = _newSubject(dataset, purpose);
        bytes32 digest = _hashTypedDataV4(
            keccak256(
                abi.encode(
                    REQUEST_TYPEHASH,
                    _msgSender(),
                    asked.datasetId,
                    asked.purposeDigest,
                    ask.until,
                    ask.delivery,
                    ask.renews,
                    deadline
                )
            )
        );
        if (_usedSignatures[digest]) revert LicenceSignatureUsed(digest);
        _usedSignatures[digest] = true;
        return _request(asked, _levelOf(dataset), purpose, ask, ECDSA.recover(digest, signature));
    }

    /// @inheritdoc ILicenceRegistry
    function decide(LicenceId licenceId) external override returns (Outcome outcome) {
        Progress memory asked = progress(licenceId);
        LicenceStatus current = _statusOf(licenceId, asked);
        if (
            current != LicenceStatus.Requested &&
            current != LicenceStatus.Denied &&
            current != LicenceStatus.AwaitingVote
        ) revert LicenceStepNotOpen(licenceId, current);
        Verdict memory verdict = _verdict(licenceId, asked, NO_PARTICIPANT);
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
        _requireResolvable(licenceId, manual);
        _resolved[licenceId][termsDigest] |= manual;
        emit LicenceReasonsResolved(licenceId, termsDigest, manual, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function reopen(
        LicenceId licenceId,
        bytes32 termsDigest,
        uint256 manual,
        bytes32 explanation
    ) external override restricted {
        _requireResolvable(licenceId, manual);
        _resolved[licenceId][termsDigest] &= ~manual;
        emit LicenceReasonsReopened(licenceId, termsDigest, manual, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function vote(LicenceId licenceId, Vote cast, bytes32 explanation) external override restricted {
        _vote(licenceId, cast, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function approveWith(
        LicenceId licenceId,
        LicenceConditions calldata conditions,
        bytes32 explanation
    ) external override restricted {
        _vote(licenceId, Vote.Approve, explanation);
        Progress storage begun = _progress[licenceId];
        bool isWithin =
            conditions.until <= begun.until &&
                conditions.delivery <= begun.delivery &&
                (begun.elements == 0 || (conditions.elements != 0 && conditions.elements & ~begun.elements == 0));
        if (!isWithin) revert LicenceConditionsWiden(licenceId);
        if (conditions.until <= block.timestamp) revert LicenceUntilPassed(conditions.until, block.timestamp);

        begun.until = conditions.until;
        begun.delivery = conditions.delivery;
        begun.elements = conditions.elements;
        emit LicenceNarrowed(licenceId, conditions);
    }

    /// @inheritdoc ILicenceRegistry
    function appeal(LicenceId licenceId, bytes32 document) external override restricted {
        _requireActingFor(licenceId, subject(licenceId).licensee);
        Progress storage begun = _progress[licenceId];
        _requireStatus(licenceId, begun, LicenceStatus.Refused);
        if (begun.isAppealed || block.timestamp >= begun.decidedAt + APPEAL_PERIOD) {
            revert LicenceAppealClosed(licenceId);
        }

        begun.isAppealed = true;
        begun.vote = Vote.None;
        emit LicenceAppealed(licenceId, document);
    }

    /// @inheritdoc ILicenceRegistry
    function issue(LicenceId licenceId, bytes32 agreementDigest) external override restricted {
        Progress memory begun = progress(licenceId);
        Subject storage asked = _subjectOf(licenceId, begun);
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (!_isCustodian(asked, caller)) revert LicenceNotResponsible(licenceId, caller);
        _requireStatus(licenceId, begun, LicenceStatus.Approved);
        if (_breaches[asked.licensee] != 0) revert LicenceInstitutionBarred(asked.licensee);
        uint8 missing = _dutiesOf(begun) & ~begun.imposed;
        if (missing != 0) revert LicenceDutiesMissing(missing);
        Verdict memory verdict = _verdict(licenceId, begun, NO_PARTICIPANT);
        if (verdict.outcome() != Outcome.Approve) revert LicenceNotApproved(verdict.deny, verdict.manual);

        _progress[licenceId].issuedAt = uint32(block.timestamp);
        if (begun.months != 0) {
            begun.until = _endOfMonths(licenceId, begun);
            _progress[licenceId].until = begun.until;
        }
        _bind(begun.holder, licenceId);
        emit LicenceIssued(licenceId, begun.holder, begun.until, agreementDigest);
    }

    /// @inheritdoc ILicenceRegistry
    function subLicense(
        LicenceId parent,
        address holder,
        uint32 until,
        bytes32 agreementDigest,
        Purpose calldata purpose
    ) external override restricted returns (LicenceId licenceId) {
        Progress memory given = progress(parent);
        Subject storage asked = _subjectOf(parent, given);
        _requireActingFor(parent, asked.licensee);
        _requireStatus(parent, given, LicenceStatus.Effective);
        InstitutionId processor = INSTITUTIONS.institutionOf(holder);
        if (
            given.isSubLicence ||
            !INSTITUTIONS.isInStanding(processor) ||
            INSTITUTIONS.institution(processor).roles & PROCESSOR == 0
        ) revert LicenceNotSubLicensable(parent, processor);
        if (until <= block.timestamp || until > given.until) revert LicenceUntilPassed(until, block.timestamp);
        bytes32 purposeDigest = FACTS.requireProcessorRegion(processor, purpose);
        if (purposeDigest != asked.purposeDigest) revert LicencePurposeMismatch(asked.purposeDigest, purposeDigest);

        licenceId = _nextId();
        _derivations[licenceId] = Derivation({parent: parent, processor: processor});
        Progress storage begun = _progress[licenceId];
        begun.requestedAt = uint32(block.timestamp);
        begun.issuedAt = uint32(block.timestamp);
        begun.until = until;
        begun.isSubLicence = true;
        begun.level = given.level;
        begun.delivery = given.delivery;
        begun.holder = holder;
        begun.elements = given.elements;
        _bind(holder, licenceId);
        emit LicenceSubLicensed(licenceId, parent, processor, holder, until, agreementDigest);
    }

    /// @inheritdoc ILicenceRegistry
    function suspend(LicenceId licenceId, bytes32 explanation) external override restricted {
        Subject storage asked = _subjectOf(licenceId, progress(licenceId));
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (!_isCustodian(asked, caller) && !_actsFor(caller, asked.committee)) {
            revert LicenceNotResponsible(licenceId, caller);
        }
        _requireSuspended(licenceId, false);
        _setSuspended(licenceId, true);
        emit LicenceSuspended(licenceId, caller, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function reinstate(LicenceId licenceId, bytes32 explanation) external override restricted {
        InstitutionId caller = _requireCommittee(licenceId);
        _requireSuspended(licenceId, true);
        _setSuspended(licenceId, false);
        emit LicenceReinstated(licenceId, caller, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function terminate(LicenceId licenceId, bytes32 explanation) external override restricted {
        Subject storage asked = _subjectOf(licenceId, progress(licenceId));
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (
            !_isCustodian(asked, caller) &&
            !_actsFor(caller, asked.committee) &&
            !_actsFor(caller, asked.licensee) &&
            !_actsFor(caller, _derivations[licenceId].processor)
        ) revert LicenceNotResponsible(licenceId, caller);
        Progress storage begun = _progress[licenceId];
        if (begun.terminatedAt != 0) revert LicenceStepNotOpen(licenceId, LicenceStatus.Terminated);

        begun.terminatedAt = uint32(block.timestamp);
        emit LicenceTerminated(licenceId, caller, explanation);
    }

    /// @inheritdoc ILicenceRegistry
    function keepDuties(
        LicenceId licenceId,
        uint8 imposed,
        uint32 dutyDueAt,
        int8 breachChange
    ) external override restricted {
        InstitutionId licensee = subject(licenceId).licensee;
        if (breachChange > 0) ++_breaches[licensee];
        else if (breachChange < 0) --_breaches[licensee];
        Progress storage begun = _progress[licenceId];
        begun.imposed = imposed;
        begun.dutyDueAt = dutyDueAt;
        emit LicenceDutiesKept(licenceId, imposed, dutyDueAt, _breaches[licensee]);
    }

    /// @inheritdoc ILicenceRegistry
    function covers(
        LicenceId licenceId,
        ParticipantId participantId
    ) external view override returns (bool isEffective, Verdict memory verdict) {
        Progress memory begun = progress(licenceId);
        verdict = _verdict(licenceId, begun, participantId);
        isEffective = verdict.outcome() == Outcome.Approve && _statusOf(licenceId, begun) == LicenceStatus.Effective;
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view override returns (bool) {
        _requireOwned(tokenId);
        return true;
    }

    /// @notice The licence as JSON with a picture, both as data URIs: made from what stands now.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        LicenceId licenceId = LicenceId.wrap(tokenId);
        Progress memory begun = progress(licenceId);
        return CARD.uriOf(licenceId, _subjectOf(licenceId, begun), begun, _statusOf(licenceId, begun));
    }

    /// @inheritdoc ILicenceRegistry
    function requireCommittee(LicenceId licenceId, InstitutionId institutionId) public view override {
        Subject memory asked = subject(licenceId);
        InstitutionId responsible = asked.committee;
        if (_progress[licenceId].isAppealed || INSTITUTIONS.isInConflict(responsible, asked.licensee)) {
            InstitutionId reviewers = POLICIES.reviewCommitteeOf(asked.scopeId);
            if (reviewers != NO_INSTITUTION) responsible = reviewers;
        }
        if (!_actsFor(institutionId, responsible)) revert LicenceNotResponsible(licenceId, institutionId);
        if (INSTITUTIONS.isInConflict(institutionId, asked.licensee)) {
            revert LicenceConflictOfInterest(institutionId, asked.licensee);
        }
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

    function _request(
        Subject memory asked,
        DataLevel level,
        Purpose calldata purpose,
        LicenceAsk calldata ask,
        address official
    ) private returns (LicenceId licenceId) {
        if (ask.until <= block.timestamp) revert LicenceUntilPassed(ask.until, block.timestamp);
        if (INSTITUTIONS.officialOf(official) != asked.licensee) {
            revert LicenceSignatureInvalid(asked.licensee, official);
        }
        if (_breaches[asked.licensee] != 0) revert LicenceInstitutionBarred(asked.licensee);
        if (ask.renews != NO_LICENCE) _requireRenewable(ask.renews, asked);

        licenceId = _nextId();
        _subjects[licenceId] = asked;
        Progress storage begun = _progress[licenceId];
        begun.requestedAt = uint32(block.timestamp);
        begun.until = ask.until;
        begun.level = level;
        begun.delivery = ask.delivery;
        begun.promised = _promisedBy(purpose);
        begun.holder = _msgSender();
        begun.elements = purpose.elements;
        if (purpose.months != 0) {
            begun.months = purpose.months;
            _uses[licenceId] = keccak256(abi.encode(asked.licensee, asked.datasetId, purpose.projects));
        }
        _emitRequested(licenceId, asked, official, ask, purpose);
    }

    function _vote(LicenceId licenceId, Vote cast, bytes32 explanation) private {
        InstitutionId committee = _requireCommittee(licenceId);
        LicenceStatus current = status(licenceId);
        if (current != LicenceStatus.AwaitingVote && current != LicenceStatus.UnderAppeal) {
            revert LicenceStepNotOpen(licenceId, current);
        }
        if (cast == Vote.None) revert LicenceVoteEmpty();
        if (explanation == 0) revert LicenceVoteUnexplained();

        Progress storage begun = _progress[licenceId];
        begun.vote = cast;
        begun.decidedAt = uint32(block.timestamp);
        emit LicenceVoted(licenceId, committee, cast, explanation);
    }

    /// @dev When the months end: they count from the first issue for the same projects and dataset.
    function _endOfMonths(LicenceId licenceId, Progress memory begun) private returns (uint32 end) {
        bytes32 use = _uses[licenceId];
        uint32 first = _firstIssuedAt[use];
        if (first == 0) {
            first = uint32(block.timestamp);
            _firstIssuedAt[use] = first;
        }
        end = CalendarMonths.add(first, begun.months);
        if (end <= block.timestamp) revert LicenceMonthsUsedUp(end, block.timestamp);
        return uint32(Math.min(end, begun.until));
    }

    function _bind(address holder, LicenceId licenceId) private {
        uint256 tokenId = LicenceId.unwrap(licenceId);
        _mint(holder, tokenId);
        emit Locked(tokenId);
    }

    function _emitRequested(
        LicenceId licenceId,
        Subject memory asked,
        address official,
        LicenceAsk calldata ask,
        Purpose calldata purpose
    ) private {
        emit LicenceRequested(
            licenceId,
            asked.datasetId,
            asked.licensee,
            _msgSender(),
            asked.scopeId,
            asked.datasetTerms,
            asked.purposeDigest,
            official,
            ask,
            purpose
        );
    }

    function _newSubject(
        DatasetRecord calldata dataset,
        Purpose calldata purpose
    ) private view returns (Subject memory asked) {
        DatasetId datasetId = DATASETS.idOf(dataset);
        if (!DATASETS.isStanding(datasetId)) revert LicenceDatasetNotStanding(datasetId);
        (uint16 termsNumber, ) = TERMS.numberOf(dataset.scopeId, dataset.termsDigest);
        if (termsNumber == 0) revert LicenceDatasetTermsUnknown(dataset.scopeId, dataset.termsDigest);
        (, InstitutionId committee) = TERMS.scope(dataset.scopeId);
        InstitutionId licensee = INSTITUTIONS.actingInstitution(_msgSender());
        return
            Subject({
                datasetId: datasetId,
                scopeId: dataset.scopeId,
                datasetTerms: dataset.termsDigest,
                purposeDigest: FACTS.requireRecords(licensee, purpose),
                licensee: licensee,
                custodian: dataset.custodian,
                committee: committee
            });
    }

    function _requireRenewable(LicenceId renews, Subject memory asked) private view {
        Subject memory before = subject(renews);
        Progress memory begun = _progress[renews];
        if (
            begun.issuedAt == 0 ||
            begun.isSubLicence ||
            before.licensee != asked.licensee ||
            before.datasetId != asked.datasetId ||
            before.purposeDigest != asked.purposeDigest
        ) revert LicenceRenewalMismatch(renews);
    }

    function _requireResolvable(LicenceId licenceId, uint256 manual) private view {
        _requireCommittee(licenceId);
        LicenceStatus current = status(licenceId);
        if (
            current != LicenceStatus.AwaitingVote &&
            current != LicenceStatus.UnderAppeal &&
            current != LicenceStatus.Approved &&
            (current != LicenceStatus.Effective || _progress[licenceId].isSubLicence)
        ) revert LicenceStepNotOpen(licenceId, current);
        if (manual == 0) revert LicenceVoteEmpty();
    }

    function _requireCommittee(LicenceId licenceId) private view returns (InstitutionId caller) {
        caller = INSTITUTIONS.actingInstitution(_msgSender());
        requireCommittee(licenceId, caller);
    }

    function _requireActingFor(
        LicenceId licenceId,
        InstitutionId institutionId
    ) private view returns (InstitutionId caller) {
        caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (!_actsFor(caller, institutionId)) revert LicenceNotResponsible(licenceId, caller);
    }

    function _requireSuspended(LicenceId licenceId, bool isSuspended) private view {
        Progress storage begun = _progress[licenceId];
        if (begun.issuedAt == 0 || begun.isSuspended != isSuspended) {
            revert LicenceStepNotOpen(licenceId, status(licenceId));
        }
    }

    /// @dev What all who have a say say now, less what the committee has resolved.
    function _verdict(
        LicenceId licenceId,
        Progress memory begun,
        ParticipantId participantId
    ) private view returns (Verdict memory verdict) {
        Subject storage asked = _subjectOf(licenceId, begun);
        bytes32[LAYER_COUNT] memory termsDigests;
        (verdict, termsDigests) = LICENCE_LAYERS.verdictOn(
            LayerQuery({
                scopeId: asked.scopeId,
                datasetTerms: asked.datasetTerms,
                purposeDigest: asked.purposeDigest,
                licensee: asked.licensee,
                elements: begun.elements,
                level: begun.level,
                participantId: participantId
            })
        );
        if (verdict.manual == 0) return verdict;
        if (begun.isSubLicence) licenceId = _derivations[licenceId].parent;
        for (uint256 kind = 0; kind < LAYER_COUNT; ++kind) {
            verdict = verdict.resolve(LayerKind(kind), _resolved[licenceId][termsDigests[kind]]);
        }
    }

    function _levelOf(DatasetRecord calldata dataset) private pure returns (DataLevel) {
        bool isTooFine = dataset.level == DataLevel.Aggregate && dataset.minimumCell < SMALLEST_CELL;
        return isTooFine ? DataLevel.Individual : dataset.level;
    }

    /// @dev The duties that a purpose's promises bring: a bit for each DutyKind.
    function _promisedBy(Purpose calldata purpose) private pure returns (uint8 duties) {
        if (purpose.stated & FACT_PUBLICATION != 0) duties |= uint8(1 << uint8(DutyKind.Publish));
        if (purpose.stated & FACT_RETURNS_DATA != 0) duties |= uint8(1 << uint8(DutyKind.ReturnData));
        if (purpose.stated & FACT_COLLABORATION != 0) duties |= uint8(1 << uint8(DutyKind.Collaborate));
        if (purpose.publishFrom != 0) duties |= uint8(1 << uint8(DutyKind.Moratorium));
    }

    /// @dev What has to be imposed before an issue: what was promised, and that an exported copy is destroyed.
    function _dutiesOf(Progress memory begun) private pure returns (uint8) {
        if (begun.delivery != DeliveryMode.Export) return begun.promised;
        return begun.promised | uint8(1 << uint8(DutyKind.Destroy));
    }
}
