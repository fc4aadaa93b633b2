// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/consent/IConsentRegistry.sol";
import {IScopeIndex} from "../../contracts/consent/IScopeIndex.sol";
import {IDelegateRegistry} from "../../contracts/identity/IDelegateRegistry.sol";
import {ConcordLens} from "../../contracts/lens/ConcordLens.sol";
import {ConsentStatus, ConsentWord} from "../../contracts/types/Consent.sol";
import {Mandate} from "../../contracts/types/Delegate.sol";
import {ParticipantId} from "../../contracts/types/Ids.sol";
import {Signers} from "../support/Signers.sol";
import {IVm, VM} from "../support/Vm.sol";

/// @title ConsentGhost
/// @notice The consents, mandates, moves and index of a scope as events alone tell them, to hold against the contracts.
abstract contract ConsentGhost is Signers {
    /// @dev One answer about the past, which must stay.
    struct Sample {
        bytes32 id;
        uint256 time;
        bool isPermitted;
        uint16 version;
    }

    /// @dev A mandate is given by whom, to whom.
    struct Pair {
        bytes32 participantId;
        bytes32 delegateId;
    }

    /// @notice How many changes events have told of.
    uint256 public changes;

    bytes32[] private _ids;
    mapping(bytes32 id => bool) private _isKnown;
    mapping(bytes32 id => uint256 word) private _words;
    mapping(bytes32 id => mapping(uint256 ordinal => uint256 word)) private _history;
    mapping(bytes32 id => bytes32 newId) private _forwards;
    mapping(bytes32 id => bytes32 newId) private _pending;
    mapping(bytes32 id => bool) private _isClosed;
    bytes32[] private _indexed;
    /// @dev Whose first word came on paper: whom the index lists, alone or in a series.
    bytes32[] internal onPaper;
    Pair[] private _pairs;
    mapping(bytes32 pair => bytes32 mandate) private _mandates;
    Sample[] private _samples;

    /// @notice 1: what a closing ended last is permitted in no way of reading.
    function assertClosedConsentsPermitNothing() external view {
        for (uint256 i = 0; i < _ids.length; ++i) _assertClosed(_ids[i]);
    }

    /// @notice 2, 10, 12: the contracts hold the words, forwards and pending moves that events tell, and no others.
    function assertWordsAreTheGhosts() external view {
        for (uint256 i = 0; i < _ids.length; ++i) {
            bytes32 id = _ids[i];
            ParticipantId participantId = ParticipantId.wrap(id);
            uint256 word = ConsentWord.unwrap(consents.lastWordOf(SCOPE, participantId));
            VM.assertEq(word, _words[id], "a word changed that no event tells of");
            VM.assertEq(ParticipantId.unwrap(consents.forwardOf(SCOPE, participantId)), _end(id), "another way");
            bytes32 pending = ParticipantId.unwrap(consents.recoveryOf(SCOPE, participantId).newParticipantId);
            VM.assertEq(pending, _pending[id], "another move is pending");
            VM.assertEq(ConsentWord.unwrap(consents.wordOf(OTHER_SCOPE, participantId)), 0, "another scope changed");
        }
    }

    /// @notice 7, 10: every word that an opening replaced is where it was put, and times never run back.
    function assertHistoryIsTheGhosts() external view {
        for (uint256 i = 0; i < _ids.length; ++i) {
            bytes32 id = _ids[i];
            uint16 last = uint16(_words[id] >> 48);
            uint32 opened = 0;
            for (uint16 j = 0; j <= last; ++j) {
                uint256 word = ConsentWord.unwrap(consents.wordAt(SCOPE, ParticipantId.wrap(id), j));
                VM.assertEq(word, j == last ? _words[id] : _history[id][j], "history changed");
                VM.assertGe(uint32(word >> 64), opened, "block times run back");
                opened = uint32(word >> 64);
            }
            uint256 beyond = ConsentWord.unwrap(consents.wordAt(SCOPE, ParticipantId.wrap(id), last + 1));
            VM.assertEq(beyond, 0, "history of nothing");
        }
    }

    /// @notice 10: mandates and index are as events tell.
    function assertMandatesAndIndexAreTheGhosts() external view {
        for (uint256 i = 0; i < _pairs.length; ++i) {
            Pair memory pair = _pairs[i];
            Mandate memory mandate = delegates.mandateOf(
                SCOPE,
                ParticipantId.wrap(pair.participantId),
                ParticipantId.wrap(pair.delegateId)
            );
            bytes32 told = _mandates[keccak256(abi.encode(pair))];
            VM.assertEq(keccak256(abi.encode(mandate)), told, "another mandate");
        }
        (ParticipantId[] memory page, ParticipantId next) = index.page(
            consents,
            SCOPE,
            ParticipantId.wrap(0),
            _indexed.length + 1
        );
        VM.assertEq(page.length, _indexed.length, "another index");
        VM.assertEq(ParticipantId.unwrap(next), 0, "the index goes on");
        for (uint256 i = 0; i < page.length; ++i) {
            VM.assertEq(ParticipantId.unwrap(page[i]), _indexed[_indexed.length - 1 - i], "another order");
        }
    }

    /// @notice 10: a reader of the index finds everybody whose first word came on paper once, with an entry of their
    /// own or without.
    function assertThoseOnPaperAreListedOnce() external view {
        ConcordLens.Cursor memory cursor;
        (ParticipantId[] memory found, ) = lens.participants(SCOPE, cursor, onPaper.length + 1);
        VM.assertEq(found.length, onPaper.length, "listed twice, or not at all");
        for (uint256 i = 0; i < onPaper.length; ++i) {
            bool isFound = false;
            for (uint256 j = 0; j < found.length; ++j) {
                if (ParticipantId.unwrap(found[j]) == onPaper[i]) isFound = true;
            }
            VM.assertTrue(isFound, "not listed");
        }
    }

    /// @notice 7: every kept answer about the past.
    function assertThePastStays() external view {
        for (uint256 i = 0; i < _samples.length; ++i) _assertSampleStays(_samples[i]);
    }

    function samples() external view returns (uint256) {
        return _samples.length;
    }

    /// @dev Tells the ghost what the recorded events say, and records on. Answers how many changes there were.
    function _listen() internal returns (uint256 heard) {
        IVm.Log[] memory logs = VM.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == address(consents)) heard += _hearConsents(logs[i]);
            else if (logs[i].emitter == address(delegates)) heard += _hearDelegates(logs[i]);
            else if (logs[i].topics[0] == IScopeIndex.ScopeIndexAppended.selector) _indexed.push(logs[i].topics[3]);
        }
        changes += heard;
    }

    /// @dev Asks for a kept answer about the past again, and keeps a further one.
    function _sample(uint256 draw) internal {
        if (_ids.length == 0 || block.timestamp <= START + 1) return;
        if (_samples.length > 0) _assertSampleStays(_samples[draw % _samples.length]);
        bytes32 id = _ids[(draw >> 64) % _ids.length];
        uint256 time = START + ((draw >> 128) % (block.timestamp - START));
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, ParticipantId.wrap(id), time);
        _samples.push(Sample({id: id, time: time, isPermitted: isPermitted, version: version}));
    }

    function _entryCount() internal view returns (uint256) {
        return _indexed.length;
    }

    /// @dev Where an id's consent goes on, as events tell.
    function _end(bytes32 id) internal view returns (bytes32) {
        while (_forwards[id] != 0) id = _forwards[id];
        return id;
    }

    /// @dev The word that stands for an id, wherever it goes on.
    function _standing(bytes32 id) internal view returns (uint256) {
        return _words[_end(id)];
    }

    function _isPending(bytes32 id) internal view returns (bool) {
        return _pending[id] != 0;
    }

    /// @dev 1: closed, in every way of reading, in this very second.
    function _assertClosed(bytes32 id) internal view {
        if (!_isClosed[_end(id)]) return;
        ParticipantId participantId = ParticipantId.wrap(id);
        (bool isPermitted, ) = consents.permittedAt(SCOPE, participantId, block.timestamp);
        VM.assertFalse(isPermitted, "permitted after a closing");
        VM.assertTrue(consents.statusOf(SCOPE, participantId) != ConsentStatus.Active, "active after a closing");
    }

    function _hearConsents(IVm.Log memory log) private returns (uint256) {
        bytes32 topic = log.topics[0];
        if (
            topic == IConsentRegistry.ConsentItemRejected.selector ||
            topic == IConsentRegistry.ConsentActedFor.selector ||
            topic == IConsentRegistry.ConsentClosingAttested.selector ||
            topic == IConsentRegistry.ConsentRecoveryConfirmed.selector
        ) {
            return 0;
        }
        if (log.topics[1] != keccak256("a study")) return 0;
        bytes32 id = log.topics[2];
        if (topic == IConsentRegistry.ConsentMoved.selector) {
            (uint256 lastWord, uint256 word) = abi.decode(log.data, (uint256, uint256));
            _isClosed[log.topics[3]] = _isClosed[id];
            _keep(id, lastWord);
            _keep(log.topics[3], word);
            _forwards[id] = log.topics[3];
            _pending[id] = 0;
        } else if (topic == IConsentRegistry.ConsentRecoveryProposed.selector) {
            _keep(id, abi.decode(log.data, (uint256)));
            _pending[id] = log.topics[3];
        } else if (topic == IConsentRegistry.ConsentRecoveryEnded.selector) {
            (, uint256 word) = abi.decode(log.data, (bool, uint256));
            _keep(id, word);
            _pending[id] = 0;
        } else {
            _keep(id, abi.decode(log.data, (uint256)));
            _isClosed[id] = _closes(topic, _isClosed[id]);
        }
        return 1;
    }

    function _hearDelegates(IVm.Log memory log) private returns (uint256) {
        Pair memory pair = Pair({participantId: log.topics[2], delegateId: log.topics[3]});
        bytes32 key = keccak256(abi.encode(pair));
        if (_mandates[key] == 0) _pairs.push(pair);
        _mandates[key] =
            log.topics[0] == IDelegateRegistry.DelegateAdded.selector
                ? keccak256(log.data)
                : keccak256(abi.encode(0, 0, 0, abi.decode(log.data, (uint32))));
        return 1;
    }

    function _keep(bytes32 id, uint256 word) private {
        if (!_isKnown[id]) {
            _isKnown[id] = true;
            _ids.push(id);
        }
        uint16 ordinal = uint16(_words[id] >> 48);
        if (uint16(word >> 48) != ordinal) _history[id][ordinal] = _words[id];
        _words[id] = word;
    }

    function _assertSampleStays(Sample memory sample) private view {
        (bool isPermitted, uint16 version) = consents.permittedAt(SCOPE, ParticipantId.wrap(sample.id), sample.time);
        VM.assertTrue(isPermitted == sample.isPermitted, "the past changed");
        VM.assertEq(version, sample.version, "the past changed its version");
    }

    /// @dev Updates and extensions leave a suspended consent suspended; the other openings open, all closings close.
    function _closes(bytes32 topic, bool wasClosed) private pure returns (bool) {
        if (topic == IConsentRegistry.ConsentUpdated.selector) return wasClosed;
        if (topic == IConsentRegistry.ConsentExtended.selector) return wasClosed;
        bool opens =
            topic == IConsentRegistry.ConsentGranted.selector ||
                topic == IConsentRegistry.ConsentResumed.selector ||
                topic == IConsentRegistry.ConsentImported.selector;
        return !opens;
    }
}
