// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {ConsentAuthor, ConsentWord, Grant} from "../../contracts/types/Consent.sol";
import {DelegateKind, MANDATE_CLOSE, MANDATE_EXTEND, MANDATE_GRANT} from "../../contracts/types/Delegate.sol";
import {MANDATE_NARROW, MANDATE_RESUME, MANDATE_UPDATE, Mandate} from "../../contracts/types/Delegate.sol";
import {ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";
import {both, either} from "./SymbolicRegistry.sol";
import {Claim, SymbolicSigning} from "./SymbolicSigning.sol";

/// @title Delegates
/// @notice A delegate opens only within a mandate, and no further than it reaches.
contract Delegates is SymbolicSigning {
    using ConsentWordLib for ConsentWord;

    /// @dev Invariant 2: who signs for another opens nothing without a mandate for this verb that has not ended.
    function check_delegateOpensWithinTheMandate(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        VM.assume(_isForAnother(claim));
        Mandate memory mandate = _mandateOf(change.scopeId, claim);
        VM.assume(either(time >= mandate.until, mandate.verbs & _verbsOf(verb) == 0));
        VM.assertFalse(_relay(_opening(verb, change), claim), "a delegate opened without a mandate");
    }

    /// @dev Invariant 2: who signs for another closes nothing without a mandate for it, unless as their guardian: that
    /// they may for ever.
    function check_delegateClosesWithinTheMandate(
        uint8 verb,
        ScopeId scopeId,
        uint16 minVersion,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        VM.assume(_isForAnother(claim));
        Mandate memory mandate = _mandateOf(scopeId, claim);
        VM.assume(either(time >= mandate.until, mandate.verbs & MANDATE_CLOSE == 0));
        VM.assume(mandate.kind != DelegateKind.Guardian);
        VM.assertFalse(_relay(_closing(verb, scopeId, minVersion), claim), "a delegate closed without a mandate");
    }

    /// @dev Invariant 4: a guardian's closing is never refused, also long after the guardianship.
    function check_guardianAlwaysCloses(
        uint8 verb,
        ScopeId scopeId,
        uint16 minVersion,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        VM.assume(_isForAnother(claim));
        VM.assume(_mandateOf(scopeId, claim).kind == DelegateKind.Guardian);
        ConsentWord before = _anyUnmoved(scopeId, claim.participantId);
        VM.assume(both(claim.signedAt <= time, time <= claim.deadline));
        VM.assume(both(claim.signedAt > before.signedAt(), minVersion <= before.version()));
        VM.assume(both(uint256(claim.s) <= HALF_ORDER, _isSigned(_closing(verb, scopeId, minVersion), claim)));
        VM.assertTrue(_relay(_closing(verb, scopeId, minVersion), claim), "a guardian's closing was refused");
        ConsentWord word = consents.lastWordOf(scopeId, claim.participantId);
        VM.assertFalse(_permits(word, time), "a closed consent is permitted");
    }

    /// @dev Invariant 2: whatever a guardian opens ends with the guardianship.
    function check_guardiansWordEndsWithTheMandate(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        VM.assume(_isForAnother(claim));
        Mandate memory mandate = _mandateOf(change.scopeId, claim);
        VM.assume(mandate.kind == DelegateKind.Guardian);
        VM.assume(_relay(_opening(verb, change), claim));
        ConsentWord word = consents.lastWordOf(change.scopeId, claim.participantId);
        VM.assertLe(word.until(), mandate.until, "it outlives the guardianship");
        VM.assertTrue(word.author() == ConsentAuthor.Guardian, "not marked as a guardian's");
    }

    /// @dev Invariant 2: no guardian opens against a minor's no, nor what the participant or their proxy has made.
    function check_guardianOpensNothingOfTheParticipants(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        VM.assume(_isForAnother(claim));
        VM.assume(_mandateOf(change.scopeId, claim).kind == DelegateKind.Guardian);
        ConsentWord word = _anyWord(change.scopeId, claim.participantId);
        VM.assume(!word.isNone());
        bool isParticipants = word.author() == ConsentAuthor.Participant;
        VM.assume(either(word.isDissent(), either(isParticipants, word.author() == ConsentAuthor.Proxy)));
        VM.assertFalse(_relay(_opening(verb, change), claim), "a guardian opened it");
    }

    /// @dev Invariant 2: a proxy who may only narrow adds no element, no preference and no time.
    function check_narrowingProxyWidensNothing(Grant memory change, Claim memory claim, uint32 time) public {
        _at(time);
        VM.assume(_isForAnother(claim));
        Mandate memory mandate = _mandateOf(change.scopeId, claim);
        VM.assume(mandate.kind == DelegateKind.Proxy);
        VM.assume(mandate.verbs & MANDATE_UPDATE == 0);
        ConsentWord before = consents.lastWordOf(change.scopeId, claim.participantId);
        VM.assume(_relay(_opening(1, change), claim));
        ConsentWord word = consents.lastWordOf(change.scopeId, claim.participantId);
        VM.assertEq(word.elements() & ~before.elements(), 0, "further elements");
        VM.assertLe(word.until(), before.until(), "a later end");
        VM.assertEq(word.preferences() & ~before.preferences() & 0x0f, 0, "further preferences");
    }

    function _mandateOf(ScopeId scopeId, Claim memory claim) private view returns (Mandate memory mandate) {
        ParticipantId delegateId = _idOf(claim.signer);
        (mandate.kind, mandate.verbs, mandate.until, mandate.signedAt) = surroundings.mandateOf(
            scopeId,
            claim.participantId,
            delegateId
        );
    }

    function _isForAnother(Claim memory claim) private pure returns (bool) {
        return both(ParticipantId.unwrap(claim.participantId) != 0, claim.participantId != _idOf(claim.signer));
    }

    function _verbsOf(uint8 verb) private pure returns (uint8) {
        if (verb == 0) return MANDATE_GRANT;
        if (verb == 1) return MANDATE_UPDATE | MANDATE_NARROW;
        return verb == 2 ? MANDATE_EXTEND : MANDATE_RESUME;
    }
}
