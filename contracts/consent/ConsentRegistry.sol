// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDelegateRegistry} from "../identity/IDelegateRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {ConsentTypedData} from "../libraries/ConsentTypedData.sol";
import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {ParticipantSeries} from "../libraries/ParticipantSeries.sol";
import {SignerGasTooLow} from "../libraries/SignerLib.sol";
import {
    Act,
    Attestation,
    Authorisation,
    Closing,
    ConsentAuthor,
    ConsentState,
    ConsentWord,
    Extend,
    Grant,
    Import,
    MAX_PREFERENCES,
    NO_EXPIRY,
    Resume,
    Withdraw,
    WithdrawalExtent
} from "../types/Consent.sol";
import {
    MANDATE_CLOSE,
    MANDATE_EXTEND,
    MANDATE_GRANT,
    MANDATE_NARROW,
    MANDATE_RESUME,
    MANDATE_UPDATE
} from "../types/Delegate.sol";
import {ConsentId, InstitutionId, ParticipantId, ScopeId} from "../types/Ids.sol";
import {ConsentAuthority} from "./ConsentAuthority.sol";
import {ConsentMoves} from "./ConsentMoves.sol";
import {ConsentStore} from "./ConsentStore.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";
import {IScopeIndex} from "./IScopeIndex.sol";
import {ITermsRegistry} from "./ITermsRegistry.sol";

/// @title ConsentRegistry
/// @dev Immutable. The verbs; ConsentStore keeps the words, ConsentAuthority says who may, ConsentMoves moves them.
contract ConsentRegistry is ConsentMoves {
    using ConsentWordLib for ConsentWord;
    using ParticipantSeries for ParticipantId;

    /// @dev More than any single change by ECDSA takes (150,000 for the first import under new terms). A batch with
    /// less gas than this for its next item stops as a whole: a stingy relayer cannot make an item look refused.
    uint256 private constant ITEM_GAS = 200_000;

    IScopeIndex private immutable INDEX;

    /// @param verifiers ERC-7913 verifiers whose code may vouch for openings.
    constructor(
        ITermsRegistry terms,
        IInstitutionRegistry institutions,
        IDelegateRegistry delegates,
        IScopeIndex index,
        address[] memory verifiers
    ) ConsentStore(terms) ConsentAuthority(institutions, delegates, verifiers) {
        INDEX = index;
    }

    /// @inheritdoc IConsentRegistry
    function grant(Grant calldata change) external override {
        _grant(change, _own());
    }

    /// @inheritdoc IConsentRegistry
    function grantBySig(Grant calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = _participantOf(authorisation);
        bytes32 structHash = ConsentTypedData.hash(
            ConsentTypedData.GRANT_TYPEHASH,
            change,
            participantId,
            authorisation
        );
        _grant(change, _signed(change.scopeId, participantId, structHash, authorisation, MANDATE_GRANT));
    }

    /// @inheritdoc IConsentRegistry
    function update(Grant calldata change) external override {
        _update(change, _own());
    }

    /// @inheritdoc IConsentRegistry
    function updateBySig(Grant calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = _participantOf(authorisation);
        bytes32 structHash = ConsentTypedData.hash(
            ConsentTypedData.UPDATE_TYPEHASH,
            change,
            participantId,
            authorisation
        );
        uint8 verbs = MANDATE_UPDATE | MANDATE_NARROW;
        _update(change, _signed(change.scopeId, participantId, structHash, authorisation, verbs));
    }

    /// @inheritdoc IConsentRegistry
    function extend(Extend calldata change) external override {
        _extend(change, _own());
    }

    /// @inheritdoc IConsentRegistry
    function extendBySig(Extend calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = _participantOf(authorisation);
        bytes32 structHash = ConsentTypedData.hash(change, participantId, authorisation);
        _extend(change, _signed(change.scopeId, participantId, structHash, authorisation, MANDATE_EXTEND));
    }

    /// @inheritdoc IConsentRegistry
    function resume(Resume calldata change) external override {
        _resume(change, _own());
    }

    /// @inheritdoc IConsentRegistry
    function resumeBySig(Resume calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = _participantOf(authorisation);
        bytes32 structHash = ConsentTypedData.hash(change, participantId, authorisation);
        _resume(change, _signed(change.scopeId, participantId, structHash, authorisation, MANDATE_RESUME));
    }

    /// @inheritdoc IConsentRegistry
    function suspend(ScopeId scopeId) external override {
        _suspend(scopeId, _own());
    }

    /// @inheritdoc IConsentRegistry
    function suspendBySig(Closing calldata change, Authorisation calldata authorisation) external override {
        bytes32 typehash = ConsentTypedData.SUSPEND_TYPEHASH;
        _suspend(change.scopeId, _signedClosing(typehash, change, authorisation, ConsentState.Suspended));
    }

    /// @inheritdoc IConsentRegistry
    function decline(ScopeId scopeId) external override {
        _decline(scopeId, _own());
    }

    /// @inheritdoc IConsentRegistry
    function declineBySig(Closing calldata change, Authorisation calldata authorisation) external override {
        bytes32 typehash = ConsentTypedData.DECLINE_TYPEHASH;
        _decline(change.scopeId, _signedClosing(typehash, change, authorisation, ConsentState.Declined));
    }

    /// @inheritdoc IConsentRegistry
    function withdraw(ScopeId scopeId, WithdrawalExtent extent) external override {
        _withdraw(scopeId, extent, _own());
    }

    /// @inheritdoc IConsentRegistry
    function withdrawBySig(Withdraw calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = _participantOf(authorisation);
        bytes32 structHash = ConsentTypedData.hash(change, participantId, authorisation);
        Act memory act = _signed(change.scopeId, participantId, structHash, authorisation, MANDATE_CLOSE);
        uint256 strength = ConsentWordLib.strength(ConsentState.Withdrawn, change.extent);
        _requireClosingApplies(change.scopeId, act, strength, change.minVersion);
        _withdraw(change.scopeId, change.extent, act);
    }

    /// @inheritdoc IConsentRegistry
    function annul(ScopeId scopeId) external override {
        _annul(scopeId, _own());
    }

    /// @inheritdoc IConsentRegistry
    function annulBySig(Closing calldata change, Authorisation calldata authorisation) external override {
        bytes32 typehash = ConsentTypedData.ANNUL_TYPEHASH;
        _annul(change.scopeId, _signedClosing(typehash, change, authorisation, ConsentState.Annulled));
    }

    /// @inheritdoc IConsentRegistry
    function importConsent(Import calldata change) external override {
        ScopeId scopeId = change.agreed.scopeId;
        ParticipantId participantId = change.participantId;
        _requireImporter(scopeId, change.agreed.termsDigest);
        if (uint256(ParticipantId.unwrap(participantId)) <= type(uint128).max) {
            revert ConsentParticipantIdWeak(participantId);
        }
        Act memory act = _attested(participantId, change.signedAt);
        (ConsentId consentId, ConsentWord word) = _lastWord(scopeId, participantId);
        ConsentWord opened = _requireGrants(change.agreed, act, word);
        _open(consentId, word, opened);
        emit ConsentImported(scopeId, participantId, opened);
        if (word.isNone()) _list(scopeId, participantId);
    }

    /// @inheritdoc IConsentRegistry
    function attest(Attestation calldata change) external override {
        InstitutionId custodian = _requireCustodian(change.scopeId, false);
        Act memory act = _attested(change.participantId, change.signedAt);
        act.isDissent = change.dissent;
        (, ParticipantId forward, ConsentWord word) = _follow(change.scopeId, change.participantId);
        emit ConsentClosingAttested(change.scopeId, forward, custodian, change.signedAt);
        if (change.state == ConsentState.Suspended) _suspend(change.scopeId, act);
        else if (change.state == ConsentState.Declined) _decline(change.scopeId, act);
        else if (change.state == ConsentState.Withdrawn) _withdraw(change.scopeId, change.extent, act);
        else if (change.state != ConsentState.Annulled) revert ConsentAttestationInvalid(change.state);
        else if (word.isNone() || word.author() != ConsentAuthor.Custodian) revert ConsentParticipantActed(forward);
        else _annul(change.scopeId, act);
        if (word.isNone()) _list(change.scopeId, forward);
    }

    /// @inheritdoc IConsentRegistry
    function relay(bytes[] calldata calls) external override returns (uint256 accepted) {
        for (uint256 i = 0; i < calls.length; ++i) {
            if (gasleft() < ITEM_GAS) revert ConsentGasTooLow(i, gasleft());
            // A call of this contract by itself: no other code runs, and the sender stays who it is.
            // solhint-disable-next-line avoid-low-level-calls
            (bool success, bytes memory reason) = address(this).delegatecall(calls[i]);
            if (success) {
                ++accepted;
                continue;
            }
            // For want of gas nothing is refused: that is the relayer's doing, not the item's.
            if (bytes4(reason) == SignerGasTooLow.selector || bytes4(reason) == ConsentGasTooLow.selector) {
                revert ConsentGasTooLow(i, gasleft());
            }
            emit ConsentItemRejected(i, reason);
        }
    }

    /// @dev Who has a first word on paper is in the scope's index: with the one before in their series, if that has a
    /// word, or by an entry of their own.
    function _list(ScopeId scopeId, ParticipantId participantId) private {
        if (participantId.isFollower()) {
            (, ConsentWord previous) = _lastWord(scopeId, participantId.previous());
            if (!previous.isNone()) return;
        }
        INDEX.appendOwn(scopeId, participantId);
    }

    function _grant(Grant calldata change, Act memory act) private {
        (ConsentId consentId, ConsentWord word) = _lastWord(change.scopeId, act.participantId);
        ConsentWord opened = _requireGrants(change, act, word);
        _open(consentId, word, opened);
        emit ConsentGranted(change.scopeId, act.participantId, opened);
    }

    function _update(Grant calldata change, Act memory act) private {
        (ConsentId consentId, ConsentWord word) = _requireStands(change.scopeId, act, change.version);
        (uint16 termsNumber, uint32 until) = _requireAgreed(change, act);
        if (act.mustNarrow) _requireNarrower(change, word, termsNumber, until);

        ConsentWord opened = word.updated(change, termsNumber, until, act, uint32(block.timestamp));
        _open(consentId, word, opened);
        emit ConsentUpdated(change.scopeId, act.participantId, opened);
    }

    function _extend(Extend calldata change, Act memory act) private {
        (ConsentId consentId, ConsentWord word) = _requireStands(change.scopeId, act, change.version);
        (uint16 number, uint32 reConsentBy) = _learnTerms(change.scopeId, change.termsDigest);
        if (number != word.termsNumber()) revert ConsentTermsNotStanding(change.termsDigest, word.termsNumber());
        uint32 until = _earliest(change.until, reConsentBy, act.latestUntil);
        if (until <= word.until()) revert ConsentUntilNotLater(until, word.until());

        ConsentWord opened = word.reopened(word.state(), change.version, until, act, uint32(block.timestamp));
        _open(consentId, word, opened);
        emit ConsentExtended(change.scopeId, act.participantId, opened);
    }

    function _resume(Resume calldata change, Act memory act) private {
        (ConsentId consentId, ConsentWord word) = _lastWord(change.scopeId, act.participantId);
        _requireUnmoved(word, act.participantId);
        if (word.state() != ConsentState.Suspended || !word.isStanding(block.timestamp)) {
            revert ConsentNotSuspended(word.statusAt(0, block.timestamp));
        }
        _requireOpens(word, change.version, act);

        uint32 until = _earliest(word.until(), NO_EXPIRY, act.latestUntil);
        ConsentWord opened = word.reopened(ConsentState.Active, change.version, until, act, uint32(block.timestamp));
        _open(consentId, word, opened);
        emit ConsentResumed(change.scopeId, act.participantId, opened);
    }

    function _suspend(ScopeId scopeId, Act memory act) private {
        ConsentWord closed = _close(scopeId, act, ConsentState.Suspended, WithdrawalExtent.None);
        emit ConsentSuspended(scopeId, act.participantId, closed);
    }

    function _decline(ScopeId scopeId, Act memory act) private {
        ConsentWord closed = _close(scopeId, act, ConsentState.Declined, WithdrawalExtent.None);
        emit ConsentDeclined(scopeId, act.participantId, closed);
    }

    function _withdraw(ScopeId scopeId, WithdrawalExtent extent, Act memory act) private {
        if (extent == WithdrawalExtent.None) revert ConsentExtentInvalid();
        ConsentWord closed = _close(scopeId, act, ConsentState.Withdrawn, extent);
        emit ConsentWithdrawn(scopeId, act.participantId, closed);
    }

    function _annul(ScopeId scopeId, Act memory act) private {
        ConsentWord closed = _close(scopeId, act, ConsentState.Annulled, WithdrawalExtent.None);
        emit ConsentAnnulled(scopeId, act.participantId, closed);
    }

    /// @dev Suspend, decline or annul by signature: everything but the closing itself.
    function _signedClosing(
        bytes32 typehash,
        Closing calldata change,
        Authorisation calldata authorisation,
        ConsentState target
    ) private returns (Act memory act) {
        ParticipantId participantId = _participantOf(authorisation);
        bytes32 structHash = ConsentTypedData.hash(typehash, change, participantId, authorisation);
        act = _signed(change.scopeId, participantId, structHash, authorisation, MANDATE_CLOSE);
        uint256 strength = ConsentWordLib.strength(target, WithdrawalExtent.None);
        _requireClosingApplies(change.scopeId, act, strength, change.minVersion);
    }

    /// @dev The word that a grant or an import would put over `word`.
    function _requireGrants(Grant calldata change, Act memory act, ConsentWord word) private returns (ConsentWord) {
        bool stands = false;
        if (word.isNone()) {
            if (change.version != 1) revert ConsentVersionMismatch(1, change.version);
        } else {
            _requireUnmoved(word, act.participantId);
            stands = word.isStanding(block.timestamp);
            // A later paper replaces an earlier one; who has a key says which of the two they mean.
            if (stands && act.author != ConsentAuthor.Custodian) revert ConsentAlreadyGranted();
            _requireOpens(word, change.version, act);
        }
        (uint16 termsNumber, uint32 until) = _requireAgreed(change, act);
        uint32 openedAt = uint32(block.timestamp);
        return
            stands
                ? word.updated(change, termsNumber, until, act, openedAt)
                : word.granted(change, termsNumber, until, act, openedAt);
    }

    /// @dev What is agreed to: known preferences, registered terms, and an end that is yet to come.
    function _requireAgreed(Grant calldata change, Act memory act) private returns (uint16 termsNumber, uint32 until) {
        if (change.preferences > MAX_PREFERENCES) revert ConsentPreferencesInvalid(change.preferences);
        uint32 reConsentBy;
        (termsNumber, reConsentBy) = _learnTerms(change.scopeId, change.termsDigest);
        until = _earliest(change.until, reConsentBy, act.latestUntil);
        if (until <= block.timestamp) revert ConsentUntilPassed(until, block.timestamp);
    }

    /// @dev There is a standing consent that the author may change.
    function _requireStands(
        ScopeId scopeId,
        Act memory act,
        uint16 version
    ) private view returns (ConsentId consentId, ConsentWord word) {
        (consentId, word) = _lastWord(scopeId, act.participantId);
        _requireUnmoved(word, act.participantId);
        if (!word.isStanding(block.timestamp)) revert ConsentNotStanding(word.statusAt(0, block.timestamp));
        _requireOpens(word, version, act);
    }

    /// @dev A signed closing names the lowest version of the very id; where that forwards, its time alone counts.
    function _requireClosingApplies(ScopeId scopeId, Act memory act, uint256 strength, uint16 minVersion) private view {
        (, ParticipantId forward, ConsentWord word) = _follow(scopeId, act.participantId);
        if (forward == act.participantId && word.version() < minVersion) {
            revert ConsentVersionTooLow(minVersion, word.version());
        }
        _requireCloses(word, strength, act.signedAt);
    }

    /// @dev Same or registered narrower terms, no further element or preference, no later end.
    function _requireNarrower(Grant calldata change, ConsentWord word, uint16 termsNumber, uint32 until) private view {
        uint16 standing = word.termsNumber();
        bool areTerms = termsNumber == standing || TERMS.isNarrower(change.scopeId, termsNumber, standing);
        bool areElements = change.elements & ~word.elements() == 0;
        bool arePreferences = ConsentWordLib.isNoMore(change.preferences, word.preferences());
        if (!areTerms || !areElements || !arePreferences || until > word.until()) revert ConsentNotNarrower();
    }

    /// @dev What the scope's custodian brings, with the time at which it was said.
    function _attested(ParticipantId participantId, uint32 signedAt) private view returns (Act memory act) {
        if (signedAt > block.timestamp) revert ConsentSignedInFuture(signedAt, block.timestamp);
        act.participantId = participantId;
        act.author = ConsentAuthor.Custodian;
        act.signedAt = signedAt;
        act.latestUntil = NO_EXPIRY;
    }

    function _earliest(uint32 a, uint32 b, uint32 c) private pure returns (uint32 earliest) {
        earliest = a < b ? a : b;
        if (c < earliest) earliest = c;
    }
}
