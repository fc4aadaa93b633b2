// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {ConsentWord, Grant, LAST_VERSION} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";
import {both, either} from "./SymbolicRegistry.sol";
import {Claim, SymbolicSigning} from "./SymbolicSigning.sol";

/// @title Openings
/// @notice Only the participant or a lawful delegate opens, and only what was asked for. Delegates has the delegates.
contract Openings is SymbolicSigning {
    using ConsentWordLib for ConsentWord;

    /// @dev Invariant 2: whoever sends an opening changes no other participant's word, and none in another scope.
    function check_ownOpeningTouchesNobodyElse(
        address sender,
        uint8 verb,
        Grant memory change,
        ScopeId scopeId,
        ParticipantId other,
        uint32 time
    ) public {
        _at(time);
        VM.assume(either(!(scopeId == change.scopeId), other != _idOf(sender)));
        ConsentWord before = consents.lastWordOf(scopeId, other);
        VM.assume(_send(sender, _opening(verb, change).own));
        _assertSame(consents.lastWordOf(scopeId, other), before);
    }

    /// @dev Invariant 2: an opening that a participant signed and another relays changes no word but the participant's.
    function check_signedOpeningTouchesNobodyElse(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        ScopeId scopeId,
        ParticipantId other,
        uint32 time
    ) public {
        _at(time);
        claim.participantId = NO_PARTICIPANT;
        VM.assume(either(!(scopeId == change.scopeId), other != _participantOf(claim)));
        ConsentWord before = consents.lastWordOf(scopeId, other);
        VM.assume(_relay(_opening(verb, change), claim));
        _assertSame(consents.lastWordOf(scopeId, other), before);
    }

    /// @dev Invariant 3: an opening makes exactly the version that it names, the next one.
    function check_openingMakesTheVersionItNames(address sender, uint8 verb, Grant memory change, uint32 time) public {
        _at(time);
        ConsentWord before = _anyWord(change.scopeId, _idOf(sender));
        VM.assume(_send(sender, _opening(verb, change).own));
        VM.assertEq(change.version, uint256(before.version()) + 1, "not the next version");
        VM.assertEq(consents.lastWordOf(change.scopeId, _idOf(sender)).version(), change.version, "another version");
    }

    /// @dev Invariant 3: an opening that names any version but the next does nothing: a closing has killed it.
    function check_staleVersionOpensNothing(uint8 verb, Grant memory change, Claim memory claim, uint32 time) public {
        _at(time);
        ConsentWord before = _anyWord(change.scopeId, _participantOf(claim));
        VM.assume(change.version != uint256(before.version()) + 1);
        VM.assertFalse(_relay(_opening(verb, change), claim), "a stale version opened");
    }

    /// @dev Invariant 3: nothing opens at the last version, nor while a move to a new key is pending or done.
    function check_nothingOpensWhatIsMovedOrAtItsLastVersion(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        ConsentWord before = _anyWord(change.scopeId, _participantOf(claim));
        VM.assume(either(before.version() == LAST_VERSION, !before.isFree()));
        VM.assertFalse(_relay(_opening(verb, change), claim), "it was opened");
    }

    /// @dev Invariant 3: an opening signed no later than the word before it does nothing, and neither does a second
    /// one in the same second.
    function check_openingIsSignedLater(uint8 verb, Grant memory change, Claim memory claim, uint32 time) public {
        _at(time);
        ConsentWord before = _anyWord(change.scopeId, _participantOf(claim));
        VM.assume(both(!before.isNone(), claim.signedAt <= before.signedAt()));
        VM.assertFalse(_relay(_opening(verb, change), claim), "an earlier signature opened");
    }

    /// @dev Invariant 2: what stands after a grant is what was agreed to, from now on, and no more.
    function check_grantHoldsWhatWasAgreed(address sender, Grant memory change, uint32 time) public {
        _at(time);
        _anyWord(change.scopeId, _idOf(sender));
        VM.assume(_send(sender, _opening(0, change).own));
        ConsentWord word = consents.lastWordOf(change.scopeId, _idOf(sender));
        VM.assertEq(word.elements(), change.elements, "other elements");
        VM.assertEq(word.preferences(), change.preferences, "other preferences");
        VM.assertTrue(both(word.until() <= change.until, word.until() > time), "another end");
        VM.assertTrue(both(word.opened() == time, word.signedAt() == time), "another time");
        VM.assertTrue(_permits(word, time), "not permitted");
    }

    /// @dev Invariant 7: the word that an opening replaces stays, under its ordinal.
    function check_openingKeepsTheWordItReplaces(address sender, uint8 verb, Grant memory change, uint32 time) public {
        _at(time);
        ConsentWord before = _anyUnmoved(change.scopeId, _idOf(sender));
        VM.assume(!before.isNone());
        VM.assume(_send(sender, _opening(verb, change).own));
        _assertSame(consents.wordAt(change.scopeId, _idOf(sender), before.ordinal()), before);
    }

    function _assertSame(ConsentWord word, ConsentWord before) private pure {
        VM.assertEq(ConsentWord.unwrap(word), ConsentWord.unwrap(before), "the word changed");
    }
}
