// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {ConsentWord, Grant} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ScopeId} from "../../contracts/types/Ids.sol";
import {Change} from "../support/Changes.sol";
import {VM} from "../support/Vm.sol";
import {both, either} from "./SymbolicRegistry.sol";
import {Claim, SymbolicSigning} from "./SymbolicSigning.sol";

/// @title Signatures
/// @notice A signature works once, within its time, for one id on one contract of one chain.
contract Signatures is SymbolicSigning {
    using ConsentWordLib for ConsentWord;

    /// @dev Invariants 2 and 3: unless the signer signed this very opening, for this id, contract and chain, in the
    /// form that cannot be bent into a second one, it does nothing.
    function check_openingIsSignedForIdContractAndChain(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        uint32 time,
        uint64 chain
    ) public {
        _at(time);
        _on(chain);
        Change memory opening = _opening(verb, change);
        VM.assume(either(!_isSigned(opening, claim), uint256(claim.s) > HALF_ORDER));
        VM.assertFalse(_relay(opening, claim), "nobody signed this");
    }

    /// @dev Invariants 2 and 3: the same of closings.
    function check_closingIsSignedForIdContractAndChain(
        uint8 verb,
        ScopeId scopeId,
        uint16 minVersion,
        Claim memory claim,
        uint32 time,
        uint64 chain
    ) public {
        _at(time);
        _on(chain);
        Change memory closing = _closing(verb, scopeId, minVersion);
        VM.assume(either(!_isSigned(closing, claim), uint256(claim.s) > HALF_ORDER));
        VM.assertFalse(_relay(closing, claim), "nobody signed this");
    }

    /// @dev Invariant 3: a participant's signature opens once, whatever time it is then. For delegates it follows from
    /// what Openings says of versions.
    function check_openingWorksOnce(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        uint32 time,
        uint32 later
    ) public {
        _at(time);
        claim.participantId = NO_PARTICIPANT;
        _anyWord(change.scopeId, _participantOf(claim));
        VM.assume(_relay(_opening(verb, change), claim));
        VM.assume(later >= time);
        _at(later);
        VM.assertFalse(_relay(_opening(verb, change), claim), "it worked twice");
    }

    /// @dev Invariant 3: a participant's closing works once. It leaves a word signed no earlier and as strong as it,
    /// and does nothing to such a word: the next property.
    function check_closingLeavesNothingForItselfToClose(
        uint8 verb,
        ScopeId scopeId,
        uint16 minVersion,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        claim.participantId = NO_PARTICIPANT;
        _anyUnmoved(scopeId, _participantOf(claim));
        VM.assume(_relay(_closing(verb, scopeId, minVersion), claim));
        ConsentWord word = consents.lastWordOf(scopeId, _participantOf(claim));
        VM.assertTrue(_supersedes(word, verb, claim.signedAt), "it can close again");
    }

    /// @dev Invariant 3: a closing does nothing to a word that was signed later, or then and as strongly; so none that
    /// was signed before a consent was opened again ends it.
    function check_supersededClosingDoesNothing(
        uint8 verb,
        ScopeId scopeId,
        uint16 minVersion,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        ConsentWord before = _anyUnmoved(scopeId, _participantOf(claim));
        VM.assume(_supersedes(before, verb, claim.signedAt));
        VM.assertFalse(_relay(_closing(verb, scopeId, minVersion), claim), "an old closing ended a later word");
    }

    /// @dev Invariant 3: after its deadline, or with a signing time in the future, no opening takes effect.
    function check_openingOutOfItsTimeDoesNothing(
        uint8 verb,
        Grant memory change,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        VM.assume(either(claim.deadline < time, claim.signedAt > time));
        VM.assertFalse(_relay(_opening(verb, change), claim), "out of its time");
    }

    /// @dev Invariant 3: the same of closings.
    function check_closingOutOfItsTimeDoesNothing(
        uint8 verb,
        ScopeId scopeId,
        uint16 minVersion,
        Claim memory claim,
        uint32 time
    ) public {
        _at(time);
        VM.assume(either(claim.deadline < time, claim.signedAt > time));
        VM.assertFalse(_relay(_closing(verb, scopeId, minVersion), claim), "out of its time");
    }

    /// @dev The chain of the deployment, or any other, for example after a fork.
    function _on(uint64 chain) private {
        if (chain != block.chainid) VM.chainId(chain);
    }

    /// @dev Whether a closing signed then has nothing to add to the word.
    function _supersedes(ConsentWord word, uint8 verb, uint32 signedAt) private pure returns (bool) {
        bool isAsStrong = _strength(word) >= _strength(verb);
        return either(word.signedAt() > signedAt, both(word.signedAt() == signedAt, isAsStrong));
    }
}
