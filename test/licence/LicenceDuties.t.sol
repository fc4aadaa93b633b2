// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {FACT_PUBLICATION, KIND_GRU} from "../../contracts/libraries/DataUse.sol";
import {ILicenceDuties} from "../../contracts/licence/ILicenceDuties.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {Purpose} from "../../contracts/types/DataUse.sol";
import {InstitutionId, LicenceId, NO_INSTITUTION} from "../../contracts/types/Ids.sol";
import {
    DeliveryMode,
    Duty,
    DutyKind,
    DutyState,
    DutyTerm,
    LicenceAsk,
    LicenceStatus,
    Vote
} from "../../contracts/types/Licence.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

contract LicenceDutiesTest is LicensedStudy {
    uint32 private constant DUE = 100;

    LicenceId private licenceId;

    function setUp() public {
        _deployStudy();
        licenceId = _approved();
    }

    // impose

    function test_GivenApproved_WhenImposed_IsOpenAndSaysSo() public {
        VM.expectEmit(address(duties));
        emit ILicenceDuties.DutyImposed(licenceId, DutyKind.Destroy, _now() + DUE);
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceDutiesKept(licenceId, uint8(1 << uint8(DutyKind.Destroy)), _now() + DUE, 0);
        _impose(DutyKind.Destroy);
        _assertDuty(DutyKind.Destroy, DutyState.Open, _now() + DUE);
    }

    function test_GivenSeveral_WhenImposed_TheNextDateIsTheSoonest() public {
        DutyTerm[] memory list = new DutyTerm[](3);
        list[0] = DutyTerm({kind: DutyKind.Publish, dueAt: _now() + 300});
        list[1] = DutyTerm({kind: DutyKind.ReturnData, dueAt: _now() + 200});
        list[2] = DutyTerm({kind: DutyKind.Moratorium, dueAt: _now() + 100});
        VM.prank(CUSTODIAN);
        duties.impose(licenceId, list);
        VM.assertEq(licences.progress(licenceId).imposed, 11);
        VM.assertEq(licences.progress(licenceId).dutyDueAt, _now() + 200, "a moratorium is over, never overdue");
    }

    function test_GivenImposed_WhenImposedAgain_RevertsStepNotOpen() public {
        _impose(DutyKind.Publish);
        _expectStepNotOpen(DutyKind.Publish, DutyState.Open);
        _impose(DutyKind.Publish);
    }

    function test_GivenDateOfNow_WhenImposed_RevertsDatePassed() public {
        VM.expectRevert(abi.encodeWithSelector(ILicenceDuties.DutyDatePassed.selector, _now(), block.timestamp + 1));
        VM.prank(CUSTODIAN);
        duties.impose(licenceId, _duty(DutyKind.Publish, _now()));
    }

    function test_GivenNotApprovedOrIssued_WhenImposed_RevertsLicenceNotOpen() public {
        LicenceId other = _awaitingVote();
        VM.expectRevert(abi.encodeWithSelector(ILicenceDuties.DutyLicenceNotOpen.selector, other));
        VM.prank(CUSTODIAN);
        duties.impose(other, _duty(DutyKind.Publish, _now() + DUE));
        _issue(licenceId);
        VM.expectRevert(abi.encodeWithSelector(ILicenceDuties.DutyLicenceNotOpen.selector, licenceId));
        _impose(DutyKind.Publish);
    }

    function test_GivenAnotherInstitution_WhenTakesAnyStep_RevertsNotResponsible() public {
        address otherCustodian = address(0xB2);
        InstitutionId otherBank = InstitutionId.wrap(keccak256("another biobank"));
        VM.prank(GOVERNANCE);
        institutions.admit(otherBank, _profile(CUSTODIAN_BIT | COMMITTEE_BIT | RESEARCHER_BIT, true), otherCustodian);
        _issuedWith(DutyKind.Destroy);
        bytes memory notTheirs = abi.encodeWithSelector(
            ILicenceDuties.DutyNotResponsible.selector,
            licenceId,
            otherBank
        );
        // Which committee is responsible, the licences say.
        bytes memory notTheCommittees = abi.encodeWithSelector(
            ILicenceRegistry.LicenceNotResponsible.selector,
            licenceId,
            otherBank
        );
        bytes[7] memory calls = [
            abi.encodeCall(ILicenceDuties.impose, (licenceId, _duty(DutyKind.Publish, _now() + DUE))),
            abi.encodeCall(ILicenceDuties.defer, (licenceId, DutyKind.Destroy, _now() + 2 * DUE)),
            abi.encodeCall(ILicenceDuties.discharge, (licenceId, DutyKind.Destroy, "evidence")),
            abi.encodeCall(ILicenceDuties.accept, (licenceId, DutyKind.Destroy)),
            abi.encodeCall(ILicenceDuties.reject, (licenceId, DutyKind.Destroy, "reasons")),
            abi.encodeCall(ILicenceDuties.declareBreach, (licenceId, DutyKind.Destroy, "reasons")),
            abi.encodeCall(ILicenceDuties.cure, (licenceId, DutyKind.Destroy, "reasons"))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            VM.prank(otherCustodian);
            (bool isAccepted, bytes memory reason) = address(duties).call(calls[i]);
            VM.assertFalse(isAccepted);
            bool isCure = bytes4(calls[i]) == ILicenceDuties.cure.selector;
            VM.assertEq(keccak256(reason), keccak256(isCure ? notTheCommittees : notTheirs));
            VM.prank(STRANGER);
            (isAccepted, reason) = address(duties).call(calls[i]);
            VM.assertTrue(!isAccepted && bytes4(reason) == IAccessManaged.AccessManagedUnauthorized.selector);
        }
    }

    function test_GivenPartySucceeded_WhenItsSuccessorActs_IsAcceptedAndItNoMore() public {
        _issuedWith(DutyKind.Publish);
        _inherit(UNIVERSITY);
        VM.prank(GOVERNANCE);
        institutions.succeed(ETHICS, HEIR);
        VM.startPrank(HEIR_ACCOUNT);
        duties.discharge(licenceId, DutyKind.Publish, "evidence");
        duties.declareBreach(licenceId, DutyKind.Publish, "reasons");
        VM.stopPrank();
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, UNIVERSITY));
        VM.prank(RESEARCHER);
        duties.discharge(licenceId, DutyKind.Publish, "evidence");
    }

    // issue

    function test_GivenPromise_WhenIssuedWithoutItsDuty_RevertsDutiesMissing() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.stated = FACT_PUBLICATION;
        _keepAnswer(_terms("standard"), purpose);
        licenceId = _requestedFor(purpose);
        _approve();
        uint8 publish = uint8(1 << uint8(DutyKind.Publish));
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceDutiesMissing.selector, publish));
        _issue(licenceId);
        _impose(DutyKind.Publish);
        _issue(licenceId);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
    }

    function test_GivenExport_WhenIssuedWithoutDestruction_RevertsDutiesMissing() public {
        LicenceAsk memory ask = _ask(_now() + TERM);
        ask.delivery = DeliveryMode.Export;
        DatasetRecord memory record = dataset;
        VM.prank(RESEARCHER);
        licenceId = licences.request(record, _purpose(KIND_GRU), ask);
        _approve();
        uint8 destroy = uint8(1 << uint8(DutyKind.Destroy));
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceDutiesMissing.selector, destroy));
        _issue(licenceId);
        _impose(DutyKind.Destroy);
        _issue(licenceId);
    }

    // From evidence to its acceptance

    function test_GivenEvidence_WhenAccepted_IsFulfilledAndNeverOverdue() public {
        _issuedWith(DutyKind.Publish);
        VM.expectEmit(address(duties));
        emit ILicenceDuties.DutyDischarged(licenceId, DutyKind.Publish, "evidence");
        _discharge(DutyKind.Publish);
        _assertDuty(DutyKind.Publish, DutyState.Discharged, _now() + DUE);
        VM.assertFalse(licences.isBarred(UNIVERSITY));
        VM.assertEq(licences.progress(licenceId).dutyDueAt, 0);
        VM.expectEmit(address(duties));
        emit ILicenceDuties.DutyFulfilled(licenceId, DutyKind.Publish);
        VM.prank(CUSTODIAN);
        duties.accept(licenceId, DutyKind.Publish);
        _assertDuty(DutyKind.Publish, DutyState.Fulfilled, _now() + DUE);
        _advance(DUE);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
    }

    function test_GivenEvidence_WhenRejected_IsOpenForTheGraceAtLeast() public {
        _issuedWith(DutyKind.Publish);
        _discharge(DutyKind.Publish);
        uint32 grace = _now() + 14 days;
        VM.expectEmit(address(duties));
        emit ILicenceDuties.DutyReopened(licenceId, DutyKind.Publish, grace, "not the paper");
        VM.prank(CUSTODIAN);
        duties.reject(licenceId, DutyKind.Publish, "not the paper");
        _assertDuty(DutyKind.Publish, DutyState.Open, grace);
        VM.assertEq(licences.progress(licenceId).dutyDueAt, grace);
        VM.assertFalse(licences.isBarred(UNIVERSITY));
    }

    function test_GivenNoEvidence_WhenDischarged_RevertsEmpty() public {
        _issuedWith(DutyKind.Publish);
        VM.expectRevert(ILicenceDuties.DutyEvidenceEmpty.selector);
        VM.prank(RESEARCHER);
        duties.discharge(licenceId, DutyKind.Publish, 0);
    }

    function test_GivenAnyOtherState_WhenAStepIsTaken_RevertsStepNotOpen() public {
        _issuedWith(DutyKind.Publish);
        _expectStepNotOpen(DutyKind.Publish, DutyState.Open);
        VM.prank(CUSTODIAN);
        duties.accept(licenceId, DutyKind.Publish);
        _expectStepNotOpen(DutyKind.Publish, DutyState.Open);
        VM.prank(CUSTODIAN);
        duties.reject(licenceId, DutyKind.Publish, "reasons");
        _expectStepNotOpen(DutyKind.Publish, DutyState.Open);
        VM.prank(COMMITTEE);
        duties.cure(licenceId, DutyKind.Publish, "reasons");
        _expectStepNotOpen(DutyKind.Destroy, DutyState.None);
        _discharge(DutyKind.Destroy);
        _expectStepNotOpen(DutyKind.Destroy, DutyState.None);
        VM.prank(COMMITTEE);
        duties.declareBreach(licenceId, DutyKind.Destroy, "reasons");
        _discharge(DutyKind.Publish);
        _expectStepNotOpen(DutyKind.Publish, DutyState.Discharged);
        VM.prank(CUSTODIAN);
        duties.defer(licenceId, DutyKind.Publish, _now() + 2 * DUE);
        _expectStepNotOpen(DutyKind.Publish, DutyState.Discharged);
        duties.reportOverdue(licenceId, DutyKind.Publish);
    }

    // Overdue

    function test_GivenDutyOpen_WhenItsDatePasses_IsInBreachInThatSecondUntilDischarged() public {
        _issuedWith(DutyKind.Publish);
        _advance(DUE - 1);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
        _advance(1);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.InBreach);
        _discharge(DutyKind.Publish);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
    }

    function test_GivenDutyOpen_WhenDeferred_IsOverdueLater() public {
        _issuedWith(DutyKind.Publish);
        uint32 later = _now() + 2 * DUE;
        VM.expectRevert(abi.encodeWithSelector(ILicenceDuties.DutyDatePassed.selector, _now() + DUE, _now() + DUE + 1));
        VM.prank(CUSTODIAN);
        duties.defer(licenceId, DutyKind.Publish, _now() + DUE);
        VM.prank(CUSTODIAN);
        duties.defer(licenceId, DutyKind.Publish, _now() + DUE + 1);
        VM.expectEmit(address(duties));
        emit ILicenceDuties.DutyImposed(licenceId, DutyKind.Publish, later);
        VM.prank(CUSTODIAN);
        duties.defer(licenceId, DutyKind.Publish, later);
        VM.assertFalse(licences.isBarred(UNIVERSITY));
        VM.warp(later - 1);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
        VM.warp(later);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.InBreach);
    }

    function test_GivenOverdue_WhenAnyoneReports_LicenseeIsBarredUntilCured() public {
        _issuedWith(DutyKind.Publish);
        VM.expectRevert(
            abi.encodeWithSelector(ILicenceDuties.DutyNotOverdue.selector, licenceId, DutyKind.Publish, _now() + DUE)
        );
        duties.reportOverdue(licenceId, DutyKind.Publish);
        LicenceId other = _approved();
        _advance(DUE);
        VM.assertFalse(licences.isBarred(UNIVERSITY));
        VM.expectEmit(address(duties));
        emit ILicenceDuties.DutyBreached(licenceId, DutyKind.Publish, NO_INSTITUTION, 0);
        VM.prank(STRANGER);
        duties.reportOverdue(licenceId, DutyKind.Publish);
        VM.assertTrue(licences.isBarred(UNIVERSITY));
        bytes memory barred = abi.encodeWithSelector(ILicenceRegistry.LicenceInstitutionBarred.selector, UNIVERSITY);
        VM.expectRevert(barred);
        _issue(other);
        DatasetRecord memory record = dataset;
        VM.expectRevert(barred);
        VM.prank(RESEARCHER);
        licences.request(record, _purpose(KIND_GRU), _ask(_now() + TERM));

        VM.expectEmit(address(duties));
        emit ILicenceDuties.DutyCured(licenceId, DutyKind.Publish, "published at last");
        VM.prank(COMMITTEE);
        duties.cure(licenceId, DutyKind.Publish, "published at last");
        VM.assertFalse(licences.isBarred(UNIVERSITY));
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
        _issue(other);
    }

    function test_GivenConflictOfInterest_WhenTheCommitteeCures_RevertsUntilItIsLifted() public {
        _issuedWith(DutyKind.Publish);
        _advance(DUE);
        duties.reportOverdue(licenceId, DutyKind.Publish);
        VM.startPrank(COMMITTEE);
        institutions.declareConflict(UNIVERSITY, "a shared grant");
        VM.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.LicenceConflictOfInterest.selector, ETHICS, UNIVERSITY)
        );
        duties.cure(licenceId, DutyKind.Publish, "published at last");
        VM.stopPrank();
        VM.prank(GOVERNANCE);
        institutions.liftConflict(ETHICS, UNIVERSITY, "the grant has ended");
        VM.prank(COMMITTEE);
        duties.cure(licenceId, DutyKind.Publish, "published at last");
        VM.assertFalse(licences.isBarred(UNIVERSITY));
    }

    function test_GivenMoratorium_WhenItsDatePasses_IsOverAndCannotBeReported() public {
        _issuedWith(DutyKind.Moratorium);
        _advance(DUE);
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.Effective);
        VM.expectRevert(
            abi.encodeWithSelector(ILicenceDuties.DutyNotOverdue.selector, licenceId, DutyKind.Moratorium, _now())
        );
        duties.reportOverdue(licenceId, DutyKind.Moratorium);
    }

    // Declared breaches

    function test_GivenBreach_WhenCustodianOrCommitteeDeclares_SuspendsAndBars() public {
        DutyKind[2] memory kinds = [DutyKind.Moratorium, DutyKind.Destroy];
        address[2] memory senders = [CUSTODIAN, COMMITTEE];
        InstitutionId[2] memory by = [BIOBANK, ETHICS];
        _impose(kinds[0]);
        _impose(kinds[1]);
        _issue(licenceId);
        for (uint256 i = 0; i < 2; ++i) {
            VM.expectEmit(address(duties));
            emit ILicenceDuties.DutyBreached(licenceId, kinds[i], by[i], "a preprint");
            VM.prank(senders[i]);
            duties.declareBreach(licenceId, kinds[i], "a preprint");
        }
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.InBreach);
        // Two breaches bar until both are made good.
        _cure(kinds[0]);
        VM.assertTrue(licences.isBarred(UNIVERSITY));
        VM.assertTrue(licences.status(licenceId) == LicenceStatus.InBreach);
        _cure(kinds[1]);
        VM.assertFalse(licences.isBarred(UNIVERSITY));
    }

    function test_GivenNoReasons_WhenDeclared_RevertsEmpty() public {
        _issuedWith(DutyKind.Moratorium);
        VM.expectRevert(ILicenceDuties.DutyEvidenceEmpty.selector);
        VM.prank(CUSTODIAN);
        duties.declareBreach(licenceId, DutyKind.Moratorium, 0);
    }

    function test_GivenAnotherLicensee_WhenOneIsInBreach_IsNotBarred() public {
        _issuedWith(DutyKind.Moratorium);
        VM.prank(CUSTODIAN);
        duties.declareBreach(licenceId, DutyKind.Moratorium, "a preprint");
        DatasetRecord memory record = dataset;
        VM.prank(COMPANY);
        licences.request(record, _purpose(KIND_GRU), _ask(_now() + TERM));
    }

    function test_GivenAnyoneElse_WhenKeepsDuties_RevertsUnauthorised() public {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CUSTODIAN));
        VM.prank(CUSTODIAN);
        licences.keepDuties(licenceId, 0, 0, -1);
    }

    // Given and when

    function _issuedWith(DutyKind kind) private {
        _impose(kind);
        _issue(licenceId);
    }

    function _approve() private {
        licences.decide(licenceId);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
    }

    function _impose(DutyKind kind) private {
        VM.prank(CUSTODIAN);
        duties.impose(licenceId, _duty(kind, _now() + DUE));
    }

    function _discharge(DutyKind kind) private {
        VM.prank(RESEARCHER);
        duties.discharge(licenceId, kind, "evidence");
    }

    function _cure(DutyKind kind) private {
        VM.prank(COMMITTEE);
        duties.cure(licenceId, kind, "made good");
    }

    // Then

    function _expectStepNotOpen(DutyKind kind, DutyState state) private {
        VM.expectRevert(abi.encodeWithSelector(ILicenceDuties.DutyStepNotOpen.selector, licenceId, kind, state));
    }

    function _assertDuty(DutyKind kind, DutyState state, uint32 dueAt) private view {
        Duty memory duty = duties.dutyOf(licenceId, kind);
        VM.assertEq(uint256(duty.state), uint256(state), "state");
        VM.assertEq(duty.dueAt, dueAt);
        VM.assertEq(duty.changedAt, _now());
    }
}
