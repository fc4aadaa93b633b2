// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {DelegateTypedData} from "../libraries/DelegateTypedData.sol";
import {HalfYear} from "../libraries/HalfYear.sol";
import {SignerLib} from "../libraries/SignerLib.sol";
import {Authorisation} from "../types/Consent.sol";
import {ALL_MANDATES, Appointment, DelegateKind, Dismissal, Mandate} from "../types/Delegate.sol";
import {InstitutionId, NO_PARTICIPANT, ParticipantId, ScopeId} from "../types/Ids.sol";
import {IDelegateRegistry} from "./IDelegateRegistry.sol";
import {IInstitutionRegistry} from "./IInstitutionRegistry.sol";
import {IScopeCustodians} from "./IScopeCustodians.sol";

/// @title DelegateRegistry
/// @dev Immutable. One slot a mandate.
contract DelegateRegistry is IDelegateRegistry, EIP712, Context {
    using SignerLib for bytes;
    using SignerLib for SignerLib.VerifierList;

    IInstitutionRegistry private immutable INSTITUTIONS;
    IScopeCustodians private immutable SCOPES;

    SignerLib.VerifierList private _verifiers;
    mapping(ScopeId scopeId => mapping(ParticipantId participantId => mapping(ParticipantId delegateId => Mandate)))
        private _mandates;

    /// @param verifiers ERC-7913 verifiers whose code may vouch for an appointment.
    constructor(
        IInstitutionRegistry institutions,
        IScopeCustodians scopes,
        address[] memory verifiers
    ) EIP712("Concord Delegates", "1") {
        INSTITUTIONS = institutions;
        SCOPES = scopes;
        _verifiers.list(verifiers);
    }

    /// @inheritdoc IDelegateRegistry
    function appoint(Appointment calldata change) external override {
        _appoint(change, SignerLib.participantIdOf(_msgSender()), uint32(block.timestamp));
    }

    /// @inheritdoc IDelegateRegistry
    function appointBySig(Appointment calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = authorisation.signer.participantIdOf();
        bytes32 structHash = DelegateTypedData.hash(change, participantId, authorisation);
        _requireAuthorised(participantId, structHash, authorisation, true);
        _appoint(change, participantId, authorisation.signedAt);
    }

    /// @inheritdoc IDelegateRegistry
    function dismiss(Dismissal calldata change) external override {
        _dismiss(change, SignerLib.participantIdOf(_msgSender()), uint32(block.timestamp));
    }

    /// @inheritdoc IDelegateRegistry
    function dismissBySig(Dismissal calldata change, Authorisation calldata authorisation) external override {
        ParticipantId participantId = authorisation.signer.participantIdOf();
        bytes32 structHash = DelegateTypedData.hash(change, participantId, authorisation);
        _requireAuthorised(participantId, structHash, authorisation, false);
        _dismiss(change, participantId, authorisation.signedAt);
    }

    /// @inheritdoc IDelegateRegistry
    function renounce(ScopeId scopeId, ParticipantId participantId) external override {
        ParticipantId delegateId = SignerLib.participantIdOf(_msgSender());
        if (_mandates[scopeId][participantId][delegateId].kind == DelegateKind.None) {
            revert DelegateUnknown(scopeId, participantId, delegateId);
        }
        _remove(scopeId, participantId, delegateId, uint32(block.timestamp));
    }

    /// @inheritdoc IDelegateRegistry
    function addGuardian(
        ScopeId scopeId,
        ParticipantId participantId,
        ParticipantId delegateId,
        uint32 until
    ) external override {
        _requireCustodian(scopeId);
        if (!HalfYear.isBoundary(until)) revert DelegateUntilNotHalfYear(until);
        if (_mandates[scopeId][participantId][delegateId].kind == DelegateKind.Proxy) {
            revert DelegateKindStands(delegateId);
        }
        Mandate memory mandate = Mandate({
            kind: DelegateKind.Guardian,
            verbs: ALL_MANDATES,
            until: until,
            signedAt: uint32(block.timestamp)
        });
        _add(scopeId, participantId, delegateId, mandate);
    }

    /// @inheritdoc IDelegateRegistry
    function removeGuardian(ScopeId scopeId, ParticipantId participantId, ParticipantId delegateId) external override {
        _requireCustodian(scopeId);
        if (_mandates[scopeId][participantId][delegateId].kind != DelegateKind.Guardian) {
            revert DelegateUnknown(scopeId, participantId, delegateId);
        }
        _remove(scopeId, participantId, delegateId, uint32(block.timestamp));
    }

    /// @inheritdoc IDelegateRegistry
    function mandateOf(
        ScopeId scopeId,
        ParticipantId participantId,
        ParticipantId delegateId
    ) external view override returns (Mandate memory) {
        return _mandates[scopeId][participantId][delegateId];
    }

    function _appoint(Appointment calldata change, ParticipantId participantId, uint32 signedAt) private {
        if (change.verbs == 0 || change.verbs > ALL_MANDATES) revert DelegateVerbsInvalid(change.verbs);
        Mandate storage standing = _mandates[change.scopeId][participantId][change.delegateId];
        if (standing.kind == DelegateKind.Guardian) revert DelegateKindStands(change.delegateId);
        if (signedAt <= standing.signedAt) revert DelegateSuperseded(signedAt, standing.signedAt);
        Mandate memory mandate = Mandate({
            kind: DelegateKind.Proxy,
            verbs: change.verbs,
            until: change.until,
            signedAt: signedAt
        });
        _add(change.scopeId, participantId, change.delegateId, mandate);
    }

    /// @dev Also of a mandate that is yet to be relayed: its signature dies with a later dismissal.
    function _dismiss(Dismissal calldata change, ParticipantId participantId, uint32 signedAt) private {
        Mandate storage standing = _mandates[change.scopeId][participantId][change.delegateId];
        if (standing.kind == DelegateKind.Guardian) revert DelegateKindStands(change.delegateId);
        bool ends = signedAt == standing.signedAt && standing.kind != DelegateKind.None;
        if (signedAt <= standing.signedAt && !ends) revert DelegateSuperseded(signedAt, standing.signedAt);
        _remove(change.scopeId, participantId, change.delegateId, signedAt);
    }

    function _add(
        ScopeId scopeId,
        ParticipantId participantId,
        ParticipantId delegateId,
        Mandate memory mandate
    ) private {
        if (delegateId == participantId || delegateId == NO_PARTICIPANT) revert DelegateInvalid(delegateId);
        if (mandate.until <= block.timestamp) revert DelegateUntilPassed(mandate.until, block.timestamp);
        _mandates[scopeId][participantId][delegateId] = mandate;
        emit DelegateAdded(scopeId, participantId, delegateId, mandate);
    }

    function _remove(ScopeId scopeId, ParticipantId participantId, ParticipantId delegateId, uint32 signedAt) private {
        _mandates[scopeId][participantId][delegateId] = Mandate({
            kind: DelegateKind.None,
            verbs: 0,
            until: 0,
            signedAt: signedAt
        });
        emit DelegateRemoved(scopeId, participantId, delegateId, signedAt);
    }

    function _requireAuthorised(
        ParticipantId participantId,
        bytes32 structHash,
        Authorisation calldata authorisation,
        bool gives
    ) private view {
        if (authorisation.participantId != NO_PARTICIPANT && authorisation.participantId != participantId) {
            revert DelegateNotParticipant(authorisation.participantId, participantId);
        }
        if (authorisation.signedAt > block.timestamp) {
            revert DelegateSignedInFuture(authorisation.signedAt, block.timestamp);
        }
        if (authorisation.deadline < block.timestamp) {
            revert DelegateDeadlinePassed(authorisation.deadline, block.timestamp);
        }
        bytes32 digest = _hashTypedDataV4(structHash);
        if (!_verifiers.isValid(authorisation.signer, digest, authorisation.signature, gives)) {
            revert DelegateSignatureInvalid(participantId);
        }
    }

    function _requireCustodian(ScopeId scopeId) private view {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        (InstitutionId custodian, ) = SCOPES.scope(scopeId);
        if (caller != custodian) revert DelegateNotCustodian(scopeId, caller);
    }
}
