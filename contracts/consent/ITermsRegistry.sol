// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InstitutionId, ScopeId} from "../types/Ids.sol";
import {Terms} from "../types/DataUse.sol";

/// @title ITermsRegistry
/// @notice Scopes, and the data-use terms that participants answer to, each under a number with an immutable digest.
interface ITermsRegistry {
    /// @notice Emitted when a scope is created.
    event ScopeCreated(ScopeId indexed scopeId, InstitutionId indexed custodian, InstitutionId indexed committee);

    /// @notice Emitted when an institution takes over an office of one that it has succeeded; says who holds both then.
    event ScopeClaimed(ScopeId indexed scopeId, InstitutionId indexed custodian, InstitutionId indexed committee);

    /// @notice Emitted when terms are registered; carries them whole.
    event TermsPublished(
        ScopeId indexed scopeId,
        uint16 indexed number,
        bytes32 indexed digest,
        InstitutionId publisher,
        Terms terms
    );

    /// @notice Emitted when terms are registered as allowing no more than others do.
    event TermsNarrowerRegistered(
        ScopeId indexed scopeId,
        uint16 indexed narrower,
        uint16 indexed broader,
        InstitutionId publisher
    );

    /// @notice Thrown when a scope is created twice, or under the empty id.
    /// @custom:fix Choose another scope id.
    error ScopeIdTaken(ScopeId scopeId);

    /// @notice Thrown when no scope has the id.
    /// @custom:fix Check the id, or create the scope first.
    error ScopeUnknown(ScopeId scopeId);

    /// @notice Thrown when a scope's committee is not a committee in good standing.
    /// @custom:fix Name an admitted institution with the role committee.
    error ScopeCommitteeInvalid(InstitutionId committee);

    /// @notice Thrown when the caller's institution is neither the scope's custodian nor its committee.
    /// @custom:fix Send from an account of the scope's custodian or committee.
    error ScopeNotResponsible(ScopeId scopeId, InstitutionId caller);

    /// @notice Thrown when the caller's institution succeeds neither the scope's custodian nor its committee, or lacks
    /// the role of the one that it succeeds.
    /// @custom:fix Send from an account of the successor, which needs the office's role; nothing to do if it holds it.
    error ScopeNotClaimable(ScopeId scopeId, InstitutionId caller);

    /// @notice Thrown when the same terms stand in the scope already.
    /// @custom:fix Nothing to do: use the number given.
    error TermsAlreadyPublished(ScopeId scopeId, uint16 number);

    /// @notice Thrown when the scope has no number left for further terms.
    /// @custom:fix Create a new scope.
    error TermsNumbersExhausted(ScopeId scopeId);

    /// @notice Thrown when a pair names the same terms twice, or terms that the scope does not have.
    /// @custom:fix Name two numbers of the scope's terms.
    error TermsPairInvalid(ScopeId scopeId, uint16 narrower, uint16 broader);

    /// @notice Thrown when the terms never hold: they end before they begin, or have ended.
    /// @custom:fix Give a reConsentBy that lies in the future and after `from`.
    error TermsNeverHold(uint32 from, uint32 reConsentBy);

    /// @notice Thrown when terms pin an ontology release that was not published.
    /// @custom:fix Have the curator publish the release first.
    error TermsReleaseUnknown(bytes32 root);

    /**
     * @notice Creates a scope; the caller's institution is its custodian.
     * @param scopeId keccak256 of the scope's public name.
     * @param committee the institution that decides on requests for the scope's data.
     */
    function createScope(ScopeId scopeId, InstitutionId committee) external;

    /**
     * @notice Takes over a scope's office after a succession, or both offices. For an account of an institution that
     * has succeeded the scope's custodian or committee, and has the office's role itself.
     */
    function claimScope(ScopeId scopeId) external;

    /**
     * @notice Registers terms. For an account of the scope's custodian or committee.
     * @return number the terms' number in the scope, from 1.
     */
    function publish(ScopeId scopeId, Terms calldata terms) external returns (uint16 number);

    /**
     * @notice Registers that some terms allow no more than others: a proxy who may only narrow may pass to them. For an
     * account of the scope's custodian or committee, who answer for it.
     */
    function registerNarrower(ScopeId scopeId, uint16 narrower, uint16 broader) external;

    /// @notice The institutions responsible for a scope; reverts with ScopeUnknown when there is none.
    function scope(ScopeId scopeId) external view returns (InstitutionId custodian, InstitutionId committee);

    /// @notice How many terms a scope has: their numbers are 1 to that.
    function termsCount(ScopeId scopeId) external view returns (uint16);

    /// @notice The number of registered terms (0 for none), and when consents under them expire (Unix seconds).
    function numberOf(ScopeId scopeId, bytes32 digest) external view returns (uint16 number, uint32 reConsentBy);

    /// @notice When registered terms begin and cease to hold (Unix seconds); unregistered ones never do (0, 0).
    function windowOf(ScopeId scopeId, bytes32 digest) external view returns (uint32 from, uint32 reConsentBy);

    /// @notice The digest of registered terms (0 for none), and when they begin to hold (Unix seconds).
    function termsAt(ScopeId scopeId, uint16 number) external view returns (bytes32 digest, uint32 from);

    /// @notice Whether terms are registered as allowing no more than others. The same terms are no such pair.
    function isNarrower(ScopeId scopeId, uint16 narrower, uint16 broader) external view returns (bool);

    /// @notice The digest that terms have, registered or not.
    function digestOf(Terms calldata terms) external pure returns (bytes32);
}
