// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Authorisation} from "../types/Consent.sol";
import {Appointment, Dismissal, Mandate} from "../types/Delegate.sol";
import {InstitutionId, ParticipantId, ScopeId} from "../types/Ids.sol";

/**
 * @title IDelegateRegistry
 * @notice Who may act for whom: proxies, whom participants appoint, and guardians, whom a scope's custodian attests.
 * @dev A mandate takes no say from the participant. It reaches one scope: participants have an id for each.
 */
interface IDelegateRegistry {
    /// @notice Emitted when a mandate is given; the one before it counts no more.
    event DelegateAdded(
        ScopeId indexed scopeId,
        ParticipantId indexed participantId,
        ParticipantId indexed delegateId,
        Mandate mandate
    );

    /// @notice Emitted when a mandate is taken back or given up.
    event DelegateRemoved(
        ScopeId indexed scopeId,
        ParticipantId indexed participantId,
        ParticipantId indexed delegateId,
        uint32 signedAt
    );

    /// @notice Thrown when someone is to be their own delegate, or nobody is to be one.
    /// @custom:fix Name the id of another signer.
    error DelegateInvalid(ParticipantId delegateId);

    /// @notice Thrown when a mandate has no verb, or one that does not exist.
    /// @custom:fix Name some of grant, update, narrow, resume, extend and close.
    error DelegateVerbsInvalid(uint8 verbs);

    /// @notice Thrown when a mandate would have ended before it begins.
    /// @custom:fix Choose a later end.
    error DelegateUntilPassed(uint32 until, uint256 blockTime);

    /// @notice Thrown when a guardianship does not end with a half-year: a majority date is a birth date.
    /// @custom:fix Round the end up to the next 1 January or 1 July, 00:00 UTC.
    error DelegateUntilNotHalfYear(uint32 until);

    /// @notice Thrown when a mandate neither follows nor ends the one that stands.
    /// @custom:fix Nothing to do if it was applied before; otherwise sign again.
    error DelegateSuperseded(uint32 signedAt, uint32 standingSignedAt);

    /// @notice Thrown when there is no mandate to take back.
    /// @custom:fix Check the scope and both ids.
    error DelegateUnknown(ScopeId scopeId, ParticipantId participantId, ParticipantId delegateId);

    /// @notice Thrown when a custodian meddles with a proxy, or a participant's proxy takes a guardian's place.
    /// @custom:fix A guardian is added and removed by the scope's custodian, a proxy by the participant.
    error DelegateKindStands(ParticipantId delegateId);

    /// @notice Thrown when the caller does not act for the scope's custodian.
    /// @custom:fix Send from an account of the scope's custodian.
    error DelegateNotCustodian(ScopeId scopeId, InstitutionId caller);

    /// @notice Thrown when a delegate signs for a participant who must sign themself.
    /// @custom:fix Leave participantId zero, and have the participant sign.
    error DelegateNotParticipant(ParticipantId participantId, ParticipantId signerId);

    /// @notice Thrown when the signing time lies in the future.
    /// @custom:fix Relay it once the chain's time has reached the signing time, or set the signer's clock.
    error DelegateSignedInFuture(uint32 signedAt, uint256 blockTime);

    /// @notice Thrown when the signature's last second has passed.
    /// @custom:fix Have the participant sign again.
    error DelegateDeadlinePassed(uint32 deadline, uint256 blockTime);

    /// @notice Thrown when the signature is not the signer's over this very change on this contract and chain.
    /// @custom:fix Check the typed data, the chain id and the contract's address, and that the right key signed.
    error DelegateSignatureInvalid(ParticipantId participantId);

    /// @notice Appoints a proxy by the participant's own transaction.
    function appoint(Appointment calldata change) external;

    /// @notice Appoints a proxy by the participant's signature.
    function appointBySig(Appointment calldata change, Authorisation calldata authorisation) external;

    /// @notice Takes a proxy's mandate back by the participant's own transaction.
    function dismiss(Dismissal calldata change) external;

    /// @notice Takes a proxy's mandate back by the participant's signature.
    function dismissBySig(Dismissal calldata change, Authorisation calldata authorisation) external;

    /// @notice Gives one's own mandate up: by the delegate's own transaction.
    function renounce(ScopeId scopeId, ParticipantId participantId) external;

    /**
     * @notice Attests a guardian. For an account of the scope's custodian, who has seen the papers.
     * @dev A guardian opens nothing where the participant has acted with a key of their own; see IConsentRegistry.
     * @param until end of the guardianship, rounded up to a half-year: 1 January or 1 July, 00:00 UTC (Unix seconds).
     */
    function addGuardian(ScopeId scopeId, ParticipantId participantId, ParticipantId delegateId, uint32 until) external;

    /// @notice Ends a guardianship, closing included. For an account of the scope's custodian.
    function removeGuardian(ScopeId scopeId, ParticipantId participantId, ParticipantId delegateId) external;

    /// @notice The mandate that stands; all zero when there never was one, of kind None when it was taken back.
    function mandateOf(
        ScopeId scopeId,
        ParticipantId participantId,
        ParticipantId delegateId
    ) external view returns (Mandate memory);
}
