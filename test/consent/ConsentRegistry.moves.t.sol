// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {ITermsRegistry} from "../../contracts/consent/ITermsRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {
    Attestation,
    Authorisation,
    Closing,
    ConsentAuthor,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    NOT_ENDED,
    NO_EXPIRY,
    TakeOver
} from "../../contracts/types/Consent.sol";
import {ALL_MANDATES} from "../../contracts/types/Delegate.sol";
import {ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {Change, declining, granting, signedCall, structHash, takingOver} from "../support/Changes.sol";
import {entryOf, groupOf, sorted} from "../support/Groups.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryMovesTest
/// @notice Takeovers: consents that the custodian or a guardian has kept move to the participant's own key, once.
contract ConsentRegistryMovesTest is OthersActs {
    Person private alice;
    Person private guardian;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice, of age");
        guardian = _person("alice's mother");
        _advance(1 days);
    }

    // What it does

    function test_GivenImported_WhenTakenOver_MovesTheWordAndEmitsConsentMoved() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        _advance(10);
        uint256 lastWord =
            (_raw(PAPER) & ~(uint256(type(uint32).max) << 96) & ~(uint256(type(uint16).max) << 32)) |
                (uint256(_now()) << 96) |
                (2 << 32) |
                (1 << 15);
        uint256 firstWord =
            _pack(ConsentState.Active, NO_EXTENT, 1, 0, _now(), NOT_ENDED, _now()) |
                _packAnswer(0x13, 1, NO_EXPIRY, 0xA5);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentMoved(
            SCOPE,
            PAPER,
            alice.id,
            ConsentWord.wrap(lastWord),
            ConsentWord.wrap(firstWord)
        );
        _takeOver();
        VM.assertEq(_lastRaw(PAPER), lastWord);
        VM.assertEq(_raw(alice), firstWord);
    }

    function test_GivenTakenOver_WhenTheOldIdIsRead_AnswersForTheNewOne() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        uint256 imported = block.timestamp;
        _advance(10);
        _takeOver();
        VM.assertEq(_raw(PAPER), _raw(alice));
        VM.assertEq(ParticipantId.unwrap(consents.forwardOf(SCOPE, PAPER)), ParticipantId.unwrap(alice.id));
        VM.assertEq(ParticipantId.unwrap(consents.forwardOf(SCOPE, alice.id)), ParticipantId.unwrap(alice.id));
        _assertStatus(PAPER, ConsentStatus.Active);
        VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, PAPER, 0)), _lastRaw(PAPER), "its own history");
        _assertPermittedAt(PAPER, imported - 1, false, 0);
        _assertPermittedAt(PAPER, imported, true, 1);
        _assertPermittedAt(PAPER, imported + 9, true, 1);
        _assertPermittedAt(PAPER, imported + 10, true, 1);
        _assertPermittedAt(alice.id, imported + 9, false, 0);
        _assertPermittedAt(alice.id, imported + 10, true, 1);
        _advance(5);
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _assertPermittedAt(PAPER, block.timestamp, false, 0);
        _assertPermittedAt(PAPER, block.timestamp - 1, true, 1);
        _assertStatus(PAPER, ConsentStatus.Withdrawn);
    }

    function test_GivenGuardiansWord_WhenTakenOver_BecomesTheParticipants() public {
        _addGuardian(PAPER, guardian);
        _accept(_signedFor(PAPER, guardian, granting(_importOf(PAPER, 1, 0).agreed)));
        VM.assertTrue(_authorOf(_raw(PAPER)) == ConsentAuthor.Guardian);
        _advance(1);
        _takeOver();
        VM.assertTrue(_authorOf(_raw(alice)) == ConsentAuthor.Participant);
        VM.assertEq(uint32(_raw(alice) >> 160), HALF_YEAR_END, "what was agreed to stays");
    }

    function test_GivenClosedWord_WhenTakenOver_StaysClosedAndKeepsDissent() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        Attestation memory no = _attestation(PAPER, ConsentState.Declined, NO_EXTENT);
        no.dissent = true;
        _attest(no);
        uint256 before = _raw(PAPER);
        _advance(10);
        _takeOver();
        uint256 moved = _raw(alice);
        VM.assertEq(moved & 0x9f, before & 0x9f, "state, extent and dissent");
        VM.assertEq(uint32(moved >> 64), _now());
        VM.assertEq(uint32(moved >> 96), _now());
        _assertPermittedAt(alice.id, block.timestamp, false, 0);
        _advance(1);
        // No guardian: the participant, who may open again.
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _assertStatus(PAPER, ConsentStatus.Active);
    }

    function test_GivenAuthorisationThatNamesItsOwnSigner_WhenTakenOver_Moves() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        Change memory change = takingOver(TakeOver(SCOPE, PAPER));
        Authorisation memory given = _authorise(alice, change);
        given.participantId = alice.id;
        VM.prank(CUSTODIAN);
        _accept(signedCall(change, given));
        VM.assertNotEq(_raw(alice), 0);
    }

    // What it refuses, guards first

    function test_GivenOtherSenders_WhenTakenOver_RejectsNotCustodian() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        _refuse(
            COMMITTEE,
            _takeOverCall(PAPER),
            abi.encodeWithSelector(IConsentRegistry.ConsentNotCustodian.selector, SCOPE, ETHICS)
        );
        _refuse(
            alice.account,
            _takeOverCall(PAPER),
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionAccountUnknown.selector, alice.account)
        );
    }

    function test_GivenSuspendedCustodian_WhenTakenOver_RejectsNotInStanding() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        _suspendBiobank();
        _assertRejected(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
    }

    function test_GivenUnknownScope_WhenTakenOver_RejectsScopeUnknown() public {
        ScopeId unknown = ScopeId.wrap("no such study");
        Change memory change = takingOver(TakeOver(unknown, PAPER));
        _refuse(
            CUSTODIAN,
            _signedNow(alice, change),
            abi.encodeWithSelector(ITermsRegistry.ScopeUnknown.selector, unknown)
        );
    }

    function test_GivenDelegateSigns_WhenTakenOver_RejectsDelegateUnauthorised() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        _addGuardian(PAPER, guardian);
        _refuse(
            CUSTODIAN,
            _signedFor(PAPER, guardian, takingOver(TakeOver(SCOPE, PAPER))),
            abi.encodeWithSelector(IConsentRegistry.ConsentDelegateUnauthorised.selector, PAPER, guardian.id)
        );
    }

    function test_GivenSignedForAnotherId_WhenTakenOver_RejectsSignatureInvalid() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        Authorisation memory given = _authorise(alice, takingOver(TakeOver(SCOPE, PAPER)));
        _refuse(
            CUSTODIAN,
            signedCall(takingOver(TakeOver(SCOPE, guardian.id)), given),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, alice.id)
        );
    }

    function test_GivenDeadlinePassed_WhenTakenOver_RejectsDeadlinePassed() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        bytes memory call = _takeOverCall(PAPER);
        uint32 deadline = _now() + 1 hours;
        VM.warp(deadline + 1);
        _refuse(
            CUSTODIAN,
            call,
            abi.encodeWithSelector(IConsentRegistry.ConsentDeadlinePassed.selector, deadline, block.timestamp)
        );
    }

    function test_GivenSignedTomorrow_WhenTakenOver_RejectsSignedInFuture() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        Change memory change = takingOver(TakeOver(SCOPE, PAPER));
        _refuse(
            CUSTODIAN,
            signedCall(change, _authoriseAt(alice, change, _now() + 1)),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedInFuture.selector, _now() + 1, block.timestamp)
        );
    }

    function test_GivenNone_WhenTakenOver_RejectsConsentUnknown() public {
        _assertRejected(abi.encodeWithSelector(IConsentRegistry.ConsentUnknown.selector, SCOPE, PAPER));
    }

    function test_GivenTakenOver_WhenTakenOverAgain_RejectsForwarded() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        _takeOver();
        _refuse(
            CUSTODIAN,
            _signedNow(_person("another"), takingOver(TakeOver(SCOPE, PAPER))),
            abi.encodeWithSelector(IConsentRegistry.ConsentForwarded.selector, PAPER)
        );
    }

    function test_GivenRecoveryPending_WhenTakenOver_RejectsLocked() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        VM.prank(CUSTODIAN);
        consents.proposeRecovery(SCOPE, PAPER, guardian.id);
        _assertRejected(abi.encodeWithSelector(IConsentRegistry.ConsentLocked.selector, PAPER));
    }

    function test_GivenParticipantsWord_WhenTakenOver_RejectsParticipantActed() public {
        Person memory bob = _person("bob");
        VM.prank(bob.account);
        consents.grant(_grantOf(bob));
        _advance(1);
        _assertParticipantActed(bob);
    }

    function test_GivenProxysWord_WhenTakenOver_RejectsParticipantActed() public {
        Person memory bob = _person("bob");
        _appoint(bob, guardian, ALL_MANDATES, NO_EXPIRY);
        _accept(_signedFor(bob.id, guardian, declining(Closing({scopeId: SCOPE, minVersion: 0}))));
        _advance(1);
        _assertParticipantActed(bob);
    }

    function test_GivenWordSignedNoEarlier_WhenTakenOver_RejectsSignedTooEarly() public {
        _import(_importOf(PAPER, 1, _now()));
        _assertRejected(abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, _now(), _now()));
        Change memory change = takingOver(TakeOver(SCOPE, PAPER));
        _refuse(
            CUSTODIAN,
            signedCall(change, _authoriseAt(alice, change, _now() - 1)),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, _now() - 1, _now())
        );
        _advance(1);
        _takeOver();
    }

    function test_GivenGroupOfTwo_WhenOneOfThemSignsTheTakeover_RejectsSignatureInvalid_AndWhenBoth_Moves() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        bytes[] memory members = new bytes[](2);
        (members[0], members[1]) = (abi.encodePacked(alice.account), abi.encodePacked(guardian.account));
        members = sorted(members);
        Change memory change = takingOver(TakeOver(SCOPE, PAPER));
        Authorisation memory given = _unsigned(alice);
        given.signer = groupOf(members, 2);
        ParticipantId group = ParticipantId.wrap(keccak256(given.signer));
        bytes32 digest = _typedData(structHash(change, group, given));
        bool isFirst = keccak256(members[0]) == ParticipantId.unwrap(alice.id);
        given.signature = entryOf(members, 0, _sign(isFirst ? alice : guardian, digest));
        _refuse(
            CUSTODIAN,
            signedCall(change, given),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, group)
        );
        given.signature = bytes.concat(given.signature, entryOf(members, 1, _sign(isFirst ? guardian : alice, digest)));
        VM.prank(CUSTODIAN);
        _accept(signedCall(change, given));
        VM.assertEq(ParticipantId.unwrap(consents.forwardOf(SCOPE, PAPER)), ParticipantId.unwrap(group));
    }

    function test_GivenKeyThatHasActed_WhenTakenOver_RejectsTargetTaken() public {
        _import(_importOf(PAPER, 1, _now() - 100));
        VM.prank(alice.account);
        consents.decline(SCOPE);
        _assertRejected(abi.encodeWithSelector(IConsentRegistry.ConsentTargetTaken.selector, alice.id));
    }

    function test_GivenKeyOfTheVeryId_WhenTakenOver_RejectsTargetTaken() public {
        _import(_importOf(alice.id, 1, _now() - 100));
        _refuse(
            CUSTODIAN,
            _takeOverCall(alice.id),
            abi.encodeWithSelector(IConsentRegistry.ConsentTargetTaken.selector, alice.id)
        );
    }

    function _takeOver() private {
        VM.prank(CUSTODIAN);
        _accept(_takeOverCall(PAPER));
    }

    function _assertRejected(bytes memory reason) private {
        uint256 before = _lastRaw(PAPER);
        _refuse(CUSTODIAN, _takeOverCall(PAPER), reason);
        VM.assertEq(_lastRaw(PAPER), before);
    }

    function _assertParticipantActed(Person memory bob) private {
        _refuse(
            CUSTODIAN,
            _takeOverCall(bob.id),
            abi.encodeWithSelector(IConsentRegistry.ConsentParticipantActed.selector, bob.id)
        );
    }

    function _takeOverCall(ParticipantId attestedId) private view returns (bytes memory) {
        return _signedNow(alice, takingOver(TakeOver({scopeId: SCOPE, attestedId: attestedId})));
    }
}
