// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    ConsentState,
    ConsentStatus,
    ConsentWord,
    LAST_VERSION,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {VM} from "../support/Vm.sol";
import {ConsentForm} from "./ConsentForm.sol";

/// @title ClosingVerbs
/// @notice Suspend, decline, annul and withdraw to each extent, in every state: never refused, never weaker than
/// before.
abstract contract ClosingVerbs is ConsentForm {
    /// @dev A closing: what it aims at, and how strongly it refuses.
    struct Closes {
        ConsentState state;
        WithdrawalExtent extent;
        uint256 strength;
    }

    uint256 private constant CLOSINGS = 6;

    function test_GivenNone_WhenSuspend_RecordsNoWithoutTermsAndEmitsConsentSuspended() public {
        _assertRecords(ConsentState.Suspended, NO_EXTENT, ConsentStatus.Suspended);
    }

    function test_GivenNone_WhenDecline_RecordsNoAndEmitsConsentDeclined() public {
        _assertRecords(ConsentState.Declined, NO_EXTENT, ConsentStatus.Declined);
    }

    function test_GivenNone_WhenAnnul_RecordsNoAndEmitsConsentAnnulled() public {
        _assertRecords(ConsentState.Annulled, NO_EXTENT, ConsentStatus.Annulled);
    }

    function test_GivenNone_WhenWithdraw_RecordsNoAndEmitsConsentWithdrawn() public {
        _assertRecords(ConsentState.Withdrawn, CONTACT, ConsentStatus.Withdrawn);
    }

    function test_GivenActive_WhenClosed_EndsNow() public {
        _givenActive();
        _assertEachCloses();
    }

    function test_GivenScheduled_WhenClosed_NeverBegins() public {
        _givenScheduled();
        _assertEachCloses();
        _close(ConsentState.Suspended, NO_EXTENT);
        _advance(2_000);
        _assertStatus(ConsentStatus.Suspended);
        _assertPermitted(false, 0);
    }

    function test_GivenExpired_WhenClosed_EndsNow() public {
        _givenExpired();
        _assertEachCloses();
        _close(ConsentState.Suspended, NO_EXTENT);
        _assertStatus(ConsentStatus.Expired);
    }

    function test_GivenSuspended_WhenClosed_KeepsItsEnd() public {
        _givenSuspended();
        _assertEachCloses();
    }

    function test_GivenSuspendedNeverGranted_WhenClosed_KeepsItsEnd() public {
        _givenSuspendedNeverGranted();
        _assertEachCloses();
    }

    function test_GivenSuspendedExpired_WhenClosed_KeepsItsEnd() public {
        _givenSuspendedExpired();
        _assertEachCloses();
    }

    function test_GivenDeclined_WhenClosed_KeepsTheStrongerAndItsEnd() public {
        _givenDeclined();
        _assertEachCloses();
    }

    function test_GivenAnnulled_WhenClosed_KeepsTheStrongerAndItsEnd() public {
        _givenAnnulled();
        _assertEachCloses();
    }

    function test_GivenWithdrawnFromContact_WhenClosed_KeepsTheStrongerAndItsEnd() public {
        _givenWithdrawn(CONTACT);
        _assertEachCloses();
    }

    function test_GivenWithdrawnFromAccess_WhenClosed_KeepsTheStrongerAndItsEnd() public {
        _givenWithdrawn(ACCESS);
        _assertEachCloses();
    }

    function test_GivenWithdrawnFromUse_WhenClosed_StaysAndKeepsItsEnd() public {
        _givenWithdrawn(USE);
        _assertEachCloses();
    }

    function test_GivenLastVersion_WhenClosed_WorksAtTheSameVersion() public {
        _givenStored(ConsentState.Active, LAST_VERSION);
        _assertEachCloses();
        _close(ConsentState.Suspended, NO_EXTENT);
        VM.assertEq(_version(), LAST_VERSION);
    }

    function test_GivenActive_WhenClosedTwiceInOneSecond_TheStrongerStands() public {
        _givenActive();
        _close(ConsentState.Suspended, NO_EXTENT);
        _close(ConsentState.Withdrawn, ACCESS);
        VM.assertEq(_raw(alice) & 0x1f, uint256(ConsentState.Withdrawn) | (uint256(ACCESS) << 3));
        VM.assertEq(_version(), 3);
        VM.assertEq(_endedAt(), _now());
    }

    function test_GivenActive_WhenWithdrawNamesNoExtent_RejectsExtentInvalid() public {
        _givenActive();
        uint256 before = _raw(alice);
        _expectRejected(abi.encodeWithSelector(IConsentRegistry.ConsentExtentInvalid.selector));
        _close(ConsentState.Withdrawn, NO_EXTENT);
        VM.assertEq(_raw(alice), before);
    }

    function _closing(uint256 which) private pure returns (Closes memory) {
        if (which == 0) return Closes(ConsentState.Suspended, NO_EXTENT, 1);
        if (which == 1) return Closes(ConsentState.Declined, NO_EXTENT, 2);
        if (which == 2) return Closes(ConsentState.Annulled, NO_EXTENT, 3);
        if (which == 3) return Closes(ConsentState.Withdrawn, CONTACT, 4);
        if (which == 4) return Closes(ConsentState.Withdrawn, ACCESS, 5);
        return Closes(ConsentState.Withdrawn, USE, 6);
    }

    /// @dev How strongly the standing word refuses.
    function _standingStrength() private view returns (uint256) {
        ConsentState state = ConsentState(_raw(alice) & 7);
        for (uint256 i = 0; i < CLOSINGS; ++i) {
            Closes memory closing = _closing(i);
            if (state == closing.state && uint256(closing.extent) == (_raw(alice) >> 3) & 3) return closing.strength;
        }
        return 0;
    }

    /// @dev A first word says no and nothing else.
    function _assertRecords(ConsentState state, WithdrawalExtent extent, ConsentStatus status) private {
        uint256 expected = _pack(state, extent, 1, 0, _now(), _now(), _now()) | (uint256(_author()) << 5);
        _expectEvent(state, expected);
        _close(state, extent);
        VM.assertEq(_raw(alice), expected);
        _assertStatus(status);
        _assertPermitted(false, 0);
    }

    /// @dev Each closing of what stands now: in place, a version up, never weaker, with the event of its verb.
    function _assertEachCloses() private {
        for (uint256 i = 0; i < CLOSINGS; ++i) {
            uint256 state = VM.snapshotState();
            Closes memory closing = _closing(i);
            bool isStronger = closing.strength > _standingStrength();
            uint256 before = _raw(alice);
            uint256 refusal = isStronger ? uint256(closing.state) | (uint256(closing.extent) << 3) : before & 0x1f;
            uint32 ended = _endedAt() == type(uint32).max ? _now() : _endedAt();
            uint16 version = _version() == LAST_VERSION ? LAST_VERSION : _version() + 1;
            uint256 expected =
                (before & ANSWER) |
                    refusal |
                    _pack(ConsentState.None, NO_EXTENT, version, _ordinal(), _openedAt(), ended, _now());
            _expectEvent(closing.state, expected);
            _close(closing.state, closing.extent);
            VM.assertEq(_raw(alice), expected, "word");
            _assertPermitted(false, 0);
            VM.revertToState(state);
        }
    }

    function _expectEvent(ConsentState state, uint256 word) private {
        VM.expectEmit(address(consents));
        ConsentWord expected = ConsentWord.wrap(word);
        if (state == ConsentState.Suspended) emit IConsentRegistry.ConsentSuspended(SCOPE, alice.id, expected);
        else if (state == ConsentState.Declined) emit IConsentRegistry.ConsentDeclined(SCOPE, alice.id, expected);
        else if (state == ConsentState.Annulled) emit IConsentRegistry.ConsentAnnulled(SCOPE, alice.id, expected);
        else emit IConsentRegistry.ConsentWithdrawn(SCOPE, alice.id, expected);
    }
}
