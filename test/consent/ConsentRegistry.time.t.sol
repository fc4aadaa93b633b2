// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    Authorisation,
    Closing,
    ConsentStatus,
    Extend,
    Grant,
    NO_EXPIRY,
    TakeOver
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {ALL_MANDATES} from "../../contracts/types/Delegate.sol";
import {
    Change,
    extending,
    granting,
    resuming,
    signedCall,
    structHash,
    suspending,
    takingOver,
    updating
} from "../support/Changes.sol";
import {OthersActs} from "../support/OthersActs.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentRegistryTimeTest
/// @notice Every moment that the registry tells from the next, to the second.
/// @dev A signature's own times are tried for each verb in ConsentRegistry.signatures.t.sol, a recovery's in
/// ConsentRegistry.recovery.t.sol.
contract ConsentRegistryTimeTest is OthersActs {
    Person private alice;
    Person private delegate;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        delegate = _person("alice's delegate");
        _advance(1 days);
    }

    function test_GivenConsentWithAnEnd_WhenTheEndComes_IsPermittedTheSecondBeforeOnly() public {
        uint32 until = _now() + 1_000;
        _grantUntil(until);
        VM.warp(until - 1);
        _assertStatus(alice.id, ConsentStatus.Active);
        _assertPermittedAt(alice.id, until - 1, true, 1);
        VM.warp(until);
        _assertStatus(alice.id, ConsentStatus.Expired);
        _assertPermittedAt(alice.id, until, false, 0);
        _assertPermittedAt(alice.id, until - 1, true, 1);
    }

    function test_GivenConsentWithAnEnd_WhenUpdatedExtendedOrGrantedAtTheEnd_OnlyANewGrantIsAccepted() public {
        uint32 until = _now() + 1_000;
        _grantUntil(until);
        Change memory extension = extending(Extend(SCOPE, standardTerms, NO_EXPIRY, 2));
        bytes memory expired = abi.encodeWithSelector(
            IConsentRegistry.ConsentNotStanding.selector,
            ConsentStatus.Expired
        );
        VM.warp(until - 1);
        _assertAcceptedAndUndone(updating(_grantOf(alice)).own);
        _assertAcceptedAndUndone(extension.own);
        _refuse(
            alice.account,
            granting(_grantOf(alice)).own,
            abi.encodeWithSelector(IConsentRegistry.ConsentAlreadyGranted.selector)
        );
        VM.warp(until);
        _refuse(alice.account, updating(_grantOf(alice)).own, expired);
        _refuse(alice.account, extension.own, expired);
        _assertAcceptedAndUndone(granting(_grantOf(alice)).own);
    }

    function test_GivenSuspendedConsentWithAnEnd_WhenResumedAtTheEnd_IsRejected() public {
        uint32 until = _now() + 1_000;
        _grantUntil(until);
        _advance(1);
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        VM.warp(until - 1);
        _assertAcceptedAndUndone(resuming(_resumeOf(alice)).own);
        VM.warp(until);
        _refuse(
            alice.account,
            resuming(_resumeOf(alice)).own,
            abi.encodeWithSelector(IConsentRegistry.ConsentNotSuspended.selector, ConsentStatus.Expired)
        );
    }

    function test_GivenTermsThatBegin_WhenTheyBegin_IsPermittedFromThatSecond() public {
        Terms memory given = _terms("begin");
        given.from = _now() + 1_000;
        _grantUnder(_publishTerms(SCOPE, given));
        VM.warp(given.from - 1);
        _assertStatus(alice.id, ConsentStatus.Scheduled);
        _assertPermittedAt(alice.id, given.from - 1, false, 0);
        VM.warp(given.from);
        _assertStatus(alice.id, ConsentStatus.Active);
        _assertPermittedAt(alice.id, given.from, true, 1);
        _assertPermittedAt(alice.id, given.from - 1, false, 0);
    }

    function test_GivenTermsThatEnd_WhenGrantedAtTheirEnd_IsRejected() public {
        Terms memory given = _terms("end");
        given.reConsentBy = _now() + 1_000;
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, given);
        VM.warp(given.reConsentBy - 1);
        _assertAcceptedAndUndone(granting(change).own);
        VM.warp(given.reConsentBy);
        _refuse(
            alice.account,
            granting(change).own,
            abi.encodeWithSelector(IConsentRegistry.ConsentUntilPassed.selector, given.reConsentBy, block.timestamp)
        );
    }

    function test_GivenTermsThatEnd_WhenTheyEnd_ConsentsUnderThemAreExpired() public {
        Terms memory given = _terms("end");
        given.reConsentBy = _now() + 1_000;
        _grantUnder(_publishTerms(SCOPE, given));
        VM.warp(given.reConsentBy - 1);
        _assertStatus(alice.id, ConsentStatus.Active);
        VM.warp(given.reConsentBy);
        _assertStatus(alice.id, ConsentStatus.Expired);
    }

    function test_GivenOpening_WhenClosedInItsSecond_WasNeverPermitted() public {
        _grantUntil(NO_EXPIRY);
        _assertPermittedAt(alice.id, block.timestamp, true, 1);
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _assertPermittedAt(alice.id, block.timestamp, false, 0);
        _advance(1);
        _assertPermittedAt(alice.id, block.timestamp - 1, false, 0);
    }

    function test_GivenGuardianship_WhenItEnds_TheGuardianOpensTheSecondBeforeAndClosesStill() public {
        _addGuardian(alice.id, delegate);
        VM.warp(HALF_YEAR_END - 1);
        uint256 state = VM.snapshotState();
        _accept(_signedFor(alice.id, delegate, granting(_grantOf(alice))));
        _assertStatus(alice.id, ConsentStatus.Active);
        _advance(1);
        _assertStatus(alice.id, ConsentStatus.Expired);
        VM.revertToState(state);
        VM.warp(HALF_YEAR_END);
        _refuse(_signedFor(alice.id, delegate, granting(_grantOf(alice))), _unauthorised());
        _accept(_signedFor(alice.id, delegate, suspending(Closing({scopeId: SCOPE, minVersion: 0}))));
    }

    function test_GivenProxyship_WhenItEnds_TheProxyActsTheSecondBeforeOnly() public {
        uint32 until = _now() + 1_000;
        _appoint(alice, delegate, ALL_MANDATES, until);
        VM.warp(until - 1);
        uint256 state = VM.snapshotState();
        _accept(_signedFor(alice.id, delegate, granting(_grantOf(alice))));
        VM.revertToState(state);
        VM.warp(until);
        _refuse(_signedFor(alice.id, delegate, granting(_grantOf(alice))), _unauthorised());
        _refuse(_signedFor(alice.id, delegate, suspending(Closing({scopeId: SCOPE, minVersion: 0}))), _unauthorised());
    }

    function test_GivenTakeover_WhenItsTimesAreNow_IsAccepted() public {
        _import(_importOf(PAPER, 1, _now() - 1));
        Change memory change = takingOver(TakeOver(SCOPE, PAPER));
        Authorisation memory given = _unsigned(alice);
        given.deadline = _now();
        given = _signed(alice, given, structHash(change, alice.id, given));
        VM.prank(CUSTODIAN);
        _accept(signedCall(change, given));
    }

    function test_GivenPaperAndAttestation_WhenSignedNow_AreAccepted() public {
        _import(_importOf(PAPER, 1, _now()));
        VM.assertEq(uint32(_raw(PAPER) >> 128), _now());
    }

    function _grantUntil(uint32 until) private {
        Grant memory change = _grantOf(alice);
        change.until = until;
        VM.prank(alice.account);
        consents.grant(change);
    }

    function _grantUnder(bytes32 termsDigest) private {
        Grant memory change = _grantOf(alice);
        change.termsDigest = termsDigest;
        VM.prank(alice.account);
        consents.grant(change);
    }

    function _assertAcceptedAndUndone(bytes memory call) private {
        uint256 state = VM.snapshotState();
        VM.prank(alice.account);
        _accept(call);
        VM.revertToState(state);
    }

    function _unauthorised() private view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentDelegateUnauthorised.selector, alice.id, delegate.id);
    }
}
