// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstitutionId} from "../types/Ids.sol";
import {Institution, InstitutionProfile, InstitutionType} from "../types/Institution.sol";

/**
 * @title IInstitutionRegistry
 * @notice The consortium's member organisations: their records, accounts, officials and users, their standing, and
 * which of them are in conflict.
 * @dev An address belongs to one institution at the most: as an account, which sends transactions with the roles of the
 * institution, as an official, who signs for it (purposes, statements, agreements), or as both.
 */
interface IInstitutionRegistry {
    /// @notice Emitted when an institution becomes a member.
    event InstitutionAdmitted(
        InstitutionId indexed institutionId,
        uint8 roles,
        bool notForProfit,
        InstitutionType institutionType,
        uint32 region
    );

    /// @notice Emitted when an account may act for an institution.
    event InstitutionAccountAdded(InstitutionId indexed institutionId, address indexed account);

    /// @notice Emitted when an account may no longer act for an institution.
    event InstitutionAccountRemoved(InstitutionId indexed institutionId, address indexed account);

    /// @notice Emitted when somebody may sign for an institution.
    event InstitutionOfficialAdded(InstitutionId indexed institutionId, address indexed official);

    /// @notice Emitted when somebody may no longer sign for an institution.
    event InstitutionOfficialRemoved(InstitutionId indexed institutionId, address indexed official);

    /// @notice Emitted when a person becomes a user of an institution; they are of no other then.
    event InstitutionUserAdded(InstitutionId indexed institutionId, bytes32 indexed commitment);

    /// @notice Emitted when a person is no longer a user of an institution, by its own act or as another takes them on.
    event InstitutionUserRemoved(InstitutionId indexed institutionId, bytes32 indexed commitment);

    /// @notice Emitted when an institution loses its standing for the time being.
    event InstitutionSuspended(InstitutionId indexed institutionId);

    /// @notice Emitted when a suspended institution has its standing back.
    event InstitutionReinstated(InstitutionId indexed institutionId);

    /// @notice Emitted when an institution loses its standing for ever.
    event InstitutionExpelled(InstitutionId indexed institutionId);

    /// @notice Emitted when another institution takes an institution's place for ever.
    event InstitutionSucceeded(InstitutionId indexed institutionId, InstitutionId indexed successor);

    /// @notice Emitted when an institution says that it and another are in conflict of interest.
    event InstitutionConflictDeclared(InstitutionId indexed declarant, InstitutionId indexed other, bytes32 document);

    /// @notice Emitted when two institutions are in conflict of interest no longer; in the order that was given.
    event InstitutionConflictLifted(InstitutionId indexed a, InstitutionId indexed b, bytes32 document);

    /// @notice Thrown when an institution is admitted twice, or under the empty id.
    /// @custom:fix Choose another id; a suspended institution is reinstated, not admitted again.
    error InstitutionIdTaken(InstitutionId institutionId);

    /// @notice Thrown when nobody of that id is a member.
    /// @custom:fix Check the id, or have the institution admitted first.
    error InstitutionUnknown(InstitutionId institutionId);

    /// @notice Thrown when an institution has no role, or one that does not exist.
    /// @custom:fix Give at least one of custodian 1, processor 2, researcher 4, committee 8, auditor 16.
    error InstitutionRolesInvalid(uint8 roles);

    /// @notice Thrown when a company is to be not-for-profit, or a non-profit organisation is not to be.
    /// @custom:fix Correct the type, or whether it is not-for-profit.
    error InstitutionProfitContradictory(InstitutionType institutionType, bool notForProfit);

    /// @notice Thrown when an institution has no region.
    /// @custom:fix Give the code of the region where it is established, for instance that of DK.
    error InstitutionRegionMissing();

    /// @notice Thrown when an account acts for an institution already: another one, or this one.
    /// @custom:fix Use another account, or remove this one from its institution first.
    error InstitutionAccountTaken(address account, InstitutionId institutionId);

    /// @notice Thrown when an account acts for no institution, or for another one.
    /// @custom:fix Send from an account that the registrar has added for the institution.
    error InstitutionAccountUnknown(address account);

    /// @notice Thrown when an official signs for an institution already: another one, or this one.
    /// @custom:fix Use another account, or remove this official from their institution first.
    error InstitutionOfficialTaken(address official, InstitutionId institutionId);

    /// @notice Thrown when an account signs for no institution.
    /// @custom:fix Have somebody sign whom the registrar has added as an official of the institution.
    error InstitutionOfficialUnknown(address official);

    /// @notice Thrown when a person is a user of an institution already.
    /// @custom:fix Have that institution remove the user first; nothing to do if it is the sender's own.
    error InstitutionUserTaken(bytes32 commitment, InstitutionId institutionId);

    /// @notice Thrown when nobody is meant, or no user of the sender's institution.
    /// @custom:fix Give the salted commitment that the user was added with.
    error InstitutionUserUnknown(bytes32 commitment);

    /// @notice Thrown when the institution is not in good standing.
    /// @custom:fix Have the registrar reinstate it; once expelled or succeeded, an institution never acts again.
    error InstitutionNotInStanding(InstitutionId institutionId);

    /// @notice Thrown when an institution that is not suspended is reinstated.
    /// @custom:fix Nothing to do if it is in good standing; once expelled or succeeded, it is never reinstated.
    error InstitutionNotSuspended(InstitutionId institutionId);

    /// @notice Thrown when an institution is to end that was expelled or succeeded before.
    /// @custom:fix Nothing to do: both are for ever.
    error InstitutionEnded(InstitutionId institutionId);

    /// @notice Thrown when an institution is to succeed itself, or the successor is not in good standing.
    /// @custom:fix Name another institution that is admitted and not suspended.
    error InstitutionSuccessorInvalid(InstitutionId institutionId, InstitutionId successor);

    /// @notice Thrown when there would be more than MAX_SUCCESSIONS in a row.
    /// @custom:fix Have an institution succeed that fewer stand behind.
    error InstitutionSuccessionsExhausted(InstitutionId institutionId, InstitutionId successor);

    /// @notice Thrown when institutions are in conflict already; an institution always is with itself.
    /// @custom:fix Nothing to do: the conflict stands.
    error InstitutionInConflict(InstitutionId a, InstitutionId b);

    /// @notice Thrown when there is no declared conflict to lift.
    /// @custom:fix Check both ids.
    error InstitutionNotInConflict(InstitutionId a, InstitutionId b);

    /**
     * @notice Admits an institution with its first account, which is its first official too. For the registrar.
     * @param institutionId keccak256 of the institution's public identifier.
     * @param profile what it is; its roles are INSTITUTION_ROLES bits: custodian 1, processor 2, researcher 4,
     * committee 8, auditor 16.
     * @param account the account that acts and signs for it.
     */
    function admit(InstitutionId institutionId, InstitutionProfile calldata profile, address account) external;

    /// @notice Lets a further account act for an institution, with its roles. For the registrar.
    function addAccount(InstitutionId institutionId, address account) external;

    /// @notice Ends that an account acts for its institution, and that it signs for it. For the registrar.
    function removeAccount(address account) external;

    /// @notice Lets somebody sign for an institution; gives no role. For the registrar.
    function addOfficial(InstitutionId institutionId, address official) external;

    /// @notice Ends that somebody signs for their institution; an account of it remains one. For the registrar.
    function removeOfficial(address official) external;

    /**
     * @notice Makes a person a user of the caller's institution: one of those who work with data there.
     * @param commitment the person's salted commitment, never a name, as on the who-lists of terms and purposes. A user
     * of an institution that has ended may become one of another.
     */
    function addUser(bytes32 commitment) external;

    /// @notice Ends that a person is a user of the caller's institution.
    function removeUser(bytes32 commitment) external;

    /// @notice Takes an institution's standing: it can do nothing, and its licences rest. For the registrar.
    function suspend(InstitutionId institutionId) external;

    /// @notice Gives a suspended institution its standing back. For the registrar.
    function reinstate(InstitutionId institutionId) external;

    /// @notice Takes an institution's standing for ever. For the registrar.
    function expel(InstitutionId institutionId) external;

    /**
     * @notice Puts another institution in an institution's place for ever, as after a merger. For the registrar.
     * @dev Accounts, officials and users are not handed on; see {isActingFor} for what is.
     * @param successor an institution in good standing, which may later be succeeded itself.
     */
    function succeed(InstitutionId institutionId, InstitutionId successor) external;

    /**
     * @notice Says that the caller's institution and another are in conflict of interest: one of them owns or funds the
     * other, for instance. A successor declares its own.
     * @param document digest of the declaration.
     */
    function declareConflict(InstitutionId other, bytes32 document) external;

    /// @notice Ends a conflict of interest. For the registrar.
    /// @param document digest of the reasons.
    function liftConflict(InstitutionId a, InstitutionId b, bytes32 document) external;

    /// @notice The record of an institution; reverts with InstitutionUnknown when there is none.
    function institution(InstitutionId institutionId) external view returns (Institution memory);

    /// @notice Whether an institution is a member on record as not-for-profit, whatever its standing.
    function isNotForProfit(InstitutionId institutionId) external view returns (bool);

    /// @notice The code of an institution's region, whatever its standing; 0 when there is no such institution.
    function regionOf(InstitutionId institutionId) external view returns (uint32);

    /// @notice Whether the institution is a member in good standing.
    function isInStanding(InstitutionId institutionId) external view returns (bool);

    /// @notice The institution an account acts for, the empty id for none.
    function institutionOf(address account) external view returns (InstitutionId);

    /// @notice The institution an account acts for; reverts unless there is one, in good standing.
    function actingInstitution(address account) external view returns (InstitutionId);

    /// @notice The institution that an official signs for, the empty id for none.
    function officialOf(address official) external view returns (InstitutionId);

    /// @notice The institution that an official signs for; reverts unless there is one, in good standing.
    function actingOfficial(address official) external view returns (InstitutionId);

    /// @notice Whether a person is a user of an institution, whatever its standing.
    function isUser(InstitutionId institutionId, bytes32 commitment) external view returns (bool);

    /// @notice The institution that has taken an institution's place, the empty id for none.
    function successorOf(InstitutionId institutionId) external view returns (InstitutionId);

    /**
     * @notice Whether an institution has the say in another's matters: it is the same one, or was reached from it by
     * successions, at most MAX_SUCCESSIONS of them.
     * @dev Says nothing of standing: take the caller from {actingInstitution}.
     */
    function isActingFor(InstitutionId caller, InstitutionId institutionId) external view returns (bool);

    /// @notice Whether two institutions are in conflict of interest, in either order; an institution is with itself.
    function isInConflict(InstitutionId a, InstitutionId b) external view returns (bool);
}
