// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";

import {Roles} from "../access/Roles.sol";
import {IDatasetRegistry} from "../dataset/IDatasetRegistry.sol";
import {IInstitutionRegistry} from "../identity/IInstitutionRegistry.sol";
import {ILicenceRegistry} from "../licence/ILicenceRegistry.sol";
import {DatasetRecord} from "../types/Dataset.sol";
import {DatasetId, InstitutionId, LicenceId, SampleId, ScopeId} from "../types/Ids.sol";
import {
    ActivityKind,
    AliquotRecord,
    Analysis,
    Performance,
    SampleKind,
    SampleStatus,
    SpecimenRecord
} from "../types/Provenance.sol";
import {IProvenanceRegistry} from "./IProvenanceRegistry.sol";

/// @title ProvenanceRegistry
/// @dev One slot a sample, where institutions go by a number of the registry's own; one slot a dataset that was made.
contract ProvenanceRegistry is IProvenanceRegistry, AccessManaged {
    /// @dev Times are Unix seconds. Fits one slot.
    struct Sample {
        SampleKind kind;
        /// Block time.
        uint32 registeredAt;
        /// Stated time from which its keeper has it.
        uint32 heldSince;
        /// Latest stated time of anything done with it; while it is on offer, when it left its keeper.
        uint32 lastAt;
        /// Block time; 0 while it exists.
        uint32 destroyedAt;
        /// Number of the institution that has custody of it.
        uint32 keeper;
        /// Number of the institution that custody is offered to; 0 for none.
        uint32 offeredTo;
        /// Number of the institution that collected the specimen.
        uint32 custodian;
    }

    uint256 private constant MAX_INPUTS = 16;
    uint256 private constant MAX_OUTPUTS = 16;
    /// @dev INSTITUTION_ROLE bits of those who may have custody.
    uint8 private constant KEEPERS = uint8(
        (1 << (Roles.CUSTODIAN - Roles.INSTITUTION_ROLES)) | (1 << (Roles.PROCESSOR - Roles.INSTITUTION_ROLES))
    );

    IInstitutionRegistry private immutable INSTITUTIONS;
    IDatasetRegistry private immutable DATASETS;
    ILicenceRegistry private immutable LICENCES;

    uint64 private _activityCount;
    uint32 private _institutionCount;
    mapping(InstitutionId institutionId => uint32 number) private _numbers;
    mapping(uint32 number => InstitutionId institutionId) private _institutions;
    mapping(SampleId sampleId => Sample held) private _samples;
    mapping(DatasetId datasetId => uint64 activity) private _generatedBy;

    constructor(
        address manager,
        IInstitutionRegistry institutions,
        IDatasetRegistry datasets,
        ILicenceRegistry licences
    ) AccessManaged(manager) {
        INSTITUTIONS = institutions;
        DATASETS = datasets;
        LICENCES = licences;
    }

    /// @inheritdoc IProvenanceRegistry
    function registerSpecimen(
        SpecimenRecord calldata record,
        Performance calldata collection
    ) external override restricted returns (SampleId sampleId) {
        if (ScopeId.unwrap(record.scopeId) == 0 || record.participant == 0 || record.material == 0 || record.label == 0)
            revert ProvenanceRecordIncomplete();
        sampleId = idOfSpecimen(record);
        InstitutionId caller = _caller();
        if (caller != record.custodian) revert ProvenanceNotKeeper(sampleId, caller);

        uint32 number = _numberOf(caller);
        _register(sampleId, SampleKind.Specimen, number, number, collection.endedAt);
        uint64 activity = _begin(ActivityKind.Collection, caller, collection);
        emit SpecimenRegistered(
            sampleId,
            activity,
            record.scopeId,
            record.custodian,
            record.participant,
            record.material,
            record.label
        );
    }

    /// @inheritdoc IProvenanceRegistry
    function registerAliquots(
        SampleId source,
        bytes32[] calldata labels,
        Performance calldata aliquoting
    ) external override restricted returns (SampleId[] memory sampleIds) {
        if (labels.length == 0) revert ProvenanceRecordIncomplete();
        InstitutionId caller = _caller();
        Sample storage held = _use(source, caller, aliquoting);

        uint32 keeper = _numberOf(caller);
        uint64 activity = _begin(ActivityKind.Aliquoting, caller, aliquoting);
        sampleIds = new SampleId[](labels.length);
        for (uint256 i = 0; i < labels.length; ++i) {
            if (labels[i] == 0) revert ProvenanceRecordIncomplete();
            sampleIds[i] = _idOf(AliquotRecord({source: source, keeper: caller, label: labels[i]}));
            _register(sampleIds[i], SampleKind.Aliquot, keeper, held.custodian, aliquoting.endedAt);
            emit AliquotRegistered(sampleIds[i], activity, source, caller, labels[i]);
        }
    }

    /// @inheritdoc IProvenanceRegistry
    function offerCustody(SampleId[] calldata sampleIds, InstitutionId to, uint32 leftAt) external override restricted {
        if (sampleIds.length == 0) revert ProvenanceRecordIncomplete();
        if (leftAt > block.timestamp) revert ProvenanceTimesInvalid(leftAt, leftAt, block.timestamp);
        InstitutionId caller = _caller();
        if (to == caller || !_canKeep(to)) revert ProvenanceCannotKeep(to);

        uint32 number = _numberOf(to);
        for (uint256 i = 0; i < sampleIds.length; ++i) {
            Sample storage held = _requireKept(sampleIds[i], caller);
            if (leftAt < held.lastAt) {
                revert ProvenanceTooEarly(SampleId.unwrap(sampleIds[i]), held.lastAt, leftAt);
            }
            held.lastAt = leftAt;
            held.offeredTo = number;
            emit CustodyOffered(sampleIds[i], caller, to, leftAt);
        }
    }

    /// @inheritdoc IProvenanceRegistry
    function cancelOffer(SampleId[] calldata sampleIds) external override restricted {
        if (sampleIds.length == 0) revert ProvenanceRecordIncomplete();
        InstitutionId caller = _caller();
        for (uint256 i = 0; i < sampleIds.length; ++i) {
            Sample storage held = _samples[sampleIds[i]];
            bool hasPart = _actsFor(caller, held.keeper) || _actsFor(caller, held.offeredTo);
            if (held.offeredTo == 0 || !hasPart) revert ProvenanceNotOffered(sampleIds[i], caller);
            held.offeredTo = 0;
            emit CustodyOfferCancelled(sampleIds[i], caller);
        }
    }

    /// @inheritdoc IProvenanceRegistry
    function acceptCustody(
        SampleId[] calldata sampleIds,
        uint32 arrivedAt,
        bytes32 agent,
        bytes32 plan
    ) external override restricted {
        if (sampleIds.length == 0) revert ProvenanceRecordIncomplete();
        InstitutionId caller = _caller();
        uint32 keeper = _numberOf(caller);
        for (uint256 i = 0; i < sampleIds.length; ++i) {
            Sample storage held = _samples[sampleIds[i]];
            if (!_actsFor(caller, held.offeredTo)) revert ProvenanceNotOffered(sampleIds[i], caller);
            InstitutionId from = _institutions[held.keeper];
            Performance memory transfer = Performance({
                startedAt: held.lastAt,
                endedAt: arrivedAt,
                agent: agent,
                plan: plan
            });
            (held.keeper, held.offeredTo) = (keeper, 0);
            (held.heldSince, held.lastAt) = (arrivedAt, arrivedAt);
            emit CustodyTransferred(sampleIds[i], _begin(ActivityKind.CustodyTransfer, caller, transfer), caller, from);
        }
    }

    /// @inheritdoc IProvenanceRegistry
    function recordSequencing(
        SampleId sampleId,
        DatasetRecord[] calldata outputs,
        Performance calldata sequencing
    ) external override restricted {
        if (outputs.length == 0) revert ProvenanceRecordIncomplete();
        _requireAtMost(outputs.length, MAX_OUTPUTS);
        InstitutionId caller = _caller();
        InstitutionId collector = _institutions[_use(sampleId, caller, sequencing).custodian];

        uint64 activity = _begin(ActivityKind.Sequencing, caller, sequencing);
        emit SampleSequenced(sampleId, activity);
        for (uint256 i = 0; i < outputs.length; ++i) {
            _generate(outputs[i], caller, collector, sequencing.endedAt, activity);
        }
    }

    /// @inheritdoc IProvenanceRegistry
    function recordAnalysis(Analysis calldata analysis, Performance calldata performance) external override restricted {
        if (performance.plan == 0 || analysis.version == 0) revert ProvenanceRecordIncomplete();
        _requireAtMost(analysis.inputs.length, MAX_INPUTS);
        _requireAtMost(analysis.outputs.length + analysis.results.length, MAX_OUTPUTS);
        InstitutionId caller = _caller();
        ILicenceRegistry.Subject memory licensed = _requireLicensee(analysis.licenceId, caller);
        if (
            !LICENCES.inForceAt(analysis.licenceId, performance.startedAt) ||
            !LICENCES.inForceAt(analysis.licenceId, performance.endedAt)
        ) revert ProvenanceLicenceNotInForce(analysis.licenceId, performance.startedAt, performance.endedAt);

        uint64 activity = _begin(ActivityKind.Analysis, caller, performance);
        for (uint256 i = 0; i < analysis.results.length; ++i) {
            if (analysis.results[i] == 0) revert ProvenanceRecordIncomplete();
        }
        emit AnalysisRecorded(activity, analysis.licenceId, analysis.version, analysis.results);
        if (!_read(analysis.inputs, licensed.datasetId, performance.startedAt, activity)) {
            revert ProvenanceLicensedDatasetUnused(analysis.licenceId, licensed.datasetId);
        }
        (uint32 source, , ) = DATASETS.lineageOf(licensed.datasetId);
        for (uint256 i = 0; i < analysis.outputs.length; ++i) {
            DatasetId datasetId = _generate(
                analysis.outputs[i],
                caller,
                licensed.custodian,
                performance.endedAt,
                activity
            );
            if (!_descends(datasetId, source)) revert ProvenanceNotDerived(datasetId, licensed.datasetId);
        }
    }

    /// @inheritdoc IProvenanceRegistry
    function destroy(
        SampleId[] calldata sampleIds,
        Performance calldata destruction,
        bytes32 evidence
    ) external override restricted {
        if (sampleIds.length == 0 || evidence == 0) revert ProvenanceRecordIncomplete();
        InstitutionId caller = _caller();
        uint64 activity = _begin(ActivityKind.SampleDestruction, caller, destruction);
        for (uint256 i = 0; i < sampleIds.length; ++i) {
            Sample storage held = _requireKept(sampleIds[i], caller);
            if (destruction.endedAt < held.lastAt) {
                revert ProvenanceTooEarly(SampleId.unwrap(sampleIds[i]), held.lastAt, destruction.endedAt);
            }
            held.lastAt = destruction.endedAt;
            held.destroyedAt = uint32(block.timestamp);
            emit SampleDestroyed(sampleIds[i], activity, evidence);
        }
    }

    /// @inheritdoc IProvenanceRegistry
    function attestCopiesDestroyed(
        LicenceId licenceId,
        Performance calldata destruction,
        bytes32 evidence
    ) external override restricted {
        if (evidence == 0) revert ProvenanceRecordIncomplete();
        InstitutionId caller = _caller();
        DatasetId datasetId = _requireLicensee(licenceId, caller).datasetId;
        uint32 issuedAt = LICENCES.progress(licenceId).issuedAt;
        if (issuedAt == 0 || destruction.startedAt < issuedAt) {
            revert ProvenanceLicenceNotInForce(licenceId, destruction.startedAt, destruction.endedAt);
        }
        uint64 activity = _begin(ActivityKind.CopyDestruction, caller, destruction);
        emit CopiesDestroyed(activity, licenceId, datasetId, evidence);
    }

    /// @inheritdoc IProvenanceRegistry
    function activityCount() external view override returns (uint64) {
        return _activityCount;
    }

    /// @inheritdoc IProvenanceRegistry
    function sample(SampleId sampleId) external view override returns (SampleStatus memory) {
        Sample storage held = _samples[sampleId];
        if (held.kind == SampleKind.None) revert ProvenanceSampleUnknown(sampleId);
        return
            SampleStatus({
                kind: held.kind,
                registeredAt: held.registeredAt,
                heldSince: held.heldSince,
                lastAt: held.lastAt,
                destroyedAt: held.destroyedAt,
                keeper: _institutions[held.keeper],
                offeredTo: _institutions[held.offeredTo],
                custodian: _institutions[held.custodian]
            });
    }

    /// @inheritdoc IProvenanceRegistry
    function generatedBy(DatasetId datasetId) external view override returns (uint64) {
        return _generatedBy[datasetId];
    }

    /// @inheritdoc IProvenanceRegistry
    function idOfAliquot(AliquotRecord calldata record) external pure override returns (SampleId) {
        return _idOf(record);
    }

    /// @inheritdoc IProvenanceRegistry
    function idOfSpecimen(SpecimenRecord calldata record) public pure override returns (SampleId) {
        return SampleId.wrap(keccak256(abi.encode(record)));
    }

    /// @dev Numbers and tells an activity whose times are possible.
    function _begin(
        ActivityKind kind,
        InstitutionId caller,
        Performance memory performance
    ) private returns (uint64 activity) {
        (uint32 startedAt, uint32 endedAt) = (performance.startedAt, performance.endedAt);
        if (startedAt == 0 || startedAt > endedAt || endedAt > block.timestamp) {
            revert ProvenanceTimesInvalid(startedAt, endedAt, block.timestamp);
        }
        activity = ++_activityCount;
        emit ActivityRecorded(activity, kind, caller, startedAt, endedAt, performance.agent, performance.plan);
    }

    function _register(SampleId sampleId, SampleKind kind, uint32 keeper, uint32 custodian, uint32 madeAt) private {
        if (_samples[sampleId].kind != SampleKind.None) revert ProvenanceSampleTaken(sampleId);
        _samples[sampleId] = Sample({
            kind: kind,
            registeredAt: uint32(block.timestamp),
            heldSince: madeAt,
            lastAt: madeAt,
            destroyedAt: 0,
            keeper: keeper,
            offeredTo: 0,
            custodian: custodian
        });
    }

    function _use(
        SampleId sampleId,
        InstitutionId caller,
        Performance calldata performance
    ) private returns (Sample storage held) {
        held = _requireKept(sampleId, caller);
        if (performance.startedAt <= held.heldSince) {
            revert ProvenanceTooEarly(SampleId.unwrap(sampleId), held.heldSince, performance.startedAt);
        }
        if (performance.endedAt > held.lastAt) held.lastAt = performance.endedAt;
    }

    /// @return isLicensedRead whether the licensed dataset is among the inputs.
    function _read(
        DatasetId[] calldata inputs,
        DatasetId licensed,
        uint32 startedAt,
        uint64 activity
    ) private returns (bool isLicensedRead) {
        for (uint256 i = 0; i < inputs.length; ++i) {
            if (i > 0 && DatasetId.unwrap(inputs[i]) <= DatasetId.unwrap(inputs[i - 1])) {
                revert ProvenanceInputsNotAscending(i);
            }
            uint32 anchoredAt = _requireStanding(inputs[i]);
            if (startedAt <= anchoredAt) {
                revert ProvenanceTooEarly(DatasetId.unwrap(inputs[i]), anchoredAt, startedAt);
            }
            if (inputs[i] == licensed) isLicensedRead = true;
            emit DatasetUsed(inputs[i], activity);
        }
    }

    /// @param other the institution besides the caller whose datasets may have come of the activity.
    function _generate(
        DatasetRecord calldata output,
        InstitutionId caller,
        InstitutionId other,
        uint32 endedAt,
        uint64 activity
    ) private returns (DatasetId datasetId) {
        datasetId = DATASETS.idOf(output);
        InstitutionId custodian = output.custodian;
        bool isTheirs =
            INSTITUTIONS.isActingFor(custodian, other) ||
                INSTITUTIONS.isActingFor(caller, custodian) ||
                DATASETS.custodianOf(datasetId) == caller;
        if (!isTheirs) revert ProvenanceDatasetForeign(datasetId, custodian);
        uint32 anchoredAt = _requireStanding(datasetId);
        if (endedAt > anchoredAt) revert ProvenanceMadeTooLate(datasetId, anchoredAt, endedAt);
        if (_generatedBy[datasetId] != 0) revert ProvenanceDatasetGenerated(datasetId, _generatedBy[datasetId]);
        _generatedBy[datasetId] = activity;
        emit DatasetGenerated(datasetId, activity);
    }

    /// @dev The registry's own number of an institution, from 1.
    function _numberOf(InstitutionId institutionId) private returns (uint32 number) {
        number = _numbers[institutionId];
        if (number != 0) return number;
        number = ++_institutionCount;
        _numbers[institutionId] = number;
        _institutions[number] = institutionId;
    }

    function _caller() private view returns (InstitutionId) {
        return INSTITUTIONS.actingInstitution(_msgSender());
    }

    function _canKeep(InstitutionId institutionId) private view returns (bool) {
        return INSTITUTIONS.isInStanding(institutionId) && INSTITUTIONS.institution(institutionId).roles & KEEPERS != 0;
    }

    /// @dev Whether the caller is the institution of a number, or has succeeded it; nobody is that of 0.
    function _actsFor(InstitutionId caller, uint32 number) private view returns (bool) {
        return INSTITUTIONS.isActingFor(caller, _institutions[number]);
    }

    /// @dev Whether a dataset was anchored as derived from another, however far away, that goes by this number.
    function _descends(DatasetId datasetId, uint32 number) private view returns (bool) {
        (, , uint32[] memory ancestors) = DATASETS.lineageOf(datasetId);
        for (uint256 i = 0; i < ancestors.length; ++i) {
            if (ancestors[i] == number) return true;
        }
        return false;
    }

    /// @dev The sample, which exists, is the caller's and not on offer.
    function _requireKept(SampleId sampleId, InstitutionId caller) private view returns (Sample storage held) {
        held = _samples[sampleId];
        if (held.kind == SampleKind.None) revert ProvenanceSampleUnknown(sampleId);
        if (!_actsFor(caller, held.keeper)) revert ProvenanceNotKeeper(sampleId, caller);
        if (held.destroyedAt != 0) revert ProvenanceSampleDestroyed(sampleId);
        if (held.offeredTo != 0) revert ProvenanceSampleOffered(sampleId, _institutions[held.offeredTo]);
    }

    function _requireLicensee(
        LicenceId licenceId,
        InstitutionId caller
    ) private view returns (ILicenceRegistry.Subject memory licensed) {
        licensed = LICENCES.subject(licenceId);
        if (!INSTITUTIONS.isActingFor(caller, licensed.licensee)) revert ProvenanceNotLicensee(licenceId, caller);
    }

    function _requireStanding(DatasetId datasetId) private view returns (uint32 anchoredAt) {
        if (!DATASETS.isStanding(datasetId)) revert ProvenanceDatasetNotStanding(datasetId);
        return DATASETS.anchoredAt(datasetId);
    }

    function _requireAtMost(uint256 given, uint256 most) private pure {
        if (given > most) revert ProvenanceListTooLong(given, most);
    }

    function _idOf(AliquotRecord memory record) private pure returns (SampleId) {
        return SampleId.wrap(keccak256(abi.encode(record)));
    }
}
