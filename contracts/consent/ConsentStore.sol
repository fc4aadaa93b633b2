// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {ParticipantSeries} from "../libraries/ParticipantSeries.sol";
import {
    Act,
    ConsentKey,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    MAX_FORWARDS,
    NOT_ENDED,
    WithdrawalExtent
} from "../types/Consent.sol";
import {ConsentId, InstitutionId, ParticipantId, ScopeId} from "../types/Ids.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";
import {ITermsRegistry} from "./ITermsRegistry.sol";

/**
 * @title ConsentStore
 * @notice The words, their history and the ways from old ids to new ones: what is kept, and how it is read.
 * @dev One slot a consent, one more for every word that an opening replaces. Whoever may change it stands above.
 */
abstract contract ConsentStore is IConsentRegistry {
    using ConsentWordLib for ConsentWord;
    using ParticipantSeries for ParticipantId;

    /// @dev Registered terms, as the TermsRegistry answers for ever: one slot.
    struct KnownTerms {
        uint16 number;
        uint32 reConsentBy;
        /// The first 208 bits of the id of the scope's custodian, which is its creator for ever. An account acts for
        /// whom the registrar says, so the rest of the id would add nothing to its safety.
        bytes26 custodian;
    }

    ITermsRegistry internal immutable TERMS;

    mapping(ConsentId consentId => ConsentWord word) private _words;
    mapping(ConsentId consentId => mapping(uint256 ordinal => ConsentWord word)) private _history;
    /// @dev Filled by the first opening under the terms, so that later ones need no call of another contract.
    mapping(ScopeId scopeId => mapping(bytes32 termsDigest => KnownTerms known)) private _knownTerms;
    /// @dev When terms begin to hold (Unix seconds), so that no reader needs a call of another contract either.
    mapping(ScopeId scopeId => mapping(uint256 termsNumber => uint32 from)) private _startOf;
    mapping(ConsentId consentId => ParticipantId newParticipantId) private _forwards;
    /// @dev How many moves a consent has behind it.
    mapping(ConsentId consentId => uint256 moves) private _moves;

    constructor(ITermsRegistry terms) {
        TERMS = terms;
    }

    /// @inheritdoc IConsentRegistry
    function wordOf(ScopeId scopeId, ParticipantId participantId) external view override returns (ConsentWord word) {
        (, , word) = _follow(scopeId, participantId);
    }

    /// @inheritdoc IConsentRegistry
    function wordAt(
        ScopeId scopeId,
        ParticipantId participantId,
        uint16 ordinal
    ) external view override returns (ConsentWord) {
        ConsentId consentId = _consentId(scopeId, participantId);
        return _wordAt(consentId, _words[consentId], ordinal);
    }

    /// @inheritdoc IConsentRegistry
    function lastWordOf(ScopeId scopeId, ParticipantId participantId) external view override returns (ConsentWord) {
        return _words[_consentId(scopeId, participantId)];
    }

    /// @inheritdoc IConsentRegistry
    function wordsSignedBetween(
        ConsentKey[] calldata keys,
        uint256 from,
        uint256 to
    ) external view override returns (ConsentWord[][] memory words) {
        words = new ConsentWord[][](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) {
            words[i] = _historyOf(_consentId(keys[i].scopeId, keys[i].participantId), from, to);
        }
    }

    /// @inheritdoc IConsentRegistry
    function wordsInSeries(
        ScopeId scopeId,
        ParticipantId first,
        uint256 limit,
        uint256 time
    ) external view override returns (ConsentWord[] memory words) {
        limit = Math.min(limit, first.room());
        words = new ConsentWord[](limit);
        uint256 length = 0;
        for (; length < limit; ++length) {
            (ConsentId consentId, ConsentWord last) = _lastWord(scopeId, first.plus(length));
            if (last.isNone()) break;
            if (last.isForwarded()) (consentId, , last) = _follow(scopeId, first.plus(length));
            bool counts = last.answeredAt() <= time || last.ended() != NOT_ENDED;
            words[length] = counts ? last : _signedBy(consentId, last, time);
        }
        _shorten(words, length);
    }

    /// @inheritdoc IConsentRegistry
    function forwardOf(
        ScopeId scopeId,
        ParticipantId participantId
    ) external view override returns (ParticipantId forward) {
        (, forward, ) = _follow(scopeId, participantId);
    }

    /// @inheritdoc IConsentRegistry
    function statusOf(ScopeId scopeId, ParticipantId participantId) external view override returns (ConsentStatus) {
        (, , ConsentWord word) = _follow(scopeId, participantId);
        return word.statusAt(_startOf[scopeId][word.termsNumber()], block.timestamp);
    }

    /// @inheritdoc IConsentRegistry
    function permittedAt(
        ScopeId scopeId,
        ParticipantId participantId,
        uint256 time
    ) external view override returns (bool isPermitted, uint16 version) {
        if (time > block.timestamp) revert ConsentTimeInFuture(time, block.timestamp);
        while (true) {
            ConsentId consentId = _consentId(scopeId, participantId);
            ConsentWord last = _words[consentId];
            uint256 ordinal = _ordinalAt(consentId, last, time);
            ConsentWord word = _wordAt(consentId, last, ordinal);
            if (word.permittedAt(time) && time >= _startOf[scopeId][word.termsNumber()]) {
                // Every opening names the next version, so the predecessor's last one tells it.
                return (true, ordinal == 0 ? 1 : _history[consentId][ordinal - 1].version() + 1);
            }
            // An id's own words end where it begins to forward, so no two ids permit the same time.
            if (!last.isForwarded()) return (false, 0);
            participantId = _forwards[consentId];
        }
    }

    /// @dev The last ordinal's word moves to history, and `opened` takes its place; a first word replaces nothing.
    function _open(ConsentId consentId, ConsentWord word, ConsentWord opened) internal {
        if (!word.isNone()) _history[consentId][word.ordinal()] = word;
        _words[consentId] = opened;
    }

    /// @dev Ends the word in place, wherever the consent goes on.
    function _close(
        ScopeId scopeId,
        Act memory act,
        ConsentState target,
        WithdrawalExtent extent
    ) internal returns (ConsentWord closed) {
        ConsentId consentId;
        (consentId, act.participantId, closed) = _follow(scopeId, act.participantId);
        closed = closed.closed(target, extent, act, uint32(block.timestamp));
        _words[consentId] = closed;
    }

    /// @dev A change in place that neither opens nor ends.
    function _rewrite(ConsentId consentId, ConsentWord word) internal {
        _words[consentId] = word;
    }

    /// @dev Moves a consent to a fresh id, which `act` names, and leaves the way there.
    function _move(ScopeId scopeId, ParticipantId participantId, Act memory act) internal {
        ConsentId from = _consentId(scopeId, participantId);
        ConsentId to = _consentId(scopeId, act.participantId);
        if (!_words[to].isNone()) revert ConsentTargetTaken(act.participantId);
        uint256 moves = _moves[from] + 1;
        if (moves > MAX_FORWARDS) revert ConsentMovesExhausted();

        ConsentWord word = _words[from];
        ConsentWord lastWord = word.forwarded(uint32(block.timestamp));
        ConsentWord firstWord = word.moved(act, uint32(block.timestamp));
        _words[from] = lastWord;
        _words[to] = firstWord;
        _forwards[from] = act.participantId;
        _moves[to] = moves;
        emit ConsentMoved(scopeId, participantId, act.participantId, lastWord, firstWord);
    }

    /// @dev Reverts with ConsentTermsUnknown.
    function _learnTerms(ScopeId scopeId, bytes32 termsDigest) internal returns (uint16 number, uint32 reConsentBy) {
        KnownTerms storage known = _knownTerms[scopeId][termsDigest];
        (number, reConsentBy) = (known.number, known.reConsentBy);
        if (number != 0) return (number, reConsentBy);
        (number, reConsentBy) = TERMS.numberOf(scopeId, termsDigest);
        if (number == 0) revert ConsentTermsUnknown(scopeId, termsDigest);
        (InstitutionId custodian, ) = TERMS.scope(scopeId);
        _knownTerms[scopeId][termsDigest] = KnownTerms({
            number: number,
            reConsentBy: reConsentBy,
            custodian: bytes26(InstitutionId.unwrap(custodian))
        });
        (, uint32 from) = TERMS.termsAt(scopeId, number);
        if (from != 0) _startOf[scopeId][number] = from;
    }

    /// @dev Zero until the terms are known.
    function _knownCustodian(ScopeId scopeId, bytes32 termsDigest) internal view returns (bytes26) {
        return _knownTerms[scopeId][termsDigest].custodian;
    }

    /// @dev The very id's last word.
    function _lastWord(
        ScopeId scopeId,
        ParticipantId participantId
    ) internal view returns (ConsentId consentId, ConsentWord word) {
        consentId = _consentId(scopeId, participantId);
        word = _words[consentId];
    }

    /// @dev Where the consent goes on. At most MAX_FORWARDS steps.
    function _follow(
        ScopeId scopeId,
        ParticipantId participantId
    ) internal view returns (ConsentId consentId, ParticipantId forward, ConsentWord word) {
        forward = participantId;
        (consentId, word) = _lastWord(scopeId, forward);
        while (word.isForwarded()) {
            forward = _forwards[consentId];
            (consentId, word) = _lastWord(scopeId, forward);
        }
    }

    function _consentId(ScopeId scopeId, ParticipantId participantId) internal pure returns (ConsentId) {
        bytes32 id = Hashes.efficientKeccak256(ScopeId.unwrap(scopeId), ParticipantId.unwrap(participantId));
        return ConsentId.wrap(id);
    }

    /// @dev The last word lies in `_words`, its predecessors in `_history`.
    function _wordAt(ConsentId consentId, ConsentWord last, uint256 ordinal) private view returns (ConsentWord) {
        return ordinal == last.ordinal() ? last : _history[consentId][ordinal];
    }

    /// @dev The words of the very id that were signed at `from` to `to`.
    function _historyOf(
        ConsentId consentId,
        uint256 from,
        uint256 to
    ) private view returns (ConsentWord[] memory words) {
        ConsentWord last = _words[consentId];
        if (last.isNone()) return words;
        mapping(uint256 => ConsentWord) storage history = _history[consentId];
        uint256 lastOrdinal = last.ordinal();
        words = new ConsentWord[](lastOrdinal + 1);
        uint256 length = 0;
        for (uint256 ordinal = 0; ordinal <= lastOrdinal; ++ordinal) {
            ConsentWord word = ordinal == lastOrdinal ? last : history[ordinal];
            uint256 signedAt = word.signedAt();
            if (from <= signedAt && signedAt <= to) words[length++] = word;
        }
        _shorten(words, length);
    }

    /// @dev The last word before `last` that was signed at `time` or before; none when nothing was.
    function _signedBy(ConsentId consentId, ConsentWord last, uint256 time) private view returns (ConsentWord word) {
        mapping(uint256 => ConsentWord) storage history = _history[consentId];
        // Ordinals below `low` are answers of the time before; those from `high` on came after it.
        uint256 low = 0;
        uint256 high = last.ordinal();
        while (low < high) {
            uint256 middle = (low + high) / 2;
            ConsentWord candidate = history[middle];
            if (candidate.answeredAt() <= time) (low, word) = (middle + 1, candidate);
            else high = middle;
        }
    }

    /// @dev The last ordinal that was opened at `time` or before; 0 when none was. Times of opening never run back.
    function _ordinalAt(ConsentId consentId, ConsentWord last, uint256 time) private view returns (uint256 low) {
        uint256 high = last.ordinal();
        while (low < high) {
            uint256 middle = (low + high + 1) / 2;
            if (_wordAt(consentId, last, middle).opened() <= time) low = middle;
            else high = middle - 1;
        }
    }

    /// @dev An array in memory may become shorter; what lies behind it stays unused.
    function _shorten(ConsentWord[] memory words, uint256 length) private pure {
        assembly ("memory-safe") {
            mstore(words, length)
        }
    }
}
