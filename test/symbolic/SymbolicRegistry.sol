// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {Closing, ConsentState, ConsentWord, Extend, Grant, NOT_ENDED, Resume} from "../../contracts/types/Consent.sol";
import {Withdraw, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {Change, annulling, declining, extending, granting, resuming} from "../support/Changes.sol";
import {suspending, updating, withdrawing} from "../support/Changes.sol";
import {deployed} from "../support/Deploy.sol";
import {VM} from "../support/Vm.sol";
import {SymbolicSurroundings} from "./SymbolicSurroundings.sol";

/// @dev The cheatcode that halmos has beyond those of Hardhat's EVM.
interface ISymbolicVm {
    function setArbitraryStorage(address target) external;
}

/// @dev Both at once, where && would make two paths of one.
function both(bool a, bool b) pure returns (bool c) {
    assembly ("memory-safe") {
        c := and(a, b)
    }
}

/// @dev Either, where || would make two paths of one.
function either(bool a, bool b) pure returns (bool c) {
    assembly ("memory-safe") {
        c := or(a, b)
    }
}

/// @title SymbolicRegistry
/// @notice The consent registry that a chain gets, in any state, at any time, among contracts that answer anything.
abstract contract SymbolicRegistry {
    using ConsentWordLib for ConsentWord;

    uint256 internal constant LOCKED_FLAG = 1 << 14;
    /// @dev Four bits for each state, from None: active 0, suspended 1, declined 2, annulled and withdrawn 3.
    uint256 private constant STRENGTHS = 0x331020;
    /// @dev Where the ways from old ids lie in the registry's storage.
    uint256 private constant FORWARDS_SLOT = 4;

    IConsentRegistry internal consents;
    SymbolicSurroundings internal surroundings;

    function setUp() public virtual {
        surroundings = new SymbolicSurroundings();
        address any = address(surroundings);
        bytes memory arguments = abi.encode(any, any, any, any, new address[](0));
        consents = IConsentRegistry(deployed("ConsentRegistry.sol:ConsentRegistry", arguments));
        _makeArbitrary(address(consents));
        _makeArbitrary(any);
    }

    function _makeArbitrary(address target) internal {
        ISymbolicVm(address(VM)).setArbitraryStorage(target);
    }

    /// @dev Block time is 32 bits of Unix seconds, and not the last of them, which means never.
    function _at(uint32 time) internal {
        VM.assume(both(time > 0, time < NOT_ENDED));
        VM.warp(time);
    }

    function _send(address sender, bytes memory data) internal returns (bool success) {
        VM.prank(sender);
        (success, ) = address(consents).call(data);
    }

    /// @dev The id's own word, of those that the registry can have written by now.
    function _anyWord(ScopeId scopeId, ParticipantId participantId) internal view returns (ConsentWord word) {
        word = consents.lastWordOf(scopeId, participantId);
        VM.assume(_isReachable(word, block.timestamp));
    }

    /// @dev The same, where the consent has not moved to another id.
    function _anyUnmoved(ScopeId scopeId, ParticipantId participantId) internal view returns (ConsentWord word) {
        word = _anyWord(scopeId, participantId);
        VM.assume(!word.isForwarded());
    }

    /// @dev An id's consent goes on under another.
    function _forward(ScopeId scopeId, ParticipantId from, ParticipantId to) internal {
        bytes32 consentId = keccak256(abi.encode(scopeId, from));
        VM.store(address(consents), keccak256(abi.encode(consentId, FORWARDS_SLOT)), ParticipantId.unwrap(to));
        VM.assertEq(
            ParticipantId.unwrap(consents.forwardOf(scopeId, from)),
            ParticipantId.unwrap(to),
            "the ways lie in another slot"
        );
    }

    /// @dev What holds of every word by `time`; ReachableWords proves that no change leaves it.
    function _isReachable(ConsentWord word, uint256 time) internal pure returns (bool) {
        return either(word.isNone(), both(_isWhole(word), _isPast(word, time)));
    }

    /// @dev How strongly a word refuses, without a path for each state.
    function _strength(ConsentWord word) internal pure returns (uint256) {
        return _strength(ConsentWord.unwrap(word) & 7, (ConsentWord.unwrap(word) >> 3) & 3);
    }

    /// @dev How strongly a closing of `_closing` refuses.
    function _strength(uint8 verb) internal pure returns (uint256) {
        if (verb == 0) return _strength(uint256(ConsentState.Suspended), 0);
        if (verb == 1) return _strength(uint256(ConsentState.Declined), 0);
        if (verb == 2) return _strength(uint256(ConsentState.Annulled), 0);
        return _strength(uint256(ConsentState.Withdrawn), verb - 2);
    }

    /// @dev What `permitted(t)` means, without a path for each of its bounds.
    function _permits(ConsentWord word, uint256 time) internal pure returns (bool) {
        return both(word.opened() <= time, both(time < word.until(), time < word.ended()));
    }

    /// @dev Somebody has answered; nothing is said of a word that has moved away but that it has ended.
    function _isWhole(ConsentWord word) private pure returns (bool) {
        uint256 state = ConsentWord.unwrap(word) & 7;
        bool isKnown = both(state != 0, state <= uint256(type(ConsentState).max));
        bool isOpen = both(state == uint256(ConsentState.Active), !word.isForwarded());
        bool isLocked = ConsentWord.unwrap(word) & LOCKED_FLAG != 0;
        bool isInOnePlace = !both(isLocked, word.isForwarded());
        bool hasExtent = (ConsentWord.unwrap(word) >> 3) & 3 != 0;
        isKnown = both(isKnown, hasExtent == (state == uint256(ConsentState.Withdrawn)));
        return
            both(
                both(isKnown, word.ordinal() < word.version()),
                both(isInOnePlace, isOpen == (word.ended() == NOT_ENDED))
            );
    }

    /// @dev The extent counts only where there is one.
    function _strength(uint256 state, uint256 extent) private pure returns (uint256) {
        return ((STRENGTHS >> (4 * state)) & 0xf) + extent;
    }

    function _isPast(ConsentWord word, uint256 time) private pure returns (bool) {
        bool hasEnded = both(word.opened() <= word.ended(), word.ended() <= time);
        return both(both(word.opened() <= time, word.signedAt() <= time), either(word.ended() == NOT_ENDED, hasEnded));
    }

    /// @dev A grant, an update, an extension or a resumption.
    function _opening(uint8 verb, Grant memory change) internal pure returns (Change memory) {
        VM.assume(verb < 4);
        if (verb == 0) return granting(change);
        if (verb == 1) return updating(change);
        if (verb == 2) return extending(Extend(change.scopeId, change.termsDigest, change.until, change.version));
        return resuming(Resume(change.scopeId, change.version));
    }

    /// @dev A suspension, a refusal, an annulment or a withdrawal of any extent.
    function _closing(uint8 verb, ScopeId scopeId, uint16 minVersion) internal pure returns (Change memory) {
        VM.assume(verb < 6);
        if (verb == 0) return suspending(Closing(scopeId, minVersion));
        if (verb == 1) return declining(Closing(scopeId, minVersion));
        if (verb == 2) return annulling(Closing(scopeId, minVersion));
        return withdrawing(Withdraw(scopeId, WithdrawalExtent(verb - 2), minVersion));
    }

    function _idOf(address account) internal pure returns (ParticipantId) {
        return ParticipantId.wrap(keccak256(abi.encodePacked(account)));
    }
}
