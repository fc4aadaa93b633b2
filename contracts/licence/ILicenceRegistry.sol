// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DataLevel, DatasetRecord} from "../types/Dataset.sol";
import {Outcome, Purpose, Verdict} from "../types/DataUse.sol";
import {DatasetId, InstitutionId, LicenceId, ParticipantId, ScopeId} from "../types/Ids.sol";
import {DeliveryMode, LicenceAsk, LicenceConditions, LicenceStatus, Vote} from "../types/Licence.sol";

/**
 * @title ILicenceRegistry
 * @notice Licences: request, automatic decision, committee vote, appeal, issue, suspension, termination.
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

    /// @dev What has happened to it. Times are block times (Unix seconds), 0 for not yet. Two slots.
    struct Progress {
        uint32 requestedAt;
        /// When the layers were asked last, or the committee voted.
        uint32 decidedAt;
        uint32 issuedAt;
        uint32 terminatedAt;
        /// First second at which the licence no longer holds.
        uint32 until;
        /// What the layers that all participants share said last.
        Outcome outcome;
        Vote vote;
        /// Whether a refusal was appealed against; once.
        bool isAppealed;
        bool isSuspended;
        /// Whether it derives from a licence, see {parentOf}.
        bool isSubLicence;
        DataLevel level;
        DeliveryMode delivery;
        /// Months that the purpose states, from the first issue; 0 for none.
        uint16 months;
        /// Duties that the licensee has promised, and those imposed: a bit for each DutyKind.
        uint8 promised;
        uint8 imposed;
        /// The account that asked, and that the token is issued to.
        address holder;
        /// Bits of the categories and elements asked for; 0 is none in particular.
        uint64 elements;
        /// When the next duty is overdue; 0 for none.
        uint32 dutyDueAt;
    }

    /// @dev What a signing official of the licensee signs for the account that asks (EIP-712).
    struct SignedRequest {
        address holder;
        DatasetId datasetId;
        bytes32 purposeDigest;
        uint32 until;
        DeliveryMode delivery;
        LicenceId renews;
        /// Last second at which the signature counts (Unix seconds).
        uint32 deadline;
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
        address official,
        LicenceAsk ask,
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

    /// @notice Emitted when the committee takes back what it has resolved.
    event LicenceReasonsReopened(
        LicenceId indexed licenceId,
        bytes32 indexed termsDigest,
        uint256 manual,
        bytes32 explanation
    );

    /// @notice Emitted when the committee has voted.
    event LicenceVoted(LicenceId indexed licenceId, InstitutionId indexed committee, Vote vote, bytes32 explanation);

    /// @notice Emitted when the committee approves less than was asked for.
    event LicenceNarrowed(LicenceId indexed licenceId, LicenceConditions conditions);

    /// @notice Emitted when the licensee appeals against a refusal.
    event LicenceAppealed(LicenceId indexed licenceId, bytes32 document);

    /// @notice Emitted when a licence is issued.
    event LicenceIssued(LicenceId indexed licenceId, address indexed holder, uint32 until, bytes32 agreementDigest);

    /// @notice Emitted when a licensee lets a processor work for it.
    event LicenceSubLicensed(
        LicenceId indexed licenceId,
        LicenceId indexed parent,
        InstitutionId indexed processor,
        address holder,
        uint32 until,
        bytes32 agreementDigest
    );

    /// @notice Emitted when a licence rests until it is reinstated.
    event LicenceSuspended(LicenceId indexed licenceId, InstitutionId indexed by, bytes32 explanation);

    /// @notice Emitted when a suspended licence holds again.
    event LicenceReinstated(LicenceId indexed licenceId, InstitutionId indexed by, bytes32 explanation);

    /// @notice Emitted when the duties of a licence have changed.
    event LicenceDutiesKept(LicenceId indexed licenceId, uint8 imposed, uint32 dutyDueAt, uint256 breachesOfLicensee);

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

    /// @notice Thrown when a vote gives no reasons.
    /// @custom:fix Give the digest of the committee's reasons in words.
    error LicenceVoteUnexplained();

    /// @notice Thrown when conditions would give more than was asked for.
    /// @custom:fix Keep the end, the delivery and the elements within the request.
    error LicenceConditionsWiden(LicenceId licenceId);

    /// @notice Thrown when a committee would decide on an institution that it has a conflict of interest with.
    /// @custom:fix Have the scope's review committee decide.
    error LicenceConflictOfInterest(InstitutionId committee, InstitutionId licensee);

    /// @notice Thrown when a refusal was appealed against before, or too long ago.
    /// @custom:fix Ask for a new licence.
    error LicenceAppealClosed(LicenceId licenceId);

    /// @notice Thrown when the one who asks is no signing official, and no official has signed for it.
    /// @custom:fix Have an official of the institution sign exactly what is sent, for this contract, chain and sender.
    error LicenceSignatureInvalid(InstitutionId licensee, address signer);

    /// @notice Thrown when an official's signature comes too late.
    /// @custom:fix Have the official sign again with a later deadline.
    error LicenceDeadlinePassed(uint32 deadline, uint256 blockTime);

    /// @notice Thrown when an official's signature was used before.
    /// @custom:fix Have the official sign again, with another deadline.
    error LicenceSignatureUsed(bytes32 digest);

    /// @notice Thrown when a licence is to go on from one of another licensee, dataset or purpose.
    /// @custom:fix Name an issued licence of the same three, or none.
    error LicenceRenewalMismatch(LicenceId renews);

    /// @notice Thrown when an institution in breach of a duty asks for a licence, or would be issued one.
    /// @custom:fix Have the breach made good: its committee records it.
    error LicenceInstitutionBarred(InstitutionId licensee);

    /// @notice Thrown when a licence would be issued without the duties that its use brings.
    /// @custom:fix Impose the missing duties first: a bit for each DutyKind.
    error LicenceDutiesMissing(uint8 missing);

    /// @notice Thrown when the months that terms allow are used up for the project and dataset.
    /// @custom:fix Ask for another project or dataset; a renewal does not begin anew.
    error LicenceMonthsUsedUp(uint32 end, uint256 blockTime);

    /// @notice Thrown when a sub-licence is asked of one, or for somebody who is no processor in good standing.
    /// @custom:fix Sub-license an effective licence to an account of a processor.
    error LicenceNotSubLicensable(LicenceId parent, InstitutionId processor);

    /// @notice Thrown when a purpose is not the frozen one.
    /// @custom:fix Take the purpose from the LicenceRequested event, unchanged.
    error LicencePurposeMismatch(bytes32 expected, bytes32 given);

    /// @notice Thrown when a licence changes hands: it is bound to its holder.
    /// @custom:fix The other institution asks for a licence of its own.
    error LicenceNotTransferable(LicenceId licenceId);

    /**
     * @notice Asks for a licence on a dataset for a frozen purpose. For an account of a researcher institution that is
     * its signing official.
     * @param dataset the dataset's record, as anchored.
     * @param ask how long, how delivered, and what it goes on from.
     */
    function request(
        DatasetRecord calldata dataset,
        Purpose calldata purpose,
        LicenceAsk calldata ask
    ) external returns (LicenceId licenceId);

    /**
     * @notice Asks by the signature of an official. For any account of a researcher institution.
     * @param deadline last second at which the signature counts (Unix seconds).
     * @param signature by an official of the same institution, of the {SignedRequest}; it counts once.
     */
    function requestBySig(
        DatasetRecord calldata dataset,
        Purpose calldata purpose,
        LicenceAsk calldata ask,
        uint32 deadline,
        bytes calldata signature
    ) external returns (LicenceId licenceId);

    /// @notice Asks the layers that all participants share, and keeps the outcome. For anyone, until the vote.
    function decide(LicenceId licenceId) external returns (Outcome outcome);

    /**
     * @notice Resolves MANUAL reasons of this licence for one terms digest. For the scope's committee.
     * @dev It lapses where the terms change, since they then have another digest.
     * @param manual tagged MANUAL reasons.
     * @param explanation digest of the committee's reasons in words.
     */
    function resolve(LicenceId licenceId, bytes32 termsDigest, uint256 manual, bytes32 explanation) external;

    /// @notice Takes back what was resolved. For the scope's committee.
    function reopen(LicenceId licenceId, bytes32 termsDigest, uint256 manual, bytes32 explanation) external;

    /**
     * @notice The committee's vote on a decided request, or on an appeal. For an account of the scope's committee; of
     * its review committee, where there is one, on an appeal or a conflict of interest.
     * @param explanation digest of the reasons in words.
     */
    function vote(LicenceId licenceId, Vote cast, bytes32 explanation) external;

    /// @notice Approves as {vote} does, but less than was asked for.
    function approveWith(LicenceId licenceId, LicenceConditions calldata conditions, bytes32 explanation) external;

    /// @notice Appeals once against a refusal, within APPEAL_PERIOD. For the licensee.
    function appeal(LicenceId licenceId, bytes32 document) external;

    /**
     * @notice Issues an approved licence as a token to its holder. For an account of the dataset's custodian.
     * @dev Where the purpose states months, they count from the first issue for the same projects and dataset.
     */
    function issue(LicenceId licenceId, bytes32 agreementDigest) external;

    /**
     * @notice Issues a licence that derives from an effective one, to a processor's account. For the licensee.
     * @param purpose the frozen purpose: where it states regions, the processor's has to be among them.
     * @param until first second at which it no longer holds (Unix seconds); not later than its parent's.
     */
    function subLicense(
        LicenceId parent,
        address holder,
        uint32 until,
        bytes32 agreementDigest,
        Purpose calldata purpose
    ) external returns (LicenceId licenceId);

    /// @notice Lets an issued licence rest. For the custodian or the committee.
    function suspend(LicenceId licenceId, bytes32 explanation) external;

    /// @notice Ends a suspension by {suspend}. For the committee.
    function reinstate(LicenceId licenceId, bytes32 explanation) external;

    /**
     * @notice Keeps what follows from a licence's duties. For the registry of duties alone.
     * @param imposed a bit for each DutyKind.
     * @param dutyDueAt when the next duty is overdue (Unix seconds); 0 for none.
     * @param breachChange 1 for a breach more of the licensee's, -1 for one less.
     */
    function keepDuties(LicenceId licenceId, uint8 imposed, uint32 dutyDueAt, int8 breachChange) external;

    /// @notice Ends a request or licence for ever. For the custodian, the committee or the licensee.
    function terminate(LicenceId licenceId, bytes32 explanation) external;

    /// @notice What the licence is about, of a sub-licence what its parent is; reverts with LicenceUnknown.
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

    /// @notice The licence that a sub-licence derives from, and its processor; both empty for other licences.
    function parentOf(LicenceId licenceId) external view returns (LicenceId parent, InstitutionId processor);

    /// @notice Whether an institution has custody of the licensed dataset: as recorded, by succession, or by claim.
    function isCustodian(LicenceId licenceId, InstitutionId institutionId) external view returns (bool);

    /**
     * @notice Passes if an institution is the committee that decides on a licence: the scope's, or its successor; the
     * review committee where the scope's has a conflict of interest or its vote was appealed against.
     * @dev Reverts with LicenceNotResponsible, LicenceConflictOfInterest or LicenceUnknown.
     */
    function requireCommittee(LicenceId licenceId, InstitutionId institutionId) external view;

    /// @notice Whether an institution is barred from new licences by a breach of a duty.
    function isBarred(InstitutionId licensee) external view returns (bool);

    /// @notice Whether the licence's own dates let it hold at a time (Unix seconds): issued, not ended, not suspended.
    function inForceAt(LicenceId licenceId, uint256 time) external view returns (bool);
}
