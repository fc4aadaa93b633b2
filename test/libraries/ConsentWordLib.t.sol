// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentWordLib} from "../../contracts/libraries/ConsentWordLib.sol";
import {
    Act,
    ConsentAuthor,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    LAST_VERSION,
    NO_EXPIRY,
    NOT_ENDED,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {NO_PARTICIPANT, ScopeId} from "../../contracts/types/Ids.sol";
import {VM, bound} from "../support/Vm.sol";

/// @title Puts the library's calldata functions within reach.
contract ConsentWordHarness {
    using ConsentWordLib for ConsentWord;

    function granted(
        ConsentWord word,
        Grant calldata change,
        uint16 termsNumber,
        uint32 until,
        Act memory act,
        uint32 openedAt
    ) external pure returns (ConsentWord) {
        return word.granted(change, termsNumber, until, act, openedAt);
    }

    function updated(
        ConsentWord word,
        Grant calldata change,
        uint16 termsNumber,
        uint32 until,
        Act memory act,
        uint32 openedAt
    ) external pure returns (ConsentWord) {
        return word.updated(change, termsNumber, until, act, openedAt);
    }
}

contract ConsentWordLibTest {
    using ConsentWordLib for ConsentWord;

    /// @dev What no closing touches: preferences, both flags of a move, terms number, ordinal, until, elements.
    uint256 private constant KEPT_BY_CLOSING =
        (uint256(type(uint24).max) << 8) | (uint256(type(uint16).max) << 48) | (uint256(type(uint96).max) << 160);
    /// @dev What was agreed to: preferences, terms number, until, elements.
    uint256 private constant AGREED = (uint256(type(uint96).max) << 160) | 0xffff_3f00;
    uint256 private constant DISSENT = 1 << 7;
    uint256 private constant LOCKED = 1 << 14;
    uint256 private constant FORWARDED = 1 << 15;
    /// @dev Openings count: none is left for a word with this bit of the ordinal.
    uint256 private constant HIGHEST_ORDINAL_BIT = 1 << 63;

    ConsentWordHarness private harness;

    function setUp() public {
        harness = new ConsentWordHarness();
    }

    // The layout

    function testFuzz_GivenAnyWord_WhenRead_EachFieldIsItsOwnBits(uint256 raw) public pure {
        raw = _sane(raw);
        ConsentWord word = ConsentWord.wrap(raw);
        VM.assertTrue(word.isNone() == (raw == 0));
        VM.assertEq(uint256(word.state()), raw & 7);
        VM.assertEq(uint256(word.extent()), (raw >> 3) & 3);
        VM.assertEq(uint256(word.author()), (raw >> 5) & 3);
        VM.assertTrue(word.isDissent() == ((raw >> 7) & 1 == 1));
        VM.assertEq(word.preferences(), (raw >> 8) & 0x3F);
        VM.assertTrue(word.isFree() == ((raw >> 14) & 3 == 0));
        VM.assertTrue(word.isForwarded() == ((raw >> 15) & 1 == 1));
        VM.assertEq(word.termsNumber(), (raw >> 16) & 0xFFFF);
        VM.assertEq(word.version(), (raw >> 32) & 0xFFFF);
        VM.assertEq(word.ordinal(), (raw >> 48) & 0xFFFF);
        VM.assertEq(word.opened(), (raw >> 64) & 0xFFFFFFFF);
        VM.assertEq(word.ended(), (raw >> 96) & 0xFFFFFFFF);
        VM.assertEq(word.signedAt(), (raw >> 128) & 0xFFFFFFFF);
        VM.assertEq(word.until(), (raw >> 160) & 0xFFFFFFFF);
        VM.assertEq(word.elements(), raw >> 192);
    }

    // Openings

    function testFuzz_GivenAnyGrant_WhenGranted_EveryFieldIsWhatWasGivenAndNoOther(
        uint256 raw,
        Grant memory change,
        uint16 termsNumber,
        uint32 until,
        uint256 who,
        uint32 openedAt
    ) public view {
        Act memory act = _actOf(who);
        raw = _sane(raw) & ~HIGHEST_ORDINAL_BIT;
        change.preferences &= 0x3f;
        ConsentWord word = harness.granted(ConsentWord.wrap(raw), change, termsNumber, until, act, openedAt);
        _assertOpened(word, raw, ConsentState.Active, change.version, act, openedAt);
        _assertAgreed(word, change, termsNumber, until);
        VM.assertEq(word.ended(), NOT_ENDED);
    }

    function testFuzz_GivenAnyUpdate_WhenUpdated_StateStaysAndTheRestIsWhatWasGiven(
        uint256 raw,
        Grant memory change,
        uint16 termsNumber,
        uint32 until,
        uint256 who,
        uint32 openedAt
    ) public view {
        Act memory act = _actOf(who);
        raw = _standing(raw);
        change.preferences &= 0x3f;
        ConsentWord before = ConsentWord.wrap(raw);
        ConsentWord word = harness.updated(before, change, termsNumber, until, act, openedAt);
        _assertOpened(word, raw, before.state(), change.version, act, openedAt);
        _assertAgreed(word, change, termsNumber, until);
        VM.assertEq(word.ended(), before.state() == ConsentState.Active ? NOT_ENDED : openedAt);
    }

    function test_GivenNoWord_WhenGranted_OrdinalIsZero() public view {
        Grant memory change = Grant(ScopeId.wrap(0), 0, 0, 0, 0, 1);
        VM.assertEq(harness.granted(ConsentWord.wrap(0), change, 1, 2, _at(3), 4).ordinal(), 0);
    }

    function testFuzz_GivenAnyWord_WhenReopened_KeepsWhatWasAgreedToAndStartsTheRestAnew(
        uint256 raw,
        bool isActive,
        uint16 version,
        uint32 until,
        uint256 who,
        uint32 openedAt
    ) public pure {
        Act memory act = _actOf(who);
        raw = _standing(raw);
        ConsentState state = isActive ? ConsentState.Active : ConsentState.Suspended;
        ConsentWord word = ConsentWord.wrap(raw).reopened(state, version, until, act, openedAt);
        _assertOpened(word, raw, state, version, act, openedAt);
        uint256 kept = AGREED & ~(uint256(type(uint32).max) << 160);
        VM.assertEq(ConsentWord.unwrap(word) & kept, raw & kept, "elements, terms and preferences");
        VM.assertEq(word.until(), until);
        VM.assertEq(word.ended(), isActive ? NOT_ENDED : openedAt);
    }

    // Closings

    function testFuzz_GivenAnyWord_WhenClosed_NeverWeakensAndIsAsStrongAsTheTarget(
        uint256 raw,
        uint8 target,
        uint256 who,
        uint32 endedAt
    ) public pure {
        Act memory act = _actOf(who);
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        ConsentWord closed = before.closed(state, extent, act, endedAt);
        uint256 strengthBefore = ConsentWordLib.strength(before.state(), before.extent());
        uint256 strengthAfter = ConsentWordLib.strength(closed.state(), closed.extent());
        uint256 strength = ConsentWordLib.strength(state, extent);
        VM.assertEq(strengthAfter, strengthBefore > strength ? strengthBefore : strength, "not the stronger of both");
        bool isKept = strengthBefore >= strength;
        VM.assertTrue(closed.state() == (isKept ? before.state() : state));
        VM.assertTrue(closed.extent() == (isKept ? before.extent() : extent));
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
        ConsentWord closed = before.closed(state, extent, _at(0), endedAt);
        VM.assertFalse(closed.permittedAt(uint256(endedAt) + later), "still permitted");
        VM.assertTrue(closed.state() != ConsentState.Active && closed.state() != ConsentState.None);
    }

    function testFuzz_GivenEndedWord_WhenClosed_EndAndPastStay(
        uint256 raw,
        uint8 target,
        uint256 who,
        uint32 endedAt,
        uint32 time
    ) public pure {
        Act memory act = _actOf(who);
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        VM.assume(!before.isNone() && before.ended() != NOT_ENDED);
        ConsentWord closed = before.closed(state, extent, act, endedAt);
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
        ConsentWord closed = before.closed(state, extent, _at(0), endedAt);
        VM.assertTrue(closed.permittedAt(time) == before.permittedAt(time), "the past changed");
    }

    function testFuzz_GivenAnyWord_WhenClosed_RaisesVersionByOneUpToTheLast(
        uint256 raw,
        uint8 target,
        uint256 who,
        uint32 endedAt
    ) public pure {
        Act memory act = _actOf(who);
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        uint16 version = before.closed(state, extent, act, endedAt).version();
        VM.assertEq(version, before.version() == LAST_VERSION ? LAST_VERSION : before.version() + 1);
    }

    function test_GivenLastVersion_WhenClosed_StaysAtLastVersion() public pure {
        for (uint256 i = 0; i < 2; ++i) {
            ConsentWord word = ConsentWord.wrap((uint256(LAST_VERSION - i) << 32) | 2);
            ConsentWord closed = word.closed(ConsentState.Suspended, WithdrawalExtent.None, _at(1), 1);
            VM.assertEq(closed.version(), LAST_VERSION);
            VM.assertEq(closed.ordinal(), 0, "no carry into the next field");
        }
    }

    function testFuzz_GivenAnyWord_WhenClosed_SigningTimeNeverFalls(
        uint256 raw,
        uint8 target,
        uint32 time
    ) public pure {
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        uint32 signedAt = before.closed(state, extent, _at(time), 1).signedAt();
        VM.assertEq(signedAt, time > before.signedAt() ? time : before.signedAt());
    }

    function testFuzz_GivenAnyWord_WhenClosed_AnswerAndPlaceStay(
        uint256 raw,
        uint8 target,
        uint256 who,
        uint32 endedAt
    ) public pure {
        Act memory act = _actOf(who);
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        ConsentWord closed = before.closed(state, extent, act, endedAt);
        VM.assertEq(ConsentWord.unwrap(closed) & KEPT_BY_CLOSING, ConsentWord.unwrap(before) & KEPT_BY_CLOSING);
        if (!before.isNone()) VM.assertEq(closed.opened(), before.opened());
    }

    function testFuzz_GivenAnyWord_WhenClosed_AuthorChangesOnlyWhereNobodyButTheCustodianActed(
        uint256 raw,
        uint8 target,
        uint256 who,
        uint32 endedAt
    ) public pure {
        Act memory act = _actOf(who);
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        ConsentWord closed = before.closed(state, extent, act, endedAt);
        bool isTaken = before.isNone() || before.author() == ConsentAuthor.Custodian;
        VM.assertTrue(closed.author() == (isTaken ? act.author : before.author()));
    }

    function testFuzz_GivenAnyWord_WhenClosed_DissentIsTheParticipantsOverAGuardianOrAttestedAndStays(
        uint256 raw,
        uint8 target,
        uint256 who,
        uint32 endedAt
    ) public pure {
        Act memory act = _actOf(who);
        (ConsentState state, WithdrawalExtent extent) = _closing(target);
        ConsentWord before = ConsentWord.wrap(_sane(raw));
        bool saysNo = before.author() == ConsentAuthor.Guardian && act.author == ConsentAuthor.Participant;
        bool expected = before.isDissent() || saysNo || act.isDissent;
        VM.assertTrue(before.closed(state, extent, act, endedAt).isDissent() == expected);
    }

    function test_GivenNoWord_WhenClosed_OpensAndEndsAtOnce() public pure {
        ConsentWord closed = ConsentWord.wrap(0).closed(ConsentState.Suspended, WithdrawalExtent.None, _at(5), 9);
        VM.assertEq(ConsentWord.unwrap(closed), 3 | (1 << 32) | (9 << 64) | (9 << 96) | (5 << 128));
    }

    // What the rule of strength orders

    function test_WhenCompared_StatesRefuseInTheOrderOfTheRule() public pure {
        WithdrawalExtent none = WithdrawalExtent.None;
        VM.assertEq(ConsentWordLib.strength(ConsentState.None, none), 0);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Active, none), 0);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Suspended, none), 1);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Declined, none), 2);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Annulled, none), 3);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Withdrawn, WithdrawalExtent.NoFurtherContact), 4);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Withdrawn, WithdrawalExtent.NoFurtherAccess), 5);
        VM.assertEq(ConsentWordLib.strength(ConsentState.Withdrawn, WithdrawalExtent.NoFurtherUse), 6);
    }

    // Moves

    function testFuzz_GivenAnyWord_WhenLocked_OnlyTheFlagAndTheVersionChange(uint256 raw) public pure {
        raw = _sane(raw) & ~(LOCKED | FORWARDED);
        ConsentWord word = ConsentWord.wrap(raw);
        ConsentWord locked = word.locked();
        VM.assertFalse(locked.isFree());
        VM.assertFalse(locked.isForwarded());
        VM.assertEq(ConsentWord.unwrap(locked), _raisedByOne(raw) | LOCKED);
        VM.assertEq(ConsentWord.unwrap(locked.unlocked()), _raisedByOne(raw), "all but the version is back");
    }

    function testFuzz_GivenLockedWord_WhenForwarded_EndsForGoodAndThePastStays(
        uint256 raw,
        bool hasEnded,
        uint32 endedAt,
        uint32 time
    ) public pure {
        VM.assume(endedAt > 0 && endedAt != NOT_ENDED);
        raw = _sane(raw) & ~FORWARDED;
        // Drawn at random alone, hardly any word would not have ended.
        if (!hasEnded) raw |= uint256(NOT_ENDED) << 96;
        ConsentWord word = ConsentWord.wrap(raw);
        ConsentWord forwarded = word.forwarded(endedAt);
        VM.assertTrue(forwarded.isForwarded());
        uint256 others = ~(LOCKED | FORWARDED | (uint256(type(uint32).max) << 96));
        VM.assertEq(ConsentWord.unwrap(forwarded) & others, _raisedByOne(raw) & others);
        VM.assertEq(ConsentWord.unwrap(forwarded) & LOCKED, 0);
        VM.assertEq(forwarded.ended(), word.ended() == NOT_ENDED ? endedAt : word.ended());
        time = uint32(bound(time, 0, endedAt - 1));
        VM.assertTrue(forwarded.permittedAt(time) == word.permittedAt(time), "the past changed");
    }

    function testFuzz_GivenAnyWord_WhenMoved_StateAnswerAndDissentStayAndTheRestStartsAnew(
        uint256 raw,
        uint256 who,
        uint32 openedAt
    ) public pure {
        Act memory act = _actOf(who);
        ConsentWord word = ConsentWord.wrap(_sane(raw));
        ConsentWord moved = word.moved(act, openedAt);
        uint256 kept = AGREED | DISSENT | 0x1f;
        VM.assertEq(ConsentWord.unwrap(moved) & kept, ConsentWord.unwrap(word) & kept);
        VM.assertTrue(moved.author() == act.author);
        VM.assertTrue(moved.isFree());
        VM.assertEq(moved.version(), 1);
        VM.assertEq(moved.ordinal(), 0);
        VM.assertEq(moved.opened(), openedAt);
        VM.assertEq(moved.ended(), word.state() == ConsentState.Active ? NOT_ENDED : openedAt);
        VM.assertEq(moved.signedAt(), act.signedAt);
    }

    // Preferences

    function testFuzz_GivenPreferences_WhenCompared_NoMoreIsNoFurtherOptInAndTheSameOrAStopAfterDeath(
        uint8 narrower,
        uint8 broader
    ) public pure {
        (narrower, broader) = (narrower % 0x30, broader % 0x30);
        bool expected = narrower >> 4 == 0 || narrower >> 4 == broader >> 4;
        for (uint8 bit = 0; bit < 4; ++bit) {
            if ((narrower >> bit) & 1 == 1 && (broader >> bit) & 1 == 0) expected = false;
        }
        VM.assertTrue(ConsentWordLib.isNoMore(narrower, broader) == expected);
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

    /// @dev What every opening does, whichever verb it is by.
    function _assertOpened(
        ConsentWord word,
        uint256 before,
        ConsentState state,
        uint16 version,
        Act memory act,
        uint32 openedAt
    ) private pure {
        VM.assertTrue(word.state() == state, "state");
        VM.assertEq(uint256(word.extent()), 0, "extent");
        VM.assertTrue(word.author() == act.author, "author");
        VM.assertFalse(word.isDissent(), "dissent starts anew");
        VM.assertTrue(word.isFree(), "free");
        VM.assertEq(word.version(), version, "version");
        VM.assertEq(word.ordinal(), before == 0 ? 0 : uint16(before >> 48) + 1, "ordinal");
        VM.assertEq(word.opened(), openedAt, "opened");
        VM.assertEq(word.signedAt(), act.signedAt, "signedAt");
    }

    function _assertAgreed(ConsentWord word, Grant memory change, uint16 termsNumber, uint32 until) private pure {
        VM.assertEq(word.preferences(), change.preferences);
        VM.assertEq(word.termsNumber(), termsNumber);
        VM.assertEq(word.until(), until);
        VM.assertEq(word.elements(), change.elements);
    }

    /// @dev The word with its version raised as every change raises it.
    function _raisedByOne(uint256 raw) private pure returns (uint256) {
        return uint16(raw >> 32) == LAST_VERSION ? raw : raw + (1 << 32);
    }

    /// @dev An active or suspended word that has room for another opening.
    function _standing(uint256 raw) private pure returns (uint256) {
        ConsentState state = raw % 2 == 0 ? ConsentState.Active : ConsentState.Suspended;
        return (raw & ~uint256(7) & ~HIGHEST_ORDINAL_BIT) | uint256(state);
    }

    /// @dev Anybody's doing.
    function _actOf(uint256 who) private pure returns (Act memory) {
        ConsentAuthor author = ConsentAuthor(who & 3);
        return Act(NO_PARTICIPANT, author, uint32(who >> 8), uint32(who >> 40), false, (who >> 2) & 1 == 1);
    }

    /// @dev What a participant does who says so at `signedAt`.
    function _at(uint32 signedAt) private pure returns (Act memory) {
        return Act(NO_PARTICIPANT, ConsentAuthor.Participant, signedAt, NO_EXPIRY, false, false);
    }

    /// @dev Suspension, declining, annulment, or a withdrawal of each extent.
    function _closing(uint8 draw) private pure returns (ConsentState, WithdrawalExtent) {
        draw %= 6;
        if (draw == 0) return (ConsentState.Suspended, WithdrawalExtent.None);
        if (draw == 1) return (ConsentState.Declined, WithdrawalExtent.None);
        if (draw == 2) return (ConsentState.Annulled, WithdrawalExtent.None);
        return (ConsentState.Withdrawn, WithdrawalExtent(draw - 2));
    }
}
