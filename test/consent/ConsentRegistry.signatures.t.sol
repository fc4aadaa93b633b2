// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Authorisation,
    ConsentState,
    ConsentStatus,
    Grant,
    LAST_VERSION,
    Resume,
    Suspend,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title ConsentRegistrySignaturesTest
/// @notice Invariant 3: a signature takes effect at most once, for one id, on one contract of one chain, in its time.
contract ConsentRegistrySignaturesTest is ConsentSigning {
    enum Verb {
        Grant,
        Resume,
        Suspend,
        Withdraw
    }

    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    WithdrawalExtent private constant CONTACT = WithdrawalExtent.NoFurtherContact;
    WithdrawalExtent private constant USE = WithdrawalExtent.NoFurtherUse;

    Person private alice;
    Person private mallory;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        mallory = _person("mallory");
        _advance(10);
    }

    // A good signature

    function test_GivenEachVerb_WhenSignedWell_AppliesForItsSignerAlone() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            uint256 before = _raw(alice);
            VM.prank(STRANGER);
            _submit(Verb(i), _wellSigned(Verb(i)));
            VM.assertNotEq(_raw(alice), before);
            ParticipantId relayer = ParticipantId.wrap(keccak256(abi.encodePacked(STRANGER)));
            VM.assertEq(uint256(consents.statusOf(SCOPE, relayer)), uint256(ConsentStatus.None));
            VM.revertToState(state);
        }
    }

    function test_GivenEachVerb_WhenDeadlineIsNow_Applies() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            Authorisation memory given = _unsigned(alice);
            given.deadline = _now();
            uint256 before = _raw(alice);
            _submit(Verb(i), _signed(alice, given, _structHash(Verb(i), given)));
            VM.assertNotEq(_raw(alice), before);
            VM.revertToState(state);
        }
    }

    function test_GivenSignerWithCode_WhenSignedByItsKey_Applies() public {
        VM.etch(alice.account, hex"60006000fd");
        _submit(Verb.Grant, _wellSigned(Verb.Grant));
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenSignerDelegatedByEip7702_WhenSignedByItsKey_Applies() public {
        VM.etch(alice.account, abi.encodePacked(hex"ef0100", address(consents)));
        _submit(Verb.Grant, _wellSigned(Verb.Grant));
        _advance(1);
        _submit(Verb.Withdraw, _wellSigned(Verb.Withdraw));
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenSignature_WhenSubmittedLater_KeepsItsSigningTime() public {
        Authorisation memory given = _wellSigned(Verb.Grant);
        _advance(100);
        _submit(Verb.Grant, given);
        VM.assertEq(uint32(_raw(alice) >> 128), given.signedAt);
        VM.assertEq(uint32(_raw(alice) >> 64), _now(), "block time decides what was permitted");
    }

    // Signatures that are not the signer's over this change, here

    function test_GivenEachVerb_WhenSignedForOtherChain_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            _assertDomainRejected(Verb(i), "Concord Consent", "1", block.chainid + 1, address(consents));
        }
    }

    function test_GivenEachVerb_WhenSignedForOtherContract_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            _assertDomainRejected(Verb(i), "Concord Consent", "1", block.chainid, address(terms));
        }
    }

    function test_GivenEachVerb_WhenSignedForOtherDomainName_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            _assertDomainRejected(Verb(i), "Concord consent", "1", block.chainid, address(consents));
        }
    }

    function test_GivenEachVerb_WhenSignedForOtherDomainVersion_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            _assertDomainRejected(Verb(i), "Concord Consent", "2", block.chainid, address(consents));
        }
    }

    function test_GivenChainThatForked_WhenSignedBeforeFork_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            Authorisation memory given = _wellSigned(Verb(i));
            VM.chainId(block.chainid + 1);
            _assertInvalid(Verb(i), given);
            VM.revertToState(state);
            VM.chainId(31_337);
        }
    }

    function test_GivenEachVerb_WhenSignedAsAnotherVerb_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            for (uint256 j = 0; j < 4; ++j) {
                if (i == j) continue;
                uint256 state = VM.snapshotState();
                _prepare(Verb(i));
                Authorisation memory given = _unsigned(alice);
                _assertInvalid(Verb(i), _signed(alice, given, _structHash(Verb(j), given)));
                VM.revertToState(state);
            }
        }
    }

    function test_GivenWithdrawal_WhenSignedWithFieldsReordered_RejectsSignatureInvalid() public {
        _prepare(Verb.Withdraw);
        Authorisation memory given = _unsigned(alice);
        bytes32 typeHash = keccak256(
            "Withdraw(bytes32 scopeId,bytes32 participantId,uint8 extent,uint16 minVersion,uint32 signedAt,"
            "uint32 deadline)"
        );
        bytes32 reordered = keccak256(
            abi.encode(typeHash, SCOPE, alice.id, USE, uint16(0), given.signedAt, given.deadline)
        );
        _assertInvalid(Verb.Withdraw, _signed(alice, given, reordered));
    }

    function test_GivenGrant_WhenSignedWithFieldsReordered_RejectsSignatureInvalid() public {
        Authorisation memory given = _unsigned(alice);
        Grant memory change = _grantOf(alice);
        bytes32 typeHash = keccak256(
            "Grant(bytes32 participantId,bytes32 scopeId,bytes32 termsDigest,uint64 elements,uint8 preferences,"
            "uint32 until,uint16 version,uint32 deadline,uint32 signedAt)"
        );
        bytes32 reordered = keccak256(
            bytes.concat(
                abi.encode(typeHash, alice.id, change.scopeId, change.termsDigest, change.elements),
                abi.encode(change.preferences, change.until, change.version, given.deadline, given.signedAt)
            )
        );
        _assertInvalid(Verb.Grant, _signed(alice, given, reordered));
    }

    function test_GivenEachVerb_WhenSignedByAnother_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            Authorisation memory given = _unsigned(alice);
            given.signature = _sign(mallory, _typedData(_structHash(Verb(i), given)));
            _assertInvalid(Verb(i), given);
            VM.revertToState(state);
        }
    }

    function test_GivenEachVerb_WhenSignatureIsAnotherParticipants_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            Authorisation memory given = _wellSigned(Verb(i));
            given.signer = abi.encodePacked(mallory.account);
            VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, mallory.id));
            _submit(Verb(i), given);
            VM.revertToState(state);
        }
    }

    function test_GivenEachVerb_WhenSignatureIsMalleated_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            Authorisation memory given = _unsigned(alice);
            (uint8 v, bytes32 r, bytes32 s) = VM.sign(alice.key, _typedData(_structHash(Verb(i), given)));
            given.signature = abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
            _assertInvalid(Verb(i), given);
            VM.revertToState(state);
        }
    }

    function test_GivenEachVerb_WhenSignatureIsEmpty_RejectsSignatureInvalid() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            _assertInvalid(Verb(i), _unsigned(alice));
            VM.revertToState(state);
        }
    }

    function test_GivenSignerAddressZero_WhenRecoveryFails_RejectsSignatureInvalid() public {
        Authorisation memory given = _wellSigned(Verb.Grant);
        given.signer = abi.encodePacked(address(0));
        given.signature = abi.encodePacked(bytes32(0), bytes32(0), uint8(27));
        VM.expectRevert(
            abi.encodeWithSelector(
                IConsentRegistry.ConsentSignatureInvalid.selector,
                keccak256(abi.encodePacked(address(0)))
            )
        );
        _submit(Verb.Grant, given);
    }

    function test_GivenEachVerb_WhenSignerIsNoAccount_RejectsSignerUnsupported() public {
        uint256[5] memory lengths = [uint256(0), 19, 21, 32, 84];
        for (uint256 i = 0; i < 4; ++i) {
            for (uint256 j = 0; j < lengths.length; ++j) {
                uint256 state = VM.snapshotState();
                _prepare(Verb(i));
                Authorisation memory given = _wellSigned(Verb(i));
                given.signer = new bytes(lengths[j]);
                VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentSignerUnsupported.selector, lengths[j]));
                _submit(Verb(i), given);
                VM.revertToState(state);
            }
        }
    }

    function testFuzz_GivenGrant_WhenAnyFieldIsAltered_RejectsSignatureInvalid(uint8 field, uint256 by) public {
        Grant memory signed = _grantOf(alice);
        Authorisation memory given = _authorise(alice, signed);
        Grant memory sent = _grantOf(alice);
        uint256 flip = 1 << bound(by, 0, 255);
        field = uint8(bound(field, 0, 4));
        if (field == 0) sent.termsDigest ^= bytes32(flip);
        else if (field == 1) sent.elements ^= uint64(1 << bound(by, 0, 63));
        else if (field == 2) sent.preferences ^= uint8(1 << bound(by, 0, 7));
        else if (field == 3) sent.until ^= uint32(1 << bound(by, 0, 31));
        else sent.version ^= uint16(1 << bound(by, 0, 15));
        _expectInvalid();
        consents.grantBySig(sent, given);
    }

    function testFuzz_GivenEachVerb_WhenTimesAreAltered_RejectsSignatureInvalid(uint8 verb, uint32 by) public {
        Verb chosen = Verb(bound(verb, 0, 3));
        _prepare(chosen);
        Authorisation memory given = _wellSigned(chosen);
        if (by % 2 == 0) given.deadline += uint32(bound(by, 1, 1 days));
        else given.signedAt -= uint32(bound(by, 1, 1 days));
        _assertInvalid(chosen, given);
    }

    function test_GivenClosingSignature_WhenScopeIsAltered_RejectsSignatureInvalid() public {
        Withdraw memory change = _withdrawal(USE, 0);
        Authorisation memory given = _authorise(alice, change);
        change.scopeId = OTHER_SCOPE;
        _expectInvalid();
        consents.withdrawBySig(change, given);
    }

    function test_GivenWithdrawal_WhenExtentIsAltered_RejectsSignatureInvalid() public {
        Authorisation memory given = _authorise(alice, _withdrawal(USE, 0));
        _expectInvalid();
        consents.withdrawBySig(_withdrawal(CONTACT, 0), given);
    }

    function test_GivenClosingSignature_WhenMinVersionIsAltered_RejectsSignatureInvalid() public {
        Authorisation memory given = _authorise(alice, _withdrawal(USE, 1));
        _expectInvalid();
        consents.withdrawBySig(_withdrawal(USE, 0), given);

        given = _authorise(alice, Suspend({scopeId: SCOPE, minVersion: 1}));
        _expectInvalid();
        consents.suspendBySig(Suspend({scopeId: SCOPE, minVersion: 0}), given);
    }

    function test_GivenWithdrawal_WhenExtentIsNoNumberOfTheEnum_Reverts() public {
        bytes memory call = abi.encodeCall(
            IConsentRegistry.withdrawBySig,
            (_withdrawal(USE, 0), _authorise(alice, _withdrawal(USE, 0)))
        );
        // The extent is the second word of the arguments.
        call[4 + 63] = 0x04;
        uint256 before = _raw(alice);
        (bool success, ) = address(consents).call(call);
        VM.assertFalse(success);
        VM.assertEq(_raw(alice), before);
    }

    // Time

    function test_GivenEachVerb_WhenDeadlineHasPassed_RejectsDeadlinePassed() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            Authorisation memory given = _wellSigned(Verb(i));
            VM.warp(uint256(given.deadline) + 1);
            VM.expectRevert(
                abi.encodeWithSelector(IConsentRegistry.ConsentDeadlinePassed.selector, given.deadline, block.timestamp)
            );
            _submit(Verb(i), given);
            VM.revertToState(state);
        }
    }

    function test_GivenEachVerb_WhenSignedInFuture_RejectsSignedInFuture() public {
        for (uint256 i = 0; i < 4; ++i) {
            uint256 state = VM.snapshotState();
            _prepare(Verb(i));
            Authorisation memory given = _unsigned(alice);
            given.signedAt = _now() + 1;
            given = _signed(alice, given, _structHash(Verb(i), given));
            VM.expectRevert(
                abi.encodeWithSelector(IConsentRegistry.ConsentSignedInFuture.selector, given.signedAt, block.timestamp)
            );
            _submit(Verb(i), given);
            _advance(1);
            _submit(Verb(i), given);
            VM.revertToState(state);
        }
    }

    function test_GivenWithdrawn_WhenGrantWasSignedBefore_RejectsSignedTooEarly() public {
        _submit(Verb.Grant, _wellSigned(Verb.Grant));
        Grant memory change = _grantOf(alice);
        change.version = 3;
        Authorisation memory early = _authorise(alice, change);
        _advance(5);
        _ownWithdraw(USE);
        VM.expectRevert(
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, early.signedAt, _now())
        );
        consents.grantBySig(change, early);
    }

    // Replays

    function test_GivenGrantUsed_WhenReplayed_RejectsAlreadyGranted() public {
        Authorisation memory given = _wellSigned(Verb.Grant);
        Grant memory change = _grantOf(alice);
        consents.grantBySig(change, given);
        VM.expectRevert(IConsentRegistry.ConsentAlreadyGranted.selector);
        consents.grantBySig(change, given);
    }

    function test_GivenWithdrawnAfterGrant_WhenGrantIsReplayed_RejectsVersionMismatch() public {
        Authorisation memory given = _wellSigned(Verb.Grant);
        Grant memory change = _grantOf(alice);
        consents.grantBySig(change, given);
        _ownWithdraw(USE);
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 3, 1));
        consents.grantBySig(change, given);
    }

    function test_GivenResumeUsed_WhenReplayedAfterNextSuspension_RejectsVersionMismatch() public {
        _prepare(Verb.Resume);
        Authorisation memory given = _wellSigned(Verb.Resume);
        Resume memory change = _resumeOf(alice);
        consents.resumeBySig(change, given);
        _advance(1);
        _submit(Verb.Suspend, _wellSigned(Verb.Suspend));
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 5, 3));
        consents.resumeBySig(change, given);
    }

    function test_GivenClosingUsed_WhenReplayed_RejectsClosingSuperseded() public {
        _prepare(Verb.Withdraw);
        Authorisation memory given = _wellSigned(Verb.Withdraw);
        _submit(Verb.Withdraw, given);
        _expectSuperseded(given.signedAt, given.signedAt);
        _submit(Verb.Withdraw, given);
        _advance(1);
        _expectSuperseded(given.signedAt, given.signedAt);
        _submit(Verb.Withdraw, given);
    }

    function test_GivenReGrant_WhenOldClosingIsReplayed_RejectsClosingSuperseded() public {
        _prepare(Verb.Withdraw);
        Authorisation memory given = _wellSigned(Verb.Withdraw);
        _submit(Verb.Withdraw, given);
        _advance(1);
        _submit(Verb.Grant, _wellSigned(Verb.Grant));
        _expectSuperseded(given.signedAt, _now());
        _submit(Verb.Withdraw, given);
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenReGrant_WhenUnusedOldClosingArrives_RejectsClosingSuperseded() public {
        _prepare(Verb.Suspend);
        Authorisation memory unused = _wellSigned(Verb.Suspend);
        _advance(1);
        _ownWithdraw(USE);
        _advance(1);
        _submit(Verb.Grant, _wellSigned(Verb.Grant));
        _expectSuperseded(unused.signedAt, _now());
        _submit(Verb.Suspend, unused);
    }

    function test_GivenPendingOpening_WhenAnyClosingApplies_PendingOpeningIsDead() public {
        // Signed at one moment for the word that stands, closed twice over, in each order of arrival.
        _prepare(Verb.Resume);
        Resume memory change = _resumeOf(alice);
        _advance(5);
        Authorisation memory pending = _authorise(alice, change);
        _submit(Verb.Suspend, _wellSigned(Verb.Suspend));
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 4, 3));
        consents.resumeBySig(change, pending);
    }

    function test_GivenPendingFirstGrant_WhenSuspendedFirst_PendingGrantIsDead() public {
        Grant memory change = _grantOf(alice);
        Authorisation memory pending = _authorise(alice, change);
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 2, 1));
        consents.grantBySig(change, pending);
    }

    // What a signed closing applies to

    function test_GivenLowerStandingVersion_WhenClosing_RejectsVersionTooLow() public {
        _prepare(Verb.Withdraw);
        Withdraw memory change = _withdrawal(USE, 2);
        Authorisation memory given = _authorise(alice, change);
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentVersionTooLow.selector, 2, 1));
        consents.withdrawBySig(change, given);

        Suspend memory rest = Suspend({scopeId: SCOPE, minVersion: LAST_VERSION});
        given = _authorise(alice, rest);
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentVersionTooLow.selector, LAST_VERSION, 1));
        consents.suspendBySig(rest, given);
    }

    function test_GivenHigherStandingVersion_WhenClosing_AppliesToWhateverStands() public {
        _prepare(Verb.Resume);
        Authorisation memory given = _authorise(alice, _withdrawal(USE, 1));
        consents.withdrawBySig(_withdrawal(USE, 1), given);
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenGrantOfSameSecond_WhenClosingStrengthens_Applies() public {
        _submit(Verb.Grant, _wellSigned(Verb.Grant));
        _submit(Verb.Suspend, _wellSigned(Verb.Suspend));
        _assertStatus(ConsentStatus.Suspended);
        WithdrawalExtent[3] memory rising = [CONTACT, WithdrawalExtent.NoFurtherAccess, USE];
        for (uint256 i = 0; i < rising.length; ++i) {
            consents.withdrawBySig(_withdrawal(rising[i], 0), _authorise(alice, _withdrawal(rising[i], 0)));
            VM.assertEq((_raw(alice) >> 3) & 3, uint256(rising[i]));
        }
        VM.assertEq(uint16(_raw(alice) >> 32), 5);
    }

    function test_GivenClosingOfSameSecond_WhenClosingDoesNotStrengthen_RejectsSuperseded() public {
        _ownWithdraw(WithdrawalExtent.NoFurtherAccess);
        Authorisation memory given = _authorise(alice, _withdrawal(CONTACT, 0));
        _expectSuperseded(_now(), _now());
        consents.withdrawBySig(_withdrawal(CONTACT, 0), given);
        _expectSuperseded(_now(), _now());
        _submit(Verb.Suspend, _wellSigned(Verb.Suspend));
    }

    function test_GivenAnnulled_WhenSuspendOfSameSecond_RejectsSuperseded() public {
        _storeWord(alice, _pack(ConsentState.Annulled, WithdrawalExtent.None, 1, 0, _now(), _now(), _now()));
        _expectSuperseded(_now(), _now());
        _submit(Verb.Suspend, _wellSigned(Verb.Suspend));
        _submit(Verb.Withdraw, _wellSigned(Verb.Withdraw));
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenWordSignedLater_WhenClosing_RejectsSuperseded() public {
        Authorisation memory early = _wellSigned(Verb.Withdraw);
        _advance(1);
        _submit(Verb.Grant, _wellSigned(Verb.Grant));
        _expectSuperseded(early.signedAt, _now());
        _submit(Verb.Withdraw, early);
    }

    function test_GivenWeakerClosingSignedLater_WhenApplied_RaisesSigningTimeAndVersionOnly() public {
        _ownWithdraw(USE);
        uint256 before = _raw(alice);
        uint32 ended = _now();
        _advance(7);
        consents.withdrawBySig(_withdrawal(CONTACT, 0), _authorise(alice, _withdrawal(CONTACT, 0)));
        VM.assertEq(_raw(alice), before + (1 << 32) + (uint256(7) << 128));
        VM.assertEq(uint32(_raw(alice) >> 96), ended);
    }

    function test_GivenLastVersion_WhenSignedClosings_WorkWhileSignedLater() public {
        uint256 word = _pack(ConsentState.Active, WithdrawalExtent.None, LAST_VERSION, 9, _now(), ~uint32(0), _now());
        _storeWord(alice, word);
        _submit(Verb.Suspend, _wellSigned(Verb.Suspend));
        _advance(1);
        Authorisation memory given = _wellSigned(Verb.Withdraw);
        _submit(Verb.Withdraw, given);
        _expectSuperseded(_now(), _now());
        _submit(Verb.Withdraw, given);
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

    /// @dev The state that the verb starts from, a second ago.
    function _prepare(Verb verb) private {
        if (verb == Verb.Grant) return;
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _advance(1);
        if (verb == Verb.Resume) {
            VM.prank(alice.account);
            consents.suspend(SCOPE);
            _advance(1);
        }
    }

    function _submit(Verb verb, Authorisation memory given) private {
        // One call only: a prank or an expectation before this is for it.
        if (verb == Verb.Grant) consents.grantBySig(_grantOf(alice), given);
        else if (verb == Verb.Resume) consents.resumeBySig(Resume({scopeId: SCOPE, version: 3}), given);
        else if (verb == Verb.Suspend) consents.suspendBySig(Suspend({scopeId: SCOPE, minVersion: 0}), given);
        else consents.withdrawBySig(_withdrawal(USE, 0), given);
    }

    function _assertDomainRejected(
        Verb verb,
        string memory name,
        string memory version,
        uint256 chainId,
        address verifyingContract
    ) private {
        uint256 state = VM.snapshotState();
        _prepare(verb);
        Authorisation memory given = _unsigned(alice);
        bytes32 digest = _typedData(_structHash(verb, given), name, version, chainId, verifyingContract);
        given.signature = _sign(alice, digest);
        _assertInvalid(verb, given);
        VM.revertToState(state);
    }

    function _assertInvalid(Verb verb, Authorisation memory given) private {
        uint256 before = _raw(alice);
        _expectInvalid();
        _submit(verb, given);
        VM.assertEq(_raw(alice), before);
    }

    function _expectInvalid() private {
        VM.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentSignatureInvalid.selector, alice.id));
    }

    function _expectSuperseded(uint32 signedAt, uint32 standingSignedAt) private {
        VM.expectRevert(
            abi.encodeWithSelector(IConsentRegistry.ConsentClosingSuperseded.selector, signedAt, standingSignedAt)
        );
    }

    function _ownWithdraw(WithdrawalExtent extent) private {
        VM.prank(alice.account);
        consents.withdraw(SCOPE, extent);
    }

    function _wellSigned(Verb verb) private view returns (Authorisation memory) {
        Authorisation memory given = _unsigned(alice);
        return _signed(alice, given, _structHash(verb, given));
    }

    function _structHash(Verb verb, Authorisation memory given) private view returns (bytes32) {
        if (verb == Verb.Grant) return _hashOf(alice, _grantOf(alice), given);
        if (verb == Verb.Resume) return _hashOf(alice, Resume({scopeId: SCOPE, version: 3}), given);
        if (verb == Verb.Suspend) return _hashOf(alice, Suspend({scopeId: SCOPE, minVersion: 0}), given);
        return _hashOf(alice, _withdrawal(USE, 0), given);
    }

    function _assertStatus(ConsentStatus expected) private view {
        VM.assertEq(uint256(consents.statusOf(SCOPE, alice.id)), uint256(expected), "status");
    }

    function _withdrawal(WithdrawalExtent extent, uint16 minVersion) private pure returns (Withdraw memory) {
        return Withdraw({scopeId: SCOPE, extent: extent, minVersion: minVersion});
    }
}
