// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

import {Roles} from "../access/Roles.sol";
import {InstitutionId, NO_INSTITUTION} from "../types/Ids.sol";
import {Institution, InstitutionProfile, InstitutionType, Standing} from "../types/Institution.sol";
import {IInstitutionRegistry} from "./IInstitutionRegistry.sol";

/// @title InstitutionRegistry
/// @dev Administers the institution roles of the AccessManager: an account holds its institution's roles, no others.
contract InstitutionRegistry is IInstitutionRegistry, AccessManaged {
    /// @notice Most successions in a row, so that following them has a bounded cost.
    uint256 public constant MAX_SUCCESSIONS = 8;

    mapping(InstitutionId institutionId => Institution record) private _institutions;
    mapping(address account => InstitutionId institutionId) private _institutionOf;
    mapping(address official => InstitutionId institutionId) private _officialOf;
    mapping(bytes32 commitment => InstitutionId institutionId) private _userOf;
    mapping(InstitutionId institutionId => InstitutionId successor) private _successorOf;
    /// @dev The longest row of successions that leads to an institution.
    mapping(InstitutionId institutionId => uint256 successions) private _successionsTo;
    mapping(bytes32 pair => bool isDeclared) private _conflicts;

    constructor(address manager) AccessManaged(manager) {}

    /// @inheritdoc IInstitutionRegistry
    function admit(
        InstitutionId institutionId,
        InstitutionProfile calldata profile,
        address account
    ) external override restricted {
        if (institutionId == NO_INSTITUTION || _institutions[institutionId].standing != Standing.None) {
            revert InstitutionIdTaken(institutionId);
        }
        _requireProfileValid(profile);

        _institutions[institutionId] = Institution({
            roles: profile.roles,
            standing: Standing.Admitted,
            notForProfit: profile.notForProfit,
            institutionType: profile.institutionType,
            region: profile.region,
            admittedAt: uint32(block.timestamp)
        });
        emit InstitutionAdmitted(
            institutionId,
            profile.roles,
            profile.notForProfit,
            profile.institutionType,
            profile.region
        );
        _addAccount(institutionId, profile.roles, account);
        _addOfficial(institutionId, account);
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
        // Whoever loses a key loses all that it can do.
        if (_officialOf[account] != NO_INSTITUTION) _removeOfficial(account);

        IAccessManager manager = IAccessManager(authority());
        manager.revokeRole(Roles.MEMBER, account);
        uint8 roles = _institutions[institutionId].roles;
        for (uint64 i = 0; i < Roles.INSTITUTION_ROLE_COUNT; ++i) {
            if (roles & (1 << i) != 0) manager.revokeRole(Roles.INSTITUTION_ROLES + i, account);
        }
    }

    /// @inheritdoc IInstitutionRegistry
    function addOfficial(InstitutionId institutionId, address official) external override restricted {
        _requireKnown(institutionId);
        _addOfficial(institutionId, official);
    }

    /// @inheritdoc IInstitutionRegistry
    function removeOfficial(address official) external override restricted {
        _removeOfficial(official);
    }

    /// @inheritdoc IInstitutionRegistry
    function addUser(bytes32 commitment) external override restricted {
        InstitutionId caller = actingInstitution(_msgSender());
        if (commitment == 0) revert InstitutionUserUnknown(commitment);
        InstitutionId current = _userOf[commitment];
        if (current != NO_INSTITUTION && !_hasEnded(current)) revert InstitutionUserTaken(commitment, current);

        _userOf[commitment] = caller;
        if (current != NO_INSTITUTION) emit InstitutionUserRemoved(current, commitment);
        emit InstitutionUserAdded(caller, commitment);
    }

    /// @inheritdoc IInstitutionRegistry
    function removeUser(bytes32 commitment) external override restricted {
        InstitutionId caller = actingInstitution(_msgSender());
        if (_userOf[commitment] != caller) revert InstitutionUserUnknown(commitment);

        _userOf[commitment] = NO_INSTITUTION;
        emit InstitutionUserRemoved(caller, commitment);
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
    function expel(InstitutionId institutionId) external override restricted {
        _requireNotEnded(institutionId);
        _institutions[institutionId].standing = Standing.Expelled;
        emit InstitutionExpelled(institutionId);
    }

    /// @inheritdoc IInstitutionRegistry
    function succeed(InstitutionId institutionId, InstitutionId successor) external override restricted {
        _requireNotEnded(institutionId);
        // Whoever is in standing has no successor: no row of successions leads back to where it began.
        if (successor == institutionId || !isInStanding(successor)) {
            revert InstitutionSuccessorInvalid(institutionId, successor);
        }
        uint256 successions = _successionsTo[institutionId] + 1;
        if (successions > MAX_SUCCESSIONS) revert InstitutionSuccessionsExhausted(institutionId, successor);

        _institutions[institutionId].standing = Standing.Succeeded;
        _successorOf[institutionId] = successor;
        if (successions > _successionsTo[successor]) _successionsTo[successor] = successions;
        emit InstitutionSucceeded(institutionId, successor);
    }

    /// @inheritdoc IInstitutionRegistry
    function declareConflict(InstitutionId other, bytes32 document) external override restricted {
        InstitutionId caller = actingInstitution(_msgSender());
        _requireKnown(other);
        if (isInConflict(caller, other)) revert InstitutionInConflict(caller, other);

        _conflicts[_pairOf(caller, other)] = true;
        emit InstitutionConflictDeclared(caller, other, document);
    }

    /// @inheritdoc IInstitutionRegistry
    function liftConflict(InstitutionId a, InstitutionId b, bytes32 document) external override restricted {
        bytes32 pair = _pairOf(a, b);
        if (!_conflicts[pair]) revert InstitutionNotInConflict(a, b);

        _conflicts[pair] = false;
        emit InstitutionConflictLifted(a, b, document);
    }

    /// @inheritdoc IInstitutionRegistry
    function institutionOf(address account) external view override returns (InstitutionId) {
        return _institutionOf[account];
    }

    /// @inheritdoc IInstitutionRegistry
    function officialOf(address official) external view override returns (InstitutionId) {
        return _officialOf[official];
    }

    /// @inheritdoc IInstitutionRegistry
    function actingOfficial(address official) external view override returns (InstitutionId institutionId) {
        institutionId = _officialOf[official];
        if (institutionId == NO_INSTITUTION) revert InstitutionOfficialUnknown(official);
        if (!isInStanding(institutionId)) revert InstitutionNotInStanding(institutionId);
    }

    /// @inheritdoc IInstitutionRegistry
    function isUser(InstitutionId institutionId, bytes32 commitment) external view override returns (bool) {
        return institutionId != NO_INSTITUTION && _userOf[commitment] == institutionId;
    }

    /// @inheritdoc IInstitutionRegistry
    function isNotForProfit(InstitutionId institutionId) external view override returns (bool) {
        return _institutions[institutionId].notForProfit;
    }

    /// @inheritdoc IInstitutionRegistry
    function regionOf(InstitutionId institutionId) external view override returns (uint32) {
        return _institutions[institutionId].region;
    }

    /// @inheritdoc IInstitutionRegistry
    function successorOf(InstitutionId institutionId) external view override returns (InstitutionId) {
        return _successorOf[institutionId];
    }

    /// @inheritdoc IInstitutionRegistry
    function isActingFor(InstitutionId caller, InstitutionId institutionId) external view override returns (bool) {
        InstitutionId reached = institutionId;
        // Ends after MAX_SUCCESSIONS steps at the latest: `succeed` lets no row grow longer.
        while (reached != caller) {
            reached = _successorOf[reached];
            if (reached == NO_INSTITUTION) return false;
        }
        return true;
    }

    /// @inheritdoc IInstitutionRegistry
    function actingInstitution(address account) public view override returns (InstitutionId institutionId) {
        institutionId = _institutionOf[account];
        if (institutionId == NO_INSTITUTION) revert InstitutionAccountUnknown(account);
        if (!isInStanding(institutionId)) revert InstitutionNotInStanding(institutionId);
    }

    /// @inheritdoc IInstitutionRegistry
    function institution(InstitutionId institutionId) public view override returns (Institution memory record) {
        _requireKnown(institutionId);
        return _institutions[institutionId];
    }

    /// @inheritdoc IInstitutionRegistry
    function isInStanding(InstitutionId institutionId) public view override returns (bool) {
        return _institutions[institutionId].standing == Standing.Admitted;
    }

    /// @inheritdoc IInstitutionRegistry
    function isInConflict(InstitutionId a, InstitutionId b) public view override returns (bool) {
        return a == b || _conflicts[_pairOf(a, b)];
    }

    function _addAccount(InstitutionId institutionId, uint8 roles, address account) private {
        if (account == address(0)) revert InstitutionAccountUnknown(account);
        if (_institutionOf[account] != NO_INSTITUTION) {
            revert InstitutionAccountTaken(account, _institutionOf[account]);
        }
        InstitutionId signsFor = _officialOf[account];
        if (signsFor != NO_INSTITUTION && signsFor != institutionId) revert InstitutionOfficialTaken(account, signsFor);

        _institutionOf[account] = institutionId;
        emit InstitutionAccountAdded(institutionId, account);

        IAccessManager manager = IAccessManager(authority());
        manager.grantRole(Roles.MEMBER, account, 0);
        for (uint64 i = 0; i < Roles.INSTITUTION_ROLE_COUNT; ++i) {
            if (roles & (1 << i) != 0) manager.grantRole(Roles.INSTITUTION_ROLES + i, account, 0);
        }
    }

    function _addOfficial(InstitutionId institutionId, address official) private {
        if (official == address(0)) revert InstitutionOfficialUnknown(official);
        if (_officialOf[official] != NO_INSTITUTION) revert InstitutionOfficialTaken(official, _officialOf[official]);
        InstitutionId actsFor = _institutionOf[official];
        if (actsFor != NO_INSTITUTION && actsFor != institutionId) revert InstitutionAccountTaken(official, actsFor);

        _officialOf[official] = institutionId;
        emit InstitutionOfficialAdded(institutionId, official);
    }

    function _removeOfficial(address official) private {
        InstitutionId institutionId = _officialOf[official];
        if (institutionId == NO_INSTITUTION) revert InstitutionOfficialUnknown(official);

        _officialOf[official] = NO_INSTITUTION;
        emit InstitutionOfficialRemoved(institutionId, official);
    }

    function _requireKnown(InstitutionId institutionId) private view {
        if (_institutions[institutionId].standing == Standing.None) revert InstitutionUnknown(institutionId);
    }

    function _requireNotEnded(InstitutionId institutionId) private view {
        _requireKnown(institutionId);
        if (_hasEnded(institutionId)) revert InstitutionEnded(institutionId);
    }

    function _hasEnded(InstitutionId institutionId) private view returns (bool) {
        Standing standing = _institutions[institutionId].standing;
        return standing == Standing.Expelled || standing == Standing.Succeeded;
    }

    function _requireProfileValid(InstitutionProfile calldata profile) private pure {
        uint8 roles = profile.roles;
        if (roles == 0 || roles >> Roles.INSTITUTION_ROLE_COUNT != 0) revert InstitutionRolesInvalid(roles);
        InstitutionType kind = profile.institutionType;
        bool notForProfit = profile.notForProfit;
        bool isContradictory = notForProfit ? kind == InstitutionType.Company : kind == InstitutionType.NonProfit;
        if (isContradictory) revert InstitutionProfitContradictory(kind, notForProfit);
        if (profile.region == 0) revert InstitutionRegionMissing();
    }

    /// @dev The same for both orders.
    function _pairOf(InstitutionId a, InstitutionId b) private pure returns (bytes32) {
        (bytes32 first, bytes32 second) = (InstitutionId.unwrap(a), InstitutionId.unwrap(b));
        return first < second ? keccak256(abi.encode(first, second)) : keccak256(abi.encode(second, first));
    }
}
