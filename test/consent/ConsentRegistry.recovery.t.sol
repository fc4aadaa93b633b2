// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {ITermsRegistry} from "../../contracts/consent/ITermsRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {
    Authorisation,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Extend,
    LAST_VERSION,
    MAX_FORWARDS,
    NOT_ENDED,
    NO_EXPIRY,
    RECOVERY_DELAY,
    Recovery,
    Veto
} from "../../contracts/types/Consent.sol";
import {ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {Change, extending, granting, resuming, signedCall, structHash, updating, vetoing} from "../support/Changes.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryRecoveryTest
/// @notice A lost key: two institutions and a delay move a consent to a new one, the old key may veto, and meanwhile it
/// can be closed, not opened.
contract ConsentRegistryRecoveryTest is OthersActs {
    Person private alice;
    Person private anew;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        anew = _person("alice's new key");
        _advance(1 days);
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _advance(10);
    }

    // The whole way

    function test_GivenActive_WhenRecoveryProposed_LocksTheWordAndEmitsConsentRecoveryProposed() public {
        uint256 expected = (_raw(alice) + (1 << 32)) | (1 << 14);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentRecoveryProposed(SCOPE, alice.id, anew.id, ConsentWord.wrap(expected));
        _propose();
        VM.assertEq(_raw(alice), expected);
        _assertStatus(alice.id, ConsentStatus.Active);
        _assertPermittedAt(alice.id, block.timestamp, true, 1);
        _assertRecovery(anew.id, _now(), 0, 0);
    }

    function test_GivenProposed_WhenConfirmed_StartsTheDelayAndEmitsConsentRecoveryConfirmed() public {
        _propose();
        uint32 proposedAt = _now();
        _advance(5);
        uint32 readyAt = _now() + RECOVERY_DELAY;
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentRecoveryConfirmed(SCOPE, alice.id, ETHICS, readyAt);
        _confirm();
        _assertRecovery(anew.id, proposedAt, readyAt, 0);
    }

    function test_GivenDelayOver_WhenCompletedByAnyone_MovesTheWordAndEmitsConsentMoved() public {
        uint32 signedAt = uint32(_raw(alice) >> 128);
        _propose();
        _confirm();
        _advance(RECOVERY_DELAY);
        uint256 word = _raw(alice);
        uint256 lastWord =
            ((word + (1 << 32)) & ~(uint256(type(uint32).max) << 96) & ~uint256(1 << 14)) |
                (1 << 15) |
                (uint256(_now()) << 96);
        uint256 firstWord =
            _pack(ConsentState.Active, NO_EXTENT, 1, 0, _now(), NOT_ENDED, signedAt) |
                _packAnswer(0x13, 1, NO_EXPIRY, 0xA5);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentMoved(
            SCOPE,
            alice.id,
            anew.id,
            ConsentWord.wrap(lastWord),
            ConsentWord.wrap(firstWord)
        );
        _complete();
        VM.assertEq(_lastRaw(alice.id), lastWord);
        VM.assertEq(_raw(anew), firstWord);
        VM.assertEq(_raw(alice), firstWord, "read by the old id");
        VM.assertEq(
            ParticipantId.unwrap(consents.recoveryOf(SCOPE, alice.id).newParticipantId),
            0,
            "nothing is pending any more"
        );
    }

    function test_GivenRecovered_WhenTheNewKeyActs_ItIsTheParticipant() public {
        _recover(alice.id, anew.id);
        _advance(1);
        VM.prank(anew.account);
        consents.withdraw(SCOPE, USE);
        _assertStatus(anew.id, ConsentStatus.Withdrawn);
        _assertStatus(alice.id, ConsentStatus.Withdrawn);
        _advance(1);
        VM.prank(anew.account);
        consents.grant(_grantOf(anew));
        _assertStatus(alice.id, ConsentStatus.Active);
    }

    function test_GivenPending_WhenClosedMeanwhile_TheNewIdHasTheClosing() public {
        _propose();
        _confirm();
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _assertPermittedAt(alice.id, block.timestamp, false, 0);
        VM.assertEq((_raw(alice) >> 14) & 1, 1, "still pending");
        _advance(RECOVERY_DELAY);
        _complete();
        _assertStatus(anew.id, ConsentStatus.Withdrawn);
        VM.assertEq(_raw(anew) & 0x1f, uint256(ConsentState.Withdrawn) | (uint256(USE) << 3));
        _assertPermittedAt(anew.id, block.timestamp, false, 0);
    }

    function test_GivenPending_WhenClosingAttested_Applies() public {
        _propose();
        _attest(_attestation(alice.id, ConsentState.Suspended, NO_EXTENT));
        _assertStatus(alice.id, ConsentStatus.Suspended);
    }

    function test_GivenSuspendedWord_WhenRecovered_TheNewKeyResumes() public {
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _recover(alice.id, anew.id);
        _assertStatus(anew.id, ConsentStatus.Suspended);
        VM.prank(anew.account);
        consents.resume(_resumeOf(anew));
        _assertPermittedAt(alice.id, block.timestamp, true, 2);
    }

    function test_GivenPending_WhenOpened_RejectsLocked() public {
        bytes memory locked = abi.encodeWithSelector(IConsentRegistry.ConsentLocked.selector, alice.id);
        _propose();
        _refuse(alice.account, granting(_grantOf(alice)).own, locked);
        _refuse(alice.account, updating(_grantOf(alice)).own, locked);
        _refuse(alice.account, resuming(_resumeOf(alice)).own, locked);
        Change memory extension = extending(Extend(SCOPE, standardTerms, NO_EXPIRY, _nextVersion(alice)));
        _refuse(alice.account, extension.own, locked);
        _refuse(_signedNow(alice, updating(_grantOf(alice))), locked);
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _advance(1);
        _refuse(alice.account, granting(_grantOf(alice)).own, locked);
        _refuse(
            CUSTODIAN,
            abi.encodeCall(IConsentRegistry.importConsent, (_importOf(alice.id, _nextVersion(alice), _now()))),
            locked
        );
    }

    function test_GivenUpdateSignedBefore_WhenProposalWasVetoed_IsDead() public {
        bytes memory pending = _signedNow(alice, updating(_grantOf(alice)));
        _propose();
        VM.prank(alice.account);
        consents.vetoRecovery(SCOPE);
        _refuse(pending, abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 3, 2));
    }

    // The veto

    function test_GivenPending_WhenVetoed_UnlocksAndEmitsConsentRecoveryEnded() public {
        _propose();
        _confirm();
        uint256 expected = _raw(alice) & ~uint256(1 << 14);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentRecoveryEnded(SCOPE, alice.id, true, ConsentWord.wrap(expected));
        VM.prank(alice.account);
        consents.vetoRecovery(SCOPE);
        VM.assertEq(_raw(alice), expected);
        VM.assertEq(consents.recoveryOf(SCOPE, alice.id).vetoedAt, _now());
        _advance(1);
        VM.prank(alice.account);
        consents.update(_grantOf(alice));
        _advance(RECOVERY_DELAY);
        _assertCompletionRejected(_unknown());
    }

    function test_GivenPending_WhenVetoedBySignature_UnlocksAndEmitsConsentRecoveryEnded() public {
        _propose();
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentRecoveryEnded(
            SCOPE,
            alice.id,
            true,
            ConsentWord.wrap(_raw(alice) & ~uint256(1 << 14))
        );
        _accept(_vetoCall(alice, anew.id));
    }

    function test_GivenVetoUsed_WhenReplayedOnALaterProposal_RejectsRecoveryUnknown() public {
        _propose();
        Change memory veto = vetoing(Veto(SCOPE, anew.id));
        Authorisation memory given = _unsigned(alice);
        given.deadline = NO_EXPIRY;
        given = _signed(alice, given, structHash(veto, alice.id, given));
        _accept(signedCall(veto, given));
        _refuse(signedCall(veto, given), _unknown());
        _advance(RECOVERY_DELAY);
        _propose();
        _refuse(signedCall(veto, given), _unknown());
    }

    function test_GivenNothingPending_WhenVetoed_RejectsRecoveryUnknown() public {
        _refuse(alice.account, abi.encodeCall(IConsentRegistry.vetoRecovery, (SCOPE)), _unknown());
        _refuse(_vetoCall(alice, anew.id), _unknown());
    }

    function test_GivenVetoOfAnotherKey_WhenVetoedBySignature_RejectsRecoveryUnknown() public {
        _propose();
        _refuse(_vetoCall(alice, _person("another").id), _unknown());
    }

    function test_GivenVetoSignedBeforeTheProposal_WhenVetoedBySignature_RejectsRecoveryUnknown() public {
        bytes memory early = _vetoCall(alice, anew.id);
        _advance(1);
        _propose();
        _refuse(early, _unknown());
        _accept(_vetoCall(alice, anew.id));
    }

    function test_GivenDelegateSigns_WhenVetoedBySignature_RejectsDelegateUnauthorised() public {
        Person memory guardian = _person("guardian");
        _addGuardian(alice.id, guardian);
        _propose();
        _refuse(
            _signedFor(alice.id, guardian, vetoing(Veto(SCOPE, anew.id))),
            abi.encodeWithSelector(IConsentRegistry.ConsentDelegateUnauthorised.selector, alice.id, guardian.id)
        );
    }

    function test_GivenAnotherSigns_WhenVetoedBySignature_RejectsSignatureInvalid() public {
        _propose();
        Change memory veto = vetoing(Veto(SCOPE, anew.id));
        Authorisation memory given = _authorise(alice, veto);
        given.signature = _sign(anew, _typedData(structHash(veto, alice.id, given)));
        _refuse(
            signedCall(veto, given),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, alice.id)
        );
    }

    function test_GivenVetoNamesItsOwnSigner_WhenVetoedBySignature_Works() public {
        _propose();
        Change memory veto = vetoing(Veto(SCOPE, anew.id));
        Authorisation memory given = _authorise(alice, veto);
        given.participantId = alice.id;
        _accept(signedCall(veto, given));
        VM.assertEq((_raw(alice) >> 14) & 1, 0);
    }

    // Giving it up

    function test_GivenPending_WhenCancelled_UnlocksAndEmitsConsentRecoveryEnded() public {
        _propose();
        uint256 expected = _raw(alice) & ~uint256(1 << 14);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentRecoveryEnded(SCOPE, alice.id, false, ConsentWord.wrap(expected));
        VM.prank(CUSTODIAN);
        consents.cancelRecovery(SCOPE, alice.id);
        VM.assertEq(_raw(alice), expected);
        _assertRecovery(ParticipantId.wrap(0), 0, 0, 0);
        // No veto: it may be asked for again at once.
        _propose();
    }

    function test_GivenConfirmed_WhenCancelled_NothingIsPending() public {
        _propose();
        _confirm();
        VM.prank(CUSTODIAN);
        consents.cancelRecovery(SCOPE, alice.id);
        _assertRecovery(ParticipantId.wrap(0), 0, 0, 0);
    }

    function test_GivenSuspendedCustodian_WhenCancelled_Works() public {
        _propose();
        _suspendBiobank();
        VM.prank(CUSTODIAN);
        consents.cancelRecovery(SCOPE, alice.id);
        VM.assertEq((_raw(alice) >> 14) & 1, 0);
    }

    function test_GivenOtherSenders_WhenCancelled_RejectsNotCustodian() public {
        _propose();
        _refuse(
            COMMITTEE,
            abi.encodeCall(IConsentRegistry.cancelRecovery, (SCOPE, alice.id)),
            abi.encodeWithSelector(IConsentRegistry.ConsentNotCustodian.selector, SCOPE, ETHICS)
        );
    }

    function test_GivenNothingPending_WhenCancelled_RejectsRecoveryUnknown() public {
        _refuse(CUSTODIAN, abi.encodeCall(IConsentRegistry.cancelRecovery, (SCOPE, alice.id)), _unknown());
    }

    // Proposals that are refused

    function test_GivenOtherSenders_WhenProposed_RejectsNotCustodian() public {
        _refuse(
            COMMITTEE,
            _proposal(alice.id, anew.id),
            abi.encodeWithSelector(IConsentRegistry.ConsentNotCustodian.selector, SCOPE, ETHICS)
        );
        _refuse(
            STRANGER,
            _proposal(alice.id, anew.id),
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountUnknown.selector, STRANGER)
        );
    }

    function test_GivenSuspendedCustodian_WhenProposed_RejectsNotInStanding() public {
        _suspendBiobank();
        _assertProposalRejected(
            alice.id,
            anew.id,
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK)
        );
    }

    function test_GivenUnknownScope_WhenProposed_RejectsScopeUnknown() public {
        ScopeId unknown = ScopeId.wrap("no such study");
        _refuse(
            CUSTODIAN,
            abi.encodeCall(IConsentRegistry.proposeRecovery, (unknown, alice.id, anew.id)),
            abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, unknown)
        );
    }

    function test_GivenNobodysId_WhenProposed_RejectsConsentUnknown() public {
        _assertProposalRejected(
            anew.id,
            alice.id,
            abi.encodeWithSelector(IConsentRegistry.ConsentUnknown.selector, SCOPE, anew.id)
        );
    }

    function test_GivenPending_WhenProposedAgain_RejectsLocked() public {
        _propose();
        _assertProposalRejected(
            alice.id,
            _person("another").id,
            abi.encodeWithSelector(IConsentRegistry.ConsentLocked.selector, alice.id)
        );
    }

    function test_GivenMoved_WhenProposedForTheOldId_RejectsForwarded() public {
        _recover(alice.id, anew.id);
        _assertProposalRejected(
            alice.id,
            _person("another").id,
            abi.encodeWithSelector(IConsentRegistry.ConsentForwarded.selector, alice.id)
        );
    }

    function test_GivenTargetThatIsNoFreshOne_WhenProposed_RejectsTargetTaken() public {
        VM.prank(anew.account);
        consents.decline(SCOPE);
        ParticipantId[3] memory targets = [anew.id, alice.id, ParticipantId.wrap(0)];
        for (uint256 i = 0; i < targets.length; ++i) {
            _assertProposalRejected(
                alice.id,
                targets[i],
                abi.encodeWithSelector(IConsentRegistry.ConsentTargetTaken.selector, targets[i])
            );
        }
    }

    function test_GivenVetoed_WhenProposedWithinTheDelay_RejectsRecoveryVetoed() public {
        _propose();
        VM.prank(alice.account);
        consents.vetoRecovery(SCOPE);
        uint256 end = block.timestamp + RECOVERY_DELAY;
        _assertProposalRejected(
            alice.id,
            anew.id,
            abi.encodeWithSelector(IConsentRegistry.ConsentRecoveryVetoed.selector, end)
        );
        VM.warp(end - 1);
        _assertProposalRejected(
            alice.id,
            anew.id,
            abi.encodeWithSelector(IConsentRegistry.ConsentRecoveryVetoed.selector, end)
        );
        VM.warp(end);
        _propose();
    }

    function test_GivenLastVersion_WhenProposed_LocksAtTheSameVersion() public {
        _storeWord(alice, _pack(ConsentState.Active, NO_EXTENT, LAST_VERSION, 0, 1, NOT_ENDED, 1));
        _propose();
        VM.assertEq(uint16(_raw(alice) >> 32), LAST_VERSION);
        VM.assertEq((_raw(alice) >> 14) & 1, 1);
        _confirm();
        _advance(RECOVERY_DELAY);
        _complete();
        VM.assertEq(uint16(_lastRaw(alice.id) >> 32), LAST_VERSION);
        VM.assertEq(uint16(_raw(anew) >> 32), 1, "a fresh id has all versions before it");
    }

    // Confirmations that are refused

    function test_GivenNothingPending_WhenConfirmed_RejectsRecoveryUnknown() public {
        _refuse(COMMITTEE, _confirmation(anew.id), _unknown());
    }

    function test_GivenAnotherKeyProposed_WhenConfirmed_RejectsRecoveryUnknown() public {
        _propose();
        _refuse(COMMITTEE, _confirmation(_person("another").id), _unknown());
    }

    function test_GivenConfirmed_WhenConfirmedAgain_RejectsRecoveryUnknown() public {
        _propose();
        _confirm();
        uint32 readyAt = consents.recoveryOf(SCOPE, alice.id).readyAt;
        _advance(1);
        _refuse(RESEARCHER, _confirmation(anew.id), _unknown());
        VM.assertEq(consents.recoveryOf(SCOPE, alice.id).readyAt, readyAt);
    }

    function test_GivenTheProposingInstitution_WhenConfirmed_RejectsRecoverySameInstitution() public {
        _propose();
        VM.prank(GOVERNANCE);
        institutions.addAccount(BIOBANK, address(0xB10));
        bytes memory same = abi.encodeWithSelector(IConsentRegistry.ConsentRecoverySameInstitution.selector, BIOBANK);
        _refuse(CUSTODIAN, _confirmation(anew.id), same);
        _refuse(address(0xB10), _confirmation(anew.id), same);
    }

    function test_GivenNoInstitutionInStanding_WhenConfirmed_IsRejected() public {
        _propose();
        _refuse(
            STRANGER,
            _confirmation(anew.id),
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountUnknown.selector, STRANGER)
        );
        VM.prank(GOVERNANCE);
        institutions.suspend(ETHICS);
        _refuse(
            COMMITTEE,
            _confirmation(anew.id),
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, ETHICS)
        );
    }

    // Completions that are refused

    function test_GivenNothingPending_WhenCompleted_RejectsRecoveryUnknown() public {
        _assertCompletionRejected(_unknown());
        _recover(alice.id, anew.id);
        _assertCompletionRejected(_unknown());
    }

    function test_GivenUnconfirmed_WhenCompleted_RejectsRecoveryNotReady() public {
        _propose();
        _advance(10 * RECOVERY_DELAY);
        _assertCompletionRejected(
            abi.encodeWithSelector(IConsentRegistry.ConsentRecoveryNotReady.selector, 0, block.timestamp)
        );
    }

    function test_GivenDelayNotOver_WhenCompleted_RejectsRecoveryNotReady() public {
        _propose();
        _confirm();
        uint32 readyAt = _now() + RECOVERY_DELAY;
        VM.warp(readyAt - 1);
        _assertCompletionRejected(
            abi.encodeWithSelector(IConsentRegistry.ConsentRecoveryNotReady.selector, readyAt, block.timestamp)
        );
        VM.warp(readyAt);
        _complete();
    }

    function test_GivenNewKeyActedMeanwhile_WhenCompleted_RejectsTargetTakenTillGivenUp() public {
        _propose();
        _confirm();
        VM.prank(anew.account);
        consents.decline(SCOPE);
        _advance(RECOVERY_DELAY);
        _assertCompletionRejected(abi.encodeWithSelector(IConsentRegistry.ConsentTargetTaken.selector, anew.id));
        VM.prank(CUSTODIAN);
        consents.cancelRecovery(SCOPE, alice.id);
        _recover(alice.id, _person("another").id);
    }

    function test_GivenMovedAsOftenAsMayBe_WhenCompleted_RejectsMovesExhausted() public {
        ParticipantId id = alice.id;
        for (uint256 i = 0; i < MAX_FORWARDS; ++i) {
            ParticipantId next = _key(i).id;
            _recover(id, next);
            id = next;
        }
        _propose(id, _key(MAX_FORWARDS).id);
        VM.prank(COMMITTEE);
        consents.confirmRecovery(SCOPE, id, _key(MAX_FORWARDS).id);
        _advance(RECOVERY_DELAY);
        _refuse(
            abi.encodeCall(IConsentRegistry.completeRecovery, (SCOPE, id)),
            abi.encodeWithSelector(IConsentRegistry.ConsentMovesExhausted.selector)
        );
        // Every id of the way reads and closes the one consent.
        VM.assertEq(ParticipantId.unwrap(consents.forwardOf(SCOPE, alice.id)), ParticipantId.unwrap(id));
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _assertStatus(id, ConsentStatus.Withdrawn);
        for (uint256 i = 0; i < MAX_FORWARDS; ++i) _assertStatus(_key(i).id, ConsentStatus.Withdrawn);
    }

    // When

    function _propose() private {
        _propose(alice.id, anew.id);
    }

    function _propose(ParticipantId id, ParticipantId newId) private {
        VM.prank(CUSTODIAN);
        consents.proposeRecovery(SCOPE, id, newId);
    }

    function _confirm() private {
        VM.prank(COMMITTEE);
        consents.confirmRecovery(SCOPE, alice.id, anew.id);
    }

    function _complete() private {
        VM.prank(STRANGER);
        consents.completeRecovery(SCOPE, alice.id);
    }

    function _recover(ParticipantId id, ParticipantId newId) private {
        _propose(id, newId);
        VM.prank(COMMITTEE);
        consents.confirmRecovery(SCOPE, id, newId);
        _advance(RECOVERY_DELAY);
        VM.prank(STRANGER);
        consents.completeRecovery(SCOPE, id);
    }

    // Then

    function _assertProposalRejected(ParticipantId id, ParticipantId newId, bytes memory reason) private {
        uint256 before = _lastRaw(id);
        _refuse(CUSTODIAN, _proposal(id, newId), reason);
        VM.assertEq(_lastRaw(id), before);
    }

    function _assertCompletionRejected(bytes memory reason) private {
        uint256 before = _lastRaw(alice.id);
        _refuse(abi.encodeCall(IConsentRegistry.completeRecovery, (SCOPE, alice.id)), reason);
        VM.assertEq(_lastRaw(alice.id), before);
    }

    function _assertRecovery(ParticipantId newId, uint32 proposedAt, uint32 readyAt, uint32 vetoedAt) private view {
        Recovery memory recovery = consents.recoveryOf(SCOPE, alice.id);
        VM.assertEq(ParticipantId.unwrap(recovery.newParticipantId), ParticipantId.unwrap(newId));
        VM.assertEq(recovery.proposedAt, proposedAt);
        VM.assertEq(recovery.readyAt, readyAt);
        VM.assertEq(recovery.vetoedAt, vetoedAt);
    }

    function _vetoCall(Person memory person, ParticipantId newId) private view returns (bytes memory) {
        return _signedNow(person, vetoing(Veto({scopeId: SCOPE, newParticipantId: newId})));
    }

    function _confirmation(ParticipantId newId) private view returns (bytes memory) {
        return abi.encodeCall(IConsentRegistry.confirmRecovery, (SCOPE, alice.id, newId));
    }

    /// @dev What all calls about a recovery say that is not pending.
    function _unknown() private view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentRecoveryUnknown.selector, SCOPE, alice.id);
    }

    function _proposal(ParticipantId id, ParticipantId newId) private pure returns (bytes memory) {
        return abi.encodeCall(IConsentRegistry.proposeRecovery, (SCOPE, id, newId));
    }

    function _key(uint256 number) private pure returns (Person memory) {
        return _person(string(abi.encodePacked("key ", number)));
    }
}
