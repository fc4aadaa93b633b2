// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {KIND_GRU, KIND_HMB} from "../../contracts/libraries/DataUse.sol";
import {CalendarMonths} from "../../contracts/libraries/CalendarMonths.sol";
import {IFactRegistry} from "../../contracts/licence/IFactRegistry.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {Purpose} from "../../contracts/types/DataUse.sol";
import {InstitutionId, LicenceId, NO_INSTITUTION} from "../../contracts/types/Ids.sol";
import {DeliveryMode, LicenceAsk, LicenceStatus, Vote} from "../../contracts/types/Licence.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM} from "../support/Vm.sol";

/// @title LicenceRegistryEndsTest
/// @notice What no licence outlives: a suspension, its months, its ethics approval, the licence that it derives from.
contract LicenceRegistryEndsTest is LicensedStudy {
    address private constant ENGINEER = address(0xE46);
    InstitutionId private constant CLOUD = InstitutionId.wrap(keccak256("a cloud"));
    uint32 private constant ELSEWHERE = 7;

    function setUp() public {
        _deployStudy();
        VM.prank(GOVERNANCE);
        institutions.admit(CLOUD, _profile(PROCESSOR_BIT, false), ENGINEER);
    }

    // Suspension

    function test_GivenEffective_WhenCustodianOrCommitteeSuspends_RestsUntilReinstated() public {
        address[2] memory senders = [CUSTODIAN, COMMITTEE];
        InstitutionId[2] memory by = [BIOBANK, ETHICS];
        for (uint256 i = 0; i < 2; ++i) {
            LicenceId licenceId = _issued();
            VM.expectEmit(address(licences));
            emit ILicenceRegistry.LicenceSuspended(licenceId, by[i], "an incident");
            _suspend(senders[i], licenceId);
            _assertStatus(licenceId, LicenceStatus.Suspended);
            VM.expectEmit(address(licences));
            emit ILicenceRegistry.LicenceReinstated(licenceId, ETHICS, "looked into");
            _reinstate(licenceId);
            _assertStatus(licenceId, LicenceStatus.Effective);
        }
    }

    function test_GivenSuspensions_WhenAskedOfThePast_WasNotInForceMeanwhile() public {
        LicenceId licenceId = _issued();
        uint256 start = block.timestamp;
        for (uint256 i = 1; i <= 3; ++i) {
            VM.warp(start + 20 * i);
            _suspend(CUSTODIAN, licenceId);
            VM.warp(start + 20 * i + 10);
            _reinstate(licenceId);
        }
        for (uint256 time = start; time < start + 90; ++time) {
            bool isSuspended = time >= start + 20 && (time - start) % 20 < 10;
            VM.assertTrue(licences.inForceAt(licenceId, time) == (!isSuspended || time >= start + 70), "in force");
        }
    }

    function test_GivenSuspended_WhenSuspendedAgain_RevertsStepNotOpen() public {
        LicenceId licenceId = _issued();
        _suspend(CUSTODIAN, licenceId);
        _expectStepNotOpen(licenceId, LicenceStatus.Suspended);
        _suspend(COMMITTEE, licenceId);
    }

    function test_GivenNotSuspendedOrNotIssued_WhenReinstatedOrSuspended_RevertsStepNotOpen() public {
        LicenceId licenceId = _issued();
        _expectStepNotOpen(licenceId, LicenceStatus.Effective);
        _reinstate(licenceId);
        licenceId = _approved();
        _expectStepNotOpen(licenceId, LicenceStatus.Approved);
        _suspend(CUSTODIAN, licenceId);
        _expectStepNotOpen(licenceId, LicenceStatus.Approved);
        _reinstate(licenceId);
    }

    function test_GivenLicensee_WhenSuspendsOrReinstates_Reverts() public {
        LicenceId licenceId = _issued();
        bytes memory reason = abi.encodeWithSelector(
            ILicenceRegistry.LicenceNotResponsible.selector,
            licenceId,
            UNIVERSITY
        );
        VM.expectRevert(reason);
        _suspend(RESEARCHER, licenceId);
    }

    // Months

    function test_GivenMonths_WhenIssued_EndsWithThemIfThatIsSooner() public {
        LicenceId licenceId = _issuedForMonths(1, 365 days);
        VM.assertEq(licences.progress(licenceId).until, CalendarMonths.add(_now(), 1));
    }

    function test_GivenMonths_WhenTheEndIsSooner_EndsThen() public {
        uint32 until = _now() + 10 days;
        VM.assertEq(licences.progress(_issuedForMonths(1, 10 days)).until, until);
    }

    function test_GivenMonths_WhenRenewed_CountFromTheFirstIssue() public {
        uint32 end = CalendarMonths.add(_now(), 3);
        _issuedForMonths(3, 365 days);
        _advance(40 days);
        LicenceId second = _issuedForMonths(3, 365 days);
        VM.assertEq(licences.progress(second).until, end);
        LicenceId third = _approvedForMonths(3, 365 days);
        VM.warp(end - 1);
        uint256 state = VM.snapshotState();
        _issue(third);
        VM.revertToState(state);
        VM.warp(end);
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceMonthsUsedUp.selector, end, end));
        _issue(third);
    }

    function test_GivenAnotherDatasetOrProject_WhenIssued_MonthsBeginAnew() public {
        _issuedForMonths(1, 365 days);
        _advance(20 days);
        dataset = _anchored("other content", standardTerms);
        VM.assertEq(licences.progress(_issuedForMonths(1, 365 days)).until, CalendarMonths.add(_now(), 1));
    }

    // The ethics approval

    function test_GivenEthicsApproval_WhenItLapses_LicenceEndsInThatSecondUntilApprovedAgain() public {
        LicenceId licenceId = _issued();
        bytes32 purposeDigest = keccak256(abi.encode(_purpose(KIND_GRU)));
        uint32 until = _now() + 10;
        VM.prank(COMMITTEE);
        facts.approveEthics(UNIVERSITY, purposeDigest, until, "approval");
        VM.warp(until - 1);
        _assertStatus(licenceId, LicenceStatus.Effective);
        VM.warp(until);
        _assertStatus(licenceId, LicenceStatus.EthicsLapsed);
        VM.assertEq(facts.ethicsUntil(UNIVERSITY, purposeDigest), until);
        VM.prank(COMMITTEE);
        facts.approveEthics(UNIVERSITY, purposeDigest, until + 10, "approval");
        _assertStatus(licenceId, LicenceStatus.Effective);
    }

    // Sub-licences

    function test_GivenEffective_WhenSubLicensed_ProcessorHasATokenAndTheSameCoverage() public {
        Person memory alice = _consented("alice");
        Person memory nobody = _person("nobody");
        LicenceId parent = _issued();
        uint32 until = licences.progress(parent).until;
        VM.expectEmit(address(licences));
        emit ILicenceRegistry.LicenceSubLicensed(LicenceId.wrap(2), parent, CLOUD, ENGINEER, until, "agreement");
        LicenceId licenceId = _subLicensed(parent);
        VM.assertEq(licences.ownerOf(2), ENGINEER);
        VM.assertTrue(licences.locked(2));
        _assertStatus(licenceId, LicenceStatus.Effective);
        (LicenceId from, InstitutionId processor) = licences.parentOf(licenceId);
        VM.assertTrue(LicenceId.unwrap(from) == LicenceId.unwrap(parent) && processor == CLOUD);
        VM.assertTrue(licences.subject(licenceId).licensee == UNIVERSITY);
        VM.assertTrue(licences.progress(licenceId).delivery == DeliveryMode.InPlace);
        _assertCovers(licenceId, alice, true);
        _assertCovers(licenceId, nobody, false);
        VM.assertTrue(licences.inForceAt(licenceId, block.timestamp));
        VM.prank(alice.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherUse);
        _assertCovers(licenceId, alice, false);
    }

    function test_GivenOrdinaryLicence_WhenAskedForParent_HasNone() public {
        (LicenceId parent, InstitutionId processor) = licences.parentOf(_issued());
        VM.assertTrue(LicenceId.unwrap(parent) == 0 && processor == NO_INSTITUTION);
    }

    function test_GivenSubLicence_WhenItsParentEndsInAnyWay_EndsWithIt() public {
        LicenceId parent = _issued();
        LicenceId licenceId = _subLicensed(parent);
        uint256 state = VM.snapshotState();
        _terminate(parent);
        _assertStatus(licenceId, LicenceStatus.Terminated);
        VM.assertFalse(licences.inForceAt(licenceId, block.timestamp));
        VM.revertToState(state);
        _suspend(CUSTODIAN, parent);
        _assertStatus(licenceId, LicenceStatus.Suspended);
        VM.assertFalse(licences.inForceAt(licenceId, block.timestamp));
        VM.revertToState(state);
        _retractDataset();
        _assertStatus(licenceId, LicenceStatus.DatasetRetracted);
        VM.revertToState(state);
        VM.prank(GOVERNANCE);
        institutions.suspend(UNIVERSITY);
        _assertStatus(licenceId, LicenceStatus.Suspended);
        VM.revertToState(state);
        VM.warp(licences.progress(parent).until);
        _assertStatus(licenceId, LicenceStatus.Expired);
    }

    function test_GivenSubLicence_WhenItEndsItself_ItsParentGoesOn() public {
        LicenceId parent = _issued();
        LicenceId licenceId = _subLicensed(parent);
        uint256 state = VM.snapshotState();
        VM.prank(GOVERNANCE);
        institutions.suspend(CLOUD);
        _assertStatus(licenceId, LicenceStatus.Suspended);
        VM.revertToState(state);
        _suspend(COMMITTEE, licenceId);
        _assertStatus(licenceId, LicenceStatus.Suspended);
        _assertStatus(parent, LicenceStatus.Effective);
        VM.revertToState(state);
        VM.prank(ENGINEER);
        licences.terminate(licenceId, "done");
        _assertStatus(licenceId, LicenceStatus.Terminated);
        _assertStatus(parent, LicenceStatus.Effective);
    }

    function test_GivenNoProcessorInStanding_WhenSubLicensed_RevertsNotSubLicensable() public {
        LicenceId parent = _issued();
        _assertNotSubLicensable(parent, COMPANY, PHARMA);
        _assertNotSubLicensable(parent, STRANGER, NO_INSTITUTION);
        VM.prank(GOVERNANCE);
        institutions.suspend(CLOUD);
        _assertNotSubLicensable(parent, ENGINEER, CLOUD);
    }

    function test_GivenSubLicence_WhenSubLicensedFurther_RevertsNotSubLicensable() public {
        LicenceId licenceId = _subLicensed(_issued());
        _assertNotSubLicensable(licenceId, ENGINEER, CLOUD);
    }

    function test_GivenAnyStep_WhenTakenOnASubLicence_RevertsStepNotOpen() public {
        LicenceId licenceId = _subLicensed(_issued());
        _expectStepNotOpen(licenceId, LicenceStatus.Effective);
        licences.decide(licenceId);
        _expectStepNotOpen(licenceId, LicenceStatus.Effective);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
        _expectStepNotOpen(licenceId, LicenceStatus.Effective);
        _issue(licenceId);
        _expectStepNotOpen(licenceId, LicenceStatus.Effective);
        VM.prank(COMMITTEE);
        licences.resolve(licenceId, standardTerms, 1, "reasons");
        DatasetRecord memory record = dataset;
        LicenceAsk memory ask = _ask(_now() + 1);
        ask.renews = licenceId;
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceRenewalMismatch.selector, licenceId));
        VM.prank(RESEARCHER);
        licences.request(record, _purpose(KIND_GRU), ask);
    }

    function test_GivenLongerThanTheParentOrEnded_WhenSubLicensed_RevertsUntilPassed() public {
        LicenceId parent = _issued();
        uint32[2] memory ends = [licences.progress(parent).until + 1, _now()];
        for (uint256 i = 0; i < 2; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(ILicenceRegistry.LicenceUntilPassed.selector, ends[i], block.timestamp)
            );
            VM.prank(RESEARCHER);
            licences.subLicense(parent, ENGINEER, ends[i], "agreement", _purpose(KIND_GRU));
        }
    }

    function test_GivenAnotherPurpose_WhenSubLicensed_RevertsPurposeMismatch() public {
        LicenceId parent = _issued();
        VM.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.LicencePurposeMismatch.selector,
                keccak256(abi.encode(_purpose(KIND_GRU))),
                keccak256(abi.encode(_purpose(KIND_HMB)))
            )
        );
        VM.prank(RESEARCHER);
        licences.subLicense(parent, ENGINEER, _now() + 1, "agreement", _purpose(KIND_HMB));
    }

    function test_GivenRegions_WhenTheProcessorsIsNotAmongThem_RevertsRegionUnstated() public {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.regions = _list(REGION);
        _keepAnswer(_terms("standard"), purpose);
        LicenceId parent = _issuedFor(purpose);
        VM.startPrank(RESEARCHER);
        licences.subLicense(parent, ENGINEER, _now() + 1, "agreement", purpose);
        VM.stopPrank();
        InstitutionId far = InstitutionId.wrap(keccak256("a cloud elsewhere"));
        VM.prank(GOVERNANCE);
        institutions.admit(far, _profileIn(PROCESSOR_BIT, false, ELSEWHERE), address(0xFA4));
        VM.expectRevert(abi.encodeWithSelector(IFactRegistry.FactRegionUnstated.selector, far, ELSEWHERE));
        VM.prank(RESEARCHER);
        licences.subLicense(parent, address(0xFA4), _now() + 1, "agreement", purpose);
    }

    function test_GivenNoLicensee_WhenSubLicenses_RevertsNotResponsible() public {
        LicenceId parent = _issued();
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotResponsible.selector, parent, PHARMA));
        VM.prank(COMPANY);
        licences.subLicense(parent, ENGINEER, _now() + 1, "agreement", _purpose(KIND_GRU));
    }

    function test_GivenNoResearcher_WhenSubLicenses_RevertsUnauthorised() public {
        LicenceId parent = _issued();
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        VM.prank(STRANGER);
        licences.subLicense(parent, ENGINEER, _now() + 1, "agreement", _purpose(KIND_GRU));
    }

    // Succession

    function test_GivenPartySucceeded_WhenItsSuccessorTerminates_IsAccepted() public {
        InstitutionId[3] memory parties = [BIOBANK, ETHICS, UNIVERSITY];
        for (uint256 i = 0; i < parties.length; ++i) {
            uint256 state = VM.snapshotState();
            LicenceId licenceId = _issued();
            VM.prank(GOVERNANCE);
            institutions.succeed(parties[i], CLOUD);
            VM.prank(ENGINEER);
            licences.terminate(licenceId, "reasons");
            _assertStatus(licenceId, LicenceStatus.Terminated);
            VM.revertToState(state);
        }
    }

    function test_GivenCustodianSucceeded_WhenItsSuccessorIssues_IsAccepted() public {
        LicenceId licenceId = _approved();
        _inherit(BIOBANK);
        VM.prank(HEIR_ACCOUNT);
        licences.issue(licenceId, "agreement");
        VM.assertTrue(licences.isCustodian(licenceId, HEIR));
    }

    function test_GivenDatasetClaimed_WhenItsNewCustodianIssues_IsAccepted() public {
        _admitHeir();
        dataset = _record("bequeathed", standardTerms);
        dataset.successor = HEIR;
        DatasetRecord memory record = dataset;
        VM.prank(CUSTODIAN);
        datasets.anchor(record);
        LicenceId licenceId = _approved();
        VM.assertFalse(licences.isCustodian(licenceId, HEIR));
        VM.prank(GOVERNANCE);
        institutions.expel(BIOBANK);
        VM.prank(HEIR_ACCOUNT);
        datasets.claim(record);
        VM.prank(HEIR_ACCOUNT);
        licences.issue(licenceId, "agreement");
        _assertStatus(licenceId, LicenceStatus.Effective);
    }

    function test_GivenNotEffective_WhenSubLicensed_RevertsStepNotOpen() public {
        LicenceId parent = _approved();
        _expectStepNotOpen(parent, LicenceStatus.Approved);
        VM.prank(RESEARCHER);
        licences.subLicense(parent, ENGINEER, _now() + 1, "agreement", _purpose(KIND_GRU));
    }

    // The token

    function test_GivenIssued_WhenAskedForItsCard_IsADataUri() public {
        _issued();
        bytes memory uri = bytes(licences.tokenURI(1));
        bytes memory prefix = "data:application/json;base64,";
        for (uint256 i = 0; i < prefix.length; ++i) VM.assertTrue(uri[i] == prefix[i]);
    }

    // Given

    function _approvedForMonths(uint16 months, uint32 term) private returns (LicenceId licenceId) {
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.months = months;
        _keepAnswer(_terms("standard"), purpose);
        DatasetRecord memory record = dataset;
        VM.prank(RESEARCHER);
        licenceId = licences.request(record, purpose, _ask(_now() + term));
        _approve(licenceId);
    }

    function _issuedForMonths(uint16 months, uint32 term) private returns (LicenceId licenceId) {
        licenceId = _approvedForMonths(months, term);
        _issue(licenceId);
    }

    function _issuedFor(Purpose memory purpose) private returns (LicenceId licenceId) {
        licenceId = _requestedFor(purpose);
        _approve(licenceId);
        _issue(licenceId);
    }

    function _approve(LicenceId licenceId) private {
        licences.decide(licenceId);
        VM.prank(COMMITTEE);
        licences.vote(licenceId, Vote.Approve, "reasons");
    }

    function _subLicensed(LicenceId parent) private returns (LicenceId) {
        uint32 until = licences.progress(parent).until;
        VM.prank(RESEARCHER);
        return licences.subLicense(parent, ENGINEER, until, "agreement", _purpose(KIND_GRU));
    }

    // When

    function _suspend(address sender, LicenceId licenceId) private {
        VM.prank(sender);
        licences.suspend(licenceId, "an incident");
    }

    function _reinstate(LicenceId licenceId) private {
        VM.prank(COMMITTEE);
        licences.reinstate(licenceId, "looked into");
    }

    // Then

    function _expectStepNotOpen(LicenceId licenceId, LicenceStatus status) private {
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceStepNotOpen.selector, licenceId, status));
    }

    function _assertNotSubLicensable(LicenceId parent, address holder, InstitutionId processor) private {
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceNotSubLicensable.selector, parent, processor));
        VM.prank(RESEARCHER);
        licences.subLicense(parent, holder, _now() + 1, "agreement", _purpose(KIND_GRU));
    }

    function _assertStatus(LicenceId licenceId, LicenceStatus expected) private view {
        VM.assertEq(uint256(licences.status(licenceId)), uint256(expected), "status");
    }

    function _assertCovers(LicenceId licenceId, Person memory person, bool expected) private view {
        (bool isEffective, ) = licences.covers(licenceId, person.id);
        VM.assertTrue(isEffective == expected, "covers");
    }
}
