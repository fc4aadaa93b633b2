// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ITermsRegistry} from "../../contracts/consent/ITermsRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {IPolicyRegistry} from "../../contracts/licence/IPolicyRegistry.sol";
import {InstitutionId, NO_PARTICIPANT, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {VM} from "../support/Vm.sol";

contract PolicyRegistryTest is ConsentSigning {
    address private constant OTHER_COMMITTEE = address(0xC0332);
    InstitutionId private constant OTHER_BOARD = InstitutionId.wrap(keccak256("another committee"));
    ScopeId private constant NO_SCOPE = ScopeId.wrap(keccak256("never created"));
    ParticipantId private constant FAMILY = ParticipantId.wrap(keccak256("family"));
    ParticipantId private constant COMMUNITY = ParticipantId.wrap(keccak256("community"));

    function setUp() public {
        _deployWithTerms();
        VM.prank(GOVERNANCE);
        institutions.admit(OTHER_BOARD, _profile(COMMITTEE_BIT, true), OTHER_COMMITTEE);
    }

    function test_GivenNothingSet_WhenAsked_PolicyIsEmpty() public view {
        _assertPolicy(SCOPE, NO_PARTICIPANT, 0, 0);
        _assertPolicy(NO_SCOPE, NO_PARTICIPANT, 0, 0);
    }

    // setCoConsent

    function test_GivenNone_WhenCustodianAsksForCoConsent_SetsItForThatScopeAndSaysSo() public {
        VM.expectEmit(address(policies));
        emit IPolicyRegistry.CoConsentSet(SCOPE, FAMILY, BIOBANK);
        _setCoConsent(CUSTODIAN, FAMILY);
        _assertPolicy(SCOPE, FAMILY, 0, 0);
        _assertPolicy(OTHER_SCOPE, NO_PARTICIPANT, 0, 0);
    }

    function test_GivenCoConsent_WhenCustodianChangesOrEndsIt_RevertsNotResponsible() public {
        _setCoConsent(CUSTODIAN, FAMILY);
        ParticipantId[2] memory others = [COMMUNITY, NO_PARTICIPANT];
        for (uint256 i = 0; i < others.length; ++i) {
            _expectNotResponsible(BIOBANK);
            _setCoConsent(CUSTODIAN, others[i]);
        }
    }

    function test_GivenCoConsent_WhenCommitteeChangesAndEndsIt_SaysSo() public {
        _setCoConsent(COMMITTEE, FAMILY);
        _setCoConsent(COMMITTEE, COMMUNITY);
        _assertPolicy(SCOPE, COMMUNITY, 0, 0);
        VM.expectEmit(address(policies));
        emit IPolicyRegistry.CoConsentSet(SCOPE, NO_PARTICIPANT, ETHICS);
        _setCoConsent(COMMITTEE, NO_PARTICIPANT);
        _assertPolicy(SCOPE, NO_PARTICIPANT, 0, 0);
    }

    function test_GivenOtherMember_WhenSetsCoConsent_RevertsNotResponsible() public {
        _expectNotResponsible(UNIVERSITY);
        _setCoConsent(RESEARCHER, FAMILY);
        _expectNotResponsible(OTHER_BOARD);
        _setCoConsent(OTHER_COMMITTEE, FAMILY);
    }

    function test_GivenStranger_WhenSetsCoConsent_RevertsUnauthorised() public {
        _expectUnauthorised(STRANGER);
        _setCoConsent(STRANGER, FAMILY);
    }

    function test_GivenUnknownScope_WhenCoConsentIsSet_RevertsScopeUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, NO_SCOPE));
        VM.prank(COMMITTEE);
        policies.setCoConsent(NO_SCOPE, FAMILY);
    }

    function test_GivenSuspendedCommittee_WhenItSetsAnything_RevertsNotInStanding() public {
        VM.prank(GOVERNANCE);
        institutions.suspend(ETHICS);
        bytes memory reason = abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, ETHICS);
        VM.expectRevert(reason);
        _setCoConsent(COMMITTEE, FAMILY);
        VM.expectRevert(reason);
        _setCommitteeTerms(COMMITTEE, standardTerms);
    }

    // setCommitteeTerms

    function test_GivenCommittee_WhenSetsConditions_StandUntilTakenBack() public {
        VM.expectEmit(address(policies));
        emit IPolicyRegistry.CommitteeTermsSet(SCOPE, standardTerms, ETHICS);
        _setCommitteeTerms(COMMITTEE, standardTerms);
        _assertPolicy(SCOPE, NO_PARTICIPANT, standardTerms, 0);
        _setCommitteeTerms(COMMITTEE, 0);
        _assertPolicy(SCOPE, NO_PARTICIPANT, 0, 0);
    }

    function test_GivenTermsOfAnotherScope_WhenSetAsConditions_RevertsTermsUnknown() public {
        bytes32 foreign = _publishTerms(OTHER_SCOPE, _terms("foreign"));
        VM.expectRevert(abi.encodeWithSelector(IPolicyRegistry.PolicyTermsUnknown.selector, SCOPE, foreign));
        _setCommitteeTerms(COMMITTEE, foreign);
    }

    function test_GivenOtherCommittee_WhenSetsConditions_RevertsNotResponsible() public {
        _expectNotResponsible(OTHER_BOARD);
        _setCommitteeTerms(OTHER_COMMITTEE, standardTerms);
    }

    function test_GivenCustodian_WhenSetsConditions_RevertsUnauthorised() public {
        _expectUnauthorised(CUSTODIAN);
        _setCommitteeTerms(CUSTODIAN, standardTerms);
    }

    // setJurisdictionTerms

    function test_GivenRegistrar_WhenSetsRules_StandUntilTakenBack() public {
        VM.expectEmit(address(policies));
        emit IPolicyRegistry.JurisdictionTermsSet(SCOPE, standardTerms);
        _setJurisdictionTerms(GOVERNANCE, standardTerms);
        _assertPolicy(SCOPE, NO_PARTICIPANT, 0, standardTerms);
        _setJurisdictionTerms(GOVERNANCE, 0);
        _assertPolicy(SCOPE, NO_PARTICIPANT, 0, 0);
    }

    function test_GivenTermsNeverPublished_WhenSetAsRules_RevertsTermsUnknown() public {
        bytes32 unknown = keccak256("never published");
        VM.expectRevert(abi.encodeWithSelector(IPolicyRegistry.PolicyTermsUnknown.selector, SCOPE, unknown));
        _setJurisdictionTerms(GOVERNANCE, unknown);
    }

    function test_GivenCommittee_WhenSetsRules_RevertsUnauthorised() public {
        _expectUnauthorised(COMMITTEE);
        _setJurisdictionTerms(COMMITTEE, standardTerms);
    }

    function _assertPolicy(
        ScopeId scopeId,
        ParticipantId group,
        bytes32 committeeTerms,
        bytes32 jurisdictionTerms
    ) private view {
        IPolicyRegistry.Policy memory found = policies.policyOf(scopeId);
        VM.assertTrue(found.group == group, "group");
        VM.assertEq(found.committeeTerms, committeeTerms, "committee");
        VM.assertEq(found.jurisdictionTerms, jurisdictionTerms, "jurisdiction");
    }

    function _setCoConsent(address account, ParticipantId group) private {
        VM.prank(account);
        policies.setCoConsent(SCOPE, group);
    }

    function _setCommitteeTerms(address account, bytes32 termsDigest) private {
        VM.prank(account);
        policies.setCommitteeTerms(SCOPE, termsDigest);
    }

    function _setJurisdictionTerms(address account, bytes32 termsDigest) private {
        VM.prank(account);
        policies.setJurisdictionTerms(SCOPE, termsDigest);
    }

    function _expectNotResponsible(InstitutionId caller) private {
        VM.expectRevert(abi.encodeWithSelector(IPolicyRegistry.PolicyNotResponsible.selector, SCOPE, caller));
    }

    function _expectUnauthorised(address caller) private {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
    }
}
