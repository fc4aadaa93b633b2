// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {
    Act,
    ConsentAuthor,
    ConsentState,
    ConsentWord,
    Grant,
    Import,
    NO_EXPIRY,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";
import {both, either} from "./SymbolicRegistry.sol";
import {Claim, SymbolicSigning} from "./SymbolicSigning.sol";

/// @title ReachableWords
/// @notice The words that the other properties start from are all that there are: no change leaves them. And no change
/// alters what a word said of the past.
contract ReachableWords is SymbolicSigning {
    using ConsentWordLib for ConsentWord;

    /// @dev Supports all: a relayed opening leaves a reachable word.
    function check_openingLeavesAReachableWord(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        _anyWord(change.scopeId, _participantOf(claim));
        VM.assume(_relay(_opening(verb, change), claim));
        _assertReachable(change.scopeId, _participantOf(claim));
    }

    /// @dev Supports all, and invariant 7: whoever closes, what is left is a reachable word, which says of every past
    /// second what the one before said. This asks the library, which makes the word of every closing.
    function check_closedWordKeepsThePast(
        ConsentWord before,
        uint8 verb,
        uint8 author,
        bool isDissent,
        uint32 signedAt,
        uint32 time,
        uint32 past
    ) public {
        _at(time);
        VM.assume(both(_isReachable(before, time), !before.isForwarded()));
        VM.assume(both(past < time, signedAt <= time));
        VM.assume(both(verb < 6, author <= uint8(type(ConsentAuthor).max)));
        Act memory act = Act(NO_PARTICIPANT, ConsentAuthor(author), signedAt, NO_EXPIRY, false, isDissent);
        (ConsentState state, WithdrawalExtent extent) = _target(verb);
        ConsentWord word = before.closed(state, extent, act, time);
        VM.assertFalse(_permits(word, time), "not closed");
        _assertKept(word, before, time, past);
    }

    /// @dev Supports all: an import leaves a reachable word.
    function check_importLeavesAReachableWord(Import memory change, address sender, uint32 time) public {
        _at(time);
        _anyWord(change.agreed.scopeId, change.participantId);
        VM.assume(_send(sender, abi.encodeCall(IConsentRegistry.importConsent, (change))));
        _assertReachable(change.agreed.scopeId, change.participantId);
    }

    /// @dev Supports all, and invariant 7: while a consent moves to another id, and after it, both ids' words are
    /// reachable. The old one says of every past second what it said, the new one nothing. This asks the library too.
    function check_movedWordsKeepThePast(
        ConsentWord before,
        uint8 author,
        uint32 signedAt,
        uint32 time,
        uint32 past
    ) public {
        _at(time);
        VM.assume(both(_isReachable(before, time), !before.isNone()));
        VM.assume(both(!before.isForwarded(), both(past < time, signedAt <= time)));
        VM.assume(author <= uint8(type(ConsentAuthor).max));
        Act memory act = Act(NO_PARTICIPANT, ConsentAuthor(author), signedAt, NO_EXPIRY, false, false);
        _assertKept(before.locked(), before, time, past);
        _assertKept(before.unlocked(), before, time, past);
        _assertKept(before.forwarded(time), before, time, past);
        VM.assertFalse(_permits(before.forwarded(time), time), "the old id is permitted");
        ConsentWord moved = before.moved(act, time);
        VM.assertTrue(both(_isReachable(moved, time), !_permits(moved, past)), "not reachable, or with a past");
        VM.assertTrue(either(!_permits(moved, time), _permits(before, time)), "a closed consent came back");
    }

    function _assertReachable(ScopeId scopeId, ParticipantId participantId) private view {
        VM.assertTrue(_isReachable(consents.lastWordOf(scopeId, participantId), block.timestamp), "not reachable");
    }

    function _assertKept(ConsentWord word, ConsentWord before, uint32 time, uint32 past) private pure {
        VM.assertTrue(_isReachable(word, time), "not reachable");
        VM.assertTrue(_permits(word, past) == _permits(before, past), "the past changed");
    }

    function _target(uint8 verb) private pure returns (ConsentState, WithdrawalExtent) {
        if (verb == 0) return (ConsentState.Suspended, WithdrawalExtent.None);
        if (verb == 1) return (ConsentState.Declined, WithdrawalExtent.None);
        if (verb == 2) return (ConsentState.Annulled, WithdrawalExtent.None);
        return (ConsentState.Withdrawn, WithdrawalExtent(verb - 2));
    }
}
