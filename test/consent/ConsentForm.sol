// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Closing,
    ConsentAuthor,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Extend,
    Grant,
    NO_EXPIRY,
    NOT_ENDED,
    Resume,
    Withdraw,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {ScopeId} from "../../contracts/types/Ids.sol";
import {
    Change,
    annulling,
    declining,
    extending,
    granting,
    resuming,
    suspending,
    updating,
    withdrawing
} from "../support/Changes.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentForm
/// @notice The states that a consent can be in, and what a change must make of them, in whichever form it arrives.
abstract contract ConsentForm is ConsentSigning {
    WithdrawalExtent internal constant NO_EXTENT = WithdrawalExtent.None;
    WithdrawalExtent internal constant CONTACT = WithdrawalExtent.NoFurtherContact;
    WithdrawalExtent internal constant ACCESS = WithdrawalExtent.NoFurtherAccess;
    WithdrawalExtent internal constant USE = WithdrawalExtent.NoFurtherUse;
    uint32 internal constant STEP = 10;

    /// @dev What a word says of what was agreed to: elements, until, terms number and preferences.
    uint256 internal constant ANSWER = (uint256(type(uint96).max) << 160) | 0xffff_3f00;

    Person internal alice;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        _setUpForm();
        _advance(STEP);
    }

    // The form

    /// @dev What the form needs beforehand.
    function _setUpForm() internal virtual {}

    /// @dev Makes the change in alice's name.
    function _do(Change memory change) internal virtual;

    /// @dev Announces that the next change is refused with `reason`.
    function _expectRejected(bytes memory reason) internal virtual;

    /// @dev Who opens by this form.
    function _author() internal pure virtual returns (ConsentAuthor) {
        return ConsentAuthor.Participant;
    }

    /// @dev A call of the registry; what it throws, it throws here.
    function _send(bytes memory call) internal {
        (bool success, bytes memory reason) = address(consents).call(call);
        if (success) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    // Changes

    function _grant(Grant memory change) internal {
        _do(granting(change));
    }

    function _update(Grant memory change) internal {
        _do(updating(change));
    }

    function _extend(uint32 until) internal {
        _do(extending(Extend(SCOPE, standardTerms, until, _nextVersion(alice))));
    }

    function _resume() internal {
        _do(resuming(_resumeOf(alice)));
    }

    function _resume(uint16 version) internal {
        _do(resuming(Resume({scopeId: SCOPE, version: version})));
    }

    /// @dev The closing that leads to a state, of whatever stands.
    function _close(ConsentState state, WithdrawalExtent extent) internal {
        Closing memory change = Closing({scopeId: SCOPE, minVersion: 0});
        if (state == ConsentState.Suspended) _do(suspending(change));
        else if (state == ConsentState.Declined) _do(declining(change));
        else if (state == ConsentState.Annulled) _do(annulling(change));
        else _do(withdrawing(Withdraw({scopeId: SCOPE, extent: extent, minVersion: 0})));
    }

    // Given: always by alice's own transactions, a step before the test's own change.

    function _givenActive() internal {
        _grantOwn(_grantOf(alice));
    }

    function _givenActiveUntil(uint32 until) internal {
        Grant memory change = _grantOf(alice);
        change.until = until;
        _grantOwn(change);
    }

    function _givenScheduled() internal {
        Terms memory later = _terms("begin later");
        later.from = _now() + 1_000;
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, later);
        _grantOwn(change);
    }

    function _givenExpired() internal {
        _givenActiveUntil(_now() + STEP);
    }

    function _givenSuspended() internal {
        _givenActive();
        _closeOwn(ConsentState.Suspended, NO_EXTENT);
    }

    function _givenSuspendedNeverGranted() internal {
        _closeOwn(ConsentState.Suspended, NO_EXTENT);
    }

    function _givenSuspendedExpired() internal {
        _givenActiveUntil(_now() + 2 * STEP);
        _closeOwn(ConsentState.Suspended, NO_EXTENT);
    }

    function _givenDeclined() internal {
        _closeOwn(ConsentState.Declined, NO_EXTENT);
    }

    function _givenAnnulled() internal {
        _givenActive();
        _closeOwn(ConsentState.Annulled, NO_EXTENT);
    }

    function _givenWithdrawn(WithdrawalExtent extent) internal {
        _givenActive();
        _closeOwn(ConsentState.Withdrawn, extent);
    }

    /// @dev A word that no test has the time to come to.
    function _givenStored(ConsentState state, uint16 version) internal {
        uint32 ended = state == ConsentState.Active ? NOT_ENDED : _now();
        uint256 word = _pack(
            state,
            state == ConsentState.Withdrawn ? USE : NO_EXTENT,
            version,
            0,
            _now(),
            ended,
            _now()
        );
        if (state == ConsentState.Active || state == ConsentState.Suspended) {
            word |= _packAnswer(0x13, 1, NO_EXPIRY, 0xA5);
        }
        _storeWord(alice, word);
        _advance(STEP);
    }

    function _grantOwn(Grant memory change) internal {
        VM.prank(alice.account);
        consents.grant(change);
        _advance(STEP);
    }

    function _closeOwn(ConsentState state, WithdrawalExtent extent) internal {
        _closeNow(state, extent);
        _advance(STEP);
    }

    function _closeNow(ConsentState state, WithdrawalExtent extent) internal {
        VM.prank(alice.account);
        if (state == ConsentState.Suspended) consents.suspend(SCOPE);
        else if (state == ConsentState.Declined) consents.decline(SCOPE);
        else if (state == ConsentState.Annulled) consents.annul(SCOPE);
        else consents.withdraw(SCOPE, extent);
    }

    /// @dev Somebody else agrees to the terms.
    function _otherGrants(ScopeId scopeId, bytes32 termsDigest) internal {
        Person memory bob = _person("bob");
        Grant memory change = _grantOf(bob);
        change.scopeId = scopeId;
        change.termsDigest = termsDigest;
        VM.prank(bob.account);
        consents.grant(change);
    }

    // Then

    function _assertStatus(ConsentStatus expected) internal view {
        VM.assertEq(uint256(consents.statusOf(SCOPE, alice.id)), uint256(expected), "status");
    }

    function _assertPermitted(bool expected, uint16 expectedVersion) internal view {
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, alice.id, block.timestamp);
        VM.assertTrue(isPermitted == expected, "permitted");
        VM.assertEq(version, expectedVersion, "version relied on");
    }

    /// @dev A change that must be refused, and leave the word as it is.
    function _assertRejected(Change memory change, bytes memory reason) internal {
        uint256 before = _raw(alice);
        _expectRejected(reason);
        _do(change);
        VM.assertEq(_raw(alice), before, "a refused change left a trace");
    }

    function _assertRejected(Change memory change, bytes4 reason) internal {
        _assertRejected(change, abi.encodeWithSelector(reason));
    }

    // Words

    /// @dev A word that an opening at this second puts there, without what is agreed to.
    function _opened(uint16 version, uint16 ordinal) internal view returns (uint256) {
        uint256 word = _pack(ConsentState.Active, NO_EXTENT, version, ordinal, _now(), NOT_ENDED, _now());
        return word | (uint256(_author()) << 5);
    }

    function _rawAt(uint16 ordinal) internal view returns (uint256) {
        return ConsentWord.unwrap(consents.wordAt(SCOPE, alice.id, ordinal));
    }

    function _version() internal view returns (uint16) {
        return uint16(_raw(alice) >> 32);
    }

    function _ordinal() internal view returns (uint16) {
        return uint16(_raw(alice) >> 48);
    }

    function _openedAt() internal view returns (uint32) {
        return uint32(_raw(alice) >> 64);
    }

    function _endedAt() internal view returns (uint32) {
        return uint32(_raw(alice) >> 96);
    }

    function _until() internal view returns (uint32) {
        return uint32(_raw(alice) >> 160);
    }
}
