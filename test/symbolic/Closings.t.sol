// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {ConsentWord, LAST_VERSION} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";
import {both, either} from "./SymbolicRegistry.sol";
import {Claim, SymbolicSigning} from "./SymbolicSigning.sol";

/// @title Closings
/// @notice A closing always closes, and only what is the sender's or signer's.
contract Closings is SymbolicSigning {
    using ConsentWordLib for ConsentWord;

    /// @dev Invariant 4: the participant's own closing is never refused, in whatever state the consent is.
    function check_ownClosingIsNeverRefused(ScopeId scopeId, address participant, uint8 verb, uint32 time) public {
        _at(time);
        _anyUnmoved(scopeId, _idOf(participant));
        VM.assertTrue(_send(participant, _closing(verb, scopeId, 0).own), "a closing was refused");
    }

    /// @dev Invariant 1: after a closing the consent is permitted neither in that second nor in any later one.
    function check_closedIsNotPermitted(
        ScopeId scopeId,
        address participant,
        uint8 verb,
        uint32 time,
        uint32 later
    ) public {
        _at(time);
        _anyUnmoved(scopeId, _idOf(participant));
        VM.assume(_send(participant, _closing(verb, scopeId, 0).own));
        VM.assume(later >= time);
        ConsentWord word = consents.lastWordOf(scopeId, _idOf(participant));
        VM.assertFalse(_permits(word, later), "a closed consent is permitted");
    }

    /// @dev Invariant 1: the registry says so too. The word is the id's first, so that no search of history is needed.
    function check_closedIsAnsweredAsNotPermitted(
        ScopeId scopeId,
        address participant,
        uint8 verb,
        uint32 time,
        uint32 later
    ) public {
        _at(time);
        VM.assume(_anyUnmoved(scopeId, _idOf(participant)).ordinal() == 0);
        VM.assume(_send(participant, _closing(verb, scopeId, 0).own));
        VM.assume(later >= time);
        VM.warp(later);
        (bool isPermitted, ) = consents.permittedAt(scopeId, _idOf(participant), later);
        VM.assertFalse(isPermitted, "a closed consent is permitted");
    }

    /// @dev Invariant 3: a closing raises the version, so every opening that waits for the one before dies; see
    /// Openings for what a stale version does.
    function check_closingRaisesTheVersion(ScopeId scopeId, address participant, uint8 verb, uint32 time) public {
        _at(time);
        ConsentWord before = _anyUnmoved(scopeId, _idOf(participant));
        VM.assume(before.version() != LAST_VERSION);
        VM.assume(_send(participant, _closing(verb, scopeId, 0).own));
        ConsentWord word = consents.lastWordOf(scopeId, _idOf(participant));
        VM.assertEq(word.version(), uint256(before.version()) + 1, "the version stayed");
    }

    /// @dev Invariant 4: no closing leaves a weaker refusal than the one that stood, nor an earlier signing time.
    function check_closingNeverWeakens(ScopeId scopeId, address participant, uint8 verb, uint32 time) public {
        _at(time);
        ConsentWord before = _anyUnmoved(scopeId, _idOf(participant));
        VM.assume(_send(participant, _closing(verb, scopeId, 0).own));
        ConsentWord word = consents.lastWordOf(scopeId, _idOf(participant));
        VM.assertGe(_strength(word), _strength(before), "weaker than before");
        VM.assertGe(word.signedAt(), before.signedAt(), "signed earlier than before");
    }

    /// @dev Invariant 2: whoever sends a closing changes no other participant's word, and none in another scope.
    function check_ownClosingTouchesNobodyElse(
        address sender,
        uint8 verb,
        ScopeId scopeId,
        ScopeId otherScopeId,
        ParticipantId other,
        uint32 time
    ) public {
        _at(time);
        _anyUnmoved(scopeId, _idOf(sender));
        VM.assume(either(!(scopeId == otherScopeId), other != _idOf(sender)));
        ConsentWord before = consents.lastWordOf(otherScopeId, other);
        VM.assume(_send(sender, _closing(verb, scopeId, 0).own));
        ConsentWord word = consents.lastWordOf(otherScopeId, other);
        VM.assertEq(ConsentWord.unwrap(word), ConsentWord.unwrap(before), "another's word changed");
    }

    /// @dev Invariant 1: under an id that forwards, a closing ends the consent where it went on. One move is followed.
    function check_closingFollowsAMove(
        ScopeId scopeId,
        address participant,
        ParticipantId forward,
        uint8 verb,
        uint32 time
    ) public {
        _at(time);
        VM.assume(_anyWord(scopeId, _idOf(participant)).isForwarded());
        VM.assume(forward != _idOf(participant));
        _anyUnmoved(scopeId, forward);
        _forward(scopeId, _idOf(participant), forward);
        VM.assertTrue(_send(participant, _closing(verb, scopeId, 0).own), "a closing was refused");
        VM.assertFalse(_permits(consents.lastWordOf(scopeId, forward), time), "a closed consent is permitted");
    }

    /// @dev Invariant 4: what the participant signed to close, anyone can relay before its deadline; nothing refuses
    /// it but a later word or one as strong.
    function check_signedClosingIsNeverRefused(
        ScopeId scopeId,
        uint16 minVersion,
        Claim memory claim,
        uint8 verb,
        uint32 time
    ) public {
        _at(time);
        claim.participantId = NO_PARTICIPANT;
        ConsentWord before = _anyUnmoved(scopeId, _idOf(claim.signer));
        VM.assume(both(claim.signedAt <= time, time <= claim.deadline));
        VM.assume(both(claim.signedAt > before.signedAt(), minVersion <= before.version()));
        VM.assume(both(uint256(claim.s) <= HALF_ORDER, _isSigned(_closing(verb, scopeId, minVersion), claim)));
        VM.assertTrue(_relay(_closing(verb, scopeId, minVersion), claim), "a signed closing was refused");
        VM.assertFalse(
            _permits(consents.lastWordOf(scopeId, _idOf(claim.signer)), time),
            "a closed consent is permitted"
        );
    }
}
