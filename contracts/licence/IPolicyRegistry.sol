// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstitutionId, ParticipantId, ScopeId} from "../types/Ids.sol";

/**
 * @title IPolicyRegistry
 * @notice Who, besides the participant and the dataset, has a say in a scope: the seam of the other layers.
 * @dev Read anew at every reading: a change counts in the same block, for licences that were issued before too.
 */
interface IPolicyRegistry {
    /// @dev What a scope asks for besides. Everything is empty until it is set.
    struct Policy {
        /// The family or community whose own word in the scope must permit the use; empty for none.
        ParticipantId group;
        /// Digest of the committee's conditions, which are terms of the scope; zero for none.
        bytes32 committeeTerms;
        /// Digest of the jurisdiction's rules, which are terms of the scope; zero for none.
        bytes32 jurisdictionTerms;
    }

    /// @notice Emitted when a group's co-consent is asked for, or (the empty id) no longer.
    event CoConsentSet(ScopeId indexed scopeId, ParticipantId indexed group, InstitutionId indexed caller);

    /// @notice Emitted when a committee sets its conditions, or (zero) takes them back.
    event CommitteeTermsSet(ScopeId indexed scopeId, bytes32 indexed termsDigest, InstitutionId indexed committee);

    /// @notice Emitted when a jurisdiction's rules are set, or (zero) taken back.
    event JurisdictionTermsSet(ScopeId indexed scopeId, bytes32 indexed termsDigest);

    /// @notice Emitted when a review committee is named, or (the empty id) no longer.
    event ReviewCommitteeSet(ScopeId indexed scopeId, InstitutionId indexed committee);

    /// @notice Thrown when an institution sets what another one is responsible for.
    /// @custom:fix Send from an account of the scope's committee; a first co-consent its custodian may ask for too.
    error PolicyNotResponsible(ScopeId scopeId, InstitutionId caller);

    /// @notice Thrown when conditions or rules are no terms of the scope.
    /// @custom:fix Publish the terms in the scope first.
    error PolicyTermsUnknown(ScopeId scopeId, bytes32 termsDigest);

    /// @notice Thrown when no committee in good standing has the id.
    /// @custom:fix Name a member with the role committee.
    error PolicyNotCommittee(InstitutionId institutionId);

    /// @notice Thrown when a scope's own committee, or its successor, would review what it has decided.
    /// @custom:fix Name another committee.
    error PolicyReviewsItself(ScopeId scopeId, InstitutionId committee);

    /**
     * @notice Asks for a group's co-consent. For the scope's committee; and for its custodian while none is asked for.
     * @param group participant id of the group; empty to ask for none.
     */
    function setCoConsent(ScopeId scopeId, ParticipantId group) external;

    /// @notice Sets the committee's conditions by the digest of terms, zero for none. For the scope's committee.
    function setCommitteeTerms(ScopeId scopeId, bytes32 termsDigest) external;

    /// @notice Sets a jurisdiction's rules by the digest of terms, zero for none. For the registrar.
    function setJurisdictionTerms(ScopeId scopeId, bytes32 termsDigest) external;

    /// @notice Names who hears appeals, and votes where the scope's committee has a conflict of interest; the empty id
    /// for nobody. For the registrar.
    function setReviewCommittee(ScopeId scopeId, InstitutionId committee) external;

    /// @notice The review committee of a scope; empty where there is none.
    function reviewCommitteeOf(ScopeId scopeId) external view returns (InstitutionId);

    /// @notice What a scope asks for; all empty for a scope that asks for nothing.
    function policyOf(ScopeId scopeId) external view returns (Policy memory);
}
