// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {KIND_CTRL, KIND_GRU} from "../../contracts/libraries/DataUse.sol";
import {MANUAL_CTRL_NEEDS_REVIEW} from "../../contracts/libraries/Verdicts.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {IPolicyRegistry} from "../../contracts/licence/IPolicyRegistry.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {LayerKind, Purpose} from "../../contracts/types/DataUse.sol";
import {InstitutionId, LicenceId, NO_INSTITUTION} from "../../contracts/types/Ids.sol";
import {DeliveryMode, LicenceAsk, LicenceConditions, LicenceStatus, Vote} from "../../contracts/types/Licence.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

/// @title LicenceRegistryVotesTest
/// @notice Votes with reasons, conditions that narrow, appeals, conflicts of interest, and reasons that are reopened.
contract LicenceRegistryVotesTest is LicensedStudy {
    address private constant REVIEWER = address(0x4E71);
    InstitutionId private constant REVIEWERS = InstitutionId.wrap(keccak256("a review committee"));
    uint64 private constant ASKED = 0x0e;

    function setUp() public {
        _deployStudy();
        VM.prank(GOVERNANCE);
        institutions.admit(REVIEWERS, _profile(COMMITTEE_BIT, true), REVIEWER);
    }

    // Reasons

    function test_GivenNoReasons_WhenVoted_RevertsUnexplained() public {
        LicenceId licenceId = _awaitingVote();
        VM.expectRevert(ILicenceRegistry.LicenceVoteUnexplained.selector);
        _vote(COMMITTEE, licenceId, Vote.Approve, 0);
        VM.expectRevert(ILicenceRegistry.LicenceVoteUnexplained.selector);
        _vote(COMMITTEE, licenceId, Vote.Refuse, 0);
    }

    // Conditions

    function test_GivenNarrowerConditions_WhenApproved_TheLicenceHasThem() public {
        LicenceId licenceId = _exportAsked();
        LicenceConditions memory conditions = LicenceConditions({
            until: _now() + TERM / 2,
            delivery: DeliveryMode.Counts,
            elements: 0x02
        });
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceVoted(licenceId, ETHICS, Vote.Approve, "reasons");
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceNarrowed(licenceId, conditions);
        _approveWith(licenceId, conditions);
        ILicenceRegistry.Progress memory begun = licences.progress(licenceId);
        VM.assertEq(begun.until, conditions.until);
        VM.assertTrue(begun.delivery == DeliveryMode.Counts);
        VM.assertEq(begun.elements, 0x02);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Approved);
    }

    function test_GivenConditionsAsAsked_WhenApproved_IsAccepted() public {
        LicenceId licenceId = _exportAsked();
        _approveWith(licenceId, _asAsked(licenceId));
        VM.assertTrue(licences.progress(licenceId).delivery == DeliveryMode.Export);
    }

    function test_GivenOneConditionWider_WhenApproved_RevertsWiden() public {
        LicenceId licenceId = _exportAsked();
        LicenceConditions memory conditions = _asAsked(licenceId);
        ++conditions.until;
        _assertWidens(licenceId, conditions);
        conditions = _asAsked(licenceId);
        conditions.elements |= 0x10;
        _assertWidens(licenceId, conditions);
        // None in particular would be all of the dataset's.
        conditions.elements = 0;
        _assertWidens(licenceId, conditions);
        licenceId = _awaitingVote();
        conditions = _asAsked(licenceId);
        conditions.delivery = DeliveryMode.Export;
        _assertWidens(licenceId, conditions);
    }

    function test_GivenNoElementsInParticular_WhenApprovedWithSome_TheLicenceHasThem() public {
        LicenceId licenceId = _awaitingVote();
        LicenceConditions memory conditions = _asAsked(licenceId);
        conditions.elements = 0x04;
        _approveWith(licenceId, conditions);
        VM.assertEq(licences.progress(licenceId).elements, 0x04);
    }

    function test_GivenEndOfNow_WhenApprovedWithIt_RevertsUntilPassed() public {
        LicenceId licenceId = _awaitingVote();
        LicenceConditions memory conditions = _asAsked(licenceId);
        conditions.until = _now();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceUntilPassed.selector, _now(), block.timestamp));
        _approveWith(licenceId, conditions);
    }

    function testFuzz_Conditions_NeverGiveMoreThanWasAskedFor(
        uint32 until,
        uint8 delivery,
        uint64 elements,
        uint64 asked
    ) public {
        LicenceConditions memory conditions = LicenceConditions({
            until: uint32(START) + (until % (2 * TERM)),
            delivery: DeliveryMode(delivery % 3),
            elements: elements % 2 == 0 ? elements : elements & asked
        });
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.elements = asked;
        _keepAnswer(_terms("standard"), purpose);
        LicenceId licenceId = _requestedFor(purpose);
        licences.decide(licenceId);
        ILicenceRegistry.Progress memory before = licences.progress(licenceId);
        VM.prank(COMMITTEE);
        try licences.approveWith(licenceId, conditions, "reasons") {
            ILicenceRegistry.Progress memory begun = licences.progress(licenceId);
            VM.assertLe(begun.until, before.until, "until");
            VM.assertLe(uint256(begun.delivery), uint256(before.delivery), "delivery");
            VM.assertTrue(asked == 0 || (begun.elements != 0 && begun.elements & ~asked == 0));
        } catch {
            VM.assertTrue(licences.status(licenceId) == LicenceStatus.AwaitingVote, "changed though refused");
        }
    }

    // Appeals

    function test_GivenRefusal_WhenLicenseeAppeals_IsVotedOnAgain() public {
        LicenceId licenceId = _refused();
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceAppealed(licenceId, "grounds");
        _appeal(licenceId);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.UnderAppeal);
        _vote(COMMITTEE, licenceId, Vote.Approve, "second thoughts");
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Approved);
        _issue(licenceId);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
    }

    function test_GivenAppealRefused_WhenAppealedAgain_RevertsClosed() public {
        LicenceId licenceId = _refused();
        _appeal(licenceId);
        _vote(COMMITTEE, licenceId, Vote.Refuse, "no");
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceAppealClosed.selector, licenceId));
        _appeal(licenceId);
    }

    function test_GivenRefusal_WhenAppealPeriodEnds_RevertsClosedFromThatSecond() public {
        VM.prank(RESEARCHER);
        LicenceId licenceId = licences.request(dataset, _purpose(KIND_GRU), _ask(_now() + 365 days));
        licences.decide(licenceId);
        _vote(COMMITTEE, licenceId, Vote.Refuse, "no");
        _advance(licences.APPEAL_PERIOD() - 1);
        uint256 state = VM.snapshotState();
        _appeal(licenceId);
        VM.revertToState(state);
        _advance(1);
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceAppealClosed.selector, licenceId));
        _appeal(licenceId);
    }

    function test_GivenNoRefusal_WhenAppealed_RevertsStepNotOpen() public {
        LicenceId licenceId = _approved();
        VM.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.LicenceStepNotOpen.selector, licenceId, LicenceStatus.Approved)
        );
        _appeal(licenceId);
    }

    function test_GivenRefusal_WhenAnotherMemberAppeals_RevertsNotResponsible() public {
        LicenceId licenceId = _refused();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotResponsible.selector, licenceId, PHARMA));
        VM.prank(COMPANY);
        licences.appeal(licenceId, "grounds");
    }

    function test_GivenReviewCommittee_WhenAppealed_ItAloneVotes() public {
        _nameReviewers();
        LicenceId licenceId = _refused();
        _appeal(licenceId);
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotResponsible.selector, licenceId, ETHICS));
        _vote(COMMITTEE, licenceId, Vote.Approve, "reasons");
        _vote(REVIEWER, licenceId, Vote.Approve, "reasons");
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Approved);
    }

    // Conflicts of interest

    function test_GivenConflict_WhenTheCommitteeVotes_RevertsConflictOfInterest() public {
        LicenceId licenceId = _awaitingVote();
        VM.prank(COMMITTEE);
        institutions.declareConflict(UNIVERSITY, "a shared grant");
        bytes memory reason = abi.encodeWithSelector(
            ILicenceRegistry.LicenceConflictOfInterest.selector,
            ETHICS,
            UNIVERSITY
        );
        VM.expectRevert(reason);
        _vote(COMMITTEE, licenceId, Vote.Refuse, "reasons");
        VM.expectRevert(reason);
        VM.prank(COMMITTEE);
        licences.resolve(licenceId, standardTerms, 1, "reasons");
        // Others are not touched by it.
        DatasetRecord memory record = dataset;
        VM.prank(COMPANY);
        LicenceId other = licences.request(record, _purpose(KIND_GRU), _ask(_now() + TERM));
        licences.decide(other);
        _vote(COMMITTEE, other, Vote.Approve, "reasons");
    }

    function test_GivenConflictAndReviewCommittee_WhenItVotes_IsAccepted() public {
        LicenceId licenceId = _awaitingVote();
        VM.prank(RESEARCHER);
        institutions.declareConflict(ETHICS, "a shared grant");
        _nameReviewers();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotResponsible.selector, licenceId, ETHICS));
        _vote(COMMITTEE, licenceId, Vote.Approve, "reasons");
        _vote(REVIEWER, licenceId, Vote.Approve, "reasons");
    }

    function test_GivenNoConflict_WhenReviewersVote_RevertsNotResponsible() public {
        _nameReviewers();
        LicenceId licenceId = _awaitingVote();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotResponsible.selector, licenceId, REVIEWERS));
        _vote(REVIEWER, licenceId, Vote.Approve, "reasons");
    }

    function test_GivenConflictSinceTheIssue_WhenTheCommitteeReinstates_RevertsAndIsTheReviewers() public {
        LicenceId licenceId = _issued();
        VM.startPrank(COMMITTEE);
        licences.suspend(licenceId, "reasons");
        institutions.declareConflict(UNIVERSITY, "a shared grant");
        VM.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.LicenceConflictOfInterest.selector, ETHICS, UNIVERSITY)
        );
        licences.reinstate(licenceId, "reasons");
        VM.stopPrank();
        _nameReviewers();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotResponsible.selector, licenceId, ETHICS));
        VM.prank(COMMITTEE);
        licences.reinstate(licenceId, "reasons");
        VM.prank(REVIEWER);
        licences.reinstate(licenceId, "reasons");
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
    }

    function test_WhenReviewCommitteeIsNamed_SaysSoAndMayBeTakenBack() public {
        VM.expectEmit(address(policies));
        emit IPolicyRegistry.ReviewCommitteeSet(SCOPE, REVIEWERS);
        _nameReviewers();
        VM.assertTrue(policies.reviewCommitteeOf(SCOPE) == REVIEWERS);
        VM.prank(GOVERNANCE);
        policies.setReviewCommittee(SCOPE, NO_INSTITUTION);
        VM.assertTrue(policies.reviewCommitteeOf(SCOPE) == NO_INSTITUTION);
    }

    function test_GivenAnyoneButTheRegistrar_WhenNames_RevertsUnauthorised() public {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, COMMITTEE));
        VM.prank(COMMITTEE);
        policies.setReviewCommittee(SCOPE, REVIEWERS);
    }

    function test_GivenNoCommitteeInStanding_WhenNamed_RevertsNotCommittee() public {
        VM.expectRevert(abi.encodeWithSelector(IPolicyRegistry.PolicyNotCommittee.selector, UNIVERSITY));
        VM.prank(GOVERNANCE);
        policies.setReviewCommittee(SCOPE, UNIVERSITY);
        VM.expectRevert(abi.encodeWithSelector(IPolicyRegistry.PolicyNotCommittee.selector, NOBODY));
        VM.prank(GOVERNANCE);
        policies.setReviewCommittee(SCOPE, NOBODY);
        VM.prank(GOVERNANCE);
        institutions.suspend(REVIEWERS);
        VM.expectRevert(abi.encodeWithSelector(IPolicyRegistry.PolicyNotCommittee.selector, REVIEWERS));
        VM.prank(GOVERNANCE);
        policies.setReviewCommittee(SCOPE, REVIEWERS);
    }

    function test_GivenTheScopesOwnCommittee_WhenNamed_RevertsReviewsItself() public {
        VM.expectRevert(abi.encodeWithSelector(IPolicyRegistry.PolicyReviewsItself.selector, SCOPE, ETHICS));
        VM.prank(GOVERNANCE);
        policies.setReviewCommittee(SCOPE, ETHICS);
        VM.prank(GOVERNANCE);
        institutions.succeed(ETHICS, REVIEWERS);
        VM.expectRevert(abi.encodeWithSelector(IPolicyRegistry.PolicyReviewsItself.selector, SCOPE, REVIEWERS));
        _nameReviewers();
    }

    // Reasons resolved and reopened

    function test_GivenAppeal_WhenReasonsAreResolvedAndReopened_IsAccepted() public {
        LicenceId licenceId = _refused();
        _appeal(licenceId);
        uint256 reason = _tagged(MANUAL_CTRL_NEEDS_REVIEW, LayerKind.Dataset);
        VM.startPrank(COMMITTEE);
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceReasonsResolved(licenceId, standardTerms, reason, "looked into");
        licences.resolve(licenceId, standardTerms, reason, "looked into");
        licences.reopen(licenceId, standardTerms, reason, "second thoughts");
        VM.stopPrank();
    }

    function test_GivenResolvedReason_WhenReopened_CoversNoMoreAndSaysSo() public {
        Person memory alice = _consented("alice");
        (LicenceId licenceId, uint256 ofConsent) = _issuedForControls();
        (bool isEffective, ) = licences.covers(licenceId, alice.id);
        VM.assertTrue(isEffective);
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceReasonsReopened(licenceId, standardTerms, ofConsent, "second thoughts");
        VM.prank(COMMITTEE);
        licences.reopen(licenceId, standardTerms, ofConsent, "second thoughts");
        (isEffective, ) = licences.covers(licenceId, alice.id);
        VM.assertFalse(isEffective);
    }

    function test_GivenNothingToReopenOrNotResponsible_WhenReopened_Reverts() public {
        (LicenceId licenceId, uint256 ofConsent) = _issuedForControls();
        _nameReviewers();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotResponsible.selector, licenceId, REVIEWERS));
        VM.prank(REVIEWER);
        licences.reopen(licenceId, standardTerms, ofConsent, "second thoughts");
        VM.expectRevert(ILicenceRegistry.LicenceVoteEmpty.selector);
        VM.prank(COMMITTEE);
        licences.reopen(licenceId, standardTerms, 0, "second thoughts");
        VM.startPrank(COMMITTEE);
        licences.terminate(licenceId, "reasons");
        VM.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.LicenceStepNotOpen.selector, licenceId, LicenceStatus.Terminated)
        );
        licences.reopen(licenceId, standardTerms, ofConsent, "second thoughts");
        VM.stopPrank();
    }

    // Given

    function _exportAsked() private returns (LicenceId licenceId) {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.elements = ASKED;
        _keepAnswer(_terms("standard"), purpose);
        LicenceAsk memory ask = _ask(_now() + TERM);
        ask.delivery = DeliveryMode.Export;
        DatasetRecord memory record = dataset;
        VM.prank(RESEARCHER);
        licenceId = licences.request(record, purpose, ask);
        licences.decide(licenceId);
    }

    function _refused() private returns (LicenceId licenceId) {
        licenceId = _awaitingVote();
        _vote(COMMITTEE, licenceId, Vote.Refuse, "no");
    }

    /// @dev A licence for a control set, its reasons resolved in the dataset's layer and the consent's.
    function _issuedForControls() private returns (LicenceId licenceId, uint256 ofConsent) {
        ofConsent = _tagged(MANUAL_CTRL_NEEDS_REVIEW, LayerKind.Consent);
        _keepAnswer(_terms("standard"), _purpose(KIND_CTRL));
        licenceId = _requestedFor(_purpose(KIND_CTRL));
        licences.decide(licenceId);
        _vote(COMMITTEE, licenceId, Vote.Approve, "reasons");
        VM.prank(COMMITTEE);
        licences.resolve(
            licenceId,
            standardTerms,
            ofConsent | _tagged(MANUAL_CTRL_NEEDS_REVIEW, LayerKind.Dataset),
            "reasons"
        );
        _issue(licenceId);
    }

    function _asAsked(LicenceId licenceId) private view returns (LicenceConditions memory) {
        ILicenceRegistry.Progress memory begun = licences.progress(licenceId);
        return LicenceConditions({until: begun.until, delivery: begun.delivery, elements: begun.elements});
    }

    function _nameReviewers() private {
        VM.prank(GOVERNANCE);
        policies.setReviewCommittee(SCOPE, REVIEWERS);
    }

    // When

    function _vote(address sender, LicenceId licenceId, Vote cast, bytes32 explanation) private {
        VM.prank(sender);
        licences.vote(licenceId, cast, explanation);
    }

    function _approveWith(LicenceId licenceId, LicenceConditions memory conditions) private {
        VM.prank(COMMITTEE);
        licences.approveWith(licenceId, conditions, "reasons");
    }

    function _appeal(LicenceId licenceId) private {
        VM.prank(RESEARCHER);
        licences.appeal(licenceId, "grounds");
    }

    // Then

    function _assertWidens(LicenceId licenceId, LicenceConditions memory conditions) private {
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceConditionsWiden.selector, licenceId));
        _approveWith(licenceId, conditions);
    }
}
