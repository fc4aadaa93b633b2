// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ScopeId} from "./Ids.sol";

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

/// @dev One participant's answer for one scope in one storage slot; see ConsentWordLib for the layout.
type ConsentWord is uint256;

/// @dev `until` of a consent that time does not end.
uint32 constant NO_EXPIRY = type(uint32).max;

/// @dev `ended` of a consent that no closing change has ended.
uint32 constant NOT_ENDED = type(uint32).max;

/// @dev The highest version: closings still work there, openings no longer.
uint16 constant LAST_VERSION = type(uint16).max;

/// @dev An opening: the participant agrees to registered terms.
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

/// @dev A closing: the consent rests until it is resumed.
struct Suspend {
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

/// @dev What makes a change act for a participant who does not send the transaction.
struct Authorisation {
    /// The participant's signer bytes; their keccak256 is the participant's id.
    bytes signer;
    /// When the participant signed (Unix seconds); never in the future.
    uint32 signedAt;
    /// The last second at which the signature may be used (Unix seconds).
    uint32 deadline;
    /// An account's 65-byte ECDSA signature of the EIP-712 message.
    bytes signature;
}
