// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Act,
    ConsentAuthor,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    LAST_VERSION,
    NOT_ENDED,
    PREFERENCE_AFTER_DEATH_SHIFT,
    WithdrawalExtent
} from "../types/Consent.sol";

/**
 * @title ConsentWordLib
 * @notice The layout of a consent word and the changes of it; knows nothing of signatures, terms or storage.
 * @dev From the least significant bit:
 *
 * | bits    | field                                                                       |
 * | ------- | --------------------------------------------------------------------------- |
 * | 0–2     | state                                                                       |
 * | 3–4     | extent of a withdrawal                                                      |
 * | 5–6     | author: participant 0, guardian 1, proxy 2, custodian 3                     |
 * | 7       | dissent: a minor said no, and no guardian opens it again                    |
 * | 8–13    | preferences                                                                 |
 * | 14      | locked: a move to a new key is pending, which may be closed but not opened  |
 * | 15      | forwarded: the consent goes on under another participant id                 |
 * | 16–31   | terms number in the scope, from 1                                           |
 * | 32–47   | version, raised by every change                                             |
 * | 48–63   | ordinal, raised by every opening of a word that stood already               |
 * | 64–95   | opened, block time in seconds                                               |
 * | 96–127  | ended, block time in seconds, or NOT_ENDED                                  |
 * | 128–159 | signedAt, seconds                                                           |
 * | 160–191 | until, seconds, exclusive, or NO_EXPIRY                                     |
 * | 192–255 | elements                                                                    |
 *
 * Times are Unix seconds in 32 bits, which reach to February 2106.
 */
library ConsentWordLib {
    uint256 private constant TERMS_NUMBER = 16;
    uint256 private constant VERSION = 32;
    uint256 private constant ORDINAL = 48;
    uint256 private constant OPENED = 64;
    uint256 private constant ENDED = 96;
    uint256 private constant SIGNED_AT = 128;
    uint256 private constant UNTIL = 160;
    uint256 private constant ELEMENTS = 192;

    uint256 private constant AUTHOR = 5;
    uint256 private constant DISSENT_FLAG = 1 << 7;
    uint256 private constant PREFERENCES = 8;
    uint256 private constant LOCKED_FLAG = 1 << 14;
    uint256 private constant FORWARDED_FLAG = 1 << 15;

    /// @dev What was agreed to: elements, until, terms number, preferences.
    uint256 private constant AGREED = (uint256(type(uint96).max) << UNTIL) | 0xffff_3f00;

    /// @notice The word that a grant or an import puts over `word`, opened at `openedAt` (Unix seconds).
    function granted(
        ConsentWord word,
        Grant calldata change,
        uint16 termsNumber_,
        uint32 until_,
        Act memory act,
        uint32 openedAt
    ) internal pure returns (ConsentWord) {
        return _agreed(word, ConsentState.Active, change, termsNumber_, until_, act, openedAt);
    }

    /// @notice The word that an update, or a later import, puts over `word`: a suspended consent stays suspended.
    function updated(
        ConsentWord word,
        Grant calldata change,
        uint16 termsNumber_,
        uint32 until_,
        Act memory act,
        uint32 openedAt
    ) internal pure returns (ConsentWord) {
        return _agreed(word, state(word), change, termsNumber_, until_, act, openedAt);
    }

    /// @notice The word that an extension or a resumption puts over `word`, under what was agreed before.
    /// @param state_ Active, or Suspended for the extension of a suspended consent.
    function reopened(
        ConsentWord word,
        ConsentState state_,
        uint16 version_,
        uint32 until_,
        Act memory act,
        uint32 openedAt
    ) internal pure returns (ConsentWord) {
        uint256 kept = _put(ConsentWord.unwrap(word) & AGREED, UNTIL, 32, until_);
        return ConsentWord.wrap(_opening(word, state_, version_, act, openedAt) | kept);
    }

    /**
     * @notice The word after a closing change, in place: raised in version, and never weaker than before.
     * @param target Suspended, Declined, Annulled or Withdrawn; a stronger standing state is kept.
     * @param extent_ how far a withdrawal reaches; None for other closings.
     * @param endedAt block time of the closing (Unix seconds).
     */
    function closed(
        ConsentWord word,
        ConsentState target,
        WithdrawalExtent extent_,
        Act memory act,
        uint32 endedAt
    ) internal pure returns (ConsentWord) {
        bool isFirst = isNone(word);
        uint256 changed = ConsentWord.unwrap(word);
        if (strength(target, extent_) > strength(state(word), extent(word))) {
            changed = _put(changed, 0, 5, uint256(target) | (uint256(extent_) << 3));
        }
        ConsentAuthor owner = author(word);
        // Whoever acts first where only the custodian had makes the word theirs.
        if (isFirst || owner == ConsentAuthor.Custodian) changed = _put(changed, AUTHOR, 2, uint256(act.author));
        bool saysNo = owner == ConsentAuthor.Guardian && act.author == ConsentAuthor.Participant;
        if (saysNo || act.isDissent) changed |= DISSENT_FLAG;
        if (isFirst) changed = _put(changed, OPENED, 32, endedAt);
        if (isFirst || ended(word) == NOT_ENDED) changed = _put(changed, ENDED, 32, endedAt);
        if (act.signedAt > signedAt(word)) changed = _put(changed, SIGNED_AT, 32, act.signedAt);
        return ConsentWord.wrap(_raised(changed));
    }

    /// @notice The word while a move to a new key is pending: raised in version, so that pending openings die.
    function locked(ConsentWord word) internal pure returns (ConsentWord) {
        return ConsentWord.wrap(_raised(ConsentWord.unwrap(word)) | LOCKED_FLAG);
    }

    /// @notice The word after the move was given up.
    function unlocked(ConsentWord word) internal pure returns (ConsentWord) {
        return ConsentWord.wrap(ConsentWord.unwrap(word) & ~LOCKED_FLAG);
    }

    /// @notice The last word of an id whose consent moves to another: ended, for good.
    function forwarded(ConsentWord word, uint32 endedAt) internal pure returns (ConsentWord) {
        uint256 changed = _raised(ConsentWord.unwrap(word) & ~LOCKED_FLAG) | FORWARDED_FLAG;
        if (ended(word) == NOT_ENDED) changed = _put(changed, ENDED, 32, endedAt);
        return ConsentWord.wrap(changed);
    }

    /// @notice The first word of the id that a consent moves to: the state and what was agreed to stay.
    function moved(ConsentWord word, Act memory act, uint32 openedAt) internal pure returns (ConsentWord) {
        uint256 kept = ConsentWord.unwrap(word) & (AGREED | DISSENT_FLAG | 0x1f);
        uint32 endedAt = state(word) == ConsentState.Active ? NOT_ENDED : openedAt;
        return
            ConsentWord.wrap(
                kept |
                    (uint256(act.author) << AUTHOR) |
                    (1 << VERSION) |
                    (uint256(openedAt) << OPENED) |
                    (uint256(endedAt) << ENDED) |
                    (uint256(act.signedAt) << SIGNED_AT)
            );
    }

    function isNone(ConsentWord word) internal pure returns (bool) {
        return ConsentWord.unwrap(word) == 0;
    }

    function state(ConsentWord word) internal pure returns (ConsentState) {
        return ConsentState(ConsentWord.unwrap(word) & 7);
    }

    function extent(ConsentWord word) internal pure returns (WithdrawalExtent) {
        return WithdrawalExtent((ConsentWord.unwrap(word) >> 3) & 3);
    }

    function author(ConsentWord word) internal pure returns (ConsentAuthor) {
        return ConsentAuthor((ConsentWord.unwrap(word) >> AUTHOR) & 3);
    }

    function isDissent(ConsentWord word) internal pure returns (bool) {
        return ConsentWord.unwrap(word) & DISSENT_FLAG != 0;
    }

    /// @notice Whether the consent neither has moved to another id nor is about to.
    function isFree(ConsentWord word) internal pure returns (bool) {
        return ConsentWord.unwrap(word) & (LOCKED_FLAG | FORWARDED_FLAG) == 0;
    }

    function isForwarded(ConsentWord word) internal pure returns (bool) {
        return ConsentWord.unwrap(word) & FORWARDED_FLAG != 0;
    }

    function termsNumber(ConsentWord word) internal pure returns (uint16) {
        return uint16(ConsentWord.unwrap(word) >> TERMS_NUMBER);
    }

    function version(ConsentWord word) internal pure returns (uint16) {
        return uint16(ConsentWord.unwrap(word) >> VERSION);
    }

    function ordinal(ConsentWord word) internal pure returns (uint16) {
        return uint16(ConsentWord.unwrap(word) >> ORDINAL);
    }

    function opened(ConsentWord word) internal pure returns (uint32) {
        return uint32(ConsentWord.unwrap(word) >> OPENED);
    }

    function ended(ConsentWord word) internal pure returns (uint32) {
        return uint32(ConsentWord.unwrap(word) >> ENDED);
    }

    function signedAt(ConsentWord word) internal pure returns (uint32) {
        return uint32(ConsentWord.unwrap(word) >> SIGNED_AT);
    }

    /// @notice When the word's answer was given, as far as it tells: a closing writes its own time over the signing's.
    /// @return time Unix seconds; that of signing, or of opening where a closing was signed later.
    function answeredAt(ConsentWord word) internal pure returns (uint32 time) {
        time = signedAt(word);
        if (opened(word) < time) time = opened(word);
    }

    function until(ConsentWord word) internal pure returns (uint32) {
        return uint32(ConsentWord.unwrap(word) >> UNTIL);
    }

    function elements(ConsentWord word) internal pure returns (uint64) {
        return uint64(ConsentWord.unwrap(word) >> ELEMENTS);
    }

    function preferences(ConsentWord word) internal pure returns (uint8) {
        return uint8(ConsentWord.unwrap(word) >> PREFERENCES) & 0x3f;
    }

    /// @notice Whether preferences allow no more than others: no further opt-in, and after death the same or a stop.
    function isNoMore(uint8 narrower, uint8 broader) internal pure returns (bool) {
        uint8 afterDeath = narrower >> PREFERENCE_AFTER_DEATH_SHIFT;
        bool isAfterDeath = afterDeath == 0 || afterDeath == broader >> PREFERENCE_AFTER_DEATH_SHIFT;
        return isAfterDeath && narrower & ~broader & ((1 << PREFERENCE_AFTER_DEATH_SHIFT) - 1) == 0;
    }

    /// @notice Whether the word permitted use at `time` (Unix seconds), its terms' start aside.
    function permittedAt(ConsentWord word, uint256 time) internal pure returns (bool) {
        return opened(word) <= time && time < until(word) && time < ended(word);
    }

    /// @notice Whether the word holds terms that wait or apply at `time` (Unix seconds): granted, not ended by time.
    function isStanding(ConsentWord word, uint256 time) internal pure returns (bool) {
        uint256 stored = ConsentWord.unwrap(word) & 7;
        bool isOpen = stored == uint256(ConsentState.Active) || stored == uint256(ConsentState.Suspended);
        return isOpen && time < until(word);
    }

    /**
     * @notice What a reader sees at `time`.
     * @param from start of the word's terms (Unix seconds).
     */
    function statusAt(ConsentWord word, uint32 from, uint256 time) internal pure returns (ConsentStatus) {
        ConsentState stored = state(word);
        // A suspension of what was never granted holds no terms that could expire.
        bool holdsTerms = stored == ConsentState.Active || (stored == ConsentState.Suspended && termsNumber(word) != 0);
        if (holdsTerms && until(word) <= time) return ConsentStatus.Expired;
        if (stored == ConsentState.Active && time < from) return ConsentStatus.Scheduled;
        return ConsentStatus(uint8(stored));
    }

    /// @notice How strongly a state refuses: of two closings the stronger stands.
    function strength(ConsentState state_, WithdrawalExtent extent_) internal pure returns (uint256) {
        if (state_ == ConsentState.Withdrawn) return 3 + uint256(extent_);
        if (state_ == ConsentState.Annulled) return 3;
        if (state_ == ConsentState.Declined) return 2;
        return state_ == ConsentState.Suspended ? 1 : 0;
    }

    function _agreed(
        ConsentWord word,
        ConsentState state_,
        Grant calldata change,
        uint16 termsNumber_,
        uint32 until_,
        Act memory act,
        uint32 openedAt
    ) private pure returns (ConsentWord) {
        return
            ConsentWord.wrap(
                _opening(word, state_, change.version, act, openedAt) |
                    (uint256(change.preferences) << PREFERENCES) |
                    (uint256(termsNumber_) << TERMS_NUMBER) |
                    (uint256(until_) << UNTIL) |
                    (uint256(change.elements) << ELEMENTS)
            );
    }

    /// @dev What all openings have in common. The ordinal stays far below its 16 bits' end: the version bounds it.
    function _opening(
        ConsentWord word,
        ConsentState state_,
        uint16 version_,
        Act memory act,
        uint32 openedAt
    ) private pure returns (uint256) {
        uint256 ordinal_ = isNone(word) ? 0 : uint256(ordinal(word)) + 1;
        uint32 endedAt = state_ == ConsentState.Active ? NOT_ENDED : openedAt;
        return
            uint256(state_) |
            (uint256(act.author) << AUTHOR) |
            (uint256(version_) << VERSION) |
            (ordinal_ << ORDINAL) |
            (uint256(openedAt) << OPENED) |
            (uint256(endedAt) << ENDED) |
            (uint256(act.signedAt) << SIGNED_AT);
    }

    /// @dev The version by one, up to the last.
    function _raised(uint256 word) private pure returns (uint256) {
        uint16 standing = version(ConsentWord.wrap(word));
        return standing < LAST_VERSION ? _put(word, VERSION, 16, standing + 1) : word;
    }

    function _put(uint256 word, uint256 offset, uint256 width, uint256 value) private pure returns (uint256) {
        uint256 mask = ((1 << width) - 1) << offset;
        return (word & ~mask) | (value << offset);
    }
}
