// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantId, ScopeId} from "./Ids.sol";

/// @dev Why someone may act for a participant. The order is part of the storage layout.
enum DelegateKind {
    None,
    Guardian,
    Proxy
}

/// @dev What a proxy may do, as a set. A guardian may do all of it.
uint8 constant MANDATE_GRANT = 1 << 0;
uint8 constant MANDATE_UPDATE = 1 << 1;
/// @dev Update to what is narrower: the same terms or a registered narrower pair, no further element, no later end.
uint8 constant MANDATE_NARROW = 1 << 2;
uint8 constant MANDATE_RESUME = 1 << 3;
uint8 constant MANDATE_EXTEND = 1 << 4;
uint8 constant MANDATE_CLOSE = 1 << 5;
uint8 constant ALL_MANDATES = (1 << 6) - 1;

/// @dev What one delegate may do for one participant in one scope: one slot.
struct Mandate {
    DelegateKind kind;
    /// The MANDATE_ bits.
    uint8 verbs;
    /// First second at which it no longer holds (Unix seconds). A guardian may still close afterwards.
    uint32 until;
    /// When it was given or taken back (Unix seconds).
    uint32 signedAt;
}

/// @dev A participant makes someone their proxy.
struct Appointment {
    ScopeId scopeId;
    /// keccak256 of the delegate's signer bytes.
    ParticipantId delegateId;
    /// What they may do: the MANDATE_ bits.
    uint8 verbs;
    /// First second at which the mandate no longer holds (Unix seconds).
    uint32 until;
}

/// @dev A participant takes a mandate back.
struct Dismissal {
    ScopeId scopeId;
    ParticipantId delegateId;
}
