// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    LAST_VERSION,
    NOT_ENDED,
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
 * | 7       | dissent of a minor                                                          |
 * | 8–15    | preferences                                                                 |
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

    /// @dev Everything that an opening of a suspended consent keeps: elements, until, terms number, preferences.
    uint256 private constant KEPT_BY_RESUME = (uint256(type(uint96).max) << UNTIL) | (uint256(type(uint24).max) << 8);

    /// @notice The word that a grant puts over `word`, opened at `openedAt` (Unix seconds).
    function granted(
        ConsentWord word,
        Grant calldata change,
        uint16 termsNumber_,
        uint32 until_,
        uint32 signedAt_,
        uint32 openedAt
    ) internal pure returns (ConsentWord) {
        return
            ConsentWord.wrap(
                _opening(word, change.version, signedAt_, openedAt) |
                    (uint256(change.preferences) << 8) |
                    (uint256(termsNumber_) << TERMS_NUMBER) |
                    (uint256(until_) << UNTIL) |
                    (uint256(change.elements) << ELEMENTS)
            );
    }

    /// @notice The word that a resumption puts over `word`, opened at `openedAt` (Unix seconds).
    function resumed(
        ConsentWord word,
        uint16 version_,
        uint32 signedAt_,
        uint32 openedAt
    ) internal pure returns (ConsentWord) {
        uint256 kept = ConsentWord.unwrap(word) & KEPT_BY_RESUME;
        return ConsentWord.wrap(_opening(word, version_, signedAt_, openedAt) | kept);
    }

    /**
     * @notice The word after a closing change, in place: raised in version, and never weaker than before.
     * @param target Suspended, Declined or Withdrawn; a stronger standing state is kept.
     * @param extent_ how far a withdrawal reaches; None for other closings.
     * @param endedAt block time of the closing (Unix seconds).
     */
    function closed(
        ConsentWord word,
        ConsentState target,
        WithdrawalExtent extent_,
        uint32 signedAt_,
        uint32 endedAt
    ) internal pure returns (ConsentWord) {
        bool isFirst = isNone(word);
        uint256 changed = ConsentWord.unwrap(word);
        if (strength(target, extent_) > strength(state(word), extent(word))) {
            changed = _put(changed, 0, 5, uint256(target) | (uint256(extent_) << 3));
        }
        uint16 standing = version(word);
        if (standing < LAST_VERSION) changed = _put(changed, VERSION, 16, standing + 1);
        if (isFirst) changed = _put(changed, OPENED, 32, endedAt);
        if (isFirst || ended(word) == NOT_ENDED) changed = _put(changed, ENDED, 32, endedAt);
        if (signedAt_ > signedAt(word)) changed = _put(changed, SIGNED_AT, 32, signedAt_);
        return ConsentWord.wrap(changed);
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

    function until(ConsentWord word) internal pure returns (uint32) {
        return uint32(ConsentWord.unwrap(word) >> UNTIL);
    }

    /// @notice Whether the word permitted use at `time` (Unix seconds), its terms' start aside.
    function permittedAt(ConsentWord word, uint256 time) internal pure returns (bool) {
        return opened(word) <= time && time < until(word) && time < ended(word);
    }

    /// @notice Whether the word holds terms that wait or apply at `time` (Unix seconds): granted, not ended by time.
    function isStanding(ConsentWord word, uint256 time) internal pure returns (bool) {
        ConsentState stored = state(word);
        return (stored == ConsentState.Active || stored == ConsentState.Suspended) && time < until(word);
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
        if (state_ == ConsentState.Declined || state_ == ConsentState.Annulled) return 2;
        return state_ == ConsentState.Suspended ? 1 : 0;
    }

    /// @dev What all openings have in common. The ordinal stays far below its 16 bits' end: the version bounds it.
    function _opening(
        ConsentWord word,
        uint16 version_,
        uint32 signedAt_,
        uint32 openedAt
    ) private pure returns (uint256) {
        uint256 ordinal_ = isNone(word) ? 0 : uint256(ordinal(word)) + 1;
        return
            uint256(ConsentState.Active) |
            (uint256(version_) << VERSION) |
            (ordinal_ << ORDINAL) |
            (uint256(openedAt) << OPENED) |
            (uint256(NOT_ENDED) << ENDED) |
            (uint256(signedAt_) << SIGNED_AT);
    }

    function _put(uint256 word, uint256 offset, uint256 width, uint256 value) private pure returns (uint256) {
        uint256 mask = ((1 << width) - 1) << offset;
        return (word & ~mask) | (value << offset);
    }
}
