// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {InstitutionId} from "../../contracts/types/Ids.sol";
import {Institution, Standing} from "../../contracts/types/Institution.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

contract InstitutionRegistryTest is ConcordSystem {
    InstitutionId private constant HOSPITAL = InstitutionId.wrap(keccak256("hospital"));
    address private constant DOCTOR = address(0xD0C);
    address private constant NURSE = address(0x20125E);

    function setUp() public {
        _deploySystem();
    }

    // admit

    function test_GivenRegistrar_WhenAdmits_RecordsItAndSaysSo() public {
        VM.warp(START + 9);
        uint8 roles = CUSTODIAN_BIT | RESEARCHER_BIT;
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionAdmitted(HOSPITAL, roles, true);
        VM.expectEmit(address(institutions));
        emit IInstitutionRegistry.InstitutionAccountAdded(HOSPITAL, DOCTOR);
        _admit(HOSPITAL, roles, DOCTOR);

        Institution memory record = institutions.institution(HOSPITAL);
        VM.assertEq(record.roles, roles);
        VM.assertTrue(record.standing == Standing.Admitted && record.notForProfit);
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
        bytes[5] memory calls = [
            abi.encodeCall(IInstitutionRegistry.admit, (HOSPITAL, CUSTODIAN_BIT, true, DOCTOR)),
            abi.encodeCall(IInstitutionRegistry.addAccount, (BIOBANK, DOCTOR)),
            abi.encodeCall(IInstitutionRegistry.removeAccount, (CUSTODIAN)),
            abi.encodeCall(IInstitutionRegistry.suspend, (BIOBANK)),
            abi.encodeCall(IInstitutionRegistry.reinstate, (BIOBANK))
        ];
        address[3] memory others = [STRANGER, CUSTODIAN, deployer];
        for (uint256 i = 0; i < calls.length; ++i) {
            for (uint256 j = 0; j < others.length; ++j) {
                VM.prank(others[j]);
                (bool success, bytes memory reason) = address(institutions).call(calls[i]);
                VM.assertFalse(success);
                VM.assertEq(
                    reason,
                    abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[j])
                );
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

    // addAccount

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
        _remove(DOCTOR);
        VM.assertTrue(institutions.institutionOf(DOCTOR) == InstitutionId.wrap(0));
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

    // Readers

    function test_GivenNoInstitution_WhenRead_RevertsUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionUnknown.selector, NOBODY));
        institutions.institution(NOBODY);
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

    function _admit(InstitutionId institutionId, uint8 roles, address account) private {
        VM.prank(GOVERNANCE);
        institutions.admit(institutionId, roles, true, account);
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
