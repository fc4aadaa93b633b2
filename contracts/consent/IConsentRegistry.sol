// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    Authorisation,
    Closing,
    ConsentKey,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Extend,
    Grant,
    Import,
    Recovery,
    Resume,
    TakeOver,
    Veto,
    Withdraw,
    WithdrawalExtent
} from "../types/Consent.sol";
import {InstitutionId, ParticipantId, ScopeId} from "../types/Ids.sol";

/**
 * @title IConsentRegistry
 * @notice Every participant's standing answer for every scope, its history, and the changes of it.
 * @dev Opening changes (grant, update, extend, resume) name the exact next version. Closing changes (suspend, decline,
 * withdraw, annul) apply to whatever version stands. The registry has no owner, no pause and no upgrade: nothing stops
 * an included closing.
 *
 * Each change comes in two forms: by the participant's own transaction, and signed (EIP-712) for anyone to relay. A
 * delegate signs for the participant whom the authorisation names. {relay} takes many of either. Every event carries
 * the whole word, so that events alone rebuild the state.
 *
 * The scope's custodian brings in what reaches it on paper: as attested, and to open only where no participant has ever
 * acted. An id whose consent moved to another id forwards to it for ever, closings included.
 */
interface IConsentRegistry {
    /// @notice Emitted when a participant agrees to terms.
    event ConsentGranted(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a standing consent is changed in what it agrees to.
    event ConsentUpdated(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a standing consent is to end later.
    event ConsentExtended(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a suspended consent goes on.
    event ConsentResumed(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a consent is laid to rest for the time being.
    event ConsentSuspended(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a consent ends.
    event ConsentWithdrawn(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a participant says no to what they are asked.
    event ConsentDeclined(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a consent proves to have been entered in error.
    event ConsentAnnulled(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted beside a signed change's own event when a delegate signed it.
    event ConsentActedFor(
        ScopeId indexed scopeId,
        ParticipantId indexed participantId,
        ParticipantId indexed delegateId
    );

    /// @notice Emitted when a consent on paper is brought in.
    event ConsentImported(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted beside a closing's own event when the custodian attests it.
    event ConsentClosingAttested(
        ScopeId indexed scopeId,
        ParticipantId indexed participantId,
        InstitutionId indexed custodian,
        uint32 signedAt
    );

    /// @notice Emitted when a consent moves to another id, by takeover or recovery.
    /// @param lastWord the old id's, for ever.
    /// @param word the new id's first.
    event ConsentMoved(
        ScopeId indexed scopeId,
        ParticipantId indexed participantId,
        ParticipantId indexed newParticipantId,
        ConsentWord lastWord,
        ConsentWord word
    );

    /// @notice Emitted when the custodian asks that a consent move to a new key. Meanwhile it closes, but cannot open.
    event ConsentRecoveryProposed(
        ScopeId indexed scopeId,
        ParticipantId indexed participantId,
        ParticipantId indexed newParticipantId,
        ConsentWord word
    );

    /// @notice Emitted when a second institution asks for it too.
    event ConsentRecoveryConfirmed(
        ScopeId indexed scopeId,
        ParticipantId indexed participantId,
        InstitutionId indexed institution,
        uint32 readyAt
    );

    /// @notice Emitted when the participant vetoes the move, or the custodian gives it up.
    event ConsentRecoveryEnded(
        ScopeId indexed scopeId,
        ParticipantId indexed participantId,
        bool isVetoed,
        ConsentWord word
    );

    /// @notice Emitted when an item of a batch is refused; it has used up nothing.
    /// @param index position in the batch, from 0.
    /// @param reason the encoded error; empty when the item is no well-formed call.
    event ConsentItemRejected(uint256 indexed index, bytes reason);

    /// @notice Thrown when an opening does not name the next version.
    /// @custom:fix Read the standing consent, and sign the next version if the change is still meant.
    error ConsentVersionMismatch(uint16 expected, uint16 given);

    /// @notice Thrown when an opening would go beyond the last version.
    /// @custom:fix Only closings work here; a further consent needs a new participant id.
    error ConsentVersionsExhausted();

    /// @notice Thrown when a signed closing names a version that does not stand yet.
    /// @custom:fix Relay it after the change that makes that version.
    error ConsentVersionTooLow(uint16 minVersion, uint16 standing);

    /// @notice Thrown when the signing time lies in the future.
    /// @custom:fix Relay it once the chain's time has reached the signing time, or set the signer's clock.
    error ConsentSignedInFuture(uint32 signedAt, uint256 blockTime);

    /// @notice Thrown when an opening was not signed after the standing word.
    /// @custom:fix Sign again, at least a second later than the standing word's signing time.
    error ConsentSignedTooEarly(uint32 signedAt, uint32 standingSignedAt);

    /// @notice Thrown when the signature's last second has passed.
    /// @custom:fix Have the participant sign again.
    error ConsentDeadlinePassed(uint32 deadline, uint256 blockTime);

    /// @notice Thrown when the signature is not the signer's over this very change on this contract and chain.
    /// @custom:fix Check the typed data, the chain id and the registry's address, and that the right key signed.
    error ConsentSignatureInvalid(ParticipantId participantId);

    /// @notice Thrown when a signed closing neither follows nor strengthens the standing word.
    /// @custom:fix Nothing to do if it was applied before; otherwise sign again.
    error ConsentClosingSuperseded(uint32 signedAt, uint32 standingSignedAt);

    /// @notice Thrown when a consent that stands is granted again.
    /// @custom:fix Withdraw it first, or resume it if it is suspended.
    error ConsentAlreadyGranted();

    /// @notice Thrown when what does not stand is updated or extended: only a new grant opens it again.
    /// @custom:fix Grant anew, if the participant means to agree again.
    error ConsentNotStanding(ConsentStatus status);

    /// @notice Thrown when a consent that is not suspended is resumed.
    /// @custom:fix Grant anew, if the participant means to agree again.
    error ConsentNotSuspended(ConsentStatus status);

    /// @notice Thrown when the terms are not registered for the scope.
    /// @custom:fix Use the digest of terms that the scope's custodian or committee has published.
    error ConsentTermsUnknown(ScopeId scopeId, bytes32 termsDigest);

    /// @notice Thrown when a consent would end before it begins.
    /// @custom:fix Choose a later end; terms whose re-consent date has passed cannot be agreed to.
    error ConsentUntilPassed(uint32 until, uint256 blockTime);

    /// @notice Thrown when an extension does not name the terms that stand.
    /// @custom:fix Extend under the standing terms; to change terms, update.
    error ConsentTermsNotStanding(bytes32 termsDigest, uint16 standingNumber);

    /// @notice Thrown when an extension, cut to the terms' re-consent date and the author's mandate, extends nothing.
    /// @custom:fix Choose a later end; past the terms' re-consent date only new terms help.
    error ConsentUntilNotLater(uint32 until, uint32 standingUntil);

    /// @notice Thrown when the preferences have a bit that means nothing.
    /// @custom:fix Use the PREFERENCE_ bits, and 0 to 2 for what happens after death.
    error ConsentPreferencesInvalid(uint8 preferences);

    /// @notice Thrown when whoever signed for another has no mandate for it now.
    /// @custom:fix Have the participant or a delegate with that mandate sign. Nobody signs for a delegate.
    error ConsentDelegateUnauthorised(ParticipantId participantId, ParticipantId delegateId);

    /// @notice Thrown when a delegate who may only narrow would widen.
    /// @custom:fix Keep to the same or registered narrower terms, no further element or preference, no later end.
    error ConsentNotNarrower();

    /// @notice Thrown when a guardian or custodian would open or annul what the participant has made their own.
    /// @custom:fix Only the participant opens it; a closing can be attested.
    error ConsentParticipantActed(ParticipantId participantId);

    /// @notice Thrown when a guardian or custodian would open what a minor said no to.
    /// @custom:fix Only the participant opens it again.
    error ConsentDissented(ParticipantId participantId);

    /// @notice Thrown when the caller does not act for the scope's custodian.
    /// @custom:fix Send from an account of the scope's custodian.
    error ConsentNotCustodian(ScopeId scopeId, InstitutionId caller);

    /// @notice Thrown when an attested id is no random one.
    /// @custom:fix Draw 32 random bytes for each participant of a scope.
    error ConsentParticipantIdWeak(ParticipantId participantId);

    /// @notice Thrown when an attested change is no closing.
    /// @custom:fix Name Suspended, Declined, Withdrawn or Annulled.
    error ConsentAttestationInvalid(ConsentState state);

    /// @notice Thrown when an id that forwards to another is to be opened or moved.
    /// @custom:fix Use the key of the id that it forwards to.
    error ConsentForwarded(ParticipantId participantId);

    /// @notice Thrown when a consent is to be opened while its move to a new key is pending.
    /// @custom:fix Veto the move with the old key, or complete it and use the new one.
    error ConsentLocked(ParticipantId participantId);

    /// @notice Thrown when the id that a consent would move to is no fresh one.
    /// @custom:fix Use a new key that has not acted in the scope.
    error ConsentTargetTaken(ParticipantId newParticipantId);

    /// @notice Thrown when a consent has moved too often.
    /// @custom:fix Withdraw it, and grant anew with a fresh key.
    error ConsentMovesExhausted();

    /// @notice Thrown when there is nothing to move: nobody has answered under the id.
    /// @custom:fix Check the scope and the participant's id.
    error ConsentUnknown(ScopeId scopeId, ParticipantId participantId);

    /// @notice Thrown when no such move is pending.
    /// @custom:fix Read the pending recovery; it may have been vetoed, given up or completed.
    error ConsentRecoveryUnknown(ScopeId scopeId, ParticipantId participantId);

    /// @notice Thrown when a move is asked for soon after a veto.
    /// @custom:fix Wait until then, or close the consent as attested.
    error ConsentRecoveryVetoed(uint256 until);

    /// @notice Thrown when the institution that confirms a move is the one that proposed it.
    /// @custom:fix Have another member institution confirm it.
    error ConsentRecoverySameInstitution(InstitutionId institution);

    /// @notice Thrown when a move is completed without confirmation, or before the time to veto is over.
    /// @custom:fix Wait for the second institution, then for the delay; readyAt is 0 until it is confirmed.
    error ConsentRecoveryNotReady(uint32 readyAt, uint256 blockTime);

    /// @notice Thrown when a withdrawal names no extent.
    /// @custom:fix Name 1 (no further contact), 2 (no further access) or 3 (no further use, the default).
    error ConsentExtentInvalid();

    /// @notice Thrown when a batch is sent with too little gas to judge its next item.
    /// @custom:fix Send the batch with more gas, or fewer items.
    error ConsentGasTooLow(uint256 index, uint256 gasLeft);

    /// @notice Thrown when a reader asks for a time that is still to come.
    /// @custom:fix Ask for the latest block's time or earlier.
    error ConsentTimeInFuture(uint256 time, uint256 blockTime);

    /// @notice Opens a consent by the participant's own transaction.
    function grant(Grant calldata change) external;

    /// @notice Opens a consent by signature.
    function grantBySig(Grant calldata change, Authorisation calldata authorisation) external;

    /// @notice Changes what a standing consent agrees to. A suspended one stays suspended.
    function update(Grant calldata change) external;

    /// @notice Changes what a standing consent agrees to, by signature.
    function updateBySig(Grant calldata change, Authorisation calldata authorisation) external;

    /// @notice Puts a standing consent's end off. A suspended one stays suspended.
    function extend(Extend calldata change) external;

    /// @notice Puts a standing consent's end off, by signature.
    function extendBySig(Extend calldata change, Authorisation calldata authorisation) external;

    /// @notice Opens a suspended consent again under its own terms.
    function resume(Resume calldata change) external;

    /// @notice Opens a suspended consent again under its own terms, by signature.
    function resumeBySig(Resume calldata change, Authorisation calldata authorisation) external;

    /// @notice Lays a consent to rest by the participant's own transaction. Never reverts.
    function suspend(ScopeId scopeId) external;

    /// @notice Lays a consent to rest by signature.
    function suspendBySig(Closing calldata change, Authorisation calldata authorisation) external;

    /// @notice Says no by the participant's own transaction. Never reverts.
    function decline(ScopeId scopeId) external;

    /// @notice Says no by signature.
    function declineBySig(Closing calldata change, Authorisation calldata authorisation) external;

    /// @notice Ends a consent by the participant's own transaction. Never reverts for extents 1 to 3.
    function withdraw(ScopeId scopeId, WithdrawalExtent extent) external;

    /// @notice Ends a consent by signature.
    function withdrawBySig(Withdraw calldata change, Authorisation calldata authorisation) external;

    /// @notice Marks a consent as entered in error by the participant's own transaction. Never reverts.
    function annul(ScopeId scopeId) external;

    /// @notice Marks a consent as entered in error, by signature.
    function annulBySig(Closing calldata change, Authorisation calldata authorisation) external;

    /**
     * @notice Brings in a consent on paper. For an account of the scope's custodian, in good standing.
     * @dev Only where nobody but the custodian has ever acted. A later paper replaces an earlier one that stands; while
     * the consent is suspended it stays so. A first import appends itself to the scope's index, unless its id follows
     * on that of another in a series.
     */
    function importConsent(Import calldata change) external;

    /**
     * @notice Closes for a participant who said so on paper or by telephone. For an account of the scope's custodian,
     * whatever its standing: an attested closing is always accepted. A first word is listed as that of an import.
     */
    function attest(Attestation calldata change) external;

    /**
     * @notice Moves a consent that a custodian or guardian has kept to the participant's own key. Sent by an account of
     * the scope's custodian, in good standing, and signed by the participant.
     */
    function takeOver(TakeOver calldata change, Authorisation calldata authorisation) external;

    /// @notice Asks that a consent move to a new key. For an account of the scope's custodian, in good standing.
    function proposeRecovery(ScopeId scopeId, ParticipantId participantId, ParticipantId newParticipantId) external;

    /// @notice Asks for the same. For an account of any other institution in good standing. Starts the delay.
    function confirmRecovery(ScopeId scopeId, ParticipantId participantId, ParticipantId newParticipantId) external;

    /// @notice Vetoes the pending move by the old key's own transaction.
    function vetoRecovery(ScopeId scopeId) external;

    /// @notice Vetoes the pending move by the old key's signature.
    function vetoRecoveryBySig(Veto calldata change, Authorisation calldata authorisation) external;

    /// @notice Gives the pending move up. For an account of the scope's custodian.
    function cancelRecovery(ScopeId scopeId, ParticipantId participantId) external;

    /// @notice Moves the consent, for anyone, once the delay is over.
    function completeRecovery(ScopeId scopeId, ParticipantId participantId) external;

    /**
     * @notice Applies many calls of this contract in order. A refused one is reported and spoils nothing else.
     * @param calls encoded calls of the functions above. Signed ones act for their signers, own ones for the sender.
     * @return accepted how many did not fail, calls that only read and nested batches among them.
     */
    function relay(bytes[] calldata calls) external returns (uint256 accepted);

    /// @notice The standing word of a participant in a scope, or of the id that theirs forwards to; zero for none.
    function wordOf(ScopeId scopeId, ParticipantId participantId) external view returns (ConsentWord);

    /**
     * @notice An earlier word of the very id, as it was when an opening replaced it, or its last at its own ordinal.
     * @dev An id that forwards to another keeps its own history.
     */
    function wordAt(ScopeId scopeId, ParticipantId participantId, uint16 ordinal) external view returns (ConsentWord);

    /// @notice The last word of the very id, whether or not it forwards to another; zero without one.
    function lastWordOf(ScopeId scopeId, ParticipantId participantId) external view returns (ConsentWord);

    /**
     * @notice All words of the very ids, in the order of the keys and for each in that of opening; see {wordAt}.
     * @param from the first time of signing to give words of (Unix seconds).
     * @param to the last.
     */
    function wordsSignedBetween(
        ConsentKey[] calldata keys,
        uint256 from,
        uint256 to
    ) external view returns (ConsentWord[][] memory);

    /**
     * @notice What the participants of a series had said by a time: of each, the last word signed at that time or
     * before, or of the id that theirs forwards to; zero for one who had said nothing yet. A closed one whenever it was
     * closed, so that nobody is found by what they have taken back.
     * @dev For search, not for lawfulness: see {permittedAt}. A closing writes its own time of signing over that of the
     * answer which it ends; that answer then counts from its opening.
     * @param first an id; those after it in its series follow, in their order, up to the first gap.
     * @param limit the most words to return.
     * @param time Unix seconds; beyond the present for the standing words.
     */
    function wordsInSeries(
        ScopeId scopeId,
        ParticipantId first,
        uint256 limit,
        uint256 time
    ) external view returns (ConsentWord[] memory);

    /// @notice The id under which the consent goes on: the given one unless it forwards to another.
    function forwardOf(ScopeId scopeId, ParticipantId participantId) external view returns (ParticipantId);

    /// @notice The pending move of a consent to a new key; without one, only when the last was vetoed.
    function recoveryOf(ScopeId scopeId, ParticipantId participantId) external view returns (Recovery memory);

    /// @notice The standing consent's computed status now.
    function statusOf(ScopeId scopeId, ParticipantId participantId) external view returns (ConsentStatus);

    /**
     * @notice Whether the participant permitted use at a time, and by which version.
     * @dev Exact for every time before the current block's; within the current second a closing may still come.
     * @param time Unix seconds, not after the current block's.
     * @return isPermitted opened <= time < min(until, ended), and the terms held.
     * @return version the version that permitted it, of the id under which the consent stood then; 0 when none did.
     */
    function permittedAt(
        ScopeId scopeId,
        ParticipantId participantId,
        uint256 time
    ) external view returns (bool isPermitted, uint16 version);
}
