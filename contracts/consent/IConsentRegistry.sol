// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Authorisation,
    ConsentStatus,
    ConsentWord,
    Grant,
    Resume,
    Suspend,
    Withdraw,
    WithdrawalExtent
} from "../types/Consent.sol";
import {ParticipantId, ScopeId} from "../types/Ids.sol";

/**
 * @title IConsentRegistry
 * @notice Every participant's standing answer for every scope, its history, and the changes of it.
 * @dev Opening changes (grant, resume) name the exact next version. Closing changes (suspend, withdraw) apply to
 * whatever version stands. The registry has no owner, no pause and no upgrade: nothing stops an included closing.
 *
 * Each change comes in two forms: by the participant's own transaction, and signed (EIP-712) for anyone to relay.
 * {relay} takes many of either. Every event carries the whole word, so that events alone rebuild the state.
 */
interface IConsentRegistry {
    /// @notice Emitted when a participant agrees to terms.
    event ConsentGranted(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a suspended consent goes on.
    event ConsentResumed(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a consent is laid to rest for the time being.
    event ConsentSuspended(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

    /// @notice Emitted when a consent ends.
    event ConsentWithdrawn(ScopeId indexed scopeId, ParticipantId indexed participantId, ConsentWord word);

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

    /// @notice Thrown when the signer bytes are of a kind that cannot be checked.
    /// @custom:fix Use the 20 bytes of an account's address.
    error ConsentSignerUnsupported(uint256 length);

    /// @notice Thrown when a signed closing neither follows nor strengthens the standing word.
    /// @custom:fix Nothing to do if it was applied before; otherwise sign again.
    error ConsentClosingSuperseded(uint32 signedAt, uint32 standingSignedAt);

    /// @notice Thrown when a consent that stands is granted again.
    /// @custom:fix Withdraw it first, or resume it if it is suspended.
    error ConsentAlreadyGranted();

    /// @notice Thrown when a consent that is not suspended is resumed.
    /// @custom:fix Grant anew, if the participant means to agree again.
    error ConsentNotSuspended(ConsentStatus status);

    /// @notice Thrown when the terms are not registered for the scope.
    /// @custom:fix Use the digest of terms that the scope's custodian or committee has published.
    error ConsentTermsUnknown(ScopeId scopeId, bytes32 termsDigest);

    /// @notice Thrown when a consent would end before it begins.
    /// @custom:fix Choose a later end; terms whose re-consent date has passed cannot be agreed to.
    error ConsentUntilPassed(uint32 until, uint256 blockTime);

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

    /// @notice Opens a consent by the participant's signature.
    function grantBySig(Grant calldata change, Authorisation calldata authorisation) external;

    /// @notice Opens a suspended consent again under its own terms by the participant's own transaction.
    function resume(Resume calldata change) external;

    /// @notice Opens a suspended consent again under its own terms by the participant's signature.
    function resumeBySig(Resume calldata change, Authorisation calldata authorisation) external;

    /// @notice Lays a consent to rest by the participant's own transaction. Never reverts.
    function suspend(ScopeId scopeId) external;

    /// @notice Lays a consent to rest by the participant's signature.
    function suspendBySig(Suspend calldata change, Authorisation calldata authorisation) external;

    /// @notice Ends a consent by the participant's own transaction. Never reverts for extents 1 to 3.
    function withdraw(ScopeId scopeId, WithdrawalExtent extent) external;

    /// @notice Ends a consent by the participant's signature.
    function withdrawBySig(Withdraw calldata change, Authorisation calldata authorisation) external;

    /**
     * @notice Applies many calls of this contract in order. A refused one is reported and spoils nothing else.
     * @param calls encoded calls of the functions above. Signed ones act for their signers, own ones for the sender.
     * @return accepted how many did not fail, calls that only read and nested batches among them.
     */
    function relay(bytes[] calldata calls) external returns (uint256 accepted);

    /// @notice The standing word of a participant in a scope; zero when there is none.
    function wordOf(ScopeId scopeId, ParticipantId participantId) external view returns (ConsentWord);

    /// @notice An earlier word, as it was when an opening replaced it, or the standing one at its own ordinal.
    function wordAt(ScopeId scopeId, ParticipantId participantId, uint16 ordinal) external view returns (ConsentWord);

    /// @notice The standing consent's computed status now.
    function statusOf(ScopeId scopeId, ParticipantId participantId) external view returns (ConsentStatus);

    /**
     * @notice Whether the participant permitted use at a time, and by which version.
     * @dev Exact for every time before the current block's; within the current second a closing may still come.
     * @param time Unix seconds, not after the current block's.
     * @return isPermitted opened <= time < min(until, ended), and the terms held.
     * @return version the version that permitted it; 0 when none did.
     */
    function permittedAt(
        ScopeId scopeId,
        ParticipantId participantId,
        uint256 time
    ) external view returns (bool isPermitted, uint16 version);
}
