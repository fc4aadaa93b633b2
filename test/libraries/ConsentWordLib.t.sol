// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    LAST_VERSION,
    NO_EXPIRY,
    NOT_ENDED,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {ScopeId} from "../../contracts/types/Ids.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title Puts the library's calldata functions within reach.
contract ConsentWordHarness {
    using ConsentWordLib for ConsentWord;

    function granted(
        ConsentWord word,
        Grant calldata change,
        uint16 termsNumber,
        uint32 until,
        uint32 signedAt,
        uint32 openedAt
    ) external pure returns (ConsentWord) {
        return word.granted(change, termsNumber, until, signedAt, openedAt);
    }
}

contract ConsentWordLibTest {
    using ConsentWordLib for ConsentWord;

    /// @dev Everything that no closing touches: preferences, author, dissent, terms number, ordinal, until, elements.
    uint256 private constant KEPT_BY_CLOSING =
        (uint256(0x7FFFFFF) << 5) | (uint256(type(uint16).max) << 48) | (uint256(type(uint96).max) << 160);

    ConsentWordHarness private harness;

    function setUp() public {
        harness = new ConsentWordHarness();
    }

    // The layout

    function testFuzz_GivenAnyWord_WhenRead_EachFieldIsItsOwnBits(uint256 raw) public pure {
        raw = _sane(raw);
        ConsentWord word = ConsentWord.wrap(raw);
        VM.assertEq(uint256(word.state()), raw & 7);
        VM.assertEq(uint256(word.extent()), (raw >> 3) & 3);
        VM.assertEq(word.termsNumber(), (raw >> 16) & 0xFFFF);
        VM.assertEq(word.version(), (raw >> 32) & 0xFFFF);
        VM.assertEq(word.ordinal(), (raw >> 48) & 0xFFFF);
        VM.assertEq(word.opened(), (raw >> 64) & 0xFFFFFFFF);
        VM.assertEq(word.ended(), (raw >> 96) & 0xFFFFFFFF);
        VM.assertEq(word.signedAt(), (raw >> 128) & 0xFFFFFFFF);
        VM.assertEq(word.until(), (raw >> 160) & 0xFFFFFFFF);
    }

    function testFuzz_GivenAnyGrant_WhenGranted_EveryFieldIsWhatWasGivenAndNoOther(
        uint256 raw,
        Grant memory change,
        uint16 termsNumber,
        uint96 times
    ) public view {
        (uint32 until, uint32 signedAt, uint32 openedAt) = (uint32(times), uint32(times >> 32), uint32(times >> 64));
        raw = _sane(raw) & ~(uint256(1) << 63);
        ConsentWord word = harness.granted(ConsentWord.wrap(raw), change, termsNumber, until, signedAt, openedAt);
        uint256 opened = ConsentWord.unwrap(word);
        VM.assertEq(opened & 0xFF, uint256(ConsentState.Active), "extent, author and dissent start anew");
        VM.assertEq(uint8(opened >> 8), change.preferences);
        VM.assertEq(uint16(opened >> 16), termsNumber);
        VM.assertEq(uint16(opened >> 32), change.version);
        VM.assertEq(uint16(opened >> 48), raw == 0 ? 0 : uint16(raw >> 48) + 1);
        VM.assertEq(uint32(opened >> 64), openedAt);
        VM.assertEq(uint32(opened >> 96), NOT_ENDED);
        VM.assertEq(uint32(opened >> 128), signedAt);
        VM.assertEq(uint32(opened >> 160), until);
        VM.assertEq(uint64(opened >> 192), change.elements);
    }

    function test_GivenNoWord_WhenGranted_OrdinalIsZero() public view {
        Grant memory change = Grant(ScopeId.wrap(0), 0, 0, 0, 0, 1);
        VM.assertEq(harness.granted(ConsentWord.wrap(0), change, 1, 2, 3, 4).ordinal(), 0);
    }

    function testFuzz_GivenAnyWord_WhenResumed_KeepsAnswerAndStartsTheRestAnew(
        uint256 raw,
        uint16 version,
        uint32 signedAt,
        uint32 openedAt
    ) public pure {
        raw = _sane(raw) & ~(uint256(1) << 63);
        VM.assume(raw != 0);
        uint256 opened = ConsentWord.unwrap(ConsentWord.wrap(raw).resumed(version, signedAt, openedAt));
        uint256 answer = (uint256(type(uint96).max) << 160) | (uint256(type(uint24).max) << 8);
        VM.assertEq(opened & answer, raw & answer, "elements, until, terms and preferences");
        VM.assertEq(opened & 0xFF, uint256(ConsentState.Active));
        VM.assertEq(uint16(opened >> 32), version);
        VM.assertEq(uint16(opened >> 48), uint16(raw >> 48) + 1);
        VM.assertEq(uint32(opened >> 64), openedAt);
        VM.assertEq(uint32(opened >> 96), NOT_ENDED);
        VM.assertEq(uint32(opened >> 128), signedAt);
    }

    // Closings

    function testFuzz_GivenAnyWord_WhenClosed_NeverWeakensAndIsAsStrongAsTheTarget(
        uint256 raw,
        uint8 target,
        uint64 times
    ) public pure {
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        ConsentWord closed = before.closed(state, extent, uint32(times), uint32(times >> 32));
        uint256 strengthBefore = ConsentWordLib.strength(before.state(), before.extent());
        uint256 strengthAfter = ConsentWordLib.strength(closed.state(), closed.extent());
        VM.assertGe(strengthAfter, strengthBefore, "weaker than before");
        VM.assertGe(strengthAfter, ConsentWordLib.strength(state, extent), "weaker than the closing");
        VM.assertTrue(strengthAfter == strengthBefore || closed.state() == state);
        VM.assertGe(uint256(closed.extent()), uint256(extent), "reaches less far than the closing");
    }

    function testFuzz_GivenAnyWord_WhenClosed_NeverPermitsFromThenOn(
        uint256 raw,
        uint8 target,
        uint32 endedAt,
        uint32 later
    ) public pure {
        VM.assume(endedAt != NOT_ENDED);
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        // Nothing has ended after now, and nothing that stands was opened after now.
        VM.assume(before.ended() <= endedAt || before.ended() == NOT_ENDED);
        ConsentWord closed = before.closed(state, extent, 0, endedAt);
        VM.assertFalse(closed.permittedAt(uint256(endedAt) + later), "still permitted");
        VM.assertTrue(closed.state() != ConsentState.Active && closed.state() != ConsentState.None);
    }

    function testFuzz_GivenEndedWord_WhenClosed_EndAndPastStay(
        uint256 raw,
        uint8 target,
        uint64 times,
        uint32 time
    ) public pure {
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        VM.assume(!before.isNone() && before.ended() != NOT_ENDED);
        ConsentWord closed = before.closed(state, extent, uint32(times), uint32(times >> 32));
        VM.assertEq(closed.ended(), before.ended(), "an end moved");
        VM.assertTrue(closed.permittedAt(time) == before.permittedAt(time), "the past changed");
    }

    function testFuzz_GivenAnyWord_WhenClosed_PastPermissionStays(
        uint256 raw,
        uint8 target,
        uint32 endedAt,
        uint32 time
    ) public pure {
        VM.assume(endedAt > 0 && endedAt != NOT_ENDED);
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        VM.assume(!before.isNone());
        time = uint32(bound(time, 0, endedAt - 1));
        ConsentWord closed = before.closed(state, extent, 0, endedAt);
        VM.assertTrue(closed.permittedAt(time) == before.permittedAt(time), "the past changed");
    }

    function testFuzz_GivenAnyWord_WhenClosed_RaisesVersionByOneUpToTheLast(
        uint256 raw,
        uint8 target,
        uint64 times
    ) public pure {
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        uint16 version = before.closed(state, extent, uint32(times), uint32(times >> 32)).version();
        VM.assertEq(version, before.version() == LAST_VERSION ? LAST_VERSION : before.version() + 1);
    }

    function test_GivenLastVersion_WhenClosed_StaysAtLastVersion() public pure {
        ConsentWord word = ConsentWord.wrap((uint256(LAST_VERSION) << 32) | 2);
        ConsentWord closed = word.closed(ConsentState.Suspended, WithdrawalExtent.None, 1, 1);
        VM.assertEq(closed.version(), LAST_VERSION);
        VM.assertEq(closed.ordinal(), 0, "no carry into the next field");
        closed = ConsentWord.wrap((uint256(LAST_VERSION - 1) << 32) | 2).closed(
            ConsentState.Suspended,
            WithdrawalExtent.None,
            1,
            1
        );
        VM.assertEq(closed.version(), LAST_VERSION);
    }

    function testFuzz_GivenAnyWord_WhenClosed_SigningTimeNeverFalls(
        uint256 raw,
        uint8 target,
        uint32 time
    ) public pure {
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        uint32 signedAt = before.closed(state, extent, time, 1).signedAt();
        VM.assertEq(signedAt, time > before.signedAt() ? time : before.signedAt());
    }

    function testFuzz_GivenAnyWord_WhenClosed_AnswerAndPlaceStay(uint256 raw, uint8 target, uint64 times) public pure {
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        ConsentWord closed = before.closed(state, extent, uint32(times), uint32(times >> 32));
        VM.assertEq(ConsentWord.unwrap(closed) & KEPT_BY_CLOSING, ConsentWord.unwrap(before) & KEPT_BY_CLOSING);
        if (!before.isNone()) VM.assertEq(closed.opened(), before.opened());
    }

    function test_GivenNoWord_WhenClosed_OpensAndEndsAtOnce() public pure {
        ConsentWord closed = ConsentWord.wrap(0).closed(ConsentState.Suspended, WithdrawalExtent.None, 5, 9);
        VM.assertEq(ConsentWord.unwrap(closed), 3 | (1 << 32) | (9 << 64) | (9 << 96) | (5 << 128));
    }

    // What the rule of strength orders

    function test_WhenCompared_StatesRefuseInTheOrderOfTheRule() public pure {
        WithdrawalExtent none = WithdrawalExtent.None;
        VM.assertEq(ConsentWordLib.strength(ConsentState.None, none), 0);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Active, none), 0);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Suspended, none), 1);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Declined, none), 2);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Annulled, none), 2);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Withdrawn, WithdrawalExtent.NoFurtherContact), 4);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Withdrawn, WithdrawalExtent.NoFurtherAccess), 5);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Withdrawn, WithdrawalExtent.NoFurtherUse), 6);
    }

    // What readers see

    function testFuzz_GivenWindow_WhenAsked_PermittedIsOpenedToEarlierEnd(
        uint32 opened,
        uint32 ended,
        uint32 until,
        uint64 time
    ) public pure {
        ConsentWord word = _word(ConsentState.Active, opened, ended, until);
        bool expected = time >= opened && time < ended && time < until;
        VM.assertTrue(word.permittedAt(time) == expected);
    }

    function test_GivenWindow_WhenAskedOfItsEdges_StartIsInAndEndsAreOut() public pure {
        ConsentWord word = _word(ConsentState.Active, 10, 30, 20);
        VM.assertFalse(word.permittedAt(9));
        VM.assertTrue(word.permittedAt(10));
        VM.assertTrue(word.permittedAt(19));
        VM.assertFalse(word.permittedAt(20));
        word = _word(ConsentState.Active, 10, 20, 30);
        VM.assertTrue(word.permittedAt(19));
        VM.assertFalse(word.permittedAt(20));
    }

    function test_GivenEachState_WhenAsked_OnlyGrantedWordsStandUntilTheirEnd() public pure {
        for (uint8 i = 0; i <= uint8(ConsentState.Annulled); ++i) {
            ConsentState state = ConsentState(i);
            bool stands = state == ConsentState.Active || state == ConsentState.Suspended;
            VM.assertTrue(_word(state, 1, NOT_ENDED, 20).isStanding(19) == stands);
            VM.assertFalse(_word(state, 1, NOT_ENDED, 20).isStanding(20));
        }
    }

    function test_GivenActive_WhenAskedOfEachTime_IsScheduledThenActiveThenExpired() public pure {
        ConsentWord word = _word(ConsentState.Active, 5, NOT_ENDED, 20);
        _assertStatus(word, 10, 9, ConsentStatus.Scheduled);
        _assertStatus(word, 10, 10, ConsentStatus.Active);
        _assertStatus(word, 10, 19, ConsentStatus.Active);
        _assertStatus(word, 10, 20, ConsentStatus.Expired);
        // An end before the start is an end.
        _assertStatus(word, 30, 20, ConsentStatus.Expired);
    }

    function test_GivenActiveWithoutExpiry_WhenAskedAtTheLastSecondButOne_IsActive() public pure {
        _assertStatus(_word(ConsentState.Active, 5, NOT_ENDED, NO_EXPIRY), 0, NO_EXPIRY - 1, ConsentStatus.Active);
    }

    function test_GivenSuspended_WhenItsTermsEnd_IsExpiredOnlyIfItHoldsTerms() public pure {
        ConsentWord granted = ConsentWord.wrap(
            ConsentWord.unwrap(_word(ConsentState.Suspended, 5, 7, 20)) | (uint256(1) << 16)
        );
        _assertStatus(granted, 10, 9, ConsentStatus.Suspended);
        _assertStatus(granted, 10, 20, ConsentStatus.Expired);
        _assertStatus(_word(ConsentState.Suspended, 5, 5, 0), 0, 20, ConsentStatus.Suspended);
    }

    function test_GivenEndedStates_WhenTheirTermsEnd_StayWhatTheyAre() public pure {
        _assertStatus(_word(ConsentState.None, 0, 0, 0), 0, 20, ConsentStatus.None);
        _assertStatus(_word(ConsentState.Declined, 5, 7, 20), 10, 20, ConsentStatus.Declined);
        _assertStatus(_word(ConsentState.Withdrawn, 5, 7, 20), 10, 20, ConsentStatus.Withdrawn);
        _assertStatus(_word(ConsentState.Annulled, 5, 7, 20), 10, 9, ConsentStatus.Annulled);
    }

    function _assertStatus(ConsentWord word, uint32 from, uint256 time, ConsentStatus expected) private pure {
        VM.assertEq(uint256(word.statusAt(from, time)), uint256(expected), "status");
    }

    function _word(ConsentState state, uint32 opened, uint32 ended, uint32 until) private pure returns (ConsentWord) {
        return
            ConsentWord.wrap(
                uint256(state) | (uint256(opened) << 64) | (uint256(ended) << 96) | (uint256(until) << 160)
            );
    }

    /// @dev Any bits but a state that is none: the word's writers have put one of the enum's there.
    function _sane(uint256 raw) private pure returns (uint256) {
        return (raw & ~uint256(7)) | ((raw & 7) % (uint256(type(ConsentState).max) + 1));
    }

    /// @dev Suspension, declining, or a withdrawal of each extent.
    function _closing(uint8 draw) private pure returns (ConsentState, WithdrawalExtent) {
        draw %= 5;
        if (draw == 0) return (ConsentState.Suspended, WithdrawalExtent.None);
        if (draw == 1) return (ConsentState.Declined, WithdrawalExtent.None);
        return (ConsentState.Withdrawn, WithdrawalExtent(draw - 1));
    }
}
