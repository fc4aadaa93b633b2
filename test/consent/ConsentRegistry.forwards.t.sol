// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Authorisation,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    NO_EXPIRY,
    RECOVERY_DELAY,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {ALL_MANDATES} from "../../contracts/types/Delegate.sol";
import {Change, signedCall, structHash} from "../support/Changes.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {SignedVerbs} from "../support/SignedVerbs.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryForwardsTest
/// @notice An id whose consent has moved forwards to the new one for ever: its key closes there, and opens nothing.
contract ConsentRegistryForwardsTest is OthersActs, SignedVerbs {
    Person private alice;
    Person private anew;
    Person private proxy;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        anew = _person("alice's new key");
        proxy = _person("alice's proxy");
        _advance(10);
        _appoint(alice, proxy, ALL_MANDATES, NO_EXPIRY);
        VM.prank(alice.account);
        consents.grant(_grantOf(alice));
        _advance(10);
    }

    function test_GivenMoved_WhenTheOldKeyClosesByTransaction_TheNewWordEnds() public {
        _move();
        for (uint8 verb = uint8(Verb.Suspend); verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            VM.prank(alice.account);
            _accept(_changeOf(Verb(verb), 0).own);
            _assertClosed();
            VM.revertToState(state);
        }
    }

    function test_GivenMoved_WhenTheOldKeySignsAClosing_ItsVersionCountsNoMoreAndTheNewWordEnds() public {
        _move();
        for (uint8 verb = uint8(Verb.Suspend); verb < VERBS; ++verb) {
            uint256 state = VM.snapshotState();
            // Signed for a version that the new id has not come to.
            _accept(_signedNow(alice, _changeOf(Verb(verb), 1_000)));
            _assertClosed();
            VM.revertToState(state);
        }
    }

    function test_GivenMoved_WhenTheOldIdsProxyCloses_TheNewWordEnds() public {
        _move();
        _accept(_signedFor(alice.id, proxy, _changeOf(Verb.Withdraw, 0)));
        _assertClosed();
    }

    function test_GivenMoved_WhenClosingIsAttestedForTheOldId_TheNewWordEnds() public {
        _move();
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentClosingAttested(SCOPE, anew.id, BIOBANK, _now());
        _attest(_attestation(alice.id, ConsentState.Withdrawn, USE));
        _assertClosed();
    }

    function test_GivenMoved_WhenTheOldKeyCloses_TheEventNamesTheNewId() public {
        _move();
        uint256 word = _raw(anew);
        uint256 expected =
            (word & ~uint256(0x1f) & ~(uint256(type(uint32).max) << 96)) |
                uint256(ConsentState.Suspended) |
                (uint256(_now()) << 96);
        expected = (expected & ~(uint256(type(uint32).max) << 128)) | (uint256(_now()) << 128);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentSuspended(SCOPE, anew.id, ConsentWord.wrap(expected + (1 << 32)));
        VM.prank(alice.account);
        consents.suspend(SCOPE);
    }

    function test_GivenClosingSignedBeforeTheMove_WhenItArrivesAfterwards_Applies() public {
        bytes memory signed = _signedForLater(_changeOf(Verb.Withdraw, 1));
        _move();
        _accept(signed);
        _assertClosed();
    }

    function test_GivenClosingUsedBeforeTheMove_WhenReplayed_RejectsClosingSuperseded() public {
        bytes memory used = _signedForLater(_changeOf(Verb.Suspend, 1));
        uint32 signedAt = _now();
        _accept(used);
        _move();
        _refuse(used, abi.encodeWithSelector(IConsentRegistry.ConsentClosingSuperseded.selector, signedAt, signedAt));
    }

    function test_GivenNewKeyActedSince_WhenOldClosingArrives_RejectsClosingSuperseded() public {
        bytes memory signed = _signedForLater(_changeOf(Verb.Withdraw, 1));
        uint32 signedAt = _now();
        _move();
        _advance(1);
        VM.prank(anew.account);
        consents.update(_grantOf(anew));
        _refuse(signed, abi.encodeWithSelector(IConsentRegistry.ConsentClosingSuperseded.selector, signedAt, _now()));
    }

    function test_GivenMoved_WhenTheOldKeyOpens_RejectsForwarded() public {
        bytes memory forwarded = abi.encodeWithSelector(IConsentRegistry.ConsentForwarded.selector, alice.id);
        _move();
        for (uint8 verb = 0; verb < uint8(Verb.Suspend); ++verb) {
            Change memory change = _changeOf(Verb(verb), _nextVersion(alice));
            _refuse(alice.account, change.own, forwarded);
            _refuse(_signedNow(alice, change), forwarded);
            _refuse(_signedFor(alice.id, proxy, change), forwarded);
        }
        VM.prank(anew.account);
        consents.withdraw(SCOPE, USE);
        _advance(1);
        Change memory grant = _changeOf(Verb.Grant, _nextVersion(alice));
        _refuse(alice.account, grant.own, forwarded);
        _refuse(
            CUSTODIAN,
            abi.encodeCall(IConsentRegistry.importConsent, (_importOf(alice.id, _nextVersion(alice), _now()))),
            forwarded
        );
    }

    function test_GivenOldIdsProxy_WhenOpeningForTheNewId_RejectsDelegateUnauthorised() public {
        _move();
        VM.prank(anew.account);
        consents.withdraw(SCOPE, USE);
        _advance(1);
        _refuse(
            _signedFor(anew.id, proxy, _changeOf(Verb.Grant, 3)),
            abi.encodeWithSelector(IConsentRegistry.ConsentDelegateUnauthorised.selector, anew.id, proxy.id)
        );
    }

    function test_GivenMoved_WhenThePastIsAsked_EachSecondHasOneAnswer() public {
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _advance(10);
        VM.prank(alice.account);
        consents.resume(_resumeOf(alice));
        uint256 resumed = block.timestamp;
        _move();
        uint256 moved = block.timestamp;
        _advance(10);
        VM.prank(anew.account);
        consents.withdraw(SCOPE, USE);
        uint256 ended = block.timestamp;
        _advance(10);
        _assertPermittedAt(alice.id, resumed - 11, true, 1);
        _assertPermittedAt(alice.id, resumed - 1, false, 0);
        _assertPermittedAt(alice.id, resumed, true, 3);
        _assertPermittedAt(alice.id, moved - 1, true, 3);
        _assertPermittedAt(alice.id, moved, true, 1);
        _assertPermittedAt(alice.id, ended - 1, true, 1);
        _assertPermittedAt(alice.id, ended, false, 0);
        _assertPermittedAt(anew.id, moved - 1, false, 0);
        _assertPermittedAt(anew.id, moved, true, 1);
        // Each id keeps its own history.
        VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, alice.id, 1)), _lastRaw(alice.id));
        VM.assertNotEq(ConsentWord.unwrap(consents.wordAt(SCOPE, alice.id, 0)), 0);
        VM.assertEq(ConsentWord.unwrap(consents.wordAt(SCOPE, anew.id, 0)), _raw(anew));
    }

    function test_GivenClosedWhileMoving_WhenThePastIsAsked_TheOldWordEndedThen() public {
        _propose();
        VM.prank(alice.account);
        consents.withdraw(SCOPE, WithdrawalExtent.NoFurtherContact);
        uint256 ended = block.timestamp;
        _advance(RECOVERY_DELAY);
        consents.completeRecovery(SCOPE, alice.id);
        _advance(1);
        _assertPermittedAt(alice.id, ended - 1, true, 1);
        _assertPermittedAt(alice.id, ended, false, 0);
        _assertPermittedAt(alice.id, block.timestamp, false, 0);
    }

    function _propose() private {
        VM.prank(CUSTODIAN);
        consents.proposeRecovery(SCOPE, alice.id, anew.id);
        VM.prank(COMMITTEE);
        consents.confirmRecovery(SCOPE, alice.id, anew.id);
    }

    function _move() private {
        _propose();
        _advance(RECOVERY_DELAY);
        consents.completeRecovery(SCOPE, alice.id);
    }

    /// @dev A closing of the old word would change nothing: it has ended already.
    function _assertClosed() private view {
        _assertPermittedAt(anew.id, block.timestamp, false, 0);
        _assertPermittedAt(alice.id, block.timestamp, false, 0);
        VM.assertTrue(consents.statusOf(SCOPE, anew.id) != ConsentStatus.Active, "status");
        VM.assertEq(uint16(_raw(anew) >> 32), 2, "version");
        VM.assertEq((_lastRaw(alice.id) >> 15) & 1, 1, "the old word");
    }

    /// @dev Signed now, to arrive whenever.
    function _signedForLater(Change memory change) private view returns (bytes memory) {
        Authorisation memory given = _unsigned(alice);
        given.deadline = NO_EXPIRY;
        return signedCall(change, _signed(alice, given, structHash(change, alice.id, given)));
    }
}
