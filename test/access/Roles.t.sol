// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Roles} from "../../contracts/access/Roles.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

/// @title RolesTest
/// @notice Invariant 9: no administrative power is reachable without the governance delay; the deployer has none.
contract RolesTest is ConcordSystem {
    uint64 private constant ADMIN = 0;

    function setUp() public {
        _deploySystem();
    }

    function test_WhenNumbered_InstitutionRolesFollowTheBitsOfTheRecord() public pure {
        VM.assertEq(Roles.CUSTODIAN, Roles.INSTITUTION_ROLES);
        VM.assertEq(Roles.PROCESSOR, Roles.INSTITUTION_ROLES + 1);
        VM.assertEq(Roles.RESEARCHER, Roles.INSTITUTION_ROLES + 2);
        VM.assertEq(Roles.COMMITTEE, Roles.INSTITUTION_ROLES + 3);
        VM.assertEq(Roles.AUDITOR, Roles.INSTITUTION_ROLES + 4);
        VM.assertEq(Roles.INSTITUTION_ROLE_COUNT, 5);
    }

    function test_GivenHandover_WhenDeployerIsAsked_HoldsNoRole() public view {
        for (uint64 role = 0; role < Roles.INSTITUTION_ROLES + Roles.INSTITUTION_ROLE_COUNT; ++role) {
            (bool holds, ) = manager.hasRole(role, deployer);
            VM.assertFalse(holds);
        }
    }

    function test_GivenHandover_WhenDeployerAdministers_RevertsUnauthorised() public {
        VM.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerUnauthorizedAccount.selector, deployer, ADMIN)
        );
        VM.prank(deployer);
        manager.grantRole(Roles.REGISTRAR, deployer, 0);
    }

    function test_GivenHandover_WhenGovernanceAdministersAtOnce_RevertsNotScheduled() public {
        bytes memory call = abi.encodeCall(IAccessManager.grantRole, (Roles.REGISTRAR, STRANGER, 0));
        VM.expectPartialRevert(IAccessManager.AccessManagerNotScheduled.selector);
        VM.prank(GOVERNANCE);
        manager.execute(address(manager), call);
    }

    function test_GivenScheduled_WhenTheDelayIsOver_GovernanceAdministers() public {
        bytes memory call = abi.encodeCall(IAccessManager.grantRole, (Roles.REGISTRAR, STRANGER, 0));
        VM.startPrank(GOVERNANCE);
        manager.schedule(address(manager), call, 0);
        VM.warp(block.timestamp + EXECUTION_DELAY - 1);
        VM.expectPartialRevert(IAccessManager.AccessManagerNotReady.selector);
        manager.execute(address(manager), call);
        VM.warp(block.timestamp + 1);
        manager.execute(address(manager), call);
        VM.stopPrank();
        (bool holds, ) = manager.hasRole(Roles.REGISTRAR, STRANGER);
        VM.assertTrue(holds);
    }

    /// @dev Every function of the manager that changes who may do what, from everyone there is and from anyone else.
    function testFuzz_9_GivenAnyone_WhenAdministersWithoutWaiting_IsRefusedAndNothingChanges(address anyone) public {
        bytes[] memory calls = _administrativeCalls(anyone);
        address[9] memory callers = [
            anyone,
            deployer,
            GOVERNANCE,
            CUSTODIAN,
            COMMITTEE,
            RESEARCHER,
            COMPANY,
            address(licences),
            address(duties)
        ];
        uint256 attempts = 0;
        for (uint256 i = 0; i < callers.length; ++i) {
            if (callers[i] == address(institutions)) continue;
            for (uint256 j = 0; j < calls.length; ++j) {
                VM.prank(callers[i]);
                (bool isAccepted, bytes memory reason) = address(manager).call(calls[j]);
                VM.assertFalse(isAccepted, "9: administered without the delay");
                VM.assertGe(reason.length, 4, "9: refused without saying why");
                ++attempts;
            }
        }
        VM.assertGt(attempts, 70, "9: too few attempts");
        (bool holds, ) = manager.hasRole(Roles.DUTY_KEEPER, STRANGER);
        VM.assertFalse(holds);
        VM.assertTrue(manager.getTargetFunctionRole(address(licences), licences.keepDuties.selector) == 5);
    }

    function test_GivenInstitutionRoles_WhenRegistrarOrMemberGrantsOne_RevertsUnauthorised() public {
        address[3] memory others = [GOVERNANCE, CUSTODIAN, STRANGER];
        for (uint256 i = 0; i < others.length; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(
                    IAccessManager.AccessManagerUnauthorizedAccount.selector,
                    others[i],
                    Roles.INSTITUTION_ADMIN
                )
            );
            VM.prank(others[i]);
            manager.grantRole(Roles.CUSTODIAN, others[i], 0);
        }
    }

    function _administrativeCalls(address anyone) private view returns (bytes[] memory calls) {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = licences.keepDuties.selector;
        calls = new bytes[](10);
        calls[0] = abi.encodeCall(IAccessManager.grantRole, (Roles.DUTY_KEEPER, STRANGER, 0));
        calls[1] = abi.encodeCall(IAccessManager.grantRole, (ADMIN, anyone, 0));
        calls[2] = abi.encodeCall(IAccessManager.revokeRole, (ADMIN, GOVERNANCE));
        calls[3] = abi.encodeCall(IAccessManager.setRoleAdmin, (Roles.CUSTODIAN, Roles.CUSTODIAN));
        calls[4] = abi.encodeCall(IAccessManager.setRoleGuardian, (Roles.CUSTODIAN, Roles.CUSTODIAN));
        calls[5] = abi.encodeCall(IAccessManager.setGrantDelay, (Roles.CUSTODIAN, 0));
        calls[6] = abi.encodeCall(
            IAccessManager.setTargetFunctionRole,
            (address(licences), selectors, Roles.CUSTODIAN)
        );
        calls[7] = abi.encodeCall(IAccessManager.setTargetAdminDelay, (address(licences), 0));
        calls[8] = abi.encodeCall(IAccessManager.setTargetClosed, (address(licences), true));
        calls[9] = abi.encodeCall(IAccessManager.updateAuthority, (address(licences), anyone));
    }
}
