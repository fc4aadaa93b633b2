// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IConsentRegistry} from "../consent/IConsentRegistry.sol";
import {IScopeIndex} from "../consent/IScopeIndex.sol";
import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {ParticipantSeries} from "../libraries/ParticipantSeries.sol";
import {Verdicts} from "../libraries/Verdicts.sol";
import {ILicenceRegistry} from "../licence/ILicenceRegistry.sol";
import {ConsentState, ConsentStatus, ConsentWord} from "../types/Consent.sol";
import {Outcome, Verdict} from "../types/DataUse.sol";
import {LicenceId, ParticipantId, ScopeId} from "../types/Ids.sol";

/**
 * @title ConcordLens
 * @notice Reads many participants in one call. Either the caller brings the ids, or the scope's index has them.
 * @dev No state. Callers that want pages of one moment read them all at one block number.
 */
contract ConcordLens {
    using ConsentWordLib for ConsentWord;
    using ParticipantSeries for ParticipantId;
    using Verdicts for Verdict;

    /// @dev A licence's answer for one participant.
    struct Coverage {
        bool isEffective;
        Outcome outcome;
        /// Tagged reasons, see Verdicts.
        uint256 deny;
        uint256 manual;
    }

    /// @dev A participant's standing answer.
    struct Standing {
        ConsentWord word;
        ConsentStatus status;
    }

    /// @dev A place in the list of a scope's participants.
    struct Cursor {
        /// An entry of the scope's index; empty for the newest.
        ParticipantId entry;
        /// How many of its series to pass over.
        uint256 offset;
    }

    /// @dev What a listing is to give.
    struct Scan {
        ScopeId scopeId;
        /// Whether only those who share what is needed.
        bool mustShare;
        /// When what they share must hold (Unix seconds).
        uint256 moment;
        /// Until when they must have said it (Unix seconds).
        uint256 time;
        uint64[] needs;
    }

    /// @dev Participants a page: what it takes in memory grows faster than what it holds.
    uint256 private constant MAX_PAGE = 1_000;

    IConsentRegistry private immutable CONSENTS;
    ILicenceRegistry private immutable LICENCES;
    IScopeIndex private immutable INDEX;

    /// @notice Thrown when a page is to hold nothing.
    /// @custom:fix Ask for at least one.
    error LensPageEmpty();

    constructor(IConsentRegistry consents, ILicenceRegistry licences, IScopeIndex index) {
        CONSENTS = consents;
        LICENCES = licences;
        INDEX = index;
    }

    /// @notice What a licence covers now, for each participant in the order given.
    function coverage(
        LicenceId licenceId,
        ParticipantId[] calldata participantIds
    ) external view returns (Coverage[] memory page) {
        page = new Coverage[](participantIds.length);
        for (uint256 i = 0; i < participantIds.length; ++i) {
            (bool isEffective, Verdict memory verdict) = LICENCES.covers(licenceId, participantIds[i]);
            page[i] = Coverage({
                isEffective: isEffective,
                outcome: verdict.outcome(),
                deny: verdict.deny,
                manual: verdict.manual
            });
        }
    }

    /// @notice The standing consents of participants in a scope, in the order given.
    function standings(
        ScopeId scopeId,
        ParticipantId[] calldata participantIds
    ) external view returns (Standing[] memory page) {
        page = new Standing[](participantIds.length);
        for (uint256 i = 0; i < participantIds.length; ++i) {
            page[i] = Standing({
                word: CONSENTS.wordOf(scopeId, participantIds[i]),
                status: CONSENTS.statusOf(scopeId, participantIds[i])
            });
        }
    }

    /**
     * @notice Everyone whom a scope's index lists, newest entry first, the participants of a series in their order.
     * @param cursor where to begin; empty for the beginning.
     * @param limit the most participants to list; from 1. No page has more than 1,000.
     * @return found their ids: where a consent has moved, the old id.
     * @return next where the next page begins; empty after the last.
     */
    function participants(
        ScopeId scopeId,
        Cursor calldata cursor,
        uint256 limit
    ) external view returns (ParticipantId[] memory found, Cursor memory next) {
        Scan memory scan;
        (scan.scopeId, scan.time) = (scopeId, type(uint256).max);
        return _scan(scan, cursor, limit);
    }

    /**
     * @notice Who of those whom a scope's index lists shares all of some elements, by what they said until some time.
     * For finding participants: whether a use is permitted is the licence's to say.
     * @param needs masks, of each of which the consent has a bit: an element's own, for instance, or its category's.
     * @param time what was said until then counts (Unix seconds); beyond the present for what stands now. A closing
     * counts whenever it came.
     * @param cursor where to begin; empty for the beginning.
     * @param limit the most participants to look at; from 1. No page is of more than 1,000.
     * @return found their ids: where a consent has moved, the old id.
     * @return next where the next page begins; empty after the last.
     */
    function search(
        ScopeId scopeId,
        uint64[] calldata needs,
        uint256 time,
        Cursor calldata cursor,
        uint256 limit
    ) external view returns (ParticipantId[] memory found, Cursor memory next) {
        Scan memory scan = Scan({
            scopeId: scopeId,
            mustShare: true,
            needs: needs,
            time: time,
            moment: time < block.timestamp ? time : block.timestamp
        });
        return _scan(scan, cursor, limit);
    }

    function _scan(
        Scan memory scan,
        Cursor calldata cursor,
        uint256 limit
    ) private view returns (ParticipantId[] memory found, Cursor memory next) {
        if (limit == 0) revert LensPageEmpty();
        limit = Math.min(limit, MAX_PAGE);
        ParticipantId[] memory entries;
        (entries, next.entry) = INDEX.page(CONSENTS, scan.scopeId, cursor.entry, limit);
        found = new ParticipantId[](limit);
        uint256 count = 0;
        uint256 offset = cursor.offset;
        for (uint256 i = 0; i < entries.length; ++i) {
            if (offset == 0 && _isListedBefore(scan.scopeId, entries[i])) continue;
            ParticipantId first = entries[i].plus(offset);
            ConsentWord[] memory words = CONSENTS.wordsInSeries(scan.scopeId, first, limit, scan.time);
            for (uint256 j = 0; j < words.length; ++j) {
                if (!scan.mustShare || _shares(words[j], scan)) found[count++] = first.plus(j);
            }
            limit -= words.length;
            if (limit == 0) {
                if (words.length < first.room()) next = Cursor({entry: entries[i], offset: offset + words.length});
                else if (i + 1 < entries.length) next.entry = entries[i + 1];
                break;
            }
            offset = 0;
        }
        // The array only becomes shorter; what lies behind it stays unused.
        assembly ("memory-safe") {
            mstore(found, count)
        }
    }

    /// @dev An entry that follows on somebody in its series is listed with them: a gap before it has been filled.
    function _isListedBefore(ScopeId scopeId, ParticipantId entry) private view returns (bool) {
        if (!entry.isFollower()) return false;
        return ConsentWord.unwrap(CONSENTS.lastWordOf(scopeId, entry.previous())) != 0;
    }

    /// @dev Whether a word is open, still holds, and has a bit of each need.
    function _shares(ConsentWord word, Scan memory scan) private pure returns (bool) {
        if (word.state() != ConsentState.Active || word.until() <= scan.moment) return false;
        uint256 elements = word.elements();
        uint64[] memory needs = scan.needs;
        for (uint256 i = 0; i < needs.length; ++i) {
            if (elements & needs[i] == 0) return false;
        }
        return true;
    }
}
