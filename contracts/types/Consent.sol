// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId, ScopeId} from "./Ids.sol";

/// @dev What a consent word stores. The order is part of the storage layout.
enum ConsentState {
    None,
    Declined,
    Active,
    Suspended,
    Withdrawn,
    Annulled
}

/// @dev What a reader sees: the stored state, or what time alone has made of it.
enum ConsentStatus {
    None,
    Declined,
    Active,
    Suspended,
    Withdrawn,
    Annulled,
    Scheduled,
    Expired
}

/// @dev How far a withdrawal reaches. Its strength only ever rises.
enum WithdrawalExtent {
    None,
    NoFurtherContact,
    NoFurtherAccess,
    NoFurtherUse
}

/// @dev Who opened the standing word, or was the first to act where only a custodian had.
enum ConsentAuthor {
    Participant,
    Guardian,
    Proxy,
    Custodian
}

/// @dev One participant's answer for one scope in one storage slot; see ConsentWordLib for the layout.
type ConsentWord is uint256;

/// @dev `until` of a consent that time does not end.
uint32 constant NO_EXPIRY = type(uint32).max;

/// @dev `ended` of a consent that no closing change has ended.
uint32 constant NOT_ENDED = type(uint32).max;

/// @dev The highest version: closings still work there, openings no longer.
uint16 constant LAST_VERSION = type(uint16).max;

/// @dev How long the old key may veto the move of a consent to a new key, once two institutions ask for it.
uint32 constant RECOVERY_DELAY = 14 days;

/// @dev How often a consent may move to another participant id, so that no way from an old id grows without bound.
uint256 constant MAX_FORWARDS = 8;

/// @dev Preferences of a consent. A zero byte allows least.
uint8 constant PREFERENCE_RECONTACT = 1 << 0;
uint8 constant PREFERENCE_INDIVIDUAL_FINDINGS = 1 << 1;
uint8 constant PREFERENCE_RECORD_LINKAGE = 1 << 2;
uint8 constant PREFERENCE_SECONDARY_USE = 1 << 3;
/// @dev After death: 0 stop, 1 continue, 2 relatives decide; two bits from here.
uint8 constant PREFERENCE_AFTER_DEATH_SHIFT = 4;
/// @dev The highest valid preferences: every bit above, and relatives decide.
uint8 constant MAX_PREFERENCES = 0x2f;

/// @dev Whose answer, and for what.
struct ConsentKey {
    ScopeId scopeId;
    ParticipantId participantId;
}

/// @dev An opening, by grant or by update: what the participant agrees to under registered terms.
struct Grant {
    /// What the consent is about.
    ScopeId scopeId;
    /// Digest of the terms agreed to; they pin the releases of every vocabulary.
    bytes32 termsDigest;
    /// Bits of the data dictionary's categories and elements.
    uint64 elements;
    /// Preferences byte: re-contact, findings, after death, linkage, secondary use.
    uint8 preferences;
    /// First second at which the consent no longer holds (Unix seconds), or NO_EXPIRY.
    uint32 until;
    /// The exact version that this change makes: the standing one plus one.
    uint16 version;
}

/// @dev An opening: a suspended consent goes on under its own terms.
struct Resume {
    ScopeId scopeId;
    /// The exact version that this change makes: the standing one plus one.
    uint16 version;
}

/// @dev An opening: a standing consent ends later than it would, under its own terms.
struct Extend {
    ScopeId scopeId;
    /// Digest of the terms that stand.
    bytes32 termsDigest;
    /// First second at which the consent no longer holds (Unix seconds), or NO_EXPIRY; later than before.
    uint32 until;
    /// The exact version that this change makes: the standing one plus one.
    uint16 version;
}

/// @dev A closing by suspend, decline or annul.
struct Closing {
    ScopeId scopeId;
    /// The lowest standing version that this change may close.
    uint16 minVersion;
}

/// @dev A closing: the consent ends; only a new grant opens again.
struct Withdraw {
    ScopeId scopeId;
    /// How far it reaches: 1 to 3.
    WithdrawalExtent extent;
    /// The lowest standing version that this change may close.
    uint16 minVersion;
}

/// @dev A consent on paper that the scope's custodian brings in.
struct Import {
    /// What a participant would have granted.
    Grant agreed;
    /// A random id, no key's: above 2^128, so that its upper half is random too.
    ParticipantId participantId;
    /// When the paper was signed (Unix seconds); never in the future.
    uint32 signedAt;
}

/// @dev A closing that reached the scope's custodian on paper or by telephone.
struct Attestation {
    ScopeId scopeId;
    ParticipantId participantId;
    /// Suspended, Declined or Withdrawn; Annulled for what only the custodian has ever written.
    ConsentState state;
    /// How far a withdrawal reaches; None for the others.
    WithdrawalExtent extent;
    /// Whether a minor said so: no guardian opens it again.
    bool dissent;
    /// When it was said (Unix seconds); never in the future.
    uint32 signedAt;
}

/// @dev An opening: a participant takes an attested consent over to their own key.
struct TakeOver {
    ScopeId scopeId;
    /// The id under which the custodian or a guardian has kept the consent.
    ParticipantId attestedId;
}

/// @dev A participant's no to the move of their consent to another key.
struct Veto {
    ScopeId scopeId;
    /// The id that the consent would move to.
    ParticipantId newParticipantId;
}

/// @dev The move of a consent to a new key, while it is pending.
struct Recovery {
    ParticipantId newParticipantId;
    /// When the custodian asked for it (Unix seconds): no veto signed before counts.
    uint32 proposedAt;
    /// From when it may be completed (Unix seconds); 0 until a second institution has confirmed it.
    uint32 readyAt;
    /// When the participant last vetoed one (Unix seconds); 0 when never.
    uint32 vetoedAt;
}

/// @dev What makes a change act for a participant who does not send the transaction.
struct Authorisation {
    /// Whoever signs: 20 bytes of an account, an ERC-7913 signer (verifier and key), or a group. See SignerLib.
    bytes signer;
    /// Whose consent it is; zero when it is the signer's own. Another's: the signer acts as their delegate.
    ParticipantId participantId;
    /// When the signer signed (Unix seconds); never in the future.
    uint32 signedAt;
    /// The last second at which the signature may be used (Unix seconds).
    uint32 deadline;
    /// The signature of the EIP-712 message, in the form of the signer's kind.
    bytes signature;
}

/// @dev Who does a change, as the registry has found.
struct Act {
    /// Whose consent it is.
    ParticipantId participantId;
    ConsentAuthor author;
    /// When the author said it (Unix seconds).
    uint32 signedAt;
    /// The latest end of what the author opens (Unix seconds): a guardian's words end with the guardianship.
    uint32 latestUntil;
    /// Whether the author may update to what is narrower only.
    bool mustNarrow;
    /// Whether the custodian attests a minor's dissent.
    bool isDissent;
}
