// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ITermsRegistry} from "../../contracts/consent/ITermsRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {DataUseEmpty, PERMISSION_DS, PERMISSION_HMB} from "../../contracts/libraries/DataUse.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {InstitutionId, ScopeId} from "../../contracts/types/Ids.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

contract TermsRegistryTest is ConcordSystem {
    ScopeId private constant NEW_SCOPE = ScopeId.wrap(keccak256("a new study"));
    InstitutionId private constant NEW_BANK = InstitutionId.wrap(keccak256("successor of the biobank"));
    InstitutionId private constant NEW_BOARD = InstitutionId.wrap(keccak256("successor of the committee"));
    address private constant NEW_CUSTODIAN = address(0x2C057);
    address private constant NEW_COMMITTEE = address(0x2C033);

    /// @dev Where the scopes lie; the count of terms is the third word of one.
    uint256 private constant SCOPES_SLOT = 1;

    function setUp() public {
        _deploySystem();
    }

    // createScope

    function test_GivenCustodian_WhenCreatesScope_RecordsItAndSaysSo() public {
        VM.expectEmit(address(terms));
        emit ITermsRegistry.ScopeCreated(NEW_SCOPE, BIOBANK, ETHICS);
        VM.prank(CUSTODIAN);
        terms.createScope(NEW_SCOPE, ETHICS);
        (InstitutionId custodian, InstitutionId committee) = terms.scope(NEW_SCOPE);
        VM.assertEq(InstitutionId.unwrap(custodian), InstitutionId.unwrap(BIOBANK));
        VM.assertEq(InstitutionId.unwrap(committee), InstitutionId.unwrap(ETHICS));
        VM.assertEq(terms.termsCount(NEW_SCOPE), 0);
    }

    function test_GivenNoCustodian_WhenCreatesScope_RevertsUnauthorised() public {
        address[3] memory others = [STRANGER, RESEARCHER, COMMITTEE];
        for (uint256 i = 0; i < others.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]));
            VM.prank(others[i]);
            terms.createScope(NEW_SCOPE, ETHICS);
        }
    }

    function test_GivenScopeExists_WhenCreatedAgain_RevertsIdTaken() public {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeIdTaken.selector, SCOPE));
        VM.prank(CUSTODIAN);
        terms.createScope(SCOPE, ETHICS);
    }

    function test_GivenEmptyId_WhenScopeCreated_RevertsIdTaken() public {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeIdTaken.selector, bytes32(0)));
        VM.prank(CUSTODIAN);
        terms.createScope(ScopeId.wrap(0), ETHICS);
    }

    function test_GivenInstitutionWithoutCommitteeRole_WhenScopeCreated_RevertsCommitteeInvalid() public {
        _assertCommitteeRejected(BIOBANK);
    }

    function test_GivenUnknownCommittee_WhenScopeCreated_RevertsCommitteeInvalid() public {
        _assertCommitteeRejected(NOBODY);
    }

    function test_GivenSuspendedCommittee_WhenScopeCreated_RevertsCommitteeInvalid() public {
        VM.prank(GOVERNANCE);
        institutions.suspend(ETHICS);
        _assertCommitteeRejected(ETHICS);
    }

    function test_GivenSuspendedCustodian_WhenCreatesScope_RevertsNotInStanding() public {
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        VM.prank(CUSTODIAN);
        terms.createScope(NEW_SCOPE, ETHICS);
    }

    // claimScope

    function test_GivenSuccessorOfCustodian_WhenClaims_HoldsTheOfficeAndSaysSo() public {
        _admit(NEW_BANK, CUSTODIAN_BIT, NEW_CUSTODIAN);
        _succeed(BIOBANK, NEW_BANK);
        _publishRefused(NEW_CUSTODIAN, NEW_BANK);
        VM.expectEmit(address(terms));
        emit ITermsRegistry.ScopeClaimed(SCOPE, NEW_BANK, ETHICS);
        _claim(NEW_CUSTODIAN);
        _assertScope(NEW_BANK, ETHICS);
        VM.prank(NEW_CUSTODIAN);
        VM.assertEq(terms.publish(SCOPE, _terms("first")), 1);
        (InstitutionId custodian, ) = terms.scope(OTHER_SCOPE);
        VM.assertTrue(custodian == BIOBANK, "each scope for itself");
    }

    function test_GivenSuccessorOfSuccessor_WhenClaimsCommittee_HoldsTheOfficeAndSaysSo() public {
        InstitutionId between = InstitutionId.wrap("between");
        _admit(between, COMMITTEE_BIT, address(0xBE7));
        _admit(NEW_BOARD, COMMITTEE_BIT, NEW_COMMITTEE);
        _succeed(ETHICS, between);
        _succeed(between, NEW_BOARD);
        VM.expectEmit(address(terms));
        emit ITermsRegistry.ScopeClaimed(SCOPE, BIOBANK, NEW_BOARD);
        _claim(NEW_COMMITTEE);
        _assertScope(BIOBANK, NEW_BOARD);
    }

    function test_GivenSuccessorOfBothWithBothRoles_WhenClaims_HoldsBothOffices() public {
        _admit(NEW_BANK, CUSTODIAN_BIT | COMMITTEE_BIT, NEW_CUSTODIAN);
        _succeed(BIOBANK, NEW_BANK);
        _succeed(ETHICS, NEW_BANK);
        VM.expectEmit(address(terms));
        emit ITermsRegistry.ScopeClaimed(SCOPE, NEW_BANK, NEW_BANK);
        _claim(NEW_CUSTODIAN);
        _assertScope(NEW_BANK, NEW_BANK);
    }

    function test_GivenSuccessorWithoutTheRole_WhenClaims_RevertsNotClaimableOrTakesTheOther() public {
        _admit(NEW_BANK, CUSTODIAN_BIT, NEW_CUSTODIAN);
        _succeed(ETHICS, NEW_BANK);
        _expectNotClaimable(NEW_BANK);
        _claim(NEW_CUSTODIAN);
        _succeed(BIOBANK, NEW_BANK);
        _claim(NEW_CUSTODIAN);
        _assertScope(NEW_BANK, ETHICS);
    }

    function test_GivenNoSuccessor_WhenClaims_RevertsNotClaimable() public {
        _admit(NEW_BANK, CUSTODIAN_BIT, NEW_CUSTODIAN);
        _expectNotClaimable(NEW_BANK);
        _claim(NEW_CUSTODIAN);
        _expectNotClaimable(BIOBANK);
        _claim(CUSTODIAN);
        VM.prank(GOVERNANCE);
        institutions.expel(BIOBANK);
        _expectNotClaimable(NEW_BANK);
        _claim(NEW_CUSTODIAN);
    }

    function test_GivenClaimed_WhenClaimedAgain_RevertsNotClaimable() public {
        _admit(NEW_BANK, CUSTODIAN_BIT, NEW_CUSTODIAN);
        _succeed(BIOBANK, NEW_BANK);
        _claim(NEW_CUSTODIAN);
        _expectNotClaimable(NEW_BANK);
        _claim(NEW_CUSTODIAN);
    }

    function test_GivenUnknownScope_WhenClaimed_RevertsUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, NEW_SCOPE));
        VM.prank(CUSTODIAN);
        terms.claimScope(NEW_SCOPE);
    }

    function test_GivenPredecessorOrSuspendedSuccessor_WhenClaims_RevertsNotInStanding() public {
        _admit(NEW_BANK, CUSTODIAN_BIT, NEW_CUSTODIAN);
        _succeed(BIOBANK, NEW_BANK);
        VM.prank(GOVERNANCE);
        institutions.suspend(NEW_BANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, NEW_BANK));
        _claim(NEW_CUSTODIAN);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        _claim(CUSTODIAN);
    }

    function test_GivenNoMember_WhenClaims_RevertsUnauthorised() public {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        _claim(STRANGER);
    }

    // publish

    function test_GivenCustodian_WhenPublishes_NumbersRisesFromOneAndSaysSo() public {
        Terms memory given = _terms("first");
        given.from = uint32(START) + 5;
        given.reConsentBy = uint32(START) + 500;
        bytes32 digest = keccak256(abi.encode(given));
        VM.expectEmit(address(terms));
        emit ITermsRegistry.TermsPublished(SCOPE, 1, digest, BIOBANK, given);
        VM.prank(CUSTODIAN);
        VM.assertEq(terms.publish(SCOPE, given), 1);
        _publishTerms(SCOPE, _terms("second"));
        VM.assertEq(terms.termsCount(SCOPE), 2);
        VM.assertEq(terms.termsCount(OTHER_SCOPE), 0);

        (uint16 number, uint32 reConsentBy) = terms.numberOf(SCOPE, digest);
        VM.assertEq(number, 1);
        VM.assertEq(reConsentBy, given.reConsentBy);
        (bytes32 found, uint32 from) = terms.termsAt(SCOPE, 1);
        VM.assertEq(found, digest);
        VM.assertEq(from, given.from);
        VM.assertEq(terms.digestOf(given), digest);
    }

    function test_GivenCommittee_WhenPublishes_IsItsPublisher() public {
        Terms memory given = _terms("of the committee");
        VM.expectEmit(address(terms));
        emit ITermsRegistry.TermsPublished(SCOPE, 1, keccak256(abi.encode(given)), ETHICS, given);
        VM.prank(COMMITTEE);
        terms.publish(SCOPE, given);
    }

    function test_GivenSameTermsInTwoScopes_WhenPublished_EachHasItsNumber() public {
        bytes32 digest = _publishTerms(SCOPE, _terms("shared"));
        (uint16 number, ) = terms.numberOf(OTHER_SCOPE, digest);
        VM.assertEq(number, 0);
        _publishTerms(OTHER_SCOPE, _terms("shared"));
        (number, ) = terms.numberOf(OTHER_SCOPE, digest);
        VM.assertEq(number, 1);
    }

    function test_GivenNothingPublished_WhenAsked_AnswersZero() public view {
        (uint16 number, uint32 reConsentBy) = terms.numberOf(SCOPE, keccak256("nothing"));
        (bytes32 digest, uint32 from) = terms.termsAt(SCOPE, 0);
        VM.assertEq(uint256(number) | reConsentBy | uint256(digest) | from, 0);
    }

    function test_GivenStranger_WhenPublishes_RevertsUnauthorised() public {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        VM.prank(STRANGER);
        terms.publish(SCOPE, _terms("terms"));
    }

    function test_GivenOtherInstitution_WhenPublishes_RevertsNotResponsible() public {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeNotResponsible.selector, SCOPE, UNIVERSITY));
        VM.prank(RESEARCHER);
        terms.publish(SCOPE, _terms("terms"));
    }

    function test_GivenSuspendedCustodian_WhenPublishes_RevertsNotInStanding() public {
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        VM.prank(CUSTODIAN);
        terms.publish(SCOPE, _terms("terms"));
    }

    function test_GivenNoScope_WhenPublished_RevertsScopeUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, NEW_SCOPE));
        VM.prank(CUSTODIAN);
        terms.publish(NEW_SCOPE, _terms("terms"));
    }

    function test_GivenNoScope_WhenAskedForIt_RevertsScopeUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, NEW_SCOPE));
        terms.scope(NEW_SCOPE);
    }

    function test_GivenMalformedTerms_WhenPublished_RevertsWithTheirError() public {
        Terms memory given = _terms("terms");
        given.permissions = 0;
        _assertPublishReverts(given, abi.encodeWithSelector(DataUseEmpty.selector));
    }

    function test_GivenTermsThatEndAsTheyBegin_WhenPublished_RevertsNeverHold() public {
        Terms memory given = _terms("terms");
        given.from = uint32(START) + 10;
        given.reConsentBy = uint32(START) + 10;
        _assertNeverHold(given);
    }

    function test_GivenTermsThatEndNow_WhenPublished_RevertsNeverHold() public {
        Terms memory given = _terms("terms");
        given.reConsentBy = uint32(START);
        _assertNeverHold(given);
        given.reConsentBy = uint32(START) + 1;
        _publishTerms(SCOPE, given);
    }

    function test_GivenUnpublishedRelease_WhenPublished_RevertsReleaseUnknown() public {
        Terms memory given = _terms("terms");
        given.permissions = PERMISSION_DS;
        given.diseases = _list(4992);
        given.ontologyRelease = keccak256("a release");
        _assertPublishReverts(
            given,
            abi.encodeWithSelector(ITermsRegistry.TermsReleaseUnknown.selector, given.ontologyRelease)
        );
        VM.prank(GOVERNANCE);
        ontologies.publish(given.ontologyRelease, "Mondo", "2022-09-06", keccak256("file"), 3, 3);
        _publishTerms(SCOPE, given);
    }

    function test_GivenTermsOfScope_WhenPublishedAgain_RevertsAlreadyPublished() public {
        _publishTerms(SCOPE, _terms("other"));
        _publishTerms(SCOPE, _terms("terms"));
        _assertPublishReverts(
            _terms("terms"),
            abi.encodeWithSelector(ITermsRegistry.TermsAlreadyPublished.selector, SCOPE, 2)
        );
    }

    function test_GivenLastNumberUsed_WhenPublished_RevertsNumbersExhausted() public {
        bytes32 scopeSlot = keccak256(abi.encode(SCOPE, SCOPES_SLOT));
        bytes32 countSlot = bytes32(uint256(scopeSlot) + 2);
        VM.store(address(terms), countSlot, bytes32(uint256(type(uint16).max) - 1));
        VM.assertEq(terms.termsCount(SCOPE), type(uint16).max - 1);
        _publishTerms(SCOPE, _terms("the last"));
        VM.assertEq(terms.termsCount(SCOPE), type(uint16).max);
        _assertPublishReverts(
            _terms("one more"),
            abi.encodeWithSelector(ITermsRegistry.TermsNumbersExhausted.selector, SCOPE)
        );
    }

    function testFuzz_GivenTermsPublished_WhenMoreArePublished_TheFirstStay(bytes32[4] calldata documents) public {
        Terms memory first = _terms("first");
        first.permissions = PERMISSION_HMB;
        bytes32 digest = _publishTerms(SCOPE, first);
        for (uint256 i = 0; i < documents.length; ++i) {
            VM.prank(COMMITTEE);
            try terms.publish(SCOPE, _terms(documents[i])) {} catch {}
        }
        (bytes32 found, ) = terms.termsAt(SCOPE, 1);
        VM.assertEq(found, digest);
    }

    // registerNarrower

    function test_GivenTwoTerms_WhenRegisteredAsNarrower_StandsAndEmitsTermsNarrowerRegistered() public {
        _publishTwo();
        VM.expectEmit(address(terms));
        emit ITermsRegistry.TermsNarrowerRegistered(SCOPE, 2, 1, BIOBANK);
        VM.prank(CUSTODIAN);
        terms.registerNarrower(SCOPE, 2, 1);
        VM.assertTrue(terms.isNarrower(SCOPE, 2, 1));
        VM.assertFalse(terms.isNarrower(SCOPE, 1, 2), "the other way round");
        VM.assertFalse(terms.isNarrower(SCOPE, 2, 2), "the same terms");
        VM.assertFalse(terms.isNarrower(OTHER_SCOPE, 2, 1), "another scope");
    }

    function test_GivenCommittee_WhenRegistersNarrower_IsItsPublisher() public {
        _publishTwo();
        VM.expectEmit(address(terms));
        emit ITermsRegistry.TermsNarrowerRegistered(SCOPE, 1, 2, ETHICS);
        VM.prank(COMMITTEE);
        terms.registerNarrower(SCOPE, 1, 2);
    }

    function test_GivenNumbersThatAreNoPair_WhenRegistered_RevertsPairInvalid() public {
        _publishTwo();
        uint16[6] memory narrower = [uint16(1), 0, 1, 3, 1, 0];
        uint16[6] memory broader = [uint16(1), 1, 0, 1, 3, 0];
        for (uint256 i = 0; i < narrower.length; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(ITermsRegistry.TermsPairInvalid.selector, SCOPE, narrower[i], broader[i])
            );
            VM.prank(CUSTODIAN);
            terms.registerNarrower(SCOPE, narrower[i], broader[i]);
        }
    }

    function test_GivenOtherInstitution_WhenRegistersNarrower_RevertsNotResponsible() public {
        _publishTwo();
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeNotResponsible.selector, SCOPE, UNIVERSITY));
        VM.prank(RESEARCHER);
        terms.registerNarrower(SCOPE, 2, 1);
    }

    function test_GivenStranger_WhenRegistersNarrower_RevertsUnauthorised() public {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        VM.prank(STRANGER);
        terms.registerNarrower(SCOPE, 2, 1);
    }

    function test_GivenNoScope_WhenNarrowerRegistered_RevertsScopeUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, NEW_SCOPE));
        VM.prank(CUSTODIAN);
        terms.registerNarrower(NEW_SCOPE, 2, 1);
    }

    function _publishTwo() private {
        _publishTerms(SCOPE, _terms("broader"));
        _publishTerms(SCOPE, _terms("narrower"));
    }

    function _assertCommitteeRejected(InstitutionId committee) private {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeCommitteeInvalid.selector, committee));
        VM.prank(CUSTODIAN);
        terms.createScope(NEW_SCOPE, committee);
    }

    function _assertNeverHold(Terms memory given) private {
        _assertPublishReverts(
            given,
            abi.encodeWithSelector(ITermsRegistry.TermsNeverHold.selector, given.from, given.reConsentBy)
        );
    }

    function _assertPublishReverts(Terms memory given, bytes memory reason) private {
        uint16 count = terms.termsCount(SCOPE);
        VM.expectRevert(reason);
        VM.prank(CUSTODIAN);
        terms.publish(SCOPE, given);
        VM.assertEq(terms.termsCount(SCOPE), count);
    }

    function _assertScope(InstitutionId custodian, InstitutionId committee) private view {
        (InstitutionId foundCustodian, InstitutionId foundCommittee) = terms.scope(SCOPE);
        VM.assertTrue(foundCustodian == custodian, "custodian");
        VM.assertTrue(foundCommittee == committee, "committee");
    }

    function _publishRefused(address account, InstitutionId institutionId) private {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeNotResponsible.selector, SCOPE, institutionId));
        VM.prank(account);
        terms.publish(SCOPE, _terms("first"));
    }

    function _expectNotClaimable(InstitutionId caller) private {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeNotClaimable.selector, SCOPE, caller));
    }

    function _claim(address account) private {
        VM.prank(account);
        terms.claimScope(SCOPE);
    }

    function _admit(InstitutionId institutionId, uint8 roles, address account) private {
        VM.prank(GOVERNANCE);
        institutions.admit(institutionId, _profile(roles, true), account);
    }

    function _succeed(InstitutionId institutionId, InstitutionId successor) private {
        VM.prank(GOVERNANCE);
        institutions.succeed(institutionId, successor);
    }
}
