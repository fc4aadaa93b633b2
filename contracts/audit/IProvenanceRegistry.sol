// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DatasetRecord} from "../types/Dataset.sol";
import {DatasetId, InstitutionId, LicenceId, SampleId, ScopeId} from "../types/Ids.sol";
import {
    ActivityKind,
    AliquotRecord,
    Analysis,
    Performance,
    SampleStatus,
    SpecimenRecord
} from "../types/Provenance.sol";

/**
 * @title IProvenanceRegistry
 * @notice What came from what: specimens, aliquots, custody, sequencing, analyses and destruction, after W3C PROV.
 * @dev A sample's id is the digest of its record, and the record is in the event. Every activity has a number, so that
 * whoever reads the events knows whether they have them all.
 *
 * Nothing is made of what came later: a sample is used after its keeper got it, a dataset after it was anchored; what
 * an activity makes is made at its end, and a dataset is anchored no earlier. Whoever is entrusted with a sample or a
 * licence may name its custodian's datasets as what came of it, and answers for that by name.
 *
 * Where an institution has been succeeded (see IInstitutionRegistry), its successor acts in its place.
 */
interface IProvenanceRegistry {
    /// @notice Emitted for every activity, before the events of what it used and made. Numbers have no gaps.
    event ActivityRecorded(
        uint64 indexed activity,
        ActivityKind indexed kind,
        InstitutionId indexed institutionId,
        uint32 startedAt,
        uint32 endedAt,
        bytes32 agent,
        bytes32 plan
    );

    /// @notice Emitted when a specimen is registered; carries the whole record.
    event SpecimenRegistered(
        SampleId indexed sampleId,
        uint64 indexed activity,
        ScopeId indexed scopeId,
        InstitutionId custodian,
        bytes32 participant,
        bytes32 material,
        bytes32 label
    );

    /// @notice Emitted for every aliquot that is registered; carries the whole record.
    event AliquotRegistered(
        SampleId indexed sampleId,
        uint64 indexed activity,
        SampleId indexed source,
        InstitutionId keeper,
        bytes32 label
    );

    /// @notice Emitted when a sample's keeper offers custody; `leftAt` is when it left them (Unix seconds).
    event CustodyOffered(
        SampleId indexed sampleId,
        InstitutionId indexed from,
        InstitutionId indexed to,
        uint32 leftAt
    );

    /// @notice Emitted when an offer is withdrawn by the keeper or refused by the other side.
    event CustodyOfferCancelled(SampleId indexed sampleId, InstitutionId indexed by);

    /// @notice Emitted when the other side takes custody.
    event CustodyTransferred(
        SampleId indexed sampleId,
        uint64 indexed activity,
        InstitutionId indexed to,
        InstitutionId from
    );

    /// @notice Emitted when a sample is sequenced.
    event SampleSequenced(SampleId indexed sampleId, uint64 indexed activity);

    /// @notice Emitted when an analysis is recorded; its workflow is the activity's plan.
    event AnalysisRecorded(uint64 indexed activity, LicenceId indexed licenceId, bytes32 version, bytes32[] results);

    /// @notice Emitted for every dataset that an analysis read.
    event DatasetUsed(DatasetId indexed datasetId, uint64 indexed activity);

    /// @notice Emitted for every dataset that an activity made.
    event DatasetGenerated(DatasetId indexed datasetId, uint64 indexed activity);

    /// @notice Emitted when a sample is destroyed, or used up.
    event SampleDestroyed(SampleId indexed sampleId, uint64 indexed activity, bytes32 evidence);

    /// @notice Emitted when a licensee attests that it has destroyed copies of licensed data.
    event CopiesDestroyed(
        uint64 indexed activity,
        LicenceId indexed licenceId,
        DatasetId indexed datasetId,
        bytes32 evidence
    );

    /// @notice Thrown when a record lacks a field, or a call its list or its evidence.
    /// @custom:fix Fill every field; only agent and plan may be left out, and no analysis leaves out its plan.
    error ProvenanceRecordIncomplete();

    /// @notice Thrown when stated times are not from 1 to now, or end before they start.
    /// @custom:fix State when the activity started and ended, in Unix seconds, once it has ended.
    error ProvenanceTimesInvalid(uint32 startedAt, uint32 endedAt, uint256 blockTime);

    /// @notice Thrown when the very same record is registered already.
    /// @custom:fix Give each sample a label of its own.
    error ProvenanceSampleTaken(SampleId sampleId);

    /// @notice Thrown when no sample has the id.
    /// @custom:fix Check the id, or register the sample first.
    error ProvenanceSampleUnknown(SampleId sampleId);

    /// @notice Thrown when a sample was destroyed: nothing can be done with it any more.
    /// @custom:fix Use another sample.
    error ProvenanceSampleDestroyed(SampleId sampleId);

    /// @notice Thrown when the caller's institution does not have custody of the sample.
    /// @custom:fix Send from an account of the sample's keeper, or have custody transferred first.
    error ProvenanceNotKeeper(SampleId sampleId, InstitutionId caller);

    /// @notice Thrown when custody of the sample is on offer.
    /// @custom:fix Cancel the offer, or wait until it is accepted.
    error ProvenanceSampleOffered(SampleId sampleId, InstitutionId offeredTo);

    /// @notice Thrown when the caller's institution has no part in an offer of the sample.
    /// @custom:fix Have the sample's keeper offer custody to your institution.
    error ProvenanceNotOffered(SampleId sampleId, InstitutionId caller);

    /// @notice Thrown when custody is offered to an institution that cannot have it.
    /// @custom:fix Offer it to another custodian or processor in good standing.
    error ProvenanceCannotKeep(InstitutionId institutionId);

    /// @notice Thrown when something is used or handed over no later than it came, or ended before its last use.
    /// @custom:fix State a later time, or correct what was stated before by a record of its own.
    error ProvenanceTooEarly(bytes32 entity, uint32 since, uint32 given);

    /// @notice Thrown when a dataset would have been made after it was anchored.
    /// @custom:fix State an end no later than the dataset's anchoring.
    error ProvenanceMadeTooLate(DatasetId datasetId, uint32 anchoredAt, uint32 endedAt);

    /// @notice Thrown when a dataset is not anchored, or was retracted.
    /// @custom:fix Name a standing dataset.
    error ProvenanceDatasetNotStanding(DatasetId datasetId);

    /// @notice Thrown when an output belongs to an institution that has no part in the activity.
    /// @custom:fix Name a dataset of your own, or of the custodian of what it was made from.
    error ProvenanceDatasetForeign(DatasetId datasetId, InstitutionId custodian);

    /// @notice Thrown when it is recorded already what a dataset was made by.
    /// @custom:fix Nothing to do: a dataset is made once.
    error ProvenanceDatasetGenerated(DatasetId datasetId, uint64 activity);

    /// @notice Thrown when the caller's institution is not the licensee.
    /// @custom:fix Send from an account of the licence's licensee.
    error ProvenanceNotLicensee(LicenceId licenceId, InstitutionId caller);

    /// @notice Thrown when a licence was not in force during an analysis, or not issued when copies were destroyed.
    /// @custom:fix Name the licence that the activity was done under.
    error ProvenanceLicenceNotInForce(LicenceId licenceId, uint32 startedAt, uint32 endedAt);

    /// @notice Thrown when an analysis did not read the dataset that its licence is on.
    /// @custom:fix List the licensed dataset among the inputs, or name another licence.
    error ProvenanceLicensedDatasetUnused(LicenceId licenceId, DatasetId datasetId);

    /// @notice Thrown when a dataset that came of an analysis was not anchored as derived from the licensed one.
    /// @custom:fix Anchor it with the licensed dataset among its parents, or their ancestors: only so it ends with it.
    error ProvenanceNotDerived(DatasetId datasetId, DatasetId licensed);

    /// @notice Thrown when inputs are not in ascending order, or one is listed twice.
    /// @custom:fix Sort the inputs ascending and list each once.
    error ProvenanceInputsNotAscending(uint256 index);

    /// @notice Thrown when an activity lists more datasets and results than it may.
    /// @custom:fix Record it as several activities.
    error ProvenanceListTooLong(uint256 given, uint256 most);

    /**
     * @notice Registers a specimen, with its collection. For an account of the custodian that collected it.
     * @return sampleId keccak256(abi.encode(record)).
     */
    function registerSpecimen(
        SpecimenRecord calldata record,
        Performance calldata collection
    ) external returns (SampleId sampleId);

    /**
     * @notice Registers aliquots, all taken of one sample in one activity. For an account of the sample's keeper.
     * @param labels one digest for each aliquot, as AliquotRecord has it.
     * @return sampleIds in the order of the labels.
     */
    function registerAliquots(
        SampleId source,
        bytes32[] calldata labels,
        Performance calldata aliquoting
    ) external returns (SampleId[] memory sampleIds);

    /**
     * @notice Offers custody of samples. For an account of their keeper, who uses them no more until the offer ends.
     * @param to a custodian or processor in good standing.
     * @param leftAt when they left the keeper (Unix seconds).
     */
    function offerCustody(SampleId[] calldata sampleIds, InstitutionId to, uint32 leftAt) external;

    /// @notice Ends offers. For an account of the samples' keeper, who withdraws, or of the other side, who refuses.
    function cancelOffer(SampleId[] calldata sampleIds) external;

    /**
     * @notice Takes custody of samples, each an activity of its own. For an account of whom it is offered to.
     * @param arrivedAt when they arrived (Unix seconds), not before they left.
     * @param agent as in Performance.
     * @param plan as in Performance.
     */
    function acceptCustody(SampleId[] calldata sampleIds, uint32 arrivedAt, bytes32 agent, bytes32 plan) external;

    /**
     * @notice Records that a sample was sequenced. For an account of its keeper.
     * @param outputs records of the datasets that came of it, as anchored, at most 16: the keeper's own, or of the
     * custodian that collected the specimen.
     */
    function recordSequencing(
        SampleId sampleId,
        DatasetRecord[] calldata outputs,
        Performance calldata sequencing
    ) external;

    /**
     * @notice Records an analysis under a licence. For an account of the licensee.
     * @dev Outputs are anchored as derived from the licensed dataset: the licensee's own, or of that one's custodian.
     * At most 16 inputs, and 16 outputs and results together.
     * @param performance its plan is the digest of the workflow.
     */
    function recordAnalysis(Analysis calldata analysis, Performance calldata performance) external;

    /**
     * @notice Records that samples were destroyed, or used up, for ever. For an account of their keeper.
     * @param evidence digest of what proves it.
     */
    function destroy(SampleId[] calldata sampleIds, Performance calldata destruction, bytes32 evidence) external;

    /**
     * @notice Attests that copies of licensed data were destroyed, for instance after a withdrawal from further use.
     * For an account of the licensee.
     * @param evidence digest of what proves it, and says which copies.
     */
    function attestCopiesDestroyed(LicenceId licenceId, Performance calldata destruction, bytes32 evidence) external;

    /// @notice How many activities there are: the last one's number.
    function activityCount() external view returns (uint64);

    /// @notice A sample as it stands; reverts with ProvenanceSampleUnknown when there is none.
    function sample(SampleId sampleId) external view returns (SampleStatus memory);

    /// @notice Number of the activity that made a dataset; 0 when none is recorded.
    function generatedBy(DatasetId datasetId) external view returns (uint64);

    /// @notice The id that a specimen's record has, registered or not.
    function idOfSpecimen(SpecimenRecord calldata record) external pure returns (SampleId);

    /// @notice The id that an aliquot's record has, registered or not.
    function idOfAliquot(AliquotRecord calldata record) external pure returns (SampleId);
}
