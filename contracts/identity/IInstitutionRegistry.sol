// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstitutionId} from "../types/Ids.sol";
import {Institution} from "../types/Institution.sol";

/// @title IInstitutionRegistry
/// @notice The consortium's member organisations, the accounts that act for them, and their standing.
interface IInstitutionRegistry {
    /// @notice Emitted when an institution becomes a member.
    event InstitutionAdmitted(InstitutionId indexed institutionId, uint8 roles, bool notForProfit);

    /// @notice Emitted when an account may act for an institution.
    event InstitutionAccountAdded(InstitutionId indexed institutionId, address indexed account);

    /// @notice Emitted when an account may no longer act for an institution.
    event InstitutionAccountRemoved(InstitutionId indexed institutionId, address indexed account);

    /// @notice Emitted when an institution loses its standing for the time being.
    event InstitutionSuspended(InstitutionId indexed institutionId);

    /// @notice Emitted when a suspended institution has its standing back.
    event InstitutionReinstated(InstitutionId indexed institutionId);

    /// @notice Thrown when an institution is admitted twice, or under the empty id.
    /// @custom:fix Choose another id; a suspended institution is reinstated, not admitted again.
    error InstitutionIdTaken(InstitutionId institutionId);

    /// @notice Thrown when nobody of that id is a member.
    /// @custom:fix Check the id, or have the institution admitted first.
    error InstitutionUnknown(InstitutionId institutionId);

    /// @notice Thrown when an institution has no role, or one that does not exist.
    /// @custom:fix Give at least one of custodian 1, processor 2, researcher 4, committee 8, auditor 16.
    error InstitutionRolesInvalid(uint8 roles);

    /// @notice Thrown when an account acts for an institution already.
    /// @custom:fix Use another account, or remove this one from its institution first.
    error InstitutionAccountTaken(address account, InstitutionId institutionId);

    /// @notice Thrown when an account acts for no institution, or for another one.
    /// @custom:fix Send from an account that the registrar has added for the institution.
    error InstitutionAccountUnknown(address account);

    /// @notice Thrown when the institution is not in good standing.
    /// @custom:fix Have the registrar reinstate the institution.
    error InstitutionNotInStanding(InstitutionId institutionId);

    /// @notice Thrown when an institution that is not suspended is reinstated.
    /// @custom:fix Nothing to do: the institution is in good standing.
    error InstitutionNotSuspended(InstitutionId institutionId);

    /**
     * @notice Admits an institution with its first account. For the registrar.
     * @param institutionId keccak256 of the institution's public identifier.
     * @param roles INSTITUTION_ROLES bits: custodian 1, processor 2, researcher 4, committee 8, auditor 16.
     * @param notForProfit whether it is a not-for-profit organisation (read for DUO:0000045).
     * @param account the account that acts for it.
     */
    function admit(InstitutionId institutionId, uint8 roles, bool notForProfit, address account) external;

    /// @notice Lets a further account act for an institution. For the registrar.
    function addAccount(InstitutionId institutionId, address account) external;

    /// @notice Ends that an account acts for its institution. For the registrar.
    function removeAccount(address account) external;

    /// @notice Takes an institution's standing: it can do nothing, and its licences rest. For the registrar.
    function suspend(InstitutionId institutionId) external;

    /// @notice Gives a suspended institution its standing back. For the registrar.
    function reinstate(InstitutionId institutionId) external;

    /// @notice The record of an institution; reverts with InstitutionUnknown when there is none.
    function institution(InstitutionId institutionId) external view returns (Institution memory);

    /// @notice Whether an institution is a member on record as not-for-profit, whatever its standing.
    function isNotForProfit(InstitutionId institutionId) external view returns (bool);

    /// @notice Whether the institution is a member in good standing.
    function isInStanding(InstitutionId institutionId) external view returns (bool);

    /// @notice The institution an account acts for, the empty id for none.
    function institutionOf(address account) external view returns (InstitutionId);

    /// @notice The institution an account acts for; reverts unless there is one, in good standing.
    function actingInstitution(address account) external view returns (InstitutionId);
}
