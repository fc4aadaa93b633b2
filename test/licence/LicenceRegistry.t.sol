// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {
    DataUseEmpty,
    FACT_NOT_FOR_PROFIT,
    FACT_PUBLICATION,
    KIND_CC,
    KIND_CTRL,
    KIND_GRU,
    MODIFIER_IRB,
    MODIFIER_NPU,
    MODIFIER_PUB
} from "../../contracts/libraries/DataUse.sol";
import {
    DENY_ELEMENTS_NOT_COVERED,
    DENY_IRB_ETHICS_APPROVAL,
    DENY_NPU,
    MANUAL_CTRL_NEEDS_REVIEW,
    MANUAL_PUB_UNATTESTED,
    REASONS_PER_LAYER
} from "../../contracts/libraries/Verdicts.sol";
import {IERC5192} from "../../contracts/licence/IERC5192.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {Grant, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {LayerKind, Outcome, Purpose, Terms} from "../../contracts/types/DataUse.sol";
import {DatasetId, InstitutionId, LicenceId} from "../../contracts/types/Ids.sol";
import {DutyKind, LicenceStatus, Vote} from "../../contracts/types/Licence.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

contract LicenceRegistryTest is LicensedStudy {
    uint256 private constant CONSENT_OFFSET = uint256(LayerKind.Consent) * REASONS_PER_LAYER;
    uint256 private constant DATASET_OFFSET = uint256(LayerKind.Dataset) * REASONS_PER_LAYER;
    uint256 private constant DATASET_UNPROVEN = (1 << 8) << DATASET_OFFSET;
    uint256 private constant CONSENT_REVIEW = MANUAL_CTRL_NEEDS_REVIEW << CONSENT_OFFSET;
    uint256 private constant DATASET_REVIEW = MANUAL_CTRL_NEEDS_REVIEW << DATASET_OFFSET;
    LicenceId private constant FIRST = LicenceId.wrap(1);
    LicenceId private constant UNKNOWN = LicenceId.wrap(99);

    address private constant OTHER_COMMITTEE = address(0xC0332);
    address private constant OTHER_CUSTODIAN = address(0xC0572);
    InstitutionId private constant OTHER_BOARD = InstitutionId.wrap(keccak256("another committee"));
    InstitutionId private constant OTHER_BANK = InstitutionId.wrap(keccak256("another biobank"));

    function setUp() public {
        _deployStudy();
        VM.startPrank(GOVERNANCE);
        institutions.admit(OTHER_BOARD, _profile(COMMITTEE_BIT, true), OTHER_COMMITTEE);
        institutions.admit(OTHER_BANK, _profile(CUSTODIAN_BIT, true), OTHER_CUSTODIAN);
        VM.stopPrank();
    }

    // request

    function test_GivenStandingDataset_WhenRequested_RecordsItAndSaysSo() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        bytes32 purposeDigest = keccak256(abi.encode(purpose));
        DatasetRecord memory record = dataset;
        DatasetId datasetId = datasets.idOf(record);
        uint32 until = _now() + 1;
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceRequested(
            FIRST,
            datasetId,
            UNIVERSITY,
            RESEARCHER,
            SCOPE,
            standardTerms,
            purposeDigest,
            RESEARCHER,
            _ask(until),
            purpose
        );
        VM.prank(RESEARCHER);
        LicenceId licenceId = licences.request(record, purpose, _ask(until));
        VM.assertEq(LicenceId.unwrap(licenceId), 1);
        _assertStatus(licenceId, LicenceStatus.Requested);

        ILicenceRegistry.Subject memory asked = licences.subject(licenceId);
        VM.assertTrue(asked.datasetId == datasetId && asked.scopeId == SCOPE);
        VM.assertTrue(asked.licensee == UNIVERSITY && asked.custodian == BIOBANK && asked.committee == ETHICS);
        VM.assertEq(asked.datasetTerms, standardTerms);
        VM.assertEq(asked.purposeDigest, purposeDigest);
        ILicenceRegistry.Progress memory begun = licences.progress(licenceId);
        VM.assertEq(begun.requestedAt, _now());
        VM.assertEq(begun.until, until);
        VM.assertEq(begun.holder, RESEARCHER);
        VM.assertEq(uint256(begun.decidedAt) | begun.issuedAt | begun.terminatedAt, 0);
    }

    function test_GivenFurtherRequests_WhenRequested_NumbersRise() public {
        _requested();
        VM.assertEq(LicenceId.unwrap(_requested()), 2);
    }

    function test_GivenNoResearcher_WhenRequested_RevertsUnauthorised() public {
        _assertRequestReverts(
            CUSTODIAN,
            abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CUSTODIAN)
        );
    }

    function test_GivenSuspendedResearcher_WhenRequested_RevertsNotInStanding() public {
        _suspend(UNIVERSITY);
        _assertRequestReverts(
            RESEARCHER,
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, UNIVERSITY)
        );
    }

    function test_GivenEndOfNow_WhenRequested_RevertsUntilPassed() public {
        DatasetRecord memory record = dataset;
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceUntilPassed.selector, _now(), block.timestamp));
        VM.prank(RESEARCHER);
        licences.request(record, _purpose(KIND_GRU), _ask(_now()));
    }

    function test_GivenMalformedPurpose_WhenRequested_RevertsWithItsError() public {
        DatasetRecord memory record = dataset;
        VM.expectRevert(DataUseEmpty.selector);
        VM.prank(RESEARCHER);
        licences.request(record, _purpose(0), _ask(_now() + TERM));
    }

    function test_GivenDatasetNeverAnchored_WhenRequested_RevertsNotStanding() public {
        dataset.contentDigest = "never anchored";
        _assertDatasetNotStanding();
    }

    function test_GivenDatasetRetracted_WhenRequested_RevertsNotStanding() public {
        _retractDataset();
        _assertDatasetNotStanding();
    }

    function test_GivenDatasetOfUnpublishedTerms_WhenRequested_RevertsTermsUnknown() public {
        bytes32 digest = terms.digestOf(_terms("never published"));
        dataset = _anchored("other content", digest);
        _assertRequestReverts(
            RESEARCHER,
            abi.encodeWithSelector(ILicenceRegistry.LicenceDatasetTermsUnknown.selector, SCOPE, digest)
        );
    }

    // decide

    function test_GivenAnswerThatApproves_WhenAnyoneDecides_AwaitsVote() public {
        LicenceId licenceId = _requested();
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceDecided(licenceId, Outcome.Approve, 0, 0);
        VM.prank(STRANGER);
        VM.assertTrue(licences.decide(licenceId) == Outcome.Approve);
        _assertStatus(licenceId, LicenceStatus.AwaitingVote);
    }

    function test_GivenAnswerThatNeedsReview_WhenDecided_AwaitsVote() public {
        _keepAnswer(_terms("standard"), _purpose(KIND_CTRL));
        LicenceId licenceId = _requestedFor(_purpose(KIND_CTRL));
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceDecided(licenceId, Outcome.Manual, 0, DATASET_REVIEW);
        VM.assertTrue(licences.decide(licenceId) == Outcome.Manual);
        _assertStatus(licenceId, LicenceStatus.AwaitingVote);
    }

    function test_GivenAnswerThatDenies_WhenDecided_IsDenied() public {
        _keepAnswer(_terms("standard"), _purpose(KIND_CC));
        LicenceId licenceId = _requestedFor(_purpose(KIND_CC));
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceDecided(licenceId, Outcome.Deny, (1 << 15) << DATASET_OFFSET, 0);
        VM.assertTrue(licences.decide(licenceId) == Outcome.Deny);
        _assertStatus(licenceId, LicenceStatus.Denied);
    }

    function test_GivenNoAnswerKept_WhenDecided_IsDeniedUntilItIs() public {
        LicenceId licenceId = _requestedFor(_purpose(KIND_GRU | KIND_CTRL));
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceDecided(licenceId, Outcome.Deny, DATASET_UNPROVEN, 0);
        licences.decide(licenceId);
        _assertStatus(licenceId, LicenceStatus.Denied);
        _keepAnswer(_terms("standard"), _purpose(KIND_GRU | KIND_CTRL));
        licences.decide(licenceId);
        _assertStatus(licenceId, LicenceStatus.AwaitingVote);
    }

    function test_GivenAwaitingVote_WhenDecidedAgain_StaysOpen() public {
        LicenceId licenceId = _awaitingVote();
        _advance(1);
        licences.decide(licenceId);
        VM.assertEq(licences.progress(licenceId).decidedAt, _now());
        _assertStatus(licenceId, LicenceStatus.AwaitingVote);
    }

    function test_GivenAnyLaterStatus_WhenDecided_RevertsStepNotOpen() public {
        for (uint8 i = uint8(LicenceStatus.Refused); i <= uint8(LicenceStatus.Terminated); ++i) {
            uint256 state = VM.snapshotState();
            LicenceId licenceId = _given(LicenceStatus(i));
            _expectStepNotOpen(licenceId, LicenceStatus(i));
            licences.decide(licenceId);
            VM.revertToState(state);
        }
    }

    function test_GivenNoLicence_WhenAnythingIsAsked_RevertsUnknown() public {
        bytes memory reason = abi.encodeWithSelector(ILicenceRegistry.LicenceUnknown.selector, UNKNOWN);
        VM.expectRevert(reason);
        licences.decide(UNKNOWN);
        VM.expectRevert(reason);
        licences.status(UNKNOWN);
        VM.expectRevert(reason);
        licences.subject(UNKNOWN);
        VM.expectRevert(reason);
        licences.progress(UNKNOWN);
        VM.expectRevert(reason);
        licences.inForceAt(UNKNOWN, block.timestamp);
        VM.expectRevert(reason);
        licences.covers(UNKNOWN, _person("alice").id);
        VM.expectRevert(reason);
        VM.prank(COMMITTEE);
        licences.vote(UNKNOWN, Vote.Approve, "reasons");
        VM.expectRevert(reason);
        VM.prank(COMMITTEE);
        licences.resolve(UNKNOWN, standardTerms, 1, "reasons");
        VM.expectRevert(reason);
        VM.prank(CUSTODIAN);
        licences.issue(UNKNOWN, "agreement");
        VM.expectRevert(reason);
        VM.prank(CUSTODIAN);
        licences.terminate(UNKNOWN, "reasons");
    }

    // vote

    function test_GivenAwaitingVote_WhenCommitteeApproves_IsApprovedAndSaysSo() public {
        LicenceId licenceId = _awaitingVote();
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceVoted(licenceId, ETHICS, Vote.Approve, "reasons");
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
        _assertStatus(licenceId, LicenceStatus.Approved);
    }

    function test_GivenAwaitingVote_WhenCommitteeRefuses_IsRefusedForGood() public {
        LicenceId licenceId = _given(LicenceStatus.Refused);
        _assertStatus(licenceId, LicenceStatus.Refused);
        _expectStepNotOpen(licenceId, LicenceStatus.Refused);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "second thoughts");
    }

    function test_GivenAwaitingVote_WhenVoteIsNone_RevertsVoteEmpty() public {
        LicenceId licenceId = _awaitingVote();
        VM.expectRevert(ILicenceRegistry.LicenceVoteEmpty.selector);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.None, "reasons");
    }

    function test_GivenAnyOtherStatus_WhenVoted_RevertsStepNotOpen() public {
        for (uint8 i = uint8(LicenceStatus.Requested); i <= uint8(LicenceStatus.Terminated); ++i) {
            if (LicenceStatus(i) == LicenceStatus.AwaitingVote || LicenceStatus(i) == LicenceStatus.UnderAppeal)
                continue;
            uint256 state = VM.snapshotState();
            LicenceId licenceId = _given(LicenceStatus(i));
            _expectStepNotOpen(licenceId, LicenceStatus(i));
            VM.prank(COMMITTEE);
            licences.vote(licenceId, Vote.Refuse, "reasons");
            VM.revertToState(state);
        }
    }

    function test_GivenOtherCommittee_WhenVotes_RevertsNotResponsible() public {
        LicenceId licenceId = _awaitingVote();
        _expectNotResponsible(licenceId, OTHER_BOARD);
        VM.prank(OTHER_COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
    }

    function test_GivenNoCommittee_WhenVotesOrResolves_RevertsUnauthorised() public {
        LicenceId licenceId = _awaitingVote();
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, RESEARCHER));
        VM.prank(RESEARCHER);
        licences.vote(licenceId, Vote.Approve, "reasons");
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, RESEARCHER));
        VM.prank(RESEARCHER);
        licences.resolve(licenceId, standardTerms, 1, "reasons");
    }

    function test_GivenSuspendedCommittee_WhenVotes_RevertsNotInStanding() public {
        LicenceId licenceId = _awaitingVote();
        _suspend(ETHICS);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, ETHICS));
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
    }

    // resolve

    function test_GivenOpenLicence_WhenCommitteeResolves_SaysSo() public {
        LicenceStatus[3] memory open = [LicenceStatus.AwaitingVote, LicenceStatus.Approved, LicenceStatus.Effective];
        for (uint256 i = 0; i < open.length; ++i) {
            LicenceId licenceId = _given(open[i]);
            VM.expectEmit(address(licences));
            emit ILicenceRegistry.LicenceReasonsResolved(licenceId, standardTerms, CONSENT_REVIEW, "reasons");
            VM.prank(COMMITTEE);
            licences.resolve(licenceId, standardTerms, CONSENT_REVIEW, "reasons");
        }
    }

    function test_GivenNothingNamed_WhenResolved_RevertsVoteEmpty() public {
        LicenceId licenceId = _awaitingVote();
        VM.expectRevert(ILicenceRegistry.LicenceVoteEmpty.selector);
        VM.prank(COMMITTEE);
        licences.resolve(licenceId, standardTerms, 0, "reasons");
    }

    function test_GivenAnyOtherStatus_WhenResolved_RevertsStepNotOpen() public {
        for (uint8 i = uint8(LicenceStatus.Requested); i <= uint8(LicenceStatus.Terminated); ++i) {
            LicenceStatus status = LicenceStatus(i);
            bool isOpen =
                status == LicenceStatus.AwaitingVote ||
                    status == LicenceStatus.UnderAppeal ||
                    status == LicenceStatus.Approved ||
                    status == LicenceStatus.Effective;
            if (isOpen) continue;
            uint256 state = VM.snapshotState();
            LicenceId licenceId = _given(status);
            _expectStepNotOpen(licenceId, status);
            VM.prank(COMMITTEE);
            licences.resolve(licenceId, standardTerms, 1, "reasons");
            VM.revertToState(state);
        }
    }

    function test_GivenOtherCommittee_WhenResolves_RevertsNotResponsible() public {
        LicenceId licenceId = _awaitingVote();
        _expectNotResponsible(licenceId, OTHER_BOARD);
        VM.prank(OTHER_COMMITTEE);
        licences.resolve(licenceId, standardTerms, 1, "reasons");
    }

    // issue

    function test_GivenApproved_WhenCustodianIssues_BindsTokenToHolderAndSaysSo() public {
        LicenceId licenceId = _approved();
        uint32 until = licences.progress(licenceId).until;
        VM.expectEmit(address(licences));
        emit IERC5192.Locked(1);
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceIssued(licenceId, RESEARCHER, until, "agreement");
        _issue(licenceId);
        _assertStatus(licenceId, LicenceStatus.Effective);
        VM.assertEq(licences.ownerOf(1), RESEARCHER);
        VM.assertTrue(licences.locked(1));
        VM.assertEq(licences.progress(licenceId).issuedAt, _now());
    }

    function test_GivenAnyOtherStatus_WhenIssued_RevertsStepNotOpen() public {
        for (uint8 i = uint8(LicenceStatus.Requested); i <= uint8(LicenceStatus.Terminated); ++i) {
            if (LicenceStatus(i) == LicenceStatus.Approved) continue;
            uint256 state = VM.snapshotState();
            LicenceId licenceId = _given(LicenceStatus(i));
            _expectStepNotOpen(licenceId, LicenceStatus(i));
            _issue(licenceId);
            VM.revertToState(state);
        }
    }

    function test_GivenOtherCustodian_WhenIssues_RevertsNotResponsible() public {
        LicenceId licenceId = _approved();
        _expectNotResponsible(licenceId, OTHER_BANK);
        VM.prank(OTHER_CUSTODIAN);
        licences.issue(licenceId, "agreement");
    }

    function test_GivenNoCustodian_WhenIssues_RevertsUnauthorised() public {
        LicenceId licenceId = _approved();
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, COMMITTEE));
        VM.prank(COMMITTEE);
        licences.issue(licenceId, "agreement");
    }

    function test_GivenManualReasonUnresolved_WhenIssued_RevertsNotApprovedUntilResolved() public {
        LicenceId licenceId = _reviewApproved();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotApproved.selector, 0, DATASET_REVIEW));
        _issue(licenceId);
        // The consent layer's reason of the same code is not the dataset layer's.
        _resolve(licenceId, standardTerms, CONSENT_REVIEW);
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotApproved.selector, 0, DATASET_REVIEW));
        _issue(licenceId);
        // Nor are other terms the dataset's.
        _resolve(licenceId, keccak256("other terms"), DATASET_REVIEW);
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotApproved.selector, 0, DATASET_REVIEW));
        _issue(licenceId);
        _resolve(licenceId, standardTerms, DATASET_REVIEW);
        _issue(licenceId);
        _assertStatus(licenceId, LicenceStatus.Effective);
    }

    function test_GivenDatasetTermsEndedSinceVote_WhenIssued_RevertsNotApproved() public {
        LicenceId licenceId = _approvedUnderBriefTerms();
        _advance(TERM / 2);
        VM.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.LicenceNotApproved.selector, (1 << 7) << DATASET_OFFSET, 0)
        );
        _issue(licenceId);
    }

    function test_GivenReasonResolvedForOneLicence_WhenAnotherIsIssued_RevertsNotApproved() public {
        LicenceId first = _reviewApproved();
        LicenceId second = _reviewApproved();
        _resolve(first, standardTerms, DATASET_REVIEW);
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotApproved.selector, 0, DATASET_REVIEW));
        _issue(second);
    }

    // terminate

    function test_GivenAnyPartyAndAnyStatus_WhenTerminates_EndsForEverAndSaysSo() public {
        address[3] memory parties = [CUSTODIAN, COMMITTEE, RESEARCHER];
        InstitutionId[3] memory by = [BIOBANK, ETHICS, UNIVERSITY];
        for (uint8 i = uint8(LicenceStatus.Requested); i < uint8(LicenceStatus.Terminated); ++i) {
            // A suspended licensee can do nothing, not even this.
            uint256 party = LicenceStatus(i) == LicenceStatus.Suspended ? 0 : i % 3;
            uint256 state = VM.snapshotState();
            LicenceId licenceId = _given(LicenceStatus(i));
            VM.expectEmit(address(licences));
            emit ILicenceRegistry.LicenceTerminated(licenceId, by[party], "reasons");
            VM.prank(parties[party]);
            licences.terminate(licenceId, "reasons");
            _assertStatus(licenceId, LicenceStatus.Terminated);
            VM.revertToState(state);
        }
    }

    function test_GivenTerminated_WhenTerminatedAgain_RevertsStepNotOpen() public {
        LicenceId licenceId = _given(LicenceStatus.Terminated);
        _expectStepNotOpen(licenceId, LicenceStatus.Terminated);
        _terminate(licenceId);
    }

    function test_GivenOtherMember_WhenTerminates_RevertsNotResponsible() public {
        LicenceId licenceId = _issued();
        _expectNotResponsible(licenceId, PHARMA);
        VM.prank(COMPANY);
        licences.terminate(licenceId, "reasons");
    }

    function test_GivenStranger_WhenTerminates_RevertsUnauthorised() public {
        LicenceId licenceId = _issued();
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        VM.prank(STRANGER);
        licences.terminate(licenceId, "reasons");
    }

    // status

    function test_GivenEveryStatus_WhenReached_StatusSaysSo() public {
        for (uint8 i = uint8(LicenceStatus.Requested); i <= uint8(LicenceStatus.Terminated); ++i) {
            uint256 state = VM.snapshotState();
            _assertStatus(_given(LicenceStatus(i)), LicenceStatus(i));
            VM.revertToState(state);
        }
    }

    function test_GivenEffective_WhenItsLastSecondPasses_Expires() public {
        LicenceId licenceId = _issued();
        VM.warp(licences.progress(licenceId).until - 1);
        _assertStatus(licenceId, LicenceStatus.Effective);
        _advance(1);
        _assertStatus(licenceId, LicenceStatus.Expired);
    }

    function test_GivenSuspendedLicensee_WhenReinstated_IsEffectiveAgain() public {
        LicenceId licenceId = _given(LicenceStatus.Suspended);
        VM.prank(GOVERNANCE);
        institutions.reinstate(UNIVERSITY);
        _assertStatus(licenceId, LicenceStatus.Effective);
    }

    function test_GivenNewDatasetVersion_WhenAnchored_OldLicenceStaysEffective() public {
        LicenceId licenceId = _issued();
        DatasetRecord memory first = dataset;
        DatasetRecord memory second = _record("new content", standardTerms);
        second.previous = datasets.idOf(first);
        VM.prank(CUSTODIAN);
        datasets.anchorVersion(second, first);
        _assertStatus(licenceId, LicenceStatus.Effective);
    }

    // covers

    function test_GivenEffectiveAndConsent_WhenAsked_Covers() public {
        Person memory alice = _consented("alice");
        _assertCovers(_issued(), alice, true, 0, 0);
    }

    function test_GivenApprovedNotIssued_WhenAsked_DoesNotCoverThoughNothingStandsAgainst() public {
        Person memory alice = _consented("alice");
        _assertCovers(_approved(), alice, false, 0, 0);
    }

    function test_GivenNobodysConsent_WhenAsked_SaysStateNone() public {
        _assertCovers(_issued(), _person("nobody"), false, 1 << 0, 0);
    }

    function test_GivenWithdrawal_WhenAskedInTheSameSecond_CoversNoMore() public {
        Person memory alice = _consented("alice");
        LicenceId licenceId = _issued();
        VM.prank(alice.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        _assertCovers(licenceId, alice, false, 1 << 4, 0);
    }

    function test_GivenSuspension_WhenAskedInTheSameSecond_CoversNoMoreUntilResumed() public {
        Person memory alice = _consented("alice");
        LicenceId licenceId = _issued();
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _assertCovers(licenceId, alice, false, 1 << 3, 0);
        _advance(1);
        VM.prank(alice.account);
        consents.resume(_resumeOf(alice));
        _assertCovers(licenceId, alice, true, 0, 0);
    }

    function test_GivenConsentUnderOtherTermsWithoutKeptAnswer_WhenAsked_SaysUnproven() public {
        bytes32 other = _publishTerms(SCOPE, _terms("other"));
        Person memory alice = _consentedTo("alice", other);
        LicenceId licenceId = _issued();
        _assertCovers(licenceId, alice, false, 1 << 8, 0);
        _keepAnswer(_terms("other"), _purpose(KIND_GRU));
        _assertCovers(licenceId, alice, true, 0, 0);
    }

    function test_GivenNpuInConsentAndCompany_WhenAsked_DeniesForThatPersonOnly() public {
        Terms memory npu = _terms("not for profit only");
        npu.modifiers = MODIFIER_NPU;
        Person memory alice = _consentedTo("alice", _publishTerms(SCOPE, npu));
        Person memory bob = _consented("bob");
        _keepAnswer(npu, _purpose(KIND_GRU));
        DatasetRecord memory record = dataset;
        VM.prank(COMPANY);
        LicenceId licenceId = licences.request(record, _purpose(KIND_GRU), _ask(_now() + TERM));
        licences.decide(licenceId);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
        _issue(licenceId);
        _assertCovers(licenceId, alice, false, DENY_NPU, 0);
        _assertCovers(licenceId, bob, true, 0, 0);
    }

    function test_GivenManualReasonInConsent_WhenResolvedForItsTerms_CoversWhoAgreedToThem() public {
        Terms memory npu = _terms("not for profit only");
        npu.modifiers = MODIFIER_NPU;
        bytes32 npuDigest = _publishTerms(SCOPE, npu);
        Person memory alice = _consentedTo("alice", npuDigest);
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.unattested = FACT_NOT_FOR_PROFIT;
        _keepAnswer(npu, purpose);
        _keepAnswer(_terms("standard"), purpose);
        LicenceId licenceId = _issuedFor(purpose);
        _assertCovers(licenceId, alice, false, 0, 2);
        _resolve(licenceId, standardTerms, 2);
        _assertCovers(licenceId, alice, false, 0, 2);
        _resolve(licenceId, npuDigest, 2 << DATASET_OFFSET);
        _assertCovers(licenceId, alice, false, 0, 2);
        _resolve(licenceId, npuDigest, 2);
        _assertCovers(licenceId, alice, true, 0, 0);
    }

    function test_GivenElementsOutsideAConsent_WhenAsked_DeniesForThatPersonOnly() public {
        Person memory alice = _consented("alice");
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.elements = 0x02;
        _keepAnswer(_terms("standard"), purpose);
        LicenceId licenceId = _issuedFor(purpose);
        Person memory bob = _person("bob");
        Grant memory change = _grantOf(bob);
        change.elements = 0x03;
        VM.prank(bob.account);
        consents.grant(change);
        _assertCovers(licenceId, alice, false, DENY_ELEMENTS_NOT_COVERED, 0);
        _assertCovers(licenceId, bob, true, 0, 0);
    }

    function test_GivenEthicsApprovalInConsent_WhenItLapses_CoversNoMoreInThatSecond() public {
        Terms memory reviewed = _terms("ethics approval only");
        reviewed.modifiers = MODIFIER_IRB;
        Person memory alice = _consentedTo("alice", _publishTerms(SCOPE, reviewed));
        Purpose memory purpose = _purpose(KIND_GRU);
        _keepAnswer(reviewed, purpose);
        LicenceId licenceId = _issuedFor(purpose);
        _assertCovers(licenceId, alice, false, DENY_IRB_ETHICS_APPROVAL, 0);
        uint32 until = _now() + 10;
        VM.prank(COMMITTEE);
        facts.approveEthics(UNIVERSITY, keccak256(abi.encode(purpose)), until, "approval");
        _advance(9);
        _assertCovers(licenceId, alice, true, 0, 0);
        _advance(1);
        _assertCovers(licenceId, alice, false, DENY_IRB_ETHICS_APPROVAL, 0);
    }

    function test_GivenStatementInConsent_WhenLicenseeTakesItBack_CoversNoMore() public {
        Terms memory published = _terms("publication");
        published.modifiers = MODIFIER_PUB;
        Person memory alice = _consentedTo("alice", _publishTerms(SCOPE, published));
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_PUBLICATION;
        _keepAnswer(published, purpose);
        _keepAnswer(_terms("standard"), purpose);
        LicenceId licenceId = _issuedFor(purpose);
        bytes32 purposeDigest = keccak256(abi.encode(purpose));
        VM.prank(RESEARCHER);
        facts.state(purposeDigest, FACT_PUBLICATION, "statement");
        _assertCovers(licenceId, alice, true, 0, 0);
        VM.prank(RESEARCHER);
        facts.state(purposeDigest, 0, "statement");
        _assertCovers(licenceId, alice, false, 0, MANUAL_PUB_UNATTESTED);
    }

    function test_GivenDatasetTermsEnd_WhenAsked_CoversNobodyAnyMore() public {
        Person memory alice = _consented("alice");
        LicenceId licenceId = _approvedUnderBriefTerms();
        _issue(licenceId);
        _advance(TERM / 2 - 1);
        _assertCovers(licenceId, alice, true, 0, 0);
        _advance(1);
        _assertCovers(licenceId, alice, false, (1 << 7) << DATASET_OFFSET, 0);
    }

    function test_GivenDeny_WhenCommitteeResolvesEverything_StillDenies() public {
        LicenceId licenceId = _issued();
        Person memory alice = _person("alice");
        _resolve(licenceId, standardTerms, type(uint256).max);
        _resolve(licenceId, 0, type(uint256).max);
        _assertCovers(licenceId, alice, false, 1 << 0, 0);
    }

    function test_GivenAnyStatusButEffective_WhenAsked_CoversNobody() public {
        Person memory alice = _consented("alice");
        for (uint8 i = uint8(LicenceStatus.Requested); i <= uint8(LicenceStatus.Terminated); ++i) {
            if (LicenceStatus(i) == LicenceStatus.Effective) continue;
            uint256 state = VM.snapshotState();
            (bool isEffective, ) = licences.covers(_given(LicenceStatus(i)), alice.id);
            VM.assertFalse(isEffective);
            VM.revertToState(state);
        }
    }

    // inForceAt

    function test_GivenIssued_WhenAskedOfEachEdge_IsInForceFromIssueToEnd() public {
        LicenceId licenceId = _approved();
        VM.assertFalse(licences.inForceAt(licenceId, block.timestamp));
        _advance(10);
        _issue(licenceId);
        uint256 issuedAt = block.timestamp;
        uint256 until = licences.progress(licenceId).until;
        VM.assertFalse(licences.inForceAt(licenceId, issuedAt - 1));
        VM.assertTrue(licences.inForceAt(licenceId, issuedAt));
        VM.assertTrue(licences.inForceAt(licenceId, until - 1));
        VM.assertFalse(licences.inForceAt(licenceId, until));
        VM.warp(issuedAt + 20);
        _terminate(licenceId);
        VM.assertTrue(licences.inForceAt(licenceId, issuedAt + 19));
        VM.assertFalse(licences.inForceAt(licenceId, issuedAt + 20));
    }

    // The token

    function test_GivenHolder_WhenTransfersInAnyForm_RevertsNotTransferable() public {
        _issued();
        _assertBound(RESEARCHER);
    }

    function test_GivenApprovedSpender_WhenTransfersInAnyForm_RevertsNotTransferable() public {
        _issued();
        VM.prank(RESEARCHER);
        licences.approve(STRANGER, 1);
        _assertBound(STRANGER);
    }

    function test_GivenOperator_WhenTransfersInAnyForm_RevertsNotTransferable() public {
        _issued();
        VM.prank(RESEARCHER);
        licences.setApprovalForAll(STRANGER, true);
        _assertBound(STRANGER);
    }

    function test_GivenHolder_WhenTransfersToItself_RevertsNotTransferable() public {
        _issued();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotTransferable.selector, 1));
        VM.prank(RESEARCHER);
        licences.transferFrom(RESEARCHER, RESEARCHER, 1);
    }

    function test_GivenNotIssued_WhenAskedForLock_RevertsNonexistentToken() public {
        _approved();
        VM.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 1));
        licences.locked(1);
    }

    function test_WhenAskedForInterfaces_AnswersThoseOfTheStandards() public view {
        VM.assertTrue(licences.supportsInterface(0x01ffc9a7), "ERC-165");
        VM.assertTrue(licences.supportsInterface(0x80ac58cd), "ERC-721");
        VM.assertTrue(licences.supportsInterface(0x5b5e139f), "ERC-721 metadata");
        VM.assertTrue(licences.supportsInterface(0xb45a3c0e), "ERC-5192");
        VM.assertFalse(licences.supportsInterface(0xffffffff), "ERC-165 names it as unsupported");
        VM.assertEq(bytes(licences.name()), "Concord Data Use Licence");
        VM.assertEq(bytes(licences.symbol()), "CDUL");
    }

    // Given

    /// @dev A licence brought to the status in question.
    function _given(LicenceStatus status) private returns (LicenceId licenceId) {
        if (status == LicenceStatus.Requested) return _requested();
        if (status == LicenceStatus.Denied) {
            _keepAnswer(_terms("standard"), _purpose(KIND_CC));
            licenceId = _requestedFor(_purpose(KIND_CC));
            licences.decide(licenceId);
        } else if (status == LicenceStatus.AwaitingVote) {
            return _awaitingVote();
        } else if (status == LicenceStatus.Refused) {
            licenceId = _awaitingVote();
            VM.prank(COMMITTEE);
            licences.vote(licenceId, Vote.Refuse, "reasons");
        } else if (status == LicenceStatus.UnderAppeal) {
            licenceId = _given(LicenceStatus.Refused);
            VM.prank(RESEARCHER);
            licences.appeal(licenceId, "grounds");
        } else if (status == LicenceStatus.Approved) {
            return _approved();
        } else if (status == LicenceStatus.InBreach) {
            return _breached();
        } else {
            licenceId = _issued();
            if (status == LicenceStatus.Suspended) _suspend(UNIVERSITY);
            else if (status == LicenceStatus.EthicsLapsed) _lapseEthics();
            else if (status == LicenceStatus.DatasetRetracted) _retractDataset();
            else if (status == LicenceStatus.Expired) _advance(TERM);
            else if (status == LicenceStatus.Terminated) _terminate(licenceId);
        }
    }

    /// @dev A licence whose licensee has broken a moratorium.
    function _breached() private returns (LicenceId licenceId) {
        licenceId = _approved();
        VM.prank(CUSTODIAN);
        duties.impose(licenceId, _duty(DutyKind.Moratorium, _now() + TERM));
        _issue(licenceId);
        VM.prank(CUSTODIAN);
        duties.declareBreach(licenceId, DutyKind.Moratorium, "a preprint");
    }

    /// @dev The university's research was approved by an ethics committee, until now.
    function _lapseEthics() private {
        bytes32 purposeDigest = keccak256(abi.encode(_purpose(KIND_GRU)));
        VM.startPrank(COMMITTEE);
        facts.approveEthics(UNIVERSITY, purposeDigest, _now() + 1, "approval");
        facts.approveEthics(UNIVERSITY, purposeDigest, 0, "taken back");
        VM.stopPrank();
    }

    /// @dev A licence for a control set: approved by vote, its MANUAL reason unresolved.
    function _reviewApproved() private returns (LicenceId licenceId) {
        _keepAnswer(_terms("standard"), _purpose(KIND_CTRL));
        licenceId = _requestedFor(_purpose(KIND_CTRL));
        licences.decide(licenceId);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
    }

    function _issuedFor(Purpose memory purpose) private returns (LicenceId licenceId) {
        licenceId = _requestedFor(purpose);
        licences.decide(licenceId);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
        _imposePromised(licenceId);
        _issue(licenceId);
    }

    /// @dev A licence that outlives its dataset's terms by half.
    function _approvedUnderBriefTerms() private returns (LicenceId) {
        Terms memory brief = _terms("brief");
        brief.reConsentBy = _now() + TERM / 2;
        dataset = _anchored("brief content", _publishTerms(SCOPE, brief));
        _keepAnswer(brief, _purpose(KIND_GRU));
        return _approved();
    }

    function _consentedTo(string memory name, bytes32 termsDigest) private returns (Person memory person) {
        bytes32 standard = standardTerms;
        standardTerms = termsDigest;
        person = _consented(name);
        standardTerms = standard;
    }

    function _suspend(InstitutionId institutionId) private {
        VM.prank(GOVERNANCE);
        institutions.suspend(institutionId);
    }

    function _resolve(LicenceId licenceId, bytes32 termsDigest, uint256 manual) private {
        VM.prank(COMMITTEE);
        licences.resolve(licenceId, termsDigest, manual, "reasons");
    }

    // Then

    function _assertRequestReverts(address sender, bytes memory reason) private {
        DatasetRecord memory record = dataset;
        VM.expectRevert(reason);
        VM.prank(sender);
        licences.request(record, _purpose(KIND_GRU), _ask(_now() + TERM));
    }

    function _assertDatasetNotStanding() private {
        DatasetRecord memory record = dataset;
        _assertRequestReverts(
            RESEARCHER,
            abi.encodeWithSelector(ILicenceRegistry.LicenceDatasetNotStanding.selector, keccak256(abi.encode(record)))
        );
    }

    function _expectStepNotOpen(LicenceId licenceId, LicenceStatus status) private {
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceStepNotOpen.selector, licenceId, status));
    }

    function _expectNotResponsible(LicenceId licenceId, InstitutionId caller) private {
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotResponsible.selector, licenceId, caller));
    }

    function _assertBound(address sender) private {
        bytes memory reason = abi.encodeWithSelector(ILicenceRegistry.LicenceNotTransferable.selector, 1);
        VM.startPrank(sender);
        VM.expectRevert(reason);
        licences.transferFrom(RESEARCHER, COMPANY, 1);
        VM.expectRevert(reason);
        licences.safeTransferFrom(RESEARCHER, COMPANY, 1);
        VM.expectRevert(reason);
        licences.safeTransferFrom(RESEARCHER, COMPANY, 1, "data");
        VM.stopPrank();
        VM.assertEq(licences.ownerOf(1), RESEARCHER);
    }

    function _assertStatus(LicenceId licenceId, LicenceStatus expected) private view {
        VM.assertEq(uint256(licences.status(licenceId)), uint256(expected), "status");
    }
}
