// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    LAST_VERSION,
    NO_EXPIRY,
    NOT_ENDED,
    Resume,
    WithdrawalExtent
} from "../../contracts/types/Consent.sol";
import {Terms} from "../../contracts/types/DataUse.sol";
import {ScopeId} from "../../contracts/types/Ids.sol";
import {ConsentSigning} from "../support/ConsentSigning.sol";
import {VM} from "../support/Vm.sol";

/// @title ConsentVerbs
/// @notice Every verb in every state: what a consent does in whichever form the participant's say arrives.
abstract contract ConsentVerbs is ConsentSigning {
    WithdrawalExtent private constant CONTACT = WithdrawalExtent.NoFurtherContact;
    WithdrawalExtent private constant ACCESS = WithdrawalExtent.NoFurtherAccess;
    WithdrawalExtent private constant USE = WithdrawalExtent.NoFurtherUse;
    uint32 private constant STEP = 10;

    Person internal alice;

    function setUp() public {
        _deployWithTerms();
        alice = _person("alice");
        _advance(STEP);
    }

    // grant

    function test_GivenNone_WhenGrant_OpensFirstWord() public {
        uint256 expected = _opened(1, 0) | _packAnswer(0x13, 1, NO_EXPIRY, 0xA5);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentGranted(SCOPE, alice.id, ConsentWord.wrap(expected));
        _grant(_grantOf(alice));
        VM.assertEq(_raw(alice), expected);
        VM.assertEq(_rawAt(1), 0, "a first word has no predecessor");
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenDeclined_WhenGrant_OpensAndKeepsOldWord() public {
        _givenStored(ConsentState.Declined, 1);
        _assertGrantKeepsOldWord();
    }

    function test_GivenAnnulled_WhenGrant_OpensAndKeepsOldWord() public {
        _givenStored(ConsentState.Annulled, 1);
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
        _assertGrantRejected(_grantOf(alice), abi.encodeWithSelector(IConsentRegistry.ConsentAlreadyGranted.selector));
    }

    function test_GivenScheduled_WhenGrant_RejectsAlreadyGranted() public {
        _givenScheduled();
        _assertGrantRejected(_grantOf(alice), abi.encodeWithSelector(IConsentRegistry.ConsentAlreadyGranted.selector));
    }

    function test_GivenSuspended_WhenGrant_RejectsAlreadyGranted() public {
        _givenSuspended();
        _assertGrantRejected(_grantOf(alice), abi.encodeWithSelector(IConsentRegistry.ConsentAlreadyGranted.selector));
    }

    function test_GivenNone_WhenGrantNamesOtherVersion_RejectsVersionMismatch() public {
        uint16[3] memory others = [uint16(0), 2, LAST_VERSION];
        for (uint256 i = 0; i < others.length; ++i) _assertGrantVersionRejected(1, others[i]);
    }

    function test_GivenWithdrawn_WhenGrantNamesOtherVersion_RejectsVersionMismatch() public {
        _givenWithdrawn(USE);
        uint16[4] memory others = [uint16(0), 1, 2, 4];
        for (uint256 i = 0; i < others.length; ++i) _assertGrantVersionRejected(3, others[i]);
    }

    function test_GivenNone_WhenGrantNamesUnpublishedTerms_RejectsTermsUnknown() public {
        Grant memory change = _grantOf(alice);
        change.termsDigest = keccak256("never published");
        _assertGrantRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentTermsUnknown.selector, SCOPE, change.termsDigest)
        );
    }

    function test_GivenTermsOfOtherScopeOnly_WhenGrant_RejectsTermsUnknown() public {
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(OTHER_SCOPE, _terms("of the other scope"));
        _assertGrantRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentTermsUnknown.selector, SCOPE, change.termsDigest)
        );
    }

    function test_GivenTermsAgreedToInOtherScope_WhenGrant_RejectsTermsUnknown() public {
        bytes32 digest = _publishTerms(OTHER_SCOPE, _terms("of the other scope"));
        _otherGrants(OTHER_SCOPE, digest);
        Grant memory change = _grantOf(alice);
        change.termsDigest = digest;
        _assertGrantRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentTermsUnknown.selector, SCOPE, digest)
        );
    }

    function test_GivenSameTermsAgreedToInOtherScope_WhenGrant_WordHasTheNumberOfItsOwnScope() public {
        _publishTerms(OTHER_SCOPE, _terms("second"));
        _otherGrants(OTHER_SCOPE, _publishTerms(OTHER_SCOPE, _terms("third")));
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, _terms("third"));
        _grant(change);
        VM.assertEq(uint16(_raw(alice) >> 16), 2);
    }

    function test_GivenTermsAgreedToBefore_WhenGrant_NoOtherContractIsAsked() public {
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

    function test_GivenNone_WhenGrantEndsNow_RejectsUntilPassed() public {
        Grant memory change = _grantOf(alice);
        change.until = _now();
        _assertGrantRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentUntilPassed.selector, _now(), block.timestamp)
        );
    }

    function test_GivenNone_WhenGrantEndsNextSecond_HoldsUntilThen() public {
        Grant memory change = _grantOf(alice);
        change.until = _now() + 1;
        _grant(change);
        _assertStatus(ConsentStatus.Active);
        _advance(1);
        _assertStatus(ConsentStatus.Expired);
    }

    function test_GivenTermsWithReConsentBy_WhenGrantReachesFurther_EndsWithTerms() public {
        Terms memory given = _terms("for a year");
        given.reConsentBy = _now() + 365 days;
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, given);
        _grant(change);
        VM.assertEq(_until(), given.reConsentBy);
    }

    function test_GivenTermsWithReConsentBy_WhenGrantEndsBefore_KeepsItsOwnEnd() public {
        Terms memory given = _terms("for a year");
        given.reConsentBy = _now() + 365 days;
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, given);
        change.until = _now() + 1 days;
        _grant(change);
        VM.assertEq(_until(), change.until);
    }

    function test_GivenTermsPastReConsentBy_WhenGrant_RejectsUntilPassed() public {
        Terms memory given = _terms("for a day");
        given.reConsentBy = _now() + 1 days;
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, given);
        _advance(1 days);
        _assertGrantRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentUntilPassed.selector, given.reConsentBy, block.timestamp)
        );
    }

    function test_GivenTermsThatBeginLater_WhenGrant_IsScheduledTillThen() public {
        _givenScheduled();
        _assertStatus(ConsentStatus.Scheduled);
        _assertPermitted(false, 0);
        _advance(1_000);
        _assertStatus(ConsentStatus.Active);
        _assertPermitted(true, 1);
    }

    function test_GivenWithdrawnThisSecond_WhenGrant_RejectsSignedTooEarly() public {
        _givenActive();
        VM.prank(alice.account);
        consents.withdraw(SCOPE, USE);
        _assertGrantRejected(
            _grantOf(alice),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, _now(), _now())
        );
        _advance(1);
        _grant(_grantOf(alice));
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenVersionBeforeLast_WhenGrant_OpensLastVersion() public {
        _givenStored(ConsentState.Withdrawn, LAST_VERSION - 1);
        _grant(_grantOf(alice));
        VM.assertEq(_version(), LAST_VERSION);
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenLastVersion_WhenGrant_RejectsVersionsExhausted() public {
        _givenStored(ConsentState.Withdrawn, LAST_VERSION);
        Grant memory change = _grantOf(alice);
        bytes memory reason = abi.encodeWithSelector(IConsentRegistry.ConsentVersionsExhausted.selector);
        change.version = LAST_VERSION;
        _assertGrantRejected(change, reason);
        change.version = 0;
        _assertGrantRejected(change, reason);
    }

    // resume

    function test_GivenSuspended_WhenResume_OpensUnderItsOwnTerms() public {
        Grant memory first = _grantOf(alice);
        first.until = _now() + 5_000;
        _grantOwn(first);
        _suspendOwn();
        uint256 old = _raw(alice);
        uint256 expected = _opened(3, 1) | _packAnswer(0x13, 1, first.until, 0xA5);
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentResumed(SCOPE, alice.id, ConsentWord.wrap(expected));
        _resume(_resumeOf(alice));
        VM.assertEq(_raw(alice), expected);
        VM.assertEq(_rawAt(0), old);
        _assertStatus(ConsentStatus.Active);
    }

    function test_GivenSuspended_WhenResumeNamesOtherVersion_RejectsVersionMismatch() public {
        _givenSuspended();
        uint16[4] memory others = [uint16(0), 1, 2, 4];
        for (uint256 i = 0; i < others.length; ++i) {
            Resume memory change = Resume({scopeId: SCOPE, version: others[i]});
            _assertResumeRejected(
                change,
                abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, 3, others[i])
            );
        }
    }

    function test_GivenSuspendedThisSecond_WhenResume_RejectsSignedTooEarly() public {
        _givenActive();
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _assertResumeRejected(
            _resumeOf(alice),
            abi.encodeWithSelector(IConsentRegistry.ConsentSignedTooEarly.selector, _now(), _now())
        );
    }

    function test_GivenSuspendedAtLastVersion_WhenResume_RejectsVersionsExhausted() public {
        _givenStored(ConsentState.Suspended, LAST_VERSION);
        _assertResumeRejected(
            Resume({scopeId: SCOPE, version: 0}),
            abi.encodeWithSelector(IConsentRegistry.ConsentVersionsExhausted.selector)
        );
    }

    function test_GivenNone_WhenResume_RejectsNotSuspended() public {
        _assertResumeNeedsSuspended(ConsentStatus.None);
    }

    function test_GivenDeclined_WhenResume_RejectsNotSuspended() public {
        _givenStored(ConsentState.Declined, 1);
        _assertResumeNeedsSuspended(ConsentStatus.Declined);
    }

    function test_GivenAnnulled_WhenResume_RejectsNotSuspended() public {
        _givenStored(ConsentState.Annulled, 1);
        _assertResumeNeedsSuspended(ConsentStatus.Annulled);
    }

    function test_GivenActive_WhenResume_RejectsNotSuspended() public {
        _givenActive();
        _assertResumeNeedsSuspended(ConsentStatus.Active);
    }

    function test_GivenExpired_WhenResume_RejectsNotSuspended() public {
        _givenExpired();
        _assertResumeNeedsSuspended(ConsentStatus.Expired);
    }

    function test_GivenSuspendedNeverGranted_WhenResume_RejectsNotSuspended() public {
        _givenSuspendedNeverGranted();
        _assertResumeNeedsSuspended(ConsentStatus.Suspended);
    }

    function test_GivenSuspendedExpired_WhenResume_RejectsNotSuspended() public {
        _givenSuspendedExpired();
        _assertResumeNeedsSuspended(ConsentStatus.Expired);
    }

    function test_GivenWithdrawn_WhenResume_RejectsNotSuspended() public {
        _givenWithdrawn(CONTACT);
        _assertResumeNeedsSuspended(ConsentStatus.Withdrawn);
    }

    // suspend

    function test_GivenNone_WhenSuspend_RecordsSuspensionWithoutTerms() public {
        _assertSuspends(_closed(ConsentState.Suspended, WithdrawalExtent.None, 1, _now()));
        _assertStatus(ConsentStatus.Suspended);
    }

    function test_GivenActive_WhenSuspend_EndsWord() public {
        _givenActive();
        _assertSuspends(_afterClosing(ConsentState.Suspended, WithdrawalExtent.None, _now()));
        _assertStatus(ConsentStatus.Suspended);
        _assertPermitted(false, 0);
    }

    function test_GivenScheduled_WhenSuspend_NeverBegins() public {
        _givenScheduled();
        _assertSuspends(_afterClosing(ConsentState.Suspended, WithdrawalExtent.None, _now()));
        _advance(2_000);
        _assertStatus(ConsentStatus.Suspended);
        _assertPermitted(false, 0);
    }

    function test_GivenExpired_WhenSuspend_StaysExpired() public {
        _givenExpired();
        _assertSuspends(_afterClosing(ConsentState.Suspended, WithdrawalExtent.None, _now()));
        _assertStatus(ConsentStatus.Expired);
    }

    function test_GivenSuspended_WhenSuspend_RaisesVersionAndKeepsEnd() public {
        _givenSuspended();
        _assertSuspends(_afterClosing(ConsentState.Suspended, WithdrawalExtent.None, _ended()));
    }

    function test_GivenSuspendedNeverGranted_WhenSuspend_RaisesVersionAndKeepsEnd() public {
        _givenSuspendedNeverGranted();
        _assertSuspends(_afterClosing(ConsentState.Suspended, WithdrawalExtent.None, _ended()));
    }

    function test_GivenDeclined_WhenSuspend_StaysDeclined() public {
        _givenStored(ConsentState.Declined, 1);
        _assertSuspends(_afterClosing(ConsentState.Declined, WithdrawalExtent.None, _ended()));
    }

    function test_GivenAnnulled_WhenSuspend_StaysAnnulled() public {
        _givenStored(ConsentState.Annulled, 1);
        _assertSuspends(_afterClosing(ConsentState.Annulled, WithdrawalExtent.None, _ended()));
    }

    function test_GivenWithdrawn_WhenSuspend_StaysWithdrawn() public {
        _givenWithdrawn(ACCESS);
        _assertSuspends(_afterClosing(ConsentState.Withdrawn, ACCESS, _ended()));
    }

    function test_GivenLastVersion_WhenSuspend_WorksAtSameVersion() public {
        _givenStored(ConsentState.Active, LAST_VERSION);
        _suspend();
        VM.assertEq(_version(), LAST_VERSION);
        VM.assertEq(_ended(), _now());
        _assertStatus(ConsentStatus.Suspended);
    }

    // withdraw

    function test_GivenNone_WhenWithdraw_RecordsWithdrawal() public {
        _assertWithdraws(USE, _closed(ConsentState.Withdrawn, USE, 1, _now()));
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenActive_WhenWithdraw_EndsWordToEachExtent() public {
        _givenActive();
        WithdrawalExtent[3] memory extents = [CONTACT, ACCESS, USE];
        for (uint256 i = 0; i < extents.length; ++i) {
            uint256 state = VM.snapshotState();
            _assertWithdraws(extents[i], _afterClosing(ConsentState.Withdrawn, extents[i], _now()));
            _assertStatus(ConsentStatus.Withdrawn);
            _assertPermitted(false, 0);
            VM.revertToState(state);
        }
    }

    function test_GivenScheduled_WhenWithdraw_NeverBegins() public {
        _givenScheduled();
        _assertWithdraws(USE, _afterClosing(ConsentState.Withdrawn, USE, _now()));
        _advance(2_000);
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenExpired_WhenWithdraw_EndsWord() public {
        _givenExpired();
        _assertWithdraws(USE, _afterClosing(ConsentState.Withdrawn, USE, _now()));
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenSuspended_WhenWithdraw_KeepsEnd() public {
        _givenSuspended();
        _assertWithdraws(CONTACT, _afterClosing(ConsentState.Withdrawn, CONTACT, _ended()));
    }

    function test_GivenSuspendedNeverGranted_WhenWithdraw_KeepsEnd() public {
        _givenSuspendedNeverGranted();
        _assertWithdraws(CONTACT, _afterClosing(ConsentState.Withdrawn, CONTACT, _ended()));
    }

    function test_GivenDeclined_WhenWithdraw_StrengthensToWithdrawn() public {
        _givenStored(ConsentState.Declined, 1);
        _assertWithdraws(CONTACT, _afterClosing(ConsentState.Withdrawn, CONTACT, _ended()));
    }

    function test_GivenAnnulled_WhenWithdraw_StrengthensToWithdrawn() public {
        _givenStored(ConsentState.Annulled, 1);
        _assertWithdraws(CONTACT, _afterClosing(ConsentState.Withdrawn, CONTACT, _ended()));
    }

    function test_GivenWithdrawn_WhenWithdrawFurther_RaisesExtent() public {
        _givenWithdrawn(CONTACT);
        _assertWithdraws(ACCESS, _afterClosing(ConsentState.Withdrawn, ACCESS, _ended()));
        _advance(STEP);
        _assertWithdraws(USE, _afterClosing(ConsentState.Withdrawn, USE, _ended()));
    }

    function test_GivenWithdrawn_WhenWithdrawLessFar_KeepsExtent() public {
        _givenWithdrawn(USE);
        _assertWithdraws(CONTACT, _afterClosing(ConsentState.Withdrawn, USE, _ended()));
    }

    function test_GivenLastVersion_WhenWithdraw_WorksAtSameVersion() public {
        _givenStored(ConsentState.Active, LAST_VERSION);
        _withdraw(USE);
        VM.assertEq(_version(), LAST_VERSION);
        VM.assertEq(_ended(), _now());
        _assertStatus(ConsentStatus.Withdrawn);
    }

    function test_GivenActive_WhenWithdrawNamesNoExtent_RejectsExtentInvalid() public {
        _givenActive();
        uint256 before = _raw(alice);
        _expectRejected(abi.encodeWithSelector(IConsentRegistry.ConsentExtentInvalid.selector));
        _withdraw(WithdrawalExtent.None);
        VM.assertEq(_raw(alice), before);
    }

    // How the participant's say arrives.

    function _grant(Grant memory change) internal virtual;

    function _resume(Resume memory change) internal virtual;

    function _suspend() internal virtual;

    function _withdraw(WithdrawalExtent extent) internal virtual;

    /// @dev Announces that the next change is refused with `reason`.
    function _expectRejected(bytes memory reason) internal virtual;

    // Given

    function _givenActive() private {
        _grantOwn(_grantOf(alice));
    }

    function _givenScheduled() private {
        Terms memory later = _terms("begin later");
        later.from = _now() + 1_000;
        Grant memory change = _grantOf(alice);
        change.termsDigest = _publishTerms(SCOPE, later);
        _grantOwn(change);
    }

    function _givenExpired() private {
        Grant memory change = _grantOf(alice);
        change.until = _now() + STEP;
        _grantOwn(change);
    }

    function _givenSuspended() private {
        _givenActive();
        _suspendOwn();
    }

    function _givenSuspendedNeverGranted() private {
        _suspendOwn();
    }

    function _givenSuspendedExpired() private {
        Grant memory change = _grantOf(alice);
        change.until = _now() + 2 * STEP;
        _grantOwn(change);
        _suspendOwn();
    }

    function _givenWithdrawn(WithdrawalExtent extent) private {
        _givenActive();
        VM.prank(alice.account);
        consents.withdraw(SCOPE, extent);
        _advance(STEP);
    }

    /// @dev A word that no verb of this version leads to, or not in a test's time.
    function _givenStored(ConsentState state, uint16 version) private {
        WithdrawalExtent extent = state == ConsentState.Withdrawn ? USE : WithdrawalExtent.None;
        uint32 ended = state == ConsentState.Active ? NOT_ENDED : _now();
        uint256 word = _pack(state, extent, version, 0, _now(), ended, _now());
        if (state == ConsentState.Active || state == ConsentState.Suspended) {
            word |= _packAnswer(0x13, 1, NO_EXPIRY, 0xA5);
        }
        _storeWord(alice, word);
        _advance(STEP);
    }

    function _grantOwn(Grant memory change) private {
        VM.prank(alice.account);
        consents.grant(change);
        _advance(STEP);
    }

    /// @dev Somebody else agrees to the terms first.
    function _otherGrants(ScopeId scopeId, bytes32 termsDigest) private {
        Person memory bob = _person("bob");
        Grant memory change = _grantOf(bob);
        change.scopeId = scopeId;
        change.termsDigest = termsDigest;
        VM.prank(bob.account);
        consents.grant(change);
    }

    function _suspendOwn() private {
        VM.prank(alice.account);
        consents.suspend(SCOPE);
        _advance(STEP);
    }

    // Then

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

    function _assertGrantVersionRejected(uint16 expected, uint16 given) private {
        Grant memory change = _grantOf(alice);
        change.version = given;
        _assertGrantRejected(
            change,
            abi.encodeWithSelector(IConsentRegistry.ConsentVersionMismatch.selector, expected, given)
        );
    }

    function _assertGrantRejected(Grant memory change, bytes memory reason) private {
        uint256 before = _raw(alice);
        _expectRejected(reason);
        _grant(change);
        VM.assertEq(_raw(alice), before);
    }

    function _assertResumeRejected(Resume memory change, bytes memory reason) private {
        uint256 before = _raw(alice);
        _expectRejected(reason);
        _resume(change);
        VM.assertEq(_raw(alice), before);
    }

    function _assertResumeNeedsSuspended(ConsentStatus status) private {
        _assertResumeRejected(
            _resumeOf(alice),
            abi.encodeWithSelector(IConsentRegistry.ConsentNotSuspended.selector, status)
        );
    }

    function _assertSuspends(uint256 expected) private {
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentSuspended(SCOPE, alice.id, ConsentWord.wrap(expected));
        _suspend();
        VM.assertEq(_raw(alice), expected);
    }

    function _assertWithdraws(WithdrawalExtent extent, uint256 expected) private {
        VM.expectEmit(address(consents));
        emit IConsentRegistry.ConsentWithdrawn(SCOPE, alice.id, ConsentWord.wrap(expected));
        _withdraw(extent);
        VM.assertEq(_raw(alice), expected);
    }

    function _assertStatus(ConsentStatus expected) private view {
        VM.assertEq(uint256(consents.statusOf(SCOPE, alice.id)), uint256(expected), "status");
    }

    function _assertPermitted(bool expected, uint16 expectedVersion) private view {
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, alice.id, block.timestamp);
        VM.assertTrue(isPermitted == expected, "permitted");
        VM.assertEq(version, expectedVersion, "version relied on");
    }

    /// @dev The standing word as a closing at this second must leave it.
    function _afterClosing(ConsentState state, WithdrawalExtent extent, uint32 ended) private view returns (uint256) {
        uint256 answer = _raw(alice) & ((uint256(type(uint96).max) << 160) | (uint256(type(uint24).max) << 8));
        return answer | _pack(state, extent, _version() + 1, uint16(_raw(alice) >> 48), _openedAt(), ended, _now());
    }

    function _opened(uint16 version, uint16 ordinal) private view returns (uint256) {
        return _pack(ConsentState.Active, WithdrawalExtent.None, version, ordinal, _now(), NOT_ENDED, _now());
    }

    function _closed(
        ConsentState state,
        WithdrawalExtent extent,
        uint16 version,
        uint32 time
    ) private pure returns (uint256) {
        return _pack(state, extent, version, 0, time, time, time);
    }

    function _rawAt(uint16 ordinal) private view returns (uint256) {
        return ConsentWord.unwrap(consents.wordAt(SCOPE, alice.id, ordinal));
    }

    function _version() private view returns (uint16) {
        return uint16(_raw(alice) >> 32);
    }

    function _openedAt() private view returns (uint32) {
        return uint32(_raw(alice) >> 64);
    }

    function _ended() private view returns (uint32) {
        return uint32(_raw(alice) >> 96);
    }

    function _until() private view returns (uint32) {
        return uint32(_raw(alice) >> 160);
    }
}
