// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Extend,
    Grant,
    LAST_VERSION,
    NO_EXPIRY,
    Resume
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {Change, extending, granting, resuming, updating} from "../support/Changes.sol";
import {VM} from "../support/Vm.sol";
import {ConsentForm} from "./ConsentForm.sol";

/// @title OpeningVerbs
/// @notice Grant, update, extend and resume in every state.
abstract contract OpeningVerbs is ConsentForm {
    enum Opening {
        Grant,
        Update,
        Extend,
        Resume
    }

    uint8 private constant HIGHEST_PREFERENCES = 0x2f;
    uint256 private constant WAYS_NOTHING_STANDS = 7;

    // grant

    function test_GivenNone_WhenGrant_OpensFirstWordAndEmitsConsentGranted() public {
        uint256 expected = _opened(1, 0) | _packAnswer(0x13, 1, NO_EXPIRY, 0xA5);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentGranted(SCOPE, alice.id, ConsentWord.wrap(expected));
        _grant(_grantOf(alice));
        VM.assertEq(_raw(alice), expected);
        VM.assertEq(_rawAt(1), 0, "a first word has no predecessor");
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenDeclined_WhenGrant_OpensAndKeepsOldWord() public {
        _givenDeclined();
        _assertGrantKeepsOldWord();
    }

    function test_GivenAnnulled_WhenGrant_OpensAndKeepsOldWord() public {
        _givenAnnulled();
        _assertGrantKeepsOldWord();
    }

    function test_GivenExpired_WhenGrant_OpensAndKeepsOldWord() public {
        _givenExpired();
        _assertGrantKeepsOldWord();
    }

    function test_GivenSuspendedNeverGranted_WhenGrant_OpensAndKeepsOldWord() public {
        _givenSuspendedNeverGranted();
        _assertGrantKeepsOldWord();
    }

    function test_GivenSuspendedExpired_WhenGrant_OpensAndKeepsOldWord() public {
        _givenSuspendedExpired();
        _assertGrantKeepsOldWord();
    }

    function test_GivenWithdrawn_WhenGrant_OpensAndKeepsOldWord() public {
        _givenWithdrawn(USE);
        _assertGrantKeepsOldWord();
    }

    function test_GivenActive_WhenGrant_RejectsAlreadyGranted() public {
        _givenActive();
        _assertRejected(granting(_grantOf(alice)), IConsentRegistry.ConsentAlreadyGranted.selector);
    }

    function test_GivenScheduled_WhenGrant_RejectsAlreadyGranted() public {
        _givenScheduled();
        _assertRejected(granting(_grantOf(alice)), IConsentRegistry.ConsentAlreadyGranted.selector);
    }

    function test_GivenSuspended_WhenGrant_RejectsAlreadyGranted() public {
        _givenSuspended();
        _assertRejected(granting(_grantOf(alice)), IConsentRegistry.ConsentAlreadyGranted.selector);
    }

    function test_GivenActiveAtLastVersion_WhenGrant_RejectsAlreadyGranted() public {
        _givenStored(ConsentState.Active, LAST_VERSION);
        _assertRejected(granting(_grantOf(alice)), IConsentRegistry.ConsentAlreadyGranted.selector);
    }

    function test_GivenTermsOfOtherScopeOnly_WhenGrant_RejectsTermsUnknown() public {
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(OTHER_SCOPE, _terms("of the other scope"));
        _assertTermsUnknown(granting(change), change.termsDigest);
    }

    function test_GivenTermsAgreedToInOtherScope_WhenGrant_RejectsTermsUnknown() public {
        bytes32 digest = _publishTerms(OTHER_SCOPE, _terms("of the other scope"));
        _otherGrants(OTHER_SCOPE, digest);
        Grant memory change = _grantOf(alice);
        change.termsDigest = digest;
        _assertTermsUnknown(granting(change), digest);
    }

    function test_GivenSameTermsAgreedToInOtherScope_WhenGrant_WordHasTheNumberOfItsOwnScope() public {
        _publishTerms(OTHER_SCOPE, _terms("second"));
        _otherGrants(OTHER_SCOPE, _publishTerms(OTHER_SCOPE, _terms("third")));
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, _terms("third"));
        _grant(change);
        VM.assertEq(uint16(_raw(alice) >> 16), 2);
    }

    function test_GivenTermsAgreedToBefore_WhenGrant_TermsRegistryIsNotAsked() public {
        Terms memory given = _terms("for a year");
        given.reConsentBy = _now() + 365 days;
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, given);
        _otherGrants(SCOPE, change.termsDigest);
        VM.etch(address(terms), hex"fe");
        _grant(change);
        VM.assertEq(uint16(_raw(alice) >> 16), 2);
        VM.assertEq(_until(), given.reConsentBy);
    }

    function test_GivenTermsThatBeginLater_WhenGrant_IsScheduledTillThen() public {
        _givenScheduled();
        _assertStatus(ConsentStatus.Scheduled);
        _assertPermitted(false, 0);
        _advance(1_000);
        _assertStatus(ConsentStatus.Active);
        _assertPermitted(true, 1);
    }

    function test_GivenVersionBeforeLast_WhenGrant_OpensLastVersion() public {
        _givenStored(ConsentState.Withdrawn, LAST_VERSION - 1);
        _grant(_grantOf(alice));
        VM.assertEq(_version(), LAST_VERSION);
        _assertStatus(ConsentStatus.Active);
    }

    // update

    function test_GivenActive_WhenUpdate_OpensNextWordAndEmitsConsentUpdated() public {
        _givenActive();
        uint256 old = _raw(alice);
        Grant memory change = _broader();
        uint256 expected = _opened(2, 1) | _packAnswer(change.preferences, 2, change.until, change.elements);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentUpdated(SCOPE, alice.id, ConsentWord.wrap(expected));
        _update(change);
        VM.assertEq(_raw(alice), expected);
        VM.assertEq(_rawAt(0), old, "the old word is its history");
        _assertStatus(ConsentStatus.Active);
        _assertPermitted(true, 2);
    }

    function test_GivenScheduled_WhenUpdate_HoldsUnderTheNewTermsAtOnce() public {
        _givenScheduled();
        _update(_grantOf(alice));
        _assertStatus(ConsentStatus.Active);
        _assertPermitted(true, 2);
    }

    function test_GivenSuspended_WhenUpdate_StaysSuspendedUnderTheNewTerms() public {
        _givenSuspended();
        uint256 old = _raw(alice);
        Grant memory change = _broader();
        _update(change);
        VM.assertEq(
            _raw(alice),
            _suspendedNow(3, 1) | _packAnswer(change.preferences, 2, change.until, change.elements)
        );
        VM.assertEq(_rawAt(0), old);
        _assertStatus(ConsentStatus.Suspended);
        _assertPermitted(false, 0);
        _advance(STEP);
        _assertPermitted(false, 0);
        _resume();
        VM.assertEq(uint64(_raw(alice) >> 192), change.elements);
        _assertPermitted(true, 4);
    }

    function test_GivenNoStandingConsent_WhenUpdate_RejectsNotStanding() public {
        _assertRejectedWhereNothingStands(Opening.Update, IConsentRegistry.ConsentNotStanding.selector);
    }

    // extend

    function test_GivenActive_WhenExtend_PutsItsEndOffAndEmitsConsentExtended() public {
        _givenActiveUntil(_now() + 5_000);
        uint256 old = _raw(alice);
        uint32 later = _until() + 1;
        uint256 expected = _opened(2, 1) | _packAnswer(0x13, 1, later, 0xA5);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentExtended(SCOPE, alice.id, ConsentWord.wrap(expected));
        _extend(later);
        VM.assertEq(_raw(alice), expected);
        VM.assertEq(_rawAt(0), old);
        _assertPermitted(true, 2);
    }

    function test_GivenSuspended_WhenExtend_StaysSuspended() public {
        _givenActiveUntil(_now() + 5_000);
        _closeOwn(ConsentState.Suspended, NO_EXTENT);
        _extend(NO_EXPIRY);
        VM.assertEq(_raw(alice), _suspendedNow(3, 1) | _packAnswer(0x13, 1, NO_EXPIRY, 0xA5));
        _assertStatus(ConsentStatus.Suspended);
        _assertPermitted(false, 0);
    }

    function test_GivenNoStandingConsent_WhenExtend_RejectsNotStanding() public {
        _assertRejectedWhereNothingStands(Opening.Extend, IConsentRegistry.ConsentNotStanding.selector);
    }

    function test_GivenActive_WhenExtendNamesOtherTermsOfTheScope_RejectsTermsNotStanding() public {
        _givenActiveUntil(_now() + 5_000);
        bytes32 other = _publishTerms(SCOPE, _terms("other"));
        _assertRejected(
            extending(Extend(SCOPE, other, NO_EXPIRY, 2)),
            abi.encodeWithSelector(IConsentRegistry.ConsentTermsNotStanding.selector, other, 1)
        );
    }

    function test_GivenActive_WhenExtendedToNoLaterEnd_RejectsUntilNotLater() public {
        _givenActiveUntil(_now() + 5_000);
        uint32 until = _until();
        uint32[3] memory ends = [until, until - 1, 0];
        for (uint256 i = 0; i < ends.length; ++i) {
            _assertRejected(
                extending(Extend(SCOPE, standardTerms, ends[i], 2)),
                abi.encodeWithSelector(IConsentRegistry.ConsentUntilNotLater.selector, ends[i], until)
            );
        }
    }

    function test_GivenConsentToTheEndOfItsTerms_WhenExtend_RejectsUntilNotLater() public {
        Terms memory given = _terms("for a year");
        given.reConsentBy = _now() + 365 days;
        bytes32 digest = _publishTerms(SCOPE, given);
        Grant memory change = _grantOf(alice);
        change.termsDigest = digest;
        change.until = given.reConsentBy - 1;
        _grantOwn(change);
        _do(extending(Extend(SCOPE, digest, NO_EXPIRY, 2)));
        VM.assertEq(_until(), given.reConsentBy, "cut to the terms' re-consent date");
        _advance(1);
        _assertRejected(
            extending(Extend(SCOPE, digest, NO_EXPIRY, 3)),
            abi.encodeWithSelector(IConsentRegistry.ConsentUntilNotLater.selector, given.reConsentBy, given.reConsentBy)
        );
    }

    // resume

    function test_GivenSuspended_WhenResume_OpensUnderItsOwnTermsAndEmitsConsentResumed() public {
        _givenActiveUntil(_now() + 5_000);
        _closeOwn(ConsentState.Suspended, NO_EXTENT);
        uint256 old = _raw(alice);
        uint256 expected = _opened(3, 1) | _packAnswer(0x13, 1, _until(), 0xA5);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentResumed(SCOPE, alice.id, ConsentWord.wrap(expected));
        _resume();
        VM.assertEq(_raw(alice), expected);
        VM.assertEq(_rawAt(0), old);
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenNothingThatStands_WhenResume_RejectsNotSuspended() public {
        _assertRejectedWhereNothingStands(Opening.Resume, IConsentRegistry.ConsentNotSuspended.selector);
    }

    function test_GivenActive_WhenResume_RejectsNotSuspended() public {
        _givenActive();
        _assertRejected(
            _openingOf(Opening.Resume, 2),
            abi.encodeWithSelector(IConsentRegistry.ConsentNotSuspended.selector, ConsentStatus.Active)
        );
    }

    // What all openings keep to

    function test_GivenAnyOpening_WhenItNamesOtherVersion_RejectsVersionMismatch() public {
        for (uint8 i = 0; i <= uint8(type(Opening).max); ++i) {
            uint256 state = VM.snapshotState();
            uint16 next = _givenReadyFor(Opening(i));
            uint16[5] memory others = [uint16(0), next - 1, next + 1, next + 256, LAST_VERSION];
            for (uint256 j = 0; j < others.length; ++j) {
                _assertRejected(
                    _openingOf(Opening(i), others[j]),
                    abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, next, others[j])
                );
            }
            VM.revertToState(state);
        }
    }

    function test_GivenNone_WhenGrantNamesOtherVersion_RejectsVersionMismatch() public {
        uint16[3] memory others = [uint16(0), 2, LAST_VERSION];
        for (uint256 i = 0; i < others.length; ++i) {
            _assertRejected(
                _openingOf(Opening.Grant, others[i]),
                abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 1, others[i])
            );
        }
    }

    function test_GivenAnyOpening_WhenAtLastVersion_RejectsVersionsExhausted() public {
        ConsentState[4] memory from = [
            ConsentState.Withdrawn,
            ConsentState.Active,
            ConsentState.Active,
            ConsentState.Suspended
        ];
        for (uint8 i = 0; i < from.length; ++i) {
            uint256 state = VM.snapshotState();
            _givenStored(from[i], LAST_VERSION);
            _assertRejected(_openingOf(Opening(i), LAST_VERSION), IConsentRegistry.ConsentVersionsExhausted.selector);
            _assertRejected(_openingOf(Opening(i), 0), IConsentRegistry.ConsentVersionsExhausted.selector);
            VM.revertToState(state);
        }
    }

    function test_GivenAnyOpening_WhenWordIsOfThisSecond_RejectsSignedTooEarly() public {
        for (uint8 i = 0; i <= uint8(type(Opening).max); ++i) {
            uint256 state = VM.snapshotState();
            uint16 next = _givenReadyFor(Opening(i)) + 1;
            // A change of this second that leaves the consent ready for the opening.
            VM.prank(alice.account);
            if (i == uint8(Opening.Grant)) consents.decline(SCOPE);
            else if (i == uint8(Opening.Resume)) consents.suspend(SCOPE);
            else consents.extend(Extend(SCOPE, standardTerms, _now() + 6_000, next - 1));
            _assertRejected(
                _openingOf(Opening(i), next),
                abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, _now(), _now())
            );
            _advance(1);
            _do(_openingOf(Opening(i), next));
            VM.assertEq(_version(), next);
            VM.revertToState(state);
        }
    }

    function test_GivenUnpublishedTerms_WhenGrantOrUpdateOrExtend_RejectsTermsUnknown() public {
        Grant memory change = _grantOf(alice);
        change.termsDigest = keccak256("never published");
        _assertTermsUnknown(granting(change), change.termsDigest);
        _givenActive();
        change.version = 2;
        _assertTermsUnknown(updating(change), change.termsDigest);
        _assertTermsUnknown(extending(Extend(SCOPE, change.termsDigest, NO_EXPIRY, 2)), change.termsDigest);
    }

    function test_GivenGrantOrUpdate_WhenPreferencesHaveNoMeaning_RejectsPreferencesInvalid() public {
        for (uint256 i = 0; i < 2; ++i) {
            Grant memory change = _grantOf(alice);
            uint8[4] memory invalid = [HIGHEST_PREFERENCES + 1, 0x3f, 0x40, 0xff];
            for (uint256 j = 0; j < invalid.length; ++j) {
                change.preferences = invalid[j];
                _assertRejected(
                    i == 0 ? granting(change) : updating(change),
                    abi.encodeWithSelector(IConsentRegistry.ConsentPreferencesInvalid.selector, invalid[j])
                );
            }
            change.preferences = HIGHEST_PREFERENCES;
            _do(i == 0 ? granting(change) : updating(change));
            VM.assertEq(uint8(_raw(alice) >> 8), HIGHEST_PREFERENCES);
            _advance(1);
        }
    }

    function test_GivenGrantOrUpdate_WhenItEndsNow_RejectsUntilPassed() public {
        for (uint256 i = 0; i < 2; ++i) {
            Grant memory change = _grantOf(alice);
            change.until = _now();
            _assertRejected(
                i == 0 ? granting(change) : updating(change),
                abi.encodeWithSelector(IConsentRegistry.ConsentUntilPassed.selector, _now(), block.timestamp)
            );
            change.until = _now() + 1;
            _do(i == 0 ? granting(change) : updating(change));
            _assertStatus(ConsentStatus.Active);
            _advance(1);
            _assertStatus(ConsentStatus.Expired);
            if (i == 0) _givenActive();
        }
    }

    function test_GivenTermsPastReConsentBy_WhenGrantOrUpdate_RejectsUntilPassed() public {
        Terms memory given = _terms("for a day");
        given.reConsentBy = _now() + 1 days;
        bytes32 digest = _publishTerms(SCOPE, given);
        VM.warp(given.reConsentBy);
        bytes memory passed = abi.encodeWithSelector(
            IConsentRegistry.ConsentUntilPassed.selector,
            given.reConsentBy,
            block.timestamp
        );
        Grant memory change = _grantOf(alice);
        change.termsDigest = digest;
        _assertRejected(granting(change), passed);
        _grantOwn(_grantOf(alice));
        VM.warp(given.reConsentBy);
        change.version = 2;
        _advance(1);
        _assertRejected(
            updating(change),
            abi.encodeWithSelector(IConsentRegistry.ConsentUntilPassed.selector, given.reConsentBy, block.timestamp)
        );
    }

    function test_GivenTermsWithReConsentBy_WhenGrantOrUpdate_EndsWithTheEarlier() public {
        Terms memory given = _terms("for a year");
        given.reConsentBy = _now() + 365 days;
        bytes32 digest = _publishTerms(SCOPE, given);
        for (uint256 i = 0; i < 2; ++i) {
            Grant memory change = _grantOf(alice);
            change.termsDigest = digest;
            _do(i == 0 ? granting(change) : updating(change));
            VM.assertEq(_until(), given.reConsentBy, "with the terms");
            _advance(1);
            change.until = given.reConsentBy - 1;
            change.version = _nextVersion(alice);
            _do(updating(change));
            VM.assertEq(_until(), change.until, "with its own end");
            _advance(1);
        }
    }

    // Given

    function _openingOf(Opening opening, uint16 version) private view returns (Change memory) {
        Grant memory change = _grantOf(alice);
        change.version = version;
        if (opening == Opening.Grant) return granting(change);
        if (opening == Opening.Update) return updating(change);
        if (opening == Opening.Extend) return extending(Extend(SCOPE, standardTerms, NO_EXPIRY, version));
        return resuming(Resume({scopeId: SCOPE, version: version}));
    }

    /// @return next the version that the opening has to name.
    function _givenReadyFor(Opening opening) private returns (uint16 next) {
        if (opening == Opening.Grant) _givenWithdrawn(USE);
        else if (opening == Opening.Resume) _givenSuspended();
        else _givenActiveUntil(_now() + 5_000);
        return _nextVersion(alice);
    }

    /// @dev Further terms, elements and preferences, and an end.
    function _broader() private returns (Grant memory change) {
        change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, _terms("broader"));
        change.elements = 0xFFA5;
        change.preferences = HIGHEST_PREFERENCES;
        change.until = _now() + 9_000;
    }

    /// @dev Every way in which nothing stands, and what a reader sees of it.
    function _givenNothingStands(uint256 way) private returns (ConsentStatus) {
        if (way == 0) return ConsentStatus.None;
        if (way == 1) _givenDeclined();
        else if (way == 2) _givenAnnulled();
        else if (way == 3) _givenWithdrawn(CONTACT);
        else if (way == 4) _givenExpired();
        else if (way == 5) _givenSuspendedExpired();
        else _givenSuspendedNeverGranted();
        return
            [
                ConsentStatus.Declined,
                ConsentStatus.Annulled,
                ConsentStatus.Withdrawn,
                ConsentStatus.Expired,
                ConsentStatus.Expired,
                ConsentStatus.Suspended
            ][way - 1];
    }

    // Then

    function _assertRejectedWhereNothingStands(Opening opening, bytes4 reason) private {
        for (uint256 way = 0; way < WAYS_NOTHING_STANDS; ++way) {
            uint256 state = VM.snapshotState();
            bytes memory expected = abi.encodeWithSelector(reason, _givenNothingStands(way));
            _assertRejected(_openingOf(opening, _nextVersion(alice)), expected);
            VM.revertToState(state);
        }
    }

    function _assertTermsUnknown(Change memory change, bytes32 digest) private {
        _assertRejected(change, abi.encodeWithSelector(IConsentRegistry.ConsentTermsUnknown.selector, SCOPE, digest));
    }

    function _assertGrantKeepsOldWord() private {
        uint256 old = _raw(alice);
        uint16 version = _nextVersion(alice);
        _grant(_grantOf(alice));
        VM.assertEq(_raw(alice), _opened(version, 1) | _packAnswer(0x13, 1, NO_EXPIRY, 0xA5));
        VM.assertEq(_rawAt(0), old, "the old word is its history");
        VM.assertEq(_rawAt(1), _raw(alice));
        _assertStatus(ConsentStatus.Active);
        _assertPermitted(true, version);
    }

    /// @dev A word that an opening of a suspended consent puts there: opened and ended in one.
    function _suspendedNow(uint16 version, uint16 ordinal) private view returns (uint256) {
        return
            _pack(ConsentState.Suspended, NO_EXTENT, version, ordinal, _now(), _now(), _now()) |
            (uint256(_author()) << 5);
    }
}
