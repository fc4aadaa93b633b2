// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {ConsentTypedData} from "../libraries/ConsentTypedData.sol";
import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {SignerLib} from "../libraries/SignerLib.sol";
import {
    Authorisation,
    ConsentState,
    ConsentStatus,
    ConsentWord,
    Grant,
    LAST_VERSION,
    Resume,
    Suspend,
    Withdraw,
    WithdrawalExtent
} from "../types/Consent.sol";
import {ConsentId, ParticipantId, ScopeId} from "../types/Ids.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";
import {ITermsRegistry} from "./ITermsRegistry.sol";

/// @title ConsentRegistry
/// @dev Immutable. One slot a consent, one more for every word that an opening replaces.
contract ConsentRegistry is IConsentRegistry, EIP712, Context {
    using ConsentWordLib for ConsentWord;
    using SignerLib for bytes;

    /// @dev Registered terms, as the TermsRegistry answers for ever: one slot.
    struct KnownTerms {
        uint16 number;
        uint32 reConsentBy;
    }

    /// @dev More than any single change by ECDSA takes (90,000 for the first grant under new terms). A batch with less
    /// gas than this for its next item stops as a whole: a stingy relayer cannot make an item look refused.
    uint256 private constant ITEM_GAS = 150_000;

    ITermsRegistry private immutable TERMS;

    mapping(ConsentId consentId => ConsentWord word) private _words;
    mapping(ConsentId consentId => mapping(uint256 ordinal => ConsentWord word)) private _history;
    /// @dev Filled by the first grant under the terms, so that later ones need no call of another contract.
    mapping(ScopeId scopeId => mapping(bytes32 termsDigest => KnownTerms known)) private _knownTerms;

    constructor(ITermsRegistry terms) EIP712("Concord Consent", "1") {
        TERMS = terms;
    }

    /// @inheritdoc IConsentRegistry
    function grant(Grant calldata change) external override {
        _grant(change, SignerLib.participantIdOf(_msgSender()), uint32(block.timestamp));
    }

    /// @inheritdoc IConsentRegistry
    function grantBySig(Grant calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = authorisation.signer.participantIdOf();
        _requireAuthorised(participantId, ConsentTypedData.hash(change, participantId, authorisation), authorisation);
        _grant(change, participantId, authorisation.signedAt);
    }

    /// @inheritdoc IConsentRegistry
    function resume(Resume calldata change) external override {
        _resume(change, SignerLib.participantIdOf(_msgSender()), uint32(block.timestamp));
    }

    /// @inheritdoc IConsentRegistry
    function resumeBySig(Resume calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = authorisation.signer.participantIdOf();
        _requireAuthorised(participantId, ConsentTypedData.hash(change, participantId, authorisation), authorisation);
        _resume(change, participantId, authorisation.signedAt);
    }

    /// @inheritdoc IConsentRegistry
    function suspend(ScopeId scopeId) external override {
        _suspend(scopeId, SignerLib.participantIdOf(_msgSender()), uint32(block.timestamp));
    }

    /// @inheritdoc IConsentRegistry
    function suspendBySig(Suspend calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = authorisation.signer.participantIdOf();
        _requireAuthorised(participantId, ConsentTypedData.hash(change, participantId, authorisation), authorisation);
        _requireCloses(
            _words[_consentId(change.scopeId, participantId)],
            ConsentWordLib.strength(ConsentState.Suspended, WithdrawalExtent.None),
            change.minVersion,
            authorisation.signedAt
        );
        _suspend(change.scopeId, participantId, authorisation.signedAt);
    }

    /// @inheritdoc IConsentRegistry
    function withdraw(ScopeId scopeId, WithdrawalExtent extent) external override {
        _withdraw(scopeId, SignerLib.participantIdOf(_msgSender()), extent, uint32(block.timestamp));
    }

    /// @inheritdoc IConsentRegistry
    function withdrawBySig(Withdraw calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = authorisation.signer.participantIdOf();
        _requireAuthorised(participantId, ConsentTypedData.hash(change, participantId, authorisation), authorisation);
        _requireCloses(
            _words[_consentId(change.scopeId, participantId)],
            ConsentWordLib.strength(ConsentState.Withdrawn, change.extent),
            change.minVersion,
            authorisation.signedAt
        );
        _withdraw(change.scopeId, participantId, change.extent, authorisation.signedAt);
    }

    /// @inheritdoc IConsentRegistry
    function relay(bytes[] calldata calls) external override returns (uint256 accepted) {
        for (uint256 i = 0; i < calls.length; ++i) {
            if (gasleft() < ITEM_GAS) revert ConsentGasTooLow(i, gasleft());
            // A call of this contract by itself: no other code runs, and the sender stays who it is.
            // solhint-disable-next-line avoid-low-level-calls
            (bool success, bytes memory reason) = address(this).delegatecall(calls[i]);
            if (success) ++accepted;
            else emit ConsentItemRejected(i, reason);
        }
    }

    /// @inheritdoc IConsentRegistry
    function wordOf(ScopeId scopeId, ParticipantId participantId) external view override returns (ConsentWord) {
        return _words[_consentId(scopeId, participantId)];
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
    function statusOf(ScopeId scopeId, ParticipantId participantId) external view override returns (ConsentStatus) {
        ConsentWord word = _words[_consentId(scopeId, participantId)];
        return word.statusAt(_startOf(scopeId, word), block.timestamp);
    }

    /// @inheritdoc IConsentRegistry
    function permittedAt(
        ScopeId scopeId,
        ParticipantId participantId,
        uint256 time
    ) external view override returns (bool isPermitted, uint16 version) {
        if (time > block.timestamp) revert ConsentTimeInFuture(time, block.timestamp);
        ConsentId consentId = _consentId(scopeId, participantId);
        ConsentWord standing = _words[consentId];
        uint256 ordinal = _ordinalAt(consentId, standing, time);
        ConsentWord word = _wordAt(consentId, standing, ordinal);
        if (!word.permittedAt(time) || time < _startOf(scopeId, word)) return (false, 0);
        // Every opening names the next version, so the predecessor's last one tells it.
        return (true, ordinal == 0 ? 1 : _history[consentId][ordinal - 1].version() + 1);
    }

    function _grant(Grant calldata change, ParticipantId participantId, uint32 signedAt) private {
        ConsentId consentId = _consentId(change.scopeId, participantId);
        ConsentWord word = _words[consentId];
        if (word.isStanding(block.timestamp)) revert ConsentAlreadyGranted();
        _requireOpens(word, change.version, signedAt);
        KnownTerms memory terms = _learnTerms(change.scopeId, change.termsDigest);
        uint32 until = change.until < terms.reConsentBy ? change.until : terms.reConsentBy;
        if (until <= block.timestamp) revert ConsentUntilPassed(until, block.timestamp);

        ConsentWord opened = word.granted(change, terms.number, until, signedAt, uint32(block.timestamp));
        _open(consentId, word, opened);
        emit ConsentGranted(change.scopeId, participantId, opened);
    }

    function _resume(Resume calldata change, ParticipantId participantId, uint32 signedAt) private {
        ConsentId consentId = _consentId(change.scopeId, participantId);
        ConsentWord word = _words[consentId];
        if (word.state() != ConsentState.Suspended || !word.isStanding(block.timestamp)) {
            revert ConsentNotSuspended(word.statusAt(0, block.timestamp));
        }
        _requireOpens(word, change.version, signedAt);

        ConsentWord opened = word.resumed(change.version, signedAt, uint32(block.timestamp));
        _open(consentId, word, opened);
        emit ConsentResumed(change.scopeId, participantId, opened);
    }

    function _suspend(ScopeId scopeId, ParticipantId participantId, uint32 signedAt) private {
        emit ConsentSuspended(
            scopeId,
            participantId,
            _close(scopeId, participantId, ConsentState.Suspended, WithdrawalExtent.None, signedAt)
        );
    }

    function _withdraw(ScopeId scopeId, ParticipantId participantId, WithdrawalExtent extent, uint32 signedAt) private {
        if (extent == WithdrawalExtent.None) revert ConsentExtentInvalid();
        emit ConsentWithdrawn(
            scopeId,
            participantId,
            _close(scopeId, participantId, ConsentState.Withdrawn, extent, signedAt)
        );
    }

    /// @dev The standing word goes to its place in history; a first word has no predecessor to keep.
    function _open(ConsentId consentId, ConsentWord word, ConsentWord opened) private {
        if (!word.isNone()) _history[consentId][word.ordinal()] = word;
        _words[consentId] = opened;
    }

    function _close(
        ScopeId scopeId,
        ParticipantId participantId,
        ConsentState target,
        WithdrawalExtent extent,
        uint32 signedAt
    ) private returns (ConsentWord closed) {
        ConsentId consentId = _consentId(scopeId, participantId);
        closed = _words[consentId].closed(target, extent, signedAt, uint32(block.timestamp));
        _words[consentId] = closed;
    }

    function _learnTerms(ScopeId scopeId, bytes32 termsDigest) private returns (KnownTerms memory terms) {
        terms = _knownTerms[scopeId][termsDigest];
        if (terms.number != 0) return terms;
        (terms.number, terms.reConsentBy) = TERMS.numberOf(scopeId, termsDigest);
        if (terms.number == 0) revert ConsentTermsUnknown(scopeId, termsDigest);
        _knownTerms[scopeId][termsDigest] = terms;
    }

    function _requireAuthorised(
        ParticipantId participantId,
        bytes32 structHash,
        Authorisation calldata authorisation
    ) private view {
        if (authorisation.signedAt > block.timestamp) {
            revert ConsentSignedInFuture(authorisation.signedAt, block.timestamp);
        }
        if (authorisation.deadline < block.timestamp) {
            revert ConsentDeadlinePassed(authorisation.deadline, block.timestamp);
        }
        if (!authorisation.signer.isSupported()) revert ConsentSignerUnsupported(authorisation.signer.length);
        if (!authorisation.signer.isValid(_hashTypedDataV4(structHash), authorisation.signature)) {
            revert ConsentSignatureInvalid(participantId);
        }
    }

    function _startOf(ScopeId scopeId, ConsentWord word) private view returns (uint32 from) {
        (, from) = TERMS.termsAt(scopeId, word.termsNumber());
    }

    /// @dev The standing word lies in `_words`, its predecessors in `_history`.
    function _wordAt(ConsentId consentId, ConsentWord standing, uint256 ordinal) private view returns (ConsentWord) {
        return ordinal == standing.ordinal() ? standing : _history[consentId][ordinal];
    }

    /// @dev The last ordinal that was opened at `time` or before; 0 when none was. Times of opening never run back.
    function _ordinalAt(ConsentId consentId, ConsentWord standing, uint256 time) private view returns (uint256 low) {
        uint256 high = standing.ordinal();
        while (low < high) {
            uint256 middle = (low + high + 1) / 2;
            if (_wordAt(consentId, standing, middle).opened() <= time) low = middle;
            else high = middle - 1;
        }
    }

    function _requireOpens(ConsentWord word, uint16 version, uint32 signedAt) private pure {
        uint16 standing = word.version();
        if (standing == LAST_VERSION) revert ConsentVersionsExhausted();
        if (version != standing + 1) revert ConsentVersionMismatch(standing + 1, version);
        if (standing != 0 && signedAt <= word.signedAt()) revert ConsentSignedTooEarly(signedAt, word.signedAt());
    }

    /// @dev Strictly later, or as late and stronger: so a closing works once, and no later opening falls to it.
    function _requireCloses(ConsentWord word, uint256 strength, uint16 minVersion, uint32 signedAt) private pure {
        if (word.version() < minVersion) revert ConsentVersionTooLow(minVersion, word.version());
        uint32 standingSignedAt = word.signedAt();
        bool strengthens = strength > ConsentWordLib.strength(word.state(), word.extent());
        if (signedAt < standingSignedAt || (signedAt == standingSignedAt && !strengthens)) {
            revert ConsentClosingSuperseded(signedAt, standingSignedAt);
        }
    }

    function _consentId(ScopeId scopeId, ParticipantId participantId) private pure returns (ConsentId) {
        return ConsentId.wrap(keccak256(abi.encode(scopeId, participantId)));
    }
}
