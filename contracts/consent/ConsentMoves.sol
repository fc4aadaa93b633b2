// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ConsentTypedData} from "../libraries/ConsentTypedData.sol";
import {ConsentWordLib} from "../libraries/ConsentWordLib.sol";
import {SignerLib} from "../libraries/SignerLib.sol";
import {
    Act,
    Authorisation,
    ConsentAuthor,
    ConsentWord,
    NO_EXPIRY,
    RECOVERY_DELAY,
    Recovery,
    TakeOver,
    Veto
} from "../types/Consent.sol";
import {ConsentId, InstitutionId, NO_PARTICIPANT, ParticipantId, ScopeId} from "../types/Ids.sol";
import {ConsentAuthority} from "./ConsentAuthority.sol";
import {IConsentRegistry} from "./IConsentRegistry.sol";

/**
 * @title ConsentMoves
 * @notice Consents that move to another id: taken over from the custodian's keeping, or recovered from a lost key.
 */
abstract contract ConsentMoves is ConsentAuthority {
    using ConsentWordLib for ConsentWord;
    using SignerLib for bytes;

    mapping(ConsentId consentId => Recovery recovery) private _recoveries;
    mapping(ConsentId consentId => InstitutionId proposer) private _proposers;

    /// @inheritdoc IConsentRegistry
    function takeOver(TakeOver calldata change, Authorisation calldata authorisation) external override {
        _requireCustodian(change.scopeId, true);
        ParticipantId participantId = authorisation.signer.participantIdOf();
        if (authorisation.participantId != NO_PARTICIPANT && authorisation.participantId != participantId) {
            revert ConsentDelegateUnauthorised(authorisation.participantId, participantId);
        }
        _requireSigned(participantId, ConsentTypedData.hash(change, participantId, authorisation), authorisation, true);
        ConsentWord word = _requireMovable(change.scopeId, change.attestedId);
        ConsentAuthor author = word.author();
        if (author != ConsentAuthor.Custodian && author != ConsentAuthor.Guardian) {
            revert ConsentParticipantActed(change.attestedId);
        }
        if (authorisation.signedAt <= word.signedAt()) {
            revert ConsentSignedTooEarly(authorisation.signedAt, word.signedAt());
        }
        _move(
            change.scopeId,
            change.attestedId,
            Act({
                participantId: participantId,
                author: ConsentAuthor.Participant,
                signedAt: authorisation.signedAt,
                latestUntil: NO_EXPIRY,
                mustNarrow: false,
                isDissent: false
            })
        );
    }

    /// @inheritdoc IConsentRegistry
    function proposeRecovery(
        ScopeId scopeId,
        ParticipantId participantId,
        ParticipantId newParticipantId
    ) external override {
        InstitutionId custodian = _requireCustodian(scopeId, true);
        ConsentWord word = _requireMovable(scopeId, participantId);
        (, ConsentWord target) = _lastWord(scopeId, newParticipantId);
        if (newParticipantId == NO_PARTICIPANT || !target.isNone()) revert ConsentTargetTaken(newParticipantId);
        ConsentId consentId = _consentId(scopeId, participantId);
        Recovery storage recovery = _recoveries[consentId];
        uint256 vetoEnd = recovery.vetoedAt == 0 ? 0 : recovery.vetoedAt + RECOVERY_DELAY;
        if (block.timestamp < vetoEnd) revert ConsentRecoveryVetoed(vetoEnd);

        recovery.newParticipantId = newParticipantId;
        recovery.proposedAt = uint32(block.timestamp);
        recovery.readyAt = 0;
        _proposers[consentId] = custodian;
        word = word.locked();
        _rewrite(consentId, word);
        emit ConsentRecoveryProposed(scopeId, participantId, newParticipantId, word);
    }

    /// @inheritdoc IConsentRegistry
    function confirmRecovery(
        ScopeId scopeId,
        ParticipantId participantId,
        ParticipantId newParticipantId
    ) external override {
        InstitutionId institution = INSTITUTIONS.actingInstitution(_msgSender());
        (ConsentId consentId, Recovery storage recovery) = _requirePending(scopeId, participantId);
        if (recovery.newParticipantId != newParticipantId || recovery.readyAt != 0) {
            revert ConsentRecoveryUnknown(scopeId, participantId);
        }
        if (institution == _proposers[consentId]) revert ConsentRecoverySameInstitution(institution);

        uint32 readyAt = uint32(block.timestamp) + RECOVERY_DELAY;
        recovery.readyAt = readyAt;
        emit ConsentRecoveryConfirmed(scopeId, participantId, institution, readyAt);
    }

    /// @inheritdoc IConsentRegistry
    function vetoRecovery(ScopeId scopeId) external override {
        ParticipantId participantId = SignerLib.participantIdOf(_msgSender());
        (ConsentId consentId, Recovery storage recovery) = _requirePending(scopeId, participantId);
        _veto(scopeId, participantId, consentId, recovery);
    }

    /// @inheritdoc IConsentRegistry
    function vetoRecoveryBySig(Veto calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = authorisation.signer.participantIdOf();
        if (authorisation.participantId != NO_PARTICIPANT && authorisation.participantId != participantId) {
            revert ConsentDelegateUnauthorised(authorisation.participantId, participantId);
        }
        bytes32 structHash = ConsentTypedData.hash(change, participantId, authorisation);
        _requireSigned(participantId, structHash, authorisation, false);
        (ConsentId consentId, Recovery storage recovery) = _requirePending(change.scopeId, participantId);
        if (recovery.newParticipantId != change.newParticipantId || authorisation.signedAt < recovery.proposedAt) {
            revert ConsentRecoveryUnknown(change.scopeId, participantId);
        }
        _veto(change.scopeId, participantId, consentId, recovery);
    }

    /// @inheritdoc IConsentRegistry
    function cancelRecovery(ScopeId scopeId, ParticipantId participantId) external override {
        _requireCustodian(scopeId, false);
        (ConsentId consentId, Recovery storage recovery) = _requirePending(scopeId, participantId);
        _endRecovery(scopeId, participantId, consentId, recovery, false);
    }

    /// @inheritdoc IConsentRegistry
    function completeRecovery(ScopeId scopeId, ParticipantId participantId) external override {
        (, Recovery storage recovery) = _requirePending(scopeId, participantId);
        uint32 readyAt = recovery.readyAt;
        if (readyAt == 0 || block.timestamp < readyAt) revert ConsentRecoveryNotReady(readyAt, block.timestamp);

        (, ConsentWord word) = _lastWord(scopeId, participantId);
        _move(
            scopeId,
            participantId,
            Act({
                participantId: recovery.newParticipantId,
                author: word.author(),
                signedAt: word.signedAt(),
                latestUntil: NO_EXPIRY,
                mustNarrow: false,
                isDissent: false
            })
        );
        _clear(recovery);
    }

    /// @inheritdoc IConsentRegistry
    function recoveryOf(ScopeId scopeId, ParticipantId participantId) external view override returns (Recovery memory) {
        return _recoveries[_consentId(scopeId, participantId)];
    }

    function _veto(
        ScopeId scopeId,
        ParticipantId participantId,
        ConsentId consentId,
        Recovery storage recovery
    ) private {
        recovery.vetoedAt = uint32(block.timestamp);
        _endRecovery(scopeId, participantId, consentId, recovery, true);
    }

    function _endRecovery(
        ScopeId scopeId,
        ParticipantId participantId,
        ConsentId consentId,
        Recovery storage recovery,
        bool isVetoed
    ) private {
        _clear(recovery);
        (, ConsentWord word) = _lastWord(scopeId, participantId);
        word = word.unlocked();
        _rewrite(consentId, word);
        emit ConsentRecoveryEnded(scopeId, participantId, isVetoed, word);
    }

    /// @dev Nothing is pending any more; when the last one was vetoed stays known.
    function _clear(Recovery storage recovery) private {
        recovery.newParticipantId = NO_PARTICIPANT;
        recovery.proposedAt = 0;
        recovery.readyAt = 0;
    }

    /// @dev Somebody has answered under the id, and it neither forwards nor is about to.
    function _requireMovable(ScopeId scopeId, ParticipantId participantId) private view returns (ConsentWord word) {
        (, word) = _lastWord(scopeId, participantId);
        if (word.isNone()) revert ConsentUnknown(scopeId, participantId);
        _requireUnmoved(word, participantId);
    }

    function _requirePending(
        ScopeId scopeId,
        ParticipantId participantId
    ) private view returns (ConsentId consentId, Recovery storage recovery) {
        consentId = _consentId(scopeId, participantId);
        recovery = _recoveries[consentId];
        if (recovery.newParticipantId == NO_PARTICIPANT) revert ConsentRecoveryUnknown(scopeId, participantId);
    }
}
