// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {InstitutionId, NO_INSTITUTION} from "../../contracts/types/Ids.sol";
import {Institution, InstitutionProfile, InstitutionType, Standing} from "../../contracts/types/Institution.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

contract InstitutionRegistryTest is ConcordSystem {
    InstitutionId private constant HOSPITAL = InstitutionId.wrap(keccak256("hospital"));
    address private constant DOCTOR = address(0xD0C);
    address private constant NURSE = address(0x20125E);
    bytes32 private constant ADA = keccak256("salted Ada");
    bytes32 private constant PAPER = keccak256("paper");

    function setUp() public {
        _deploySystem();
    }

    // admit

    function test_GivenRegistrar_WhenAdmits_RecordsItAndSaysSo() public {
        VM.warp(START + 9);
        uint8 roles = CUSTODIAN_BIT | RESEARCHER_BIT;
        InstitutionProfile memory profile = _profile(roles, true);
        profile.institutionType = InstitutionType.Hospital;
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionAdmitted(HOSPITAL, roles, true, InstitutionType.Hospital, REGION);
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionAccountAdded(HOSPITAL, DOCTOR);
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionOfficialAdded(HOSPITAL, DOCTOR);
        _admitAs(HOSPITAL, profile, DOCTOR);

        Institution memory record = institutions.institution(HOSPITAL);
        VM.assertEq(record.roles, roles);
        VM.assertTrue(record.standing == Standing.Admitted && record.notForProfit);
        VM.assertTrue(record.institutionType == InstitutionType.Hospital);
        VM.assertEq(record.region, REGION);
        VM.assertEq(institutions.regionOf(HOSPITAL), REGION);
        VM.assertTrue(institutions.actingOfficial(DOCTOR) == HOSPITAL);
        VM.assertEq(record.admittedAt, START + 9);
        VM.assertTrue(institutions.isInStanding(HOSPITAL));
        VM.assertTrue(institutions.institutionOf(DOCTOR) == HOSPITAL);
        VM.assertTrue(institutions.actingInstitution(DOCTOR) == HOSPITAL);
        _assertRoles(DOCTOR, roles);
    }

    function testFuzz_GivenAnyRoles_WhenAdmitted_AccountHoldsThoseAndNoOthers(uint8 roles) public {
        roles = uint8(1 + (roles % 31));
        _admit(HOSPITAL, roles, DOCTOR);
        _assertRoles(DOCTOR, roles);
    }

    function test_GivenNoRegistrar_WhenCallsAnyOfItsFunctions_RevertsUnauthorised() public {
        bytes[10] memory calls = [
            abi.encodeCall(IInstitutionRegistry.admit, (HOSPITAL, _profile(CUSTODIAN_BIT, true), DOCTOR)),
            abi.encodeCall(IInstitutionRegistry.addAccount, (BIOBANK, DOCTOR)),
            abi.encodeCall(IInstitutionRegistry.removeAccount, (CUSTODIAN)),
            abi.encodeCall(IInstitutionRegistry.addOfficial, (BIOBANK, DOCTOR)),
            abi.encodeCall(IInstitutionRegistry.removeOfficial, (CUSTODIAN)),
            abi.encodeCall(IInstitutionRegistry.suspend, (BIOBANK)),
            abi.encodeCall(IInstitutionRegistry.reinstate, (BIOBANK)),
            abi.encodeCall(IInstitutionRegistry.expel, (BIOBANK)),
            abi.encodeCall(IInstitutionRegistry.succeed, (BIOBANK, UNIVERSITY)),
            abi.encodeCall(IInstitutionRegistry.liftConflict, (BIOBANK, UNIVERSITY, PAPER))
        ];
        address[3] memory others = [STRANGER, CUSTODIAN, deployer];
        for (uint256 i = 0; i < calls.length; ++i) {
            for (uint256 j = 0; j < others.length; ++j) {
                bytes memory refusal = abi.encodeWithSelector(
                    IAccessManaged.AccessManagedUnauthorized.selector,
                    others[j]
                );
                _assertRefused(others[j], calls[i], refusal);
            }
        }
    }

    function test_GivenAdmitted_WhenAdmittedAgain_RevertsIdTaken() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionIdTaken.selector, BIOBANK));
        _admit(BIOBANK, CUSTODIAN_BIT, DOCTOR);
    }

    function test_GivenSuspended_WhenAdmittedAgain_RevertsIdTaken() public {
        _suspend(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionIdTaken.selector, BIOBANK));
        _admit(BIOBANK, CUSTODIAN_BIT, DOCTOR);
    }

    function test_GivenEmptyId_WhenAdmitted_RevertsIdTaken() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionIdTaken.selector, bytes32(0)));
        _admit(InstitutionId.wrap(0), CUSTODIAN_BIT, DOCTOR);
    }

    function test_GivenNoRole_WhenAdmitted_RevertsRolesInvalid() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionRolesInvalid.selector, 0));
        _admit(HOSPITAL, 0, DOCTOR);
    }

    function test_GivenUnknownRole_WhenAdmitted_RevertsRolesInvalid() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionRolesInvalid.selector, 33));
        _admit(HOSPITAL, CUSTODIAN_BIT | (1 << 5), DOCTOR);
    }

    function test_GivenAccountOfAnother_WhenAdmitted_RevertsAccountTakenAndAdmitsNobody() public {
        VM.expectRevert(
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountTaken.selector, CUSTODIAN, BIOBANK)
        );
        _admit(HOSPITAL, CUSTODIAN_BIT, CUSTODIAN);
        VM.assertFalse(institutions.isInStanding(HOSPITAL));
    }

    function test_GivenAddressZero_WhenAdmitted_RevertsAccountUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountUnknown.selector, address(0)));
        _admit(HOSPITAL, CUSTODIAN_BIT, address(0));
    }

    function test_GivenCompany_WhenAdmittedAsNotForProfit_RevertsContradictory() public {
        InstitutionProfile memory profile = _profile(CUSTODIAN_BIT, true);
        profile.institutionType = InstitutionType.Company;
        _expectContradiction(profile);
        profile.notForProfit = false;
        _admitAs(HOSPITAL, profile, DOCTOR);
        VM.assertFalse(institutions.isNotForProfit(HOSPITAL));
    }

    function test_GivenNonProfit_WhenAdmittedAsForProfit_RevertsContradictory() public {
        InstitutionProfile memory profile = _profile(CUSTODIAN_BIT, false);
        profile.institutionType = InstitutionType.NonProfit;
        _expectContradiction(profile);
    }

    function testFuzz_GivenAnyTypeButThoseTwo_WhenAdmitted_MayBeEither(uint8 draw, bool notForProfit) public {
        InstitutionProfile memory profile = _profile(CUSTODIAN_BIT, notForProfit);
        uint8 last = uint8(type(InstitutionType).max);
        profile.institutionType = InstitutionType(draw % (last + 1));
        if (profile.institutionType == InstitutionType.NonProfit) profile.notForProfit = true;
        if (profile.institutionType == InstitutionType.Company) profile.notForProfit = false;
        _admitAs(HOSPITAL, profile, DOCTOR);
        VM.assertTrue(institutions.institution(HOSPITAL).institutionType == profile.institutionType);
        VM.assertTrue(institutions.isNotForProfit(HOSPITAL) == profile.notForProfit);
    }

    function test_GivenNoRegion_WhenAdmitted_RevertsRegionMissing() public {
        InstitutionProfile memory profile = _profile(CUSTODIAN_BIT, true);
        profile.region = 0;
        VM.expectRevert(IInstitutionRegistry.InstitutionRegionMissing.selector);
        _admitAs(HOSPITAL, profile, DOCTOR);
    }

    function test_GivenOfficialOfAnother_WhenAdmitted_RevertsOfficialTakenAndAdmitsNobody() public {
        _addOfficial(BIOBANK, DOCTOR);
        VM.expectRevert(
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionOfficialTaken.selector, DOCTOR, BIOBANK)
        );
        _admit(HOSPITAL, CUSTODIAN_BIT, DOCTOR);
        VM.assertFalse(institutions.isInStanding(HOSPITAL));
    }

    // addAccount

    function test_GivenOfficial_WhenAccountAddedForTheSameAlone_IsBoth() public {
        _addOfficial(BIOBANK, DOCTOR);
        VM.expectRevert(
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionOfficialTaken.selector, DOCTOR, BIOBANK)
        );
        _add(UNIVERSITY, DOCTOR);
        _add(BIOBANK, DOCTOR);
        VM.assertTrue(institutions.actingInstitution(DOCTOR) == BIOBANK);
        VM.assertTrue(institutions.actingOfficial(DOCTOR) == BIOBANK);
    }

    function test_GivenInstitution_WhenAccountAdded_IsNoOfficial() public {
        _add(UNIVERSITY, DOCTOR);
        VM.assertTrue(institutions.officialOf(DOCTOR) == NO_INSTITUTION);
    }

    function test_GivenInstitution_WhenAccountAdded_ActsForItWithItsRoles() public {
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionAccountAdded(UNIVERSITY, DOCTOR);
        _add(UNIVERSITY, DOCTOR);
        VM.assertTrue(institutions.actingInstitution(DOCTOR) == UNIVERSITY);
        _assertRoles(DOCTOR, RESEARCHER_BIT);
    }

    function test_GivenNoInstitution_WhenAccountAdded_RevertsUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionUnknown.selector, NOBODY));
        _add(NOBODY, DOCTOR);
    }

    function test_GivenAccountOfSameOrOther_WhenAdded_RevertsAccountTaken() public {
        VM.expectRevert(
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountTaken.selector, CUSTODIAN, BIOBANK)
        );
        _add(BIOBANK, CUSTODIAN);
        VM.expectRevert(
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountTaken.selector, CUSTODIAN, BIOBANK)
        );
        _add(UNIVERSITY, CUSTODIAN);
    }

    // removeAccount

    function test_GivenAccount_WhenRemoved_LosesEveryRoleAndSaysSo() public {
        _admit(HOSPITAL, CUSTODIAN_BIT | PROCESSOR_BIT | AUDITOR_BIT, DOCTOR);
        _add(HOSPITAL, NURSE);
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionAccountRemoved(HOSPITAL, DOCTOR);
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionOfficialRemoved(HOSPITAL, DOCTOR);
        _remove(DOCTOR);
        VM.assertTrue(institutions.institutionOf(DOCTOR) == NO_INSTITUTION);
        VM.assertTrue(institutions.officialOf(DOCTOR) == NO_INSTITUTION);
        _assertRoles(DOCTOR, 0);
        _assertRoles(NURSE, CUSTODIAN_BIT | PROCESSOR_BIT | AUDITOR_BIT);
        VM.assertTrue(institutions.isInStanding(HOSPITAL));
    }

    function test_GivenRemovedAccount_WhenAddedElsewhere_ActsThereOnly() public {
        _remove(CUSTODIAN);
        _add(UNIVERSITY, CUSTODIAN);
        VM.assertTrue(institutions.actingInstitution(CUSTODIAN) == UNIVERSITY);
        _assertRoles(CUSTODIAN, RESEARCHER_BIT);
    }

    function test_GivenStranger_WhenRemoved_RevertsAccountUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountUnknown.selector, STRANGER));
        _remove(STRANGER);
    }

    function test_GivenAccountThatIsNoOfficial_WhenRemoved_IsRemoved() public {
        _add(BIOBANK, NURSE);
        _remove(NURSE);
        VM.assertTrue(institutions.institutionOf(NURSE) == NO_INSTITUTION);
    }

    // addOfficial, removeOfficial

    function test_GivenInstitution_WhenOfficialAdded_SignsForItWithoutAnyRoleAndSaysSo() public {
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionOfficialAdded(UNIVERSITY, DOCTOR);
        _addOfficial(UNIVERSITY, DOCTOR);
        VM.assertTrue(institutions.officialOf(DOCTOR) == UNIVERSITY);
        VM.assertTrue(institutions.actingOfficial(DOCTOR) == UNIVERSITY);
        VM.assertTrue(institutions.institutionOf(DOCTOR) == NO_INSTITUTION);
        _assertRoles(DOCTOR, 0);
    }

    function test_GivenNoInstitution_WhenOfficialAdded_RevertsUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionUnknown.selector, NOBODY));
        _addOfficial(NOBODY, DOCTOR);
    }

    function test_GivenAddressZero_WhenOfficialAdded_RevertsOfficialUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionOfficialUnknown.selector, address(0)));
        _addOfficial(BIOBANK, address(0));
    }

    function test_GivenOfficialOfSameOrOther_WhenAdded_RevertsOfficialTaken() public {
        InstitutionId[2] memory all = [BIOBANK, UNIVERSITY];
        for (uint256 i = 0; i < all.length; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IInstitutionRegistry.InstitutionOfficialTaken.selector, CUSTODIAN, BIOBANK)
            );
            _addOfficial(all[i], CUSTODIAN);
        }
    }

    function test_GivenAccount_WhenOfficialAddedForTheSameAlone_IsBoth() public {
        _add(BIOBANK, DOCTOR);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountTaken.selector, DOCTOR, BIOBANK));
        _addOfficial(UNIVERSITY, DOCTOR);
        _addOfficial(BIOBANK, DOCTOR);
        VM.assertTrue(institutions.actingOfficial(DOCTOR) == BIOBANK);
    }

    function test_GivenOfficialWhoIsAnAccount_WhenRemoved_RemainsAnAccountAndSaysSo() public {
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionOfficialRemoved(BIOBANK, CUSTODIAN);
        _removeOfficial(CUSTODIAN);
        VM.assertTrue(institutions.officialOf(CUSTODIAN) == NO_INSTITUTION);
        VM.assertTrue(institutions.actingInstitution(CUSTODIAN) == BIOBANK);
        _assertRoles(CUSTODIAN, CUSTODIAN_BIT);
    }

    function test_GivenNoOfficial_WhenRemovedOrAskedForWhomTheySign_RevertsOfficialUnknown() public {
        bytes memory unknown = abi.encodeWithSelector(
            IInstitutionRegistry.InstitutionOfficialUnknown.selector,
            STRANGER
        );
        VM.expectRevert(unknown);
        _removeOfficial(STRANGER);
        VM.expectRevert(unknown);
        institutions.actingOfficial(STRANGER);
    }

    function test_GivenSuspended_WhenAskedForWhomItsOfficialSigns_RevertsNotInStanding() public {
        _suspend(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        institutions.actingOfficial(CUSTODIAN);
        VM.assertTrue(institutions.officialOf(CUSTODIAN) == BIOBANK);
    }

    // addUser, removeUser

    function test_GivenAccount_WhenUserAdded_IsTheInstitutionsAndSaysSo() public {
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionUserAdded(UNIVERSITY, ADA);
        _addUser(RESEARCHER, ADA);
        VM.assertTrue(institutions.isUser(UNIVERSITY, ADA));
        VM.assertFalse(institutions.isUser(BIOBANK, ADA));
        VM.assertFalse(institutions.isUser(UNIVERSITY, PAPER));
    }

    function testFuzz_GivenNoInstitution_WhenAskedForAnyUser_HasNone(bytes32 commitment) public view {
        VM.assertFalse(institutions.isUser(NO_INSTITUTION, commitment));
        VM.assertFalse(institutions.isUser(BIOBANK, commitment));
    }

    function test_GivenUserOfSameOrOther_WhenAdded_RevertsUserTaken() public {
        _addUser(RESEARCHER, ADA);
        address[2] memory all = [RESEARCHER, COMPANY];
        for (uint256 i = 0; i < all.length; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IInstitutionRegistry.InstitutionUserTaken.selector, ADA, UNIVERSITY)
            );
            _addUser(all[i], ADA);
        }
    }

    function test_GivenUserOfSuspended_WhenAddedElsewhere_RevertsUserTaken() public {
        _addUser(RESEARCHER, ADA);
        _suspend(UNIVERSITY);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionUserTaken.selector, ADA, UNIVERSITY));
        _addUser(COMPANY, ADA);
    }

    function test_GivenUserOfEnded_WhenAddedElsewhere_IsUserThereOnly() public {
        _addUser(RESEARCHER, ADA);
        _expel(UNIVERSITY);
        VM.assertTrue(institutions.isUser(UNIVERSITY, ADA));
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionUserRemoved(UNIVERSITY, ADA);
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionUserAdded(PHARMA, ADA);
        _addUser(COMPANY, ADA);
        VM.assertTrue(institutions.isUser(PHARMA, ADA));
        VM.assertFalse(institutions.isUser(UNIVERSITY, ADA));
        _succeed(PHARMA, BIOBANK);
        _addUser(CUSTODIAN, ADA);
        VM.assertTrue(institutions.isUser(BIOBANK, ADA));
    }

    function test_GivenUser_WhenRemoved_IsNoUserAndSaysSo() public {
        _addUser(RESEARCHER, ADA);
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionUserRemoved(UNIVERSITY, ADA);
        _removeUser(RESEARCHER, ADA);
        VM.assertFalse(institutions.isUser(UNIVERSITY, ADA));
        _addUser(COMPANY, ADA);
        VM.assertTrue(institutions.isUser(PHARMA, ADA));
    }

    function test_GivenNoUserOrAnothers_WhenRemoved_RevertsUserUnknown() public {
        _addUser(RESEARCHER, ADA);
        bytes32[3] memory all = [ADA, PAPER, bytes32(0)];
        for (uint256 i = 0; i < all.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionUserUnknown.selector, all[i]));
            _removeUser(COMPANY, all[i]);
        }
    }

    function test_GivenNobodyMeant_WhenUserAdded_RevertsUserUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionUserUnknown.selector, bytes32(0)));
        _addUser(RESEARCHER, 0);
    }

    function test_GivenNoMember_WhenCallsWhatMembersMay_RevertsUnauthorised() public {
        _addOfficial(BIOBANK, DOCTOR);
        bytes[3] memory calls = _membersCalls();
        address[3] memory others = [STRANGER, GOVERNANCE, DOCTOR];
        for (uint256 i = 0; i < calls.length; ++i) {
            for (uint256 j = 0; j < others.length; ++j) {
                bytes memory refusal = abi.encodeWithSelector(
                    IAccessManaged.AccessManagedUnauthorized.selector,
                    others[j]
                );
                _assertRefused(others[j], calls[i], refusal);
            }
        }
    }

    function test_GivenSuspendedOrEnded_WhenItsAccountCallsWhatMembersMay_RevertsNotInStanding() public {
        _suspend(BIOBANK);
        _expel(UNIVERSITY);
        _succeed(PHARMA, ETHICS);
        bytes[3] memory calls = _membersCalls();
        InstitutionId[3] memory all = [BIOBANK, UNIVERSITY, PHARMA];
        address[3] memory accounts = [CUSTODIAN, RESEARCHER, COMPANY];
        for (uint256 i = 0; i < all.length; ++i) {
            bytes memory refusal = abi.encodeWithSelector(
                IInstitutionRegistry.InstitutionNotInStanding.selector,
                all[i]
            );
            for (uint256 j = 0; j < calls.length; ++j) _assertRefused(accounts[i], calls[j], refusal);
        }
    }

    // suspend, reinstate

    function test_GivenAdmitted_WhenSuspended_LosesItsStandingAndSaysSo() public {
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionSuspended(BIOBANK);
        _suspend(BIOBANK);
        VM.assertFalse(institutions.isInStanding(BIOBANK));
        VM.assertTrue(institutions.institution(BIOBANK).standing == Standing.Suspended);
        VM.assertTrue(institutions.institutionOf(CUSTODIAN) == BIOBANK);
    }

    function test_GivenSuspended_WhenSuspendedAgain_RevertsNotInStanding() public {
        _suspend(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        _suspend(BIOBANK);
    }

    function test_GivenNoInstitution_WhenSuspended_RevertsNotInStanding() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, NOBODY));
        _suspend(NOBODY);
    }

    function test_GivenSuspended_WhenReinstated_HasItsStandingBackAndSaysSo() public {
        _suspend(BIOBANK);
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionReinstated(BIOBANK);
        VM.prank(GOVERNANCE);
        institutions.reinstate(BIOBANK);
        VM.assertTrue(institutions.isInStanding(BIOBANK));
    }

    function test_GivenNotSuspended_WhenReinstated_RevertsNotSuspended() public {
        VM.startPrank(GOVERNANCE);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotSuspended.selector, BIOBANK));
        institutions.reinstate(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotSuspended.selector, NOBODY));
        institutions.reinstate(NOBODY);
        VM.stopPrank();
    }

    // expel

    function test_GivenAdmittedOrSuspended_WhenExpelled_IsSoForEverAndSaysSo() public {
        _suspend(BIOBANK);
        InstitutionId[2] memory all = [BIOBANK, UNIVERSITY];
        for (uint256 i = 0; i < all.length; ++i) {
            VM.expectEmit(address(institutions));
            emit IInstitutionRegistry.InstitutionExpelled(all[i]);
            _expel(all[i]);
            VM.assertTrue(institutions.institution(all[i]).standing == Standing.Expelled);
            _assertEndedForEver(all[i]);
        }
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        institutions.actingInstitution(CUSTODIAN);
    }

    function test_GivenNoInstitution_WhenExpelledOrSucceeded_RevertsUnknown() public {
        bytes memory unknown = abi.encodeWithSelector(IInstitutionRegistry.InstitutionUnknown.selector, NOBODY);
        VM.expectRevert(unknown);
        _expel(NOBODY);
        VM.expectRevert(unknown);
        _succeed(NOBODY, BIOBANK);
    }

    // succeed

    function test_GivenAdmittedOrSuspended_WhenSucceeded_SuccessorActsForItAndSaysSo() public {
        _suspend(UNIVERSITY);
        InstitutionId[2] memory all = [PHARMA, UNIVERSITY];
        for (uint256 i = 0; i < all.length; ++i) {
            VM.assertFalse(institutions.isActingFor(BIOBANK, all[i]));
            VM.expectEmit(address(institutions));
            emit IInstitutionRegistry.InstitutionSucceeded(all[i], BIOBANK);
            _succeed(all[i], BIOBANK);
            VM.assertTrue(institutions.institution(all[i]).standing == Standing.Succeeded);
            VM.assertTrue(institutions.successorOf(all[i]) == BIOBANK);
            VM.assertTrue(institutions.isActingFor(BIOBANK, all[i]));
            VM.assertFalse(institutions.isActingFor(all[i], BIOBANK), "not backwards");
            _assertEndedForEver(all[i]);
        }
        VM.assertFalse(institutions.isActingFor(UNIVERSITY, PHARMA), "not sideways");
        VM.assertTrue(institutions.successorOf(BIOBANK) == NO_INSTITUTION);
    }

    function test_GivenSuccessorNotInStandingOrItself_WhenSucceeded_RevertsSuccessorInvalid() public {
        _suspend(ETHICS);
        _expel(PHARMA);
        InstitutionId[5] memory all = [BIOBANK, ETHICS, PHARMA, NOBODY, NO_INSTITUTION];
        for (uint256 i = 0; i < all.length; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IInstitutionRegistry.InstitutionSuccessorInvalid.selector, BIOBANK, all[i])
            );
            _succeed(BIOBANK, all[i]);
        }
    }

    function test_GivenSuccessions_WhenTheyWouldLeadBack_RevertsSuccessorInvalid() public {
        _succeed(BIOBANK, UNIVERSITY);
        VM.expectRevert(
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionSuccessorInvalid.selector, UNIVERSITY, BIOBANK)
        );
        _succeed(UNIVERSITY, BIOBANK);
        _succeed(UNIVERSITY, PHARMA);
        VM.expectRevert(
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionSuccessorInvalid.selector, PHARMA, BIOBANK)
        );
        _succeed(PHARMA, BIOBANK);
        VM.assertTrue(institutions.isActingFor(PHARMA, BIOBANK));
        VM.assertFalse(institutions.isActingFor(NOBODY, BIOBANK));
        VM.assertFalse(institutions.isActingFor(NO_INSTITUTION, BIOBANK));
    }

    function test_GivenMostSuccessionsInARow_WhenOneMore_RevertsExhausted() public {
        uint256 most = institutions.MAX_SUCCESSIONS();
        VM.assertEq(most, 8);
        for (uint256 i = 0; i <= most + 1; ++i) _admit(_numbered(i), CUSTODIAN_BIT, address(uint160(0xACC0 + i)));
        for (uint256 i = 0; i < most; ++i) _succeed(_numbered(i), _numbered(i + 1));
        VM.assertTrue(institutions.isActingFor(_numbered(most), _numbered(0)));
        VM.expectRevert(
            abi.encodeWithSelector(
                IInstitutionRegistry.InstitutionSuccessionsExhausted.selector,
                _numbered(most),
                _numbered(most + 1)
            )
        );
        _succeed(_numbered(most), _numbered(most + 1));

        // Side branches do not count: whoever is reached by fewer may still end there.
        _succeed(BIOBANK, _numbered(most));
        VM.expectPartialRevert(IInstitutionRegistry.InstitutionSuccessionsExhausted.selector);
        _succeed(_numbered(most), UNIVERSITY);
        _expel(_numbered(most));
    }

    /// @dev Whatever the order: who acts for whom is what following the successors by hand gives, in bounded steps.
    function testFuzz_GivenAnySuccessions_WhenFollowed_ActingForIsReachability(uint256 seed) public {
        for (uint256 i = 0; i < 12; ++i) _admit(_numbered(i), CUSTODIAN_BIT, address(uint160(0xACC0 + i)));
        for (uint256 i = 0; i < 30; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            VM.prank(GOVERNANCE);
            // A refused succession changes nothing.
            try institutions.succeed(_numbered(draw % 12), _numbered((draw >> 8) % 12)) {} catch {}
        }
        for (uint256 i = 0; i < 12; ++i) {
            bool[12] memory isReached;
            InstitutionId next = _numbered(i);
            uint256 steps = 0;
            while (true) {
                isReached[_numberOf(next)] = true;
                next = institutions.successorOf(next);
                if (next == NO_INSTITUTION) break;
                ++steps;
                VM.assertLe(steps, institutions.MAX_SUCCESSIONS(), "steps");
            }
            for (uint256 j = 0; j < 12; ++j) {
                VM.assertTrue(institutions.isActingFor(_numbered(j), _numbered(i)) == isReached[j], "reached");
            }
        }
    }

    // declareConflict, liftConflict

    function test_GivenAccountOfEither_WhenConflictDeclared_StandsInBothOrdersAndSaysSo() public {
        address[2] memory accounts = [RESEARCHER, COMMITTEE];
        InstitutionId[2] memory all = [UNIVERSITY, ETHICS];
        for (uint256 i = 0; i < 2; ++i) {
            VM.assertFalse(institutions.isInConflict(UNIVERSITY, ETHICS));
            VM.expectEmit(address(institutions));
            emit IInstitutionRegistry.InstitutionConflictDeclared(all[i], all[1 - i], PAPER);
            _declare(accounts[i], all[1 - i]);
            VM.assertTrue(institutions.isInConflict(UNIVERSITY, ETHICS));
            VM.assertTrue(institutions.isInConflict(ETHICS, UNIVERSITY));
            VM.assertFalse(institutions.isInConflict(ETHICS, BIOBANK), "with others not");
            VM.expectEmit(address(institutions));
            emit IInstitutionRegistry.InstitutionConflictLifted(all[1 - i], all[i], PAPER);
            _lift(all[1 - i], all[i]);
            VM.assertFalse(institutions.isInConflict(ETHICS, UNIVERSITY));
        }
    }

    function testFuzz_GivenAnyInstitution_IsInConflictWithItselfAndOrderNeverMatters(bytes32 a, bytes32 b) public view {
        VM.assertTrue(institutions.isInConflict(InstitutionId.wrap(a), InstitutionId.wrap(a)));
        if (a != b) VM.assertFalse(institutions.isInConflict(InstitutionId.wrap(a), InstitutionId.wrap(b)));
    }

    function test_GivenConflictOrItself_WhenDeclared_RevertsInConflict() public {
        _declare(RESEARCHER, ETHICS);
        _expectInConflict(UNIVERSITY, ETHICS);
        _declare(RESEARCHER, ETHICS);
        _expectInConflict(ETHICS, UNIVERSITY);
        _declare(COMMITTEE, UNIVERSITY);
        _expectInConflict(ETHICS, ETHICS);
        _declare(COMMITTEE, ETHICS);
    }

    function test_GivenNoInstitution_WhenConflictDeclaredWithIt_RevertsUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionUnknown.selector, NOBODY));
        _declare(RESEARCHER, NOBODY);
    }

    function test_GivenNoConflict_WhenLifted_RevertsNotInConflict() public {
        InstitutionId[2] memory all = [UNIVERSITY, ETHICS];
        for (uint256 i = 0; i < all.length; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInConflict.selector, all[i], ETHICS)
            );
            _lift(all[i], ETHICS);
        }
    }

    // Readers

    function test_GivenNoInstitution_WhenRead_RevertsUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionUnknown.selector, NOBODY));
        institutions.institution(NOBODY);
        VM.assertEq(institutions.regionOf(NOBODY), 0);
        VM.assertFalse(institutions.isNotForProfit(NOBODY));
    }

    function test_GivenStranger_WhenAskedForWhomItActs_RevertsAccountUnknown() public {
        VM.assertTrue(institutions.institutionOf(STRANGER) == InstitutionId.wrap(0));
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountUnknown.selector, STRANGER));
        institutions.actingInstitution(STRANGER);
    }

    function test_GivenSuspended_WhenAskedForWhomItsAccountActs_RevertsNotInStanding() public {
        _suspend(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        institutions.actingInstitution(CUSTODIAN);
    }

    function _assertEndedForEver(InstitutionId institutionId) private {
        VM.assertFalse(institutions.isInStanding(institutionId));
        VM.startPrank(GOVERNANCE);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotSuspended.selector, institutionId));
        institutions.reinstate(institutionId);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, institutionId));
        institutions.suspend(institutionId);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionEnded.selector, institutionId));
        institutions.expel(institutionId);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionEnded.selector, institutionId));
        institutions.succeed(institutionId, ETHICS);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionIdTaken.selector, institutionId));
        institutions.admit(institutionId, _profile(CUSTODIAN_BIT, true), NURSE);
        VM.stopPrank();
    }

    function _assertRefused(address sender, bytes memory call, bytes memory refusal) private {
        VM.prank(sender);
        (bool success, bytes memory reason) = address(institutions).call(call);
        VM.assertFalse(success);
        VM.assertEq(reason, refusal);
    }

    function _expectContradiction(InstitutionProfile memory profile) private {
        VM.expectRevert(
            abi.encodeWithSelector(
                IInstitutionRegistry.InstitutionProfitContradictory.selector,
                profile.institutionType,
                profile.notForProfit
            )
        );
        _admitAs(HOSPITAL, profile, DOCTOR);
    }

    function _expectInConflict(InstitutionId a, InstitutionId b) private {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionInConflict.selector, a, b));
    }

    function _membersCalls() private pure returns (bytes[3] memory) {
        return
            [
                abi.encodeCall(IInstitutionRegistry.addUser, (ADA)),
                abi.encodeCall(IInstitutionRegistry.removeUser, (ADA)),
                abi.encodeCall(IInstitutionRegistry.declareConflict, (ETHICS, PAPER))
            ];
    }

    function _numbered(uint256 number) private pure returns (InstitutionId) {
        return InstitutionId.wrap(bytes32(number + 1));
    }

    function _numberOf(InstitutionId institutionId) private pure returns (uint256) {
        return uint256(InstitutionId.unwrap(institutionId)) - 1;
    }

    function _admit(InstitutionId institutionId, uint8 roles, address account) private {
        _admitAs(institutionId, _profile(roles, true), account);
    }

    function _admitAs(InstitutionId institutionId, InstitutionProfile memory profile, address account) private {
        VM.prank(GOVERNANCE);
        institutions.admit(institutionId, profile, account);
    }

    function _addOfficial(InstitutionId institutionId, address official) private {
        VM.prank(GOVERNANCE);
        institutions.addOfficial(institutionId, official);
    }

    function _removeOfficial(address official) private {
        VM.prank(GOVERNANCE);
        institutions.removeOfficial(official);
    }

    function _addUser(address account, bytes32 commitment) private {
        VM.prank(account);
        institutions.addUser(commitment);
    }

    function _removeUser(address account, bytes32 commitment) private {
        VM.prank(account);
        institutions.removeUser(commitment);
    }

    function _declare(address account, InstitutionId other) private {
        VM.prank(account);
        institutions.declareConflict(other, PAPER);
    }

    function _lift(InstitutionId a, InstitutionId b) private {
        VM.prank(GOVERNANCE);
        institutions.liftConflict(a, b, PAPER);
    }

    function _expel(InstitutionId institutionId) private {
        VM.prank(GOVERNANCE);
        institutions.expel(institutionId);
    }

    function _succeed(InstitutionId institutionId, InstitutionId successor) private {
        VM.prank(GOVERNANCE);
        institutions.succeed(institutionId, successor);
    }

    function _add(InstitutionId institutionId, address account) private {
        VM.prank(GOVERNANCE);
        institutions.addAccount(institutionId, account);
    }

    function _remove(address account) private {
        VM.prank(GOVERNANCE);
        institutions.removeAccount(account);
    }

    function _suspend(InstitutionId institutionId) private {
        VM.prank(GOVERNANCE);
        institutions.suspend(institutionId);
    }

    function _assertRoles(address account, uint8 roles) private view {
        (bool isMember, ) = manager.hasRole(Roles.MEMBER, account);
        VM.assertTrue(isMember == (roles != 0), "member");
        for (uint64 i = 0; i < Roles.INSTITUTION_ROLE_COUNT; ++i) {
            (bool holds, ) = manager.hasRole(Roles.INSTITUTION_ROLES + i, account);
            VM.assertTrue(holds == (roles & (1 << i) != 0), "role");
        }
    }
}
