// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Roles} from "../access/Roles.sol";
import {IOntologyRegistry} from "../dataset/IOntologyRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {IScopeCustodians} from "../identity/IScopeCustodians.sol";
import {DataUse} from "../libraries/DataUse.sol";
import {Terms} from "../types/DataUse.sol";
import {InstitutionId, NO_INSTITUTION, ScopeId} from "../types/Ids.sol";
import {ITermsRegistry} from "./ITermsRegistry.sol";

/// @title TermsRegistry
/// @dev Terms are never changed or removed: a consent's terms are those it was given to.
contract TermsRegistry is ITermsRegistry, IScopeCustodians, AccessManaged {
    struct Scope {
        InstitutionId custodian;
        InstitutionId committee;
        uint16 termsCount;
    }

    /// @dev What a grant and a licence read: one slot.
    struct Registration {
        uint16 number;
        uint32 from;
        uint32 reConsentBy;
    }

    IInstitutionRegistry private immutable INSTITUTIONS;
    IOntologyRegistry private immutable ONTOLOGIES;

    mapping(ScopeId scopeId => Scope scope) private _scopes;
    mapping(ScopeId scopeId => mapping(bytes32 digest => Registration registration)) private _registrations;
    mapping(ScopeId scopeId => mapping(uint16 number => bytes32 digest)) private _digests;
    mapping(ScopeId scopeId => mapping(uint16 narrower => mapping(uint16 broader => bool))) private _isNarrower;

    constructor(
        address manager,
        IInstitutionRegistry institutions,
        IOntologyRegistry ontologies
    ) AccessManaged(manager) {
        INSTITUTIONS = institutions;
        ONTOLOGIES = ontologies;
    }

    /// @inheritdoc ITermsRegistry
    function createScope(ScopeId scopeId, InstitutionId committee) external override restricted {
        InstitutionId custodian = INSTITUTIONS.actingInstitution(_msgSender());
        if (ScopeId.unwrap(scopeId) == 0 || _scopes[scopeId].custodian != NO_INSTITUTION) revert ScopeIdTaken(scopeId);
        if (!INSTITUTIONS.isInStanding(committee) || !_hasRole(committee, Roles.COMMITTEE)) {
            revert ScopeCommitteeInvalid(committee);
        }

        _scopes[scopeId] = Scope({custodian: custodian, committee: committee, termsCount: 0});
        emit ScopeCreated(scopeId, custodian, committee);
    }

    /// @inheritdoc ITermsRegistry
    function claimScope(ScopeId scopeId) external override restricted {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        Scope storage responsible = _requireScope(scopeId);
        (InstitutionId custodian, InstitutionId committee) = (responsible.custodian, responsible.committee);
        bool takesCustody = _mayClaim(caller, custodian, Roles.CUSTODIAN);
        bool takesDecisions = _mayClaim(caller, committee, Roles.COMMITTEE);
        if (!takesCustody && !takesDecisions) revert ScopeNotClaimable(scopeId, caller);

        if (takesCustody) responsible.custodian = custodian = caller;
        if (takesDecisions) responsible.committee = committee = caller;
        emit ScopeClaimed(scopeId, custodian, committee);
    }

    /// @inheritdoc ITermsRegistry
    function publish(ScopeId scopeId, Terms calldata terms) external override restricted returns (uint16 number) {
        (Scope storage responsible, InstitutionId caller) = _requireResponsible(scopeId);
        DataUse.requireValid(terms);
        if (terms.reConsentBy <= terms.from || terms.reConsentBy <= block.timestamp) {
            revert TermsNeverHold(terms.from, terms.reConsentBy);
        }
        _requireReleasePublished(terms.ontologyRelease);
        _requireReleasePublished(terms.regionRelease);
        _requireReleasePublished(terms.dictionaryRelease);
        bytes32 digest = DataUse.digest(terms);
        number = _registrations[scopeId][digest].number;
        if (number != 0) revert TermsAlreadyPublished(scopeId, number);
        number = responsible.termsCount;
        if (number == type(uint16).max) revert TermsNumbersExhausted(scopeId);

        responsible.termsCount = ++number;
        _registrations[scopeId][digest] = Registration({
            number: number,
            from: terms.from,
            reConsentBy: terms.reConsentBy
        });
        _digests[scopeId][number] = digest;
        emit TermsPublished(scopeId, number, digest, caller, terms);
    }

    /// @inheritdoc ITermsRegistry
    function registerNarrower(ScopeId scopeId, uint16 narrower, uint16 broader) external override restricted {
        (Scope storage responsible, InstitutionId caller) = _requireResponsible(scopeId);
        uint16 count = responsible.termsCount;
        if (narrower == broader || narrower == 0 || broader == 0 || narrower > count || broader > count) {
            revert TermsPairInvalid(scopeId, narrower, broader);
        }
        _isNarrower[scopeId][narrower][broader] = true;
        emit TermsNarrowerRegistered(scopeId, narrower, broader, caller);
    }

    /// @inheritdoc ITermsRegistry
    function scope(
        ScopeId scopeId
    )
        external
        view
        override(ITermsRegistry, IScopeCustodians)
        returns (InstitutionId custodian, InstitutionId committee)
    {
        Scope storage responsible = _requireScope(scopeId);
        return (responsible.custodian, responsible.committee);
    }

    /// @inheritdoc ITermsRegistry
    function termsCount(ScopeId scopeId) external view override returns (uint16) {
        return _scopes[scopeId].termsCount;
    }

    /// @inheritdoc ITermsRegistry
    function numberOf(
        ScopeId scopeId,
        bytes32 digest
    ) external view override returns (uint16 number, uint32 reConsentBy) {
        Registration storage registration = _registrations[scopeId][digest];
        return (registration.number, registration.reConsentBy);
    }

    /// @inheritdoc ITermsRegistry
    function windowOf(
        ScopeId scopeId,
        bytes32 digest
    ) external view override returns (uint32 from, uint32 reConsentBy) {
        Registration storage registration = _registrations[scopeId][digest];
        return (registration.from, registration.reConsentBy);
    }

    /// @inheritdoc ITermsRegistry
    function termsAt(ScopeId scopeId, uint16 number) external view override returns (bytes32 digest, uint32 from) {
        digest = _digests[scopeId][number];
        from = _registrations[scopeId][digest].from;
    }

    /// @inheritdoc ITermsRegistry
    function isNarrower(ScopeId scopeId, uint16 narrower, uint16 broader) external view override returns (bool) {
        return _isNarrower[scopeId][narrower][broader];
    }

    /// @inheritdoc ITermsRegistry
    function digestOf(Terms calldata terms) external pure override returns (bytes32) {
        return DataUse.digest(terms);
    }

    function _mayClaim(InstitutionId caller, InstitutionId holder, uint64 role) private view returns (bool) {
        return caller != holder && INSTITUTIONS.isActingFor(caller, holder) && _hasRole(caller, role);
    }

    function _hasRole(InstitutionId institutionId, uint64 role) private view returns (bool) {
        return INSTITUTIONS.institution(institutionId).roles & (1 << (role - Roles.INSTITUTION_ROLES)) != 0;
    }

    function _requireReleasePublished(bytes32 root) private view {
        if (root != 0 && !ONTOLOGIES.isPublished(root)) revert TermsReleaseUnknown(root);
    }

    function _requireResponsible(
        ScopeId scopeId
    ) private view returns (Scope storage responsible, InstitutionId caller) {
        responsible = _requireScope(scopeId);
        caller = INSTITUTIONS.actingInstitution(_msgSender());
        if (caller != responsible.custodian && caller != responsible.committee) {
            revert ScopeNotResponsible(scopeId, caller);
        }
    }

    function _requireScope(ScopeId scopeId) private view returns (Scope storage responsible) {
        responsible = _scopes[scopeId];
        if (responsible.custodian == NO_INSTITUTION) revert ScopeUnknown(scopeId);
    }
}
