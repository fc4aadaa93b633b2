// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Roles} from "../access/Roles.sol";
import {ITermsRegistry} from "../consent/ITermsRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {InstitutionId, NO_INSTITUTION, NO_PARTICIPANT, ParticipantId, ScopeId} from "../types/Ids.sol";
import {IPolicyRegistry} from "./IPolicyRegistry.sol";

/// @title PolicyRegistry
contract PolicyRegistry is IPolicyRegistry, AccessManaged {
    /// @dev Bits of {_asked}: which fields of a policy are set. Most scopes have none, and one slot tells.
    uint8 private constant GROUP = 1;
    uint8 private constant COMMITTEE_TERMS = 2;
    uint8 private constant JURISDICTION_TERMS = 4;
    uint8 private constant COMMITTEE_ROLE = uint8(1 << (Roles.COMMITTEE - Roles.INSTITUTION_ROLES));

    IInstitutionRegistry private immutable INSTITUTIONS;
    ITermsRegistry private immutable TERMS;

    mapping(ScopeId scopeId => Policy policy) private _policies;
    mapping(ScopeId scopeId => uint8 fields) private _asked;
    mapping(ScopeId scopeId => InstitutionId committee) private _reviewCommittees;

    constructor(address manager, IInstitutionRegistry institutions, ITermsRegistry terms) AccessManaged(manager) {
        INSTITUTIONS = institutions;
        TERMS = terms;
    }

    /// @inheritdoc IPolicyRegistry
    function setCoConsent(ScopeId scopeId, ParticipantId group) external override restricted {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        (InstitutionId custodian, InstitutionId committee) = TERMS.scope(scopeId);
        // A custodian may ask for more, never for less: a group's no is not theirs to set aside.
        bool isFirst = _policies[scopeId].group == NO_PARTICIPANT;
        if (caller != committee && !(caller == custodian && isFirst)) revert PolicyNotResponsible(scopeId, caller);

        _policies[scopeId].group = group;
        _mark(scopeId, GROUP, group != NO_PARTICIPANT);
        emit CoConsentSet(scopeId, group, caller);
    }

    /// @inheritdoc IPolicyRegistry
    function setCommitteeTerms(ScopeId scopeId, bytes32 termsDigest) external override restricted {
        InstitutionId caller = INSTITUTIONS.actingInstitution(_msgSender());
        (, InstitutionId committee) = TERMS.scope(scopeId);
        if (caller != committee) revert PolicyNotResponsible(scopeId, caller);
        _requireTerms(scopeId, termsDigest);

        _policies[scopeId].committeeTerms = termsDigest;
        _mark(scopeId, COMMITTEE_TERMS, termsDigest != 0);
        emit CommitteeTermsSet(scopeId, termsDigest, committee);
    }

    /// @inheritdoc IPolicyRegistry
    function setJurisdictionTerms(ScopeId scopeId, bytes32 termsDigest) external override restricted {
        _requireTerms(scopeId, termsDigest);

        _policies[scopeId].jurisdictionTerms = termsDigest;
        _mark(scopeId, JURISDICTION_TERMS, termsDigest != 0);
        emit JurisdictionTermsSet(scopeId, termsDigest);
    }

    /// @inheritdoc IPolicyRegistry
    function setReviewCommittee(ScopeId scopeId, InstitutionId committee) external override restricted {
        (, InstitutionId reviewed) = TERMS.scope(scopeId);
        bool isCommittee =
            committee == NO_INSTITUTION ||
                (INSTITUTIONS.isInStanding(committee) &&
                    INSTITUTIONS.institution(committee).roles & COMMITTEE_ROLE != 0);
        if (!isCommittee) revert PolicyNotCommittee(committee);
        if (INSTITUTIONS.isActingFor(committee, reviewed)) revert PolicyReviewsItself(scopeId, committee);

        _reviewCommittees[scopeId] = committee;
        emit ReviewCommitteeSet(scopeId, committee);
    }

    /// @inheritdoc IPolicyRegistry
    function reviewCommitteeOf(ScopeId scopeId) external view override returns (InstitutionId) {
        return _reviewCommittees[scopeId];
    }

    /// @inheritdoc IPolicyRegistry
    function policyOf(ScopeId scopeId) external view override returns (Policy memory policy) {
        uint8 asked = _asked[scopeId];
        if (asked == 0) return policy;
        Policy storage kept = _policies[scopeId];
        if (asked & GROUP != 0) policy.group = kept.group;
        if (asked & COMMITTEE_TERMS != 0) policy.committeeTerms = kept.committeeTerms;
        if (asked & JURISDICTION_TERMS != 0) policy.jurisdictionTerms = kept.jurisdictionTerms;
    }

    function _mark(ScopeId scopeId, uint8 field, bool isSet) private {
        uint8 others = _asked[scopeId] & ~field;
        _asked[scopeId] = isSet ? others | field : others;
    }

    function _requireTerms(ScopeId scopeId, bytes32 termsDigest) private view {
        if (termsDigest == 0) return;
        (uint16 number, ) = TERMS.numberOf(scopeId, termsDigest);
        if (number == 0) revert PolicyTermsUnknown(scopeId, termsDigest);
    }
}
