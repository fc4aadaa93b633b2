// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../contracts/consent/ConsentRegistry.sol";
import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    SignerEntryMalformed,
    SignerLib,
    SignerTooLong,
    SignerUnsupported,
    SignerVerifierUnlisted
} from "../../contracts/libraries/SignerLib.sol";
import {
    Authorisation,
    Closing,
    ConsentState,
    ConsentStatus,
    Grant,
    LAST_VERSION,
    NO_EXPIRY,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Change, annulling, declining, granting, signedCall, structHash, suspending} from "../support/Changes.sol";
import {deployed} from "../support/Deploy.sol";
import {SignedVerbs} from "../support/SignedVerbs.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title ConsentRegistrySignaturesTest
/// @notice Invariant 3: a signature takes effect at most once, for one id, on one contract of one chain, in its time.
/// @dev What is wrong with a signature itself is tried in ConsentRegistry.hostile.t.sol, for every kind of signer.
contract ConsentRegistrySignaturesTest is SignedVerbs {
    WithdrawalExtent private constant CONTACT = WithdrawalExtent.NoFurtherContact;
    WithdrawalExtent private constant ACCESS = WithdrawalExtent.NoFurtherAccess;
    WithdrawalExtent private constant USE = WithdrawalExtent.NoFurtherUse;

    Person private alice;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        _advance(10);
    }

    // Good signatures

    function test_GivenEachVerb_WhenSignedWell_AppliesForItsSignerAlone() public {
        for (uint8 verb = 0; verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb(verb));
            uint256 before = _raw(alice);
            VM.prank(STRANGER);
            _send(change, _authorise(alice, change));
            VM.assertNotEq(_raw(alice), before);
            ParticipantId relayer = ParticipantId.wrap(keccak256(abi.encodePacked(STRANGER)));
            VM.assertEq(uint256(consents.statusOf(SCOPE, relayer)), uint256(ConsentStatus.None));
            VM.revertToState(state);
        }
    }

    function test_GivenEachKindOfSigner_WhenSignedWell_OpensAndCloses() public {
        for (uint8 kind = 0; kind < KINDS; ++kind) {
            Signer memory signer = _signer(Kind(kind), "bob");
            Change memory change = granting(_firstGrant());
            _send(change, _authorise(signer, change));
            VM.assertEq(uint256(consents.statusOf(SCOPE, signer.id)), uint256(ConsentStatus.Active));
            _advance(1);
            change = _withdrawal(USE, 1);
            _send(change, _authorise(signer, change));
            VM.assertEq(uint256(consents.statusOf(SCOPE, signer.id)), uint256(ConsentStatus.Withdrawn));
        }
    }

    function test_GivenAuthorisation_WhenItNamesItsOwnSigner_IsTheirOwn() public {
        Change memory change = granting(_firstGrant());
        Authorisation memory given = _authorise(alice, change);
        given.participantId = alice.id;
        _send(change, given);
        VM.assertEq((_raw(alice) >> 5) & 3, 0, "the author is the participant");
    }

    function test_GivenSignerWithCode_WhenSignedByItsKey_Applies() public {
        VM.etch(alice.account, hex"60006000fd");
        _apply(granting(_firstGrant()));
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenSignerDelegatedByEip7702_WhenSignedByItsKey_OpensAndCloses() public {
        VM.etch(alice.account, abi.encodePacked(hex"ef0100", address(consents)));
        _apply(granting(_firstGrant()));
        _advance(1);
        _apply(_withdrawal(USE, 0));
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenSignature_WhenSubmittedLater_KeepsItsSigningTime() public {
        Change memory change = granting(_firstGrant());
        Authorisation memory given = _authorise(alice, change);
        _advance(100);
        _send(change, given);
        VM.assertEq(uint32(_raw(alice) >> 128), given.signedAt);
        VM.assertEq(uint32(_raw(alice) >> 64), _now(), "block time decides what was permitted");
    }

    // Signatures that are not the signer's over this change, here

    function test_GivenEachVerb_WhenSignedByAnother_RejectsSignatureInvalid() public {
        for (uint8 verb = 0; verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb(verb));
            Authorisation memory given = _authorise(alice, change);
            given.signature = _sign(_person("mallory"), _typedData(structHash(change, alice.id, given)));
            _assertRejected(
                change,
                given,
                abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, alice.id)
            );
            VM.revertToState(state);
        }
    }

    function test_GivenChainThatForked_WhenSignedBeforeFork_RejectsSignatureInvalid() public {
        Change memory change = granting(_firstGrant());
        Authorisation memory given = _authorise(alice, change);
        uint256 chain = block.chainid;
        VM.chainId(chain + 1);
        bytes memory invalid = abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, alice.id);
        _assertRejected(change, given, invalid);
        VM.chainId(chain);
        _send(change, given);
    }

    function testFuzz_GivenAnyVerb_WhenAnyBitOfItsMembersIsAltered_IsRefused(uint256 draw, uint256 bit) public {
        Change memory change = _prepared(Verb(draw % VERBS));
        Authorisation memory given = _authorise(alice, change);
        bit = bound(bit, 0, change.members.length * 8 - 1);
        change.members[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        uint256 before = _raw(alice);
        (bool success, ) = address(consents).call(signedCall(change, given));
        VM.assertFalse(success);
        VM.assertEq(_raw(alice), before);
    }

    function testFuzz_GivenAnyVerb_WhenAnyBitOfItsTimesIsAltered_IsRefused(uint256 draw, uint256 bit) public {
        Change memory change = _prepared(Verb(draw % VERBS));
        Authorisation memory given = _authorise(alice, change);
        if (bit % 2 == 0) given.deadline ^= uint32(1 << ((bit >> 1) % 32));
        else given.signedAt ^= uint32(1 << ((bit >> 1) % 32));
        uint256 before = _raw(alice);
        (bool success, ) = address(consents).call(signedCall(change, given));
        VM.assertFalse(success);
        VM.assertEq(_raw(alice), before);
    }

    function test_GivenWithdrawal_WhenExtentIsNoNumberOfTheEnum_Reverts() public {
        Change memory change = _withdrawal(USE, 0);
        Authorisation memory given = _authorise(alice, change);
        // The extent is the second member.
        change.members[63] = 0x04;
        _assertRejected(change, given, "");
    }

    // Signers

    function test_GivenSignerOfNoKind_WhenSigned_RejectsSignerUnsupported() public {
        bytes[5] memory signers = [
            bytes(""),
            new bytes(19),
            abi.encodePacked(address(0), uint8(1)),
            new bytes(52),
            new bytes(54)
        ];
        Change memory change = granting(_firstGrant());
        for (uint256 i = 0; i < signers.length; ++i) {
            Authorisation memory given = _authorise(alice, change);
            given.signer = signers[i];
            _assertRejected(change, given, abi.encodeWithSelector(SignerUnsupported.selector, signers[i].length));
        }
    }

    function test_GivenVerifierWithUnlistedCode_WhenOpening_RejectsSignerVerifierUnlisted() public {
        address unlisted = deployed("FixedAnswerSigner", abi.encode(false, bytes32(0), 32));
        Change memory change = granting(_firstGrant());
        Authorisation memory given = _authorise(alice, change);
        given.signer = abi.encodePacked(unlisted, "key");
        _assertRejected(change, given, abi.encodeWithSelector(SignerVerifierUnlisted.selector, unlisted));
    }

    function test_GivenCopyOfListedVerifier_WhenOpening_CountsForItsCode() public {
        Signer memory signer = _signer(Kind.Key, "bob");
        address copied = address(0xC0B1E);
        VM.etch(copied, p256Verifier.code);
        (uint256 x, uint256 y) = VM.publicKeyP256(signer.people[0].key);
        signer.signer = abi.encodePacked(copied, x, y);
        signer.id = ParticipantId.wrap(keccak256(signer.signer));
        Change memory change = granting(_firstGrant());
        _send(change, _authorise(signer, change));
        VM.assertEq(uint256(consents.statusOf(SCOPE, signer.id)), uint256(ConsentStatus.Active));
    }

    function test_GivenVerifierWithoutCode_WhenRegistryIsDeployed_RevertsSignerVerifierUnlisted() public {
        address[] memory verifiers = new address[](2);
        (verifiers[0], verifiers[1]) = (p256Verifier, STRANGER);
        VM.expectRevert(abi.encodeWithSelector(SignerVerifierUnlisted.selector, STRANGER));
        this.deployRegistry(verifiers);
    }

    function test_GivenSignerTooLong_WhenSigned_RejectsSignerTooLong() public {
        Change memory change = granting(_firstGrant());
        Authorisation memory given = _authorise(alice, change);
        uint256 longest = SignerLib.LONGEST_SIGNER;
        given.signer = bytes.concat(abi.encodePacked(p256Verifier), new bytes(longest - 19));
        _assertRejected(change, given, abi.encodeWithSelector(SignerTooLong.selector, longest + 1, longest));
    }

    function test_GivenSignatureTooLong_WhenForeignCodeIsToCheckIt_RejectsSignerTooLong() public {
        uint256 longest = SignerLib.LONGEST_SIGNATURE;
        bytes memory reason = abi.encodeWithSelector(SignerTooLong.selector, longest + 1, longest);
        Kind[2] memory kinds = [Kind.Wallet, Kind.Key];
        for (uint256 i = 0; i < kinds.length; ++i) {
            Signer memory signer = _signer(kinds[i], "bob");
            Change memory change = granting(_firstGrant());
            Authorisation memory given = _authorise(signer, change);
            given.signature = new bytes(longest + 1);
            _assertRejected(change, given, reason);
        }
    }

    function test_GivenGroupEntryCutShort_WhenSigned_RejectsSignerEntryMalformed() public {
        Signer memory signer = _signer(Kind.Group, "the family");
        Change memory change = granting(_firstGrant());
        Authorisation memory given = _authorise(signer, change);
        given.signature = bytes.concat(given.signature, hex"0014aa");
        _assertRejected(change, given, abi.encodeWithSelector(SignerEntryMalformed.selector, 3));
        given.signature = hex"00";
        _assertRejected(change, given, abi.encodeWithSelector(SignerEntryMalformed.selector, 1));
    }

    // Time

    function test_GivenEachVerb_WhenDeadlineHasPassed_RejectsDeadlinePassed() public {
        for (uint8 verb = 0; verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb(verb));
            Authorisation memory given = _authorise(alice, change);
            VM.warp(uint256(given.deadline) + 1);
            _assertRejected(
                change,
                given,
                abi.encodeWithSelector(IConsentRegistry.ConsentDeadlinePassed.selector, given.deadline, block.timestamp)
            );
            VM.warp(given.deadline);
            _send(change, given);
            VM.revertToState(state);
        }
    }

    function test_GivenEachVerb_WhenSignedInFuture_RejectsSignedInFuture() public {
        for (uint8 verb = 0; verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb(verb));
            Authorisation memory given = _authoriseAt(alice, change, _now() + 1);
            _assertRejected(
                change,
                given,
                abi.encodeWithSelector(IConsentRegistry.ConsentSignedInFuture.selector, given.signedAt, block.timestamp)
            );
            _advance(1);
            _send(change, given);
            VM.revertToState(state);
        }
    }

    function test_GivenWithdrawn_WhenGrantWasSignedBefore_RejectsSignedTooEarly() public {
        _apply(granting(_firstGrant()));
        Grant memory grant = _firstGrant();
        grant.version = 3;
        Authorisation memory early = _authorise(alice, grant);
        _advance(5);
        _ownWithdraw(USE);
        _assertRejected(
            granting(grant),
            early,
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, early.signedAt, _now())
        );
    }

    // Replays

    function test_GivenGrantUsed_WhenReplayed_RejectsAlreadyGranted() public {
        Change memory change = granting(_firstGrant());
        Authorisation memory given = _authorise(alice, change);
        _send(change, given);
        _assertRejected(change, given, abi.encodeWithSelector(IConsentRegistry.ConsentAlreadyGranted.selector));
        _ownWithdraw(USE);
        _assertVersionMismatch(change, given, 3, 1);
    }

    function test_GivenOpeningUsed_WhenReplayed_RejectsVersionMismatch() public {
        for (uint8 verb = uint8(Verb.Update); verb <= uint8(Verb.Extend); ++verb) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb(verb));
            Authorisation memory given = _authorise(alice, change);
            _send(change, given);
            _assertVersionMismatch(change, given, 3, 2);
            VM.revertToState(state);
        }
    }

    function test_GivenResumeUsed_WhenReplayedAfterNextSuspension_RejectsVersionMismatch() public {
        Change memory change = _prepared(Verb.Resume);
        Authorisation memory given = _authorise(alice, change);
        _send(change, given);
        _advance(1);
        _apply(suspending(_closing(0)));
        _assertVersionMismatch(change, given, 5, 3);
    }

    function test_GivenClosingUsed_WhenReplayed_RejectsClosingSuperseded() public {
        for (uint8 verb = uint8(Verb.Suspend); verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb(verb));
            Authorisation memory given = _authorise(alice, change);
            _send(change, given);
            _assertSuperseded(change, given, given.signedAt);
            _advance(1);
            _assertSuperseded(change, given, given.signedAt);
            VM.revertToState(state);
        }
    }

    function test_GivenReGrant_WhenOldClosingIsReplayed_RejectsClosingSuperseded() public {
        Change memory change = _prepared(Verb.Withdraw);
        Authorisation memory given = _authorise(alice, change);
        _send(change, given);
        _advance(1);
        _apply(granting(_grantOf(alice)));
        _assertSuperseded(change, given, _now());
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenReGrant_WhenUnusedOldClosingArrives_RejectsClosingSuperseded() public {
        Change memory change = _prepared(Verb.Suspend);
        Authorisation memory unused = _authorise(alice, change);
        _advance(1);
        _ownWithdraw(USE);
        _advance(1);
        _apply(granting(_grantOf(alice)));
        _assertSuperseded(change, unused, _now());
    }

    function test_GivenPendingOpening_WhenAnyClosingApplies_PendingOpeningIsDead() public {
        for (uint8 closing = uint8(Verb.Suspend); closing < VERBS; ++closing) {
            uint256 state = VM.snapshotState();
            Change memory change = _prepared(Verb.Resume);
            _advance(5);
            Authorisation memory pending = _authorise(alice, change);
            _apply(_changeOf(Verb(closing), 0));
            (bool success, ) = address(consents).call(signedCall(change, pending));
            VM.assertFalse(success);
            VM.revertToState(state);
        }
    }

    function test_GivenPendingFirstGrant_WhenSuspendedFirst_RejectsVersionMismatch() public {
        Change memory change = granting(_firstGrant());
        Authorisation memory pending = _authorise(alice, change);
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _assertVersionMismatch(change, pending, 2, 1);
    }

    // What a signed closing applies to

    function test_GivenLowerStandingVersion_WhenClosing_RejectsVersionTooLow() public {
        _prepared(Verb.Suspend);
        uint16[2] memory versions = [2, LAST_VERSION];
        for (uint8 verb = uint8(Verb.Suspend); verb < VERBS; ++verb) {
            for (uint256 i = 0; i < versions.length; ++i) {
                Change memory change = _changeOf(Verb(verb), versions[i]);
                _assertRejected(
                    change,
                    _authorise(alice, change),
                    abi.encodeWithSelector(IConsentRegistry.ConsentVersionTooLow.selector, versions[i], 1)
                );
            }
        }
    }

    function test_GivenHigherStandingVersion_WhenClosing_AppliesToWhateverStands() public {
        _prepared(Verb.Resume);
        _apply(_withdrawal(USE, 1));
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenGrantOfSameSecond_WhenClosingStrengthens_Applies() public {
        _apply(granting(_firstGrant()));
        Change[6] memory rising = [
            suspending(_closing(0)),
            declining(_closing(0)),
            annulling(_closing(0)),
            _withdrawal(CONTACT, 0),
            _withdrawal(ACCESS, 0),
            _withdrawal(USE, 0)
        ];
        for (uint256 i = 0; i < rising.length; ++i) {
            uint16 before = uint16(_raw(alice) >> 32);
            _apply(rising[i]);
            VM.assertEq(uint16(_raw(alice) >> 32), before + 1);
            for (uint256 j = 0; j <= i; ++j) {
                Authorisation memory given = _authorise(alice, rising[j]);
                _assertSuperseded(rising[j], given, _now());
            }
        }
        VM.assertEq(_raw(alice) & 0x1f, uint256(ConsentState.Withdrawn) | (uint256(USE) << 3));
    }

    function test_GivenWordSignedLater_WhenClosing_RejectsClosingSuperseded() public {
        Change memory change = _withdrawal(USE, 0);
        Authorisation memory early = _authorise(alice, change);
        _advance(1);
        _apply(granting(_firstGrant()));
        _assertSuperseded(change, early, _now());
    }

    function test_GivenWeakerClosingSignedLater_WhenApplied_RaisesSigningTimeAndVersionOnly() public {
        _ownWithdraw(USE);
        uint256 before = _raw(alice);
        _advance(7);
        _apply(_withdrawal(CONTACT, 0));
        VM.assertEq(_raw(alice), before + (1 << 32) + (uint256(7) << 128));
    }

    function test_GivenLastVersion_WhenSignedClosings_WorkWhileSignedLater() public {
        uint256 word = _pack(ConsentState.Active, WithdrawalExtent.None, LAST_VERSION, 9, _now(), ~uint32(0), _now());
        _storeWord(alice, word);
        _apply(suspending(_closing(LAST_VERSION)));
        _advance(1);
        Change memory change = _withdrawal(USE, LAST_VERSION);
        Authorisation memory given = _authorise(alice, change);
        _send(change, given);
        _assertSuperseded(change, given, _now());
        _assertStatus(ConsentStatus.Withdrawn);
    }

    // The domain as wallets read it

    function test_WhenAskedForItsDomain_AnswersWhatSignersUse() public view {
        (, string memory name, string memory version, uint256 chainId, address verifier, , ) = consents.eip712Domain();
        VM.assertEq(bytes(name), "Concord Consent");
        VM.assertEq(bytes(version), "1");
        VM.assertEq(chainId, block.chainid);
        VM.assertEq(verifier, address(consents));
    }

    /// @dev A call of its own, so that the expectation of a revert is for it.
    function deployRegistry(address[] memory verifiers) external returns (ConsentRegistry) {
        return
            ConsentRegistry(deployed("ConsentRegistry", abi.encode(terms, institutions, delegates, index, verifiers)));
    }

    /// @dev The change of a verb, and the state that it starts from, a second ago.
    function _prepared(Verb verb) private returns (Change memory) {
        if (verb == Verb.Grant) return _changeOf(verb, 1);
        Grant memory grant = _firstGrant();
        grant.until = _now() + 1 days;
        VM.prank(alice.account);
        consents.grant(grant);
        _advance(1);
        if (verb >= Verb.Suspend) return _changeOf(verb, 1);
        if (verb != Verb.Resume) return _changeOf(verb, 2);
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _advance(1);
        return _changeOf(verb, 3);
    }

    function _apply(Change memory change) private {
        _send(change, _authorise(alice, change));
    }

    /// @dev One call only: a prank or an expectation before this is for it.
    function _send(Change memory change, Authorisation memory given) private {
        (bool success, ) = address(consents).call(signedCall(change, given));
        VM.assertTrue(success, "a good signature was refused");
    }

    function _ownWithdraw(WithdrawalExtent extent) private {
        VM.prank(alice.account);
        consents.withdraw(SCOPE, extent);
    }

    function _assertRejected(Change memory change, Authorisation memory given, bytes memory expected) private {
        uint256 before = _raw(alice);
        (bool success, bytes memory reason) = address(consents).call(signedCall(change, given));
        VM.assertFalse(success, "accepted");
        VM.assertEq(reason, expected, "reason");
        VM.assertEq(_raw(alice), before, "a refused change left a trace");
    }

    function _assertSuperseded(Change memory change, Authorisation memory given, uint32 standingSignedAt) private {
        _assertRejected(
            change,
            given,
            abi.encodeWithSelector(IConsentRegistry.ConsentClosingSuperseded.selector, given.signedAt, standingSignedAt)
        );
    }

    function _assertVersionMismatch(
        Change memory change,
        Authorisation memory given,
        uint16 expected,
        uint16 named
    ) private {
        _assertRejected(
            change,
            given,
            abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, expected, named)
        );
    }

    function _assertStatus(ConsentStatus expected) private view {
        VM.assertEq(uint256(consents.statusOf(SCOPE, alice.id)), uint256(expected), "status");
    }

    function _firstGrant() private view returns (Grant memory) {
        return _grantUntil(NO_EXPIRY, 1);
    }

    function _closing(uint16 minVersion) private pure returns (Closing memory) {
        return Closing({scopeId: SCOPE, minVersion: minVersion});
    }
}
