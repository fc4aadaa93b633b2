// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DatasetRecord} from "../types/Dataset.sol";
import {Outcome, Purpose, Verdict} from "../types/DataUse.sol";
import {DatasetId, InstitutionId, LicenceId, ParticipantId, ScopeId} from "../types/Ids.sol";
import {LicenceStatus, Vote} from "../types/Licence.sol";

/**
 * @title ILicenceRegistry
 * @notice Licences: request, automatic decision, committee vote, issue, termination.
 * @dev A licence is never stored as valid. {status} computes what dates and records make of it, and {covers} asks every
 * layer about one person, so that a withdrawal ends it for that person with no transaction. An issued licence is a
 * non-transferable ERC-721 token (ERC-5192); its id is the token id.
 */
interface ILicenceRegistry {
    /// @dev What a licence is about. Fixed at the request.
    struct Subject {
        DatasetId datasetId;
        ScopeId scopeId;
        /// Digest of the dataset's own terms.
        bytes32 datasetTerms;
        bytes32 purposeDigest;
        InstitutionId licensee;
        InstitutionId custodian;
        InstitutionId committee;
    }

    /// @dev What has happened to it. Times are block times (Unix seconds), 0 for not yet; one slot and the holder's.
    struct Progress {
        uint32 requestedAt;
        uint32 decidedAt;
        uint32 issuedAt;
        uint32 terminatedAt;
        /// First second at which the licence no longer holds.
        uint32 until;
        /// What the layers that all participants share said last.
        Outcome outcome;
        Vote vote;
        /// The account that asked, and that the token is issued to.
        address holder;
        /// Bits of the categories and elements asked for; 0 is none in particular.
        uint64 elements;
    }

    /// @notice Emitted when a licence is requested; carries the purpose whole.
    event LicenceRequested(
        LicenceId indexed licenceId,
        DatasetId indexed datasetId,
        InstitutionId indexed licensee,
        address holder,
        ScopeId scopeId,
        bytes32 datasetTerms,
        bytes32 purposeDigest,
        uint32 until,
        Purpose purpose
    );

    /// @notice Emitted when the layers that all participants share have been asked.
    event LicenceDecided(LicenceId indexed licenceId, Outcome outcome, uint256 deny, uint256 manual);

    /// @notice Emitted when the committee resolves MANUAL reasons for terms.
    event LicenceReasonsResolved(
        LicenceId indexed licenceId,
        bytes32 indexed termsDigest,
        uint256 manual,
        bytes32 explanation
    );

    /// @notice Emitted when the committee has voted.
    event LicenceVoted(LicenceId indexed licenceId, InstitutionId indexed committee, Vote vote, bytes32 explanation);

    /// @notice Emitted when a licence is issued.
    event LicenceIssued(LicenceId indexed licenceId, address indexed holder, uint32 until, bytes32 agreementDigest);

    /// @notice Emitted when a licence is ended before its time.
    event LicenceTerminated(LicenceId indexed licenceId, InstitutionId indexed by, bytes32 explanation);

    /// @notice Thrown when no licence has the id.
    /// @custom:fix Check the id.
    error LicenceUnknown(LicenceId licenceId);

    /// @notice Thrown when a step is not open in the licence's status.
    /// @custom:fix Take the steps in order: request, decide, vote, issue.
    error LicenceStepNotOpen(LicenceId licenceId, LicenceStatus status);

    /// @notice Thrown when a licence would end before it begins.
    /// @custom:fix Ask for a later end.
    error LicenceUntilPassed(uint32 until, uint256 blockTime);

    /// @notice Thrown when the dataset is not anchored, or was retracted.
    /// @custom:fix Take the record of a standing dataset from its DatasetAnchored event.
    error LicenceDatasetNotStanding(DatasetId datasetId);

    /// @notice Thrown when the dataset's terms are not registered in its scope.
    /// @custom:fix Have the scope's custodian publish the dataset's terms.
    error LicenceDatasetTermsUnknown(ScopeId scopeId, bytes32 termsDigest);

    /// @notice Thrown when the caller's institution has no part in the step.
    /// @custom:fix Send from an account of the institution that the step belongs to.
    error LicenceNotResponsible(LicenceId licenceId, InstitutionId caller);

    /// @notice Thrown when the shared layers no longer let the licence be issued.
    /// @custom:fix Resolve the MANUAL reasons by vote; a DENY needs another purpose or other terms.
    error LicenceNotApproved(uint256 deny, uint256 manual);

    /// @notice Thrown when a vote is neither for nor against, or resolves nothing.
    /// @custom:fix Vote 1 (approve) or 2 (refuse), and name the MANUAL reasons to resolve.
    error LicenceVoteEmpty();

    /// @notice Thrown when a licence changes hands: it is bound to its holder.
    /// @custom:fix The other institution asks for a licence of its own.
    error LicenceNotTransferable(LicenceId licenceId);

    /**
     * @notice Asks for a licence on a dataset for a frozen purpose. For an account of a researcher institution.
     * @param dataset the dataset's record, as anchored.
     * @param until first second at which the licence no longer holds (Unix seconds).
     */
    function request(
        DatasetRecord calldata dataset,
        Purpose calldata purpose,
        uint32 until
    ) external returns (LicenceId licenceId);

    /// @notice Asks the layers that all participants share, and keeps the outcome. For anyone, until the vote.
    function decide(LicenceId licenceId) external returns (Outcome outcome);

    /**
     * @notice Resolves MANUAL reasons of this licence for one terms digest. For the scope's committee.
     * @param manual tagged MANUAL reasons.
     * @param explanation digest of the committee's reasons in words.
     */
    function resolve(LicenceId licenceId, bytes32 termsDigest, uint256 manual, bytes32 explanation) external;

    /// @notice The committee's vote on a decided request. For an account of the scope's committee.
    function vote(LicenceId licenceId, Vote cast, bytes32 explanation) external;

    /// @notice Issues an approved licence as a token to its holder. For an account of the dataset's custodian.
    function issue(LicenceId licenceId, bytes32 agreementDigest) external;

    /// @notice Ends a request or licence for ever. For the custodian, the committee or the licensee.
    function terminate(LicenceId licenceId, bytes32 explanation) external;

    /// @notice What the licence is about; reverts with LicenceUnknown when there is none.
    function subject(LicenceId licenceId) external view returns (Subject memory);

    /// @notice What has happened to the licence; reverts with LicenceUnknown when there is none.
    function progress(LicenceId licenceId) external view returns (Progress memory);

    /// @notice The licence's computed status now. Says nothing of any one participant.
    function status(LicenceId licenceId) external view returns (LicenceStatus);

    /**
     * @notice Whether the licence lets one participant's data be used now.
     * @return isEffective the status is Effective, and every layer approves or has its MANUAL reasons resolved.
     * @return verdict what stands against it in the layers, resolved reasons left out.
     */
    function covers(
        LicenceId licenceId,
        ParticipantId participantId
    ) external view returns (bool isEffective, Verdict memory verdict);

    /// @notice Whether the licence's own dates let it hold at a time (Unix seconds): issued, not ended.
    function inForceAt(LicenceId licenceId, uint256 time) external view returns (bool);
}
