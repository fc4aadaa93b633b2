// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {Attestation, ConsentAuthor, ConsentState, ConsentWord, Import} from "../../contracts/types/Consent.sol";
import {Recovery, TakeOver, WithdrawalExtent} from "../../contracts/types/Consent.sol";
import {InstitutionId, NO_INSTITUTION, ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {takingOver} from "../support/Changes.sol";
import {VM} from "../support/Vm.sol";
import {both, either} from "./SymbolicRegistry.sol";
import {Claim, SymbolicSigning} from "./SymbolicSigning.sol";

/// @title Custody
/// @notice What the scope's custodian may do: always close as attested; open only where the participant never acted.
contract Custody is SymbolicSigning {
    using ConsentWordLib for ConsentWord;

    /// @dev Where what the registry knows of terms lies in its storage.
    uint256 private constant KNOWN_TERMS_SLOT = 2;

    /// @dev Invariants 1 and 4: what the custodian attests as closed is closed, also while it is itself suspended.
    function check_attestedClosingAlwaysCloses(Attestation memory change, address sender, uint32 time) public {
        _at(time);
        _anyUnmoved(change.scopeId, change.participantId);
        VM.assume(_isCustodian(change.scopeId, surroundings.institutionOf(sender)));
        VM.assume(change.signedAt <= time);
        bool isPlain = either(change.state == ConsentState.Suspended, change.state == ConsentState.Declined);
        bool isWithdrawn = both(change.state == ConsentState.Withdrawn, change.extent != WithdrawalExtent.None);
        VM.assume(either(isPlain, isWithdrawn));
        VM.assertTrue(_send(sender, abi.encodeCall(IConsentRegistry.attest, (change))), "an attestation was refused");
        ConsentWord word = consents.lastWordOf(change.scopeId, change.participantId);
        VM.assertFalse(_permits(word, time), "a closed consent is permitted");
    }

    /// @dev Invariant 2: nobody but the scope's custodian attests, and annulment only of what it alone has written.
    function check_onlyTheCustodianAttests(Attestation memory change, address sender, uint32 time) public {
        _at(time);
        ConsentWord before = _anyUnmoved(change.scopeId, change.participantId);
        VM.assume(_send(sender, abi.encodeCall(IConsentRegistry.attest, (change))));
        VM.assertTrue(_isCustodian(change.scopeId, surroundings.institutionOf(sender)), "not the custodian");
        bool isTheirs = both(!before.isNone(), before.author() == ConsentAuthor.Custodian);
        VM.assertTrue(either(change.state != ConsentState.Annulled, isTheirs), "the participant had acted");
    }

    /// @dev Invariant 2: an import needs the scope's custodian in standing, a random id, and that nobody else ever
    /// acted; the word says for ever whose it is.
    function check_importOnlyWhereNobodyActed(Import memory change, address sender, uint32 time) public {
        _at(time);
        ScopeId scopeId = change.agreed.scopeId;
        _assumeCustodianKnown(scopeId, change.agreed.termsDigest);
        ConsentWord before = _anyWord(scopeId, change.participantId);
        VM.assume(_send(sender, abi.encodeCall(IConsentRegistry.importConsent, (change))));
        VM.assertTrue(_beginning(surroundings.actingInstitution(sender)) == _custodianOf(scopeId), "not the custodian");
        VM.assertTrue(either(before.isNone(), before.author() == ConsentAuthor.Custodian), "somebody had acted");
        VM.assertGt(uint256(ParticipantId.unwrap(change.participantId)), type(uint128).max, "a weak id");
        ConsentWord word = consents.lastWordOf(scopeId, change.participantId);
        VM.assertTrue(word.author() == ConsentAuthor.Custodian, "not marked as attested");
    }

    /// @dev Invariant 2: taking over needs the custodian and the new key's own signature, and only what the custodian
    /// or a guardian has kept.
    function check_takingOverNeedsBoth(TakeOver memory change, Claim memory claim, uint32 time) public {
        _at(time);
        ConsentWord before = _anyWord(change.scopeId, change.attestedId);
        VM.assume(_relay(takingOver(change), claim));
        VM.assertTrue(_isCustodian(change.scopeId, surroundings.actingInstitution(address(this))), "not the custodian");
        VM.assertTrue(_isSigned(takingOver(change), claim), "nobody signed this");
        bool isKept = either(before.author() == ConsentAuthor.Custodian, before.author() == ConsentAuthor.Guardian);
        VM.assertTrue(isKept, "the participant had acted");
    }

    /// @dev Invariant 2: a consent moves to a new key only after its delay, and no consent that was closed comes back.
    function check_recoveryWaitsAndOpensNothing(
        ScopeId scopeId,
        ParticipantId participantId,
        address sender,
        uint32 time
    ) public {
        _at(time);
        ConsentWord before = _anyUnmoved(scopeId, participantId);
        VM.assume(!before.isNone());
        Recovery memory recovery = consents.recoveryOf(scopeId, participantId);
        VM.assume(recovery.newParticipantId != participantId);
        VM.assume(_send(sender, abi.encodeCall(IConsentRegistry.completeRecovery, (scopeId, participantId))));
        VM.assertTrue(both(recovery.readyAt != 0, recovery.readyAt <= time), "before its delay");
        ConsentWord word = consents.lastWordOf(scopeId, recovery.newParticipantId);
        VM.assertTrue(either(!_permits(word, time), _permits(before, time)), "a closed consent came back");
        VM.assertFalse(_permits(consents.lastWordOf(scopeId, participantId), time), "the old id is permitted");
    }

    /// @dev With known terms the registry keeps the beginning of the custodian's id, which a scope never changes.
    function _assumeCustodianKnown(ScopeId scopeId, bytes32 termsDigest) private view {
        bytes32 ofScope = keccak256(abi.encode(scopeId, KNOWN_TERMS_SLOT));
        bytes26 known = bytes26(VM.load(address(consents), keccak256(abi.encode(termsDigest, ofScope))));
        VM.assume(either(known == 0, known == _custodianOf(scopeId)));
    }

    function _custodianOf(ScopeId scopeId) private view returns (bytes26) {
        (InstitutionId custodian, ) = surroundings.scope(scopeId);
        return _beginning(custodian);
    }

    function _beginning(InstitutionId institutionId) private pure returns (bytes26) {
        return bytes26(InstitutionId.unwrap(institutionId));
    }

    function _isCustodian(ScopeId scopeId, InstitutionId institutionId) private view returns (bool) {
        (InstitutionId custodian, ) = surroundings.scope(scopeId);
        return both(institutionId != NO_INSTITUTION, institutionId == custodian);
    }
}
