// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Roles} from "../access/Roles.sol";
import {InstitutionId, NO_INSTITUTION} from "../types/Ids.sol";
import {Institution, Standing} from "../types/Institution.sol";
import {IInstitutionRegistry} from "./IInstitutionRegistry.sol";

/// @title InstitutionRegistry
/// @dev Administers the institution roles of the AccessManager: an account holds its institution's roles, no others.
contract InstitutionRegistry is IInstitutionRegistry, AccessManaged {
    mapping(InstitutionId institutionId => Institution record) private _institutions;
    mapping(address account => InstitutionId institutionId) private _institutionOf;

    constructor(address manager) AccessManaged(manager) {}

    /// @inheritdoc IInstitutionRegistry
    function admit(
        InstitutionId institutionId,
        uint8 roles,
        bool notForProfit,
        address account
    ) external override restricted {
        if (institutionId == NO_INSTITUTION || _institutions[institutionId].standing != Standing.None) {
            revert InstitutionIdTaken(institutionId);
        }
        if (roles == 0 || roles >> Roles.INSTITUTION_ROLE_COUNT != 0) revert InstitutionRolesInvalid(roles);

        _institutions[institutionId] = Institution({
            roles: roles,
            standing: Standing.Admitted,
            notForProfit: notForProfit,
            admittedAt: uint32(block.timestamp)
        });
        emit InstitutionAdmitted(institutionId, roles, notForProfit);
        _addAccount(institutionId, roles, account);
    }

    /// @inheritdoc IInstitutionRegistry
    function addAccount(InstitutionId institutionId, address account) external override restricted {
        _addAccount(institutionId, institution(institutionId).roles, account);
    }

    /// @inheritdoc IInstitutionRegistry
    function removeAccount(address account) external override restricted {
        InstitutionId institutionId = _institutionOf[account];
        if (institutionId == NO_INSTITUTION) revert InstitutionAccountUnknown(account);

        _institutionOf[account] = NO_INSTITUTION;
        emit InstitutionAccountRemoved(institutionId, account);

        IAccessManager manager = IAccessManager(authority());
        manager.revokeRole(Roles.MEMBER, account);
        uint8 roles = _institutions[institutionId].roles;
        for (uint64 i = 0; i < Roles.INSTITUTION_ROLE_COUNT; ++i) {
            if (roles & (1 << i) != 0) manager.revokeRole(Roles.INSTITUTION_ROLES + i, account);
        }
    }

    /// @inheritdoc IInstitutionRegistry
    function suspend(InstitutionId institutionId) external override restricted {
        if (!isInStanding(institutionId)) revert InstitutionNotInStanding(institutionId);
        _institutions[institutionId].standing = Standing.Suspended;
        emit InstitutionSuspended(institutionId);
    }

    /// @inheritdoc IInstitutionRegistry
    function reinstate(InstitutionId institutionId) external override restricted {
        if (_institutions[institutionId].standing != Standing.Suspended) revert InstitutionNotSuspended(institutionId);
        _institutions[institutionId].standing = Standing.Admitted;
        emit InstitutionReinstated(institutionId);
    }

    /// @inheritdoc IInstitutionRegistry
    function institutionOf(address account) external view override returns (InstitutionId) {
        return _institutionOf[account];
    }

    /// @inheritdoc IInstitutionRegistry
    function actingInstitution(address account) external view override returns (InstitutionId institutionId) {
        institutionId = _institutionOf[account];
        if (institutionId == NO_INSTITUTION) revert InstitutionAccountUnknown(account);
        if (!isInStanding(institutionId)) revert InstitutionNotInStanding(institutionId);
    }

    /// @inheritdoc IInstitutionRegistry
    function isNotForProfit(InstitutionId institutionId) external view override returns (bool) {
        return _institutions[institutionId].notForProfit;
    }

    /// @inheritdoc IInstitutionRegistry
    function institution(InstitutionId institutionId) public view override returns (Institution memory record) {
        record = _institutions[institutionId];
        if (record.standing == Standing.None) revert InstitutionUnknown(institutionId);
    }

    /// @inheritdoc IInstitutionRegistry
    function isInStanding(InstitutionId institutionId) public view override returns (bool) {
        return _institutions[institutionId].standing == Standing.Admitted;
    }

    function _addAccount(InstitutionId institutionId, uint8 roles, address account) private {
        if (account == address(0)) revert InstitutionAccountUnknown(account);
        if (_institutionOf[account] != NO_INSTITUTION) {
            revert InstitutionAccountTaken(account, _institutionOf[account]);
        }

        _institutionOf[account] = institutionId;
        emit InstitutionAccountAdded(institutionId, account);

        IAccessManager manager = IAccessManager(authority());
        manager.grantRole(Roles.MEMBER, account, 0);
        for (uint64 i = 0; i < Roles.INSTITUTION_ROLE_COUNT; ++i) {
            if (roles & (1 << i) != 0) manager.grantRole(Roles.INSTITUTION_ROLES + i, account, 0);
        }
    }
}
