// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IProvenanceRegistry} from "../../contracts/audit/IProvenanceRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {ILicenceRegistry} from "../../contracts/licence/ILicenceRegistry.sol";
import {DatasetRecord} from "../../contracts/types/Dataset.sol";
import {DatasetId, InstitutionId, LicenceId, NO_INSTITUTION, SampleId, ScopeId} from "../../contracts/types/Ids.sol";
import {
    ActivityKind,
    AliquotRecord,
    Analysis,
    Performance,
    SampleKind,
    SampleStatus,
    SpecimenRecord
} from "../../contracts/types/Provenance.sol";
import {LicensedStudy} from "../support/LicensedStudy.sol";
import {VM, bound} from "../support/Vm.sol";

contract ProvenanceRegistryTest is LicensedStudy {
    address private constant LAB_ACCOUNT = address(0x1AB);
    InstitutionId private constant LAB = InstitutionId.wrap(keccak256("sequencing laboratory"));
    bytes32 private constant EVIDENCE = keccak256("certificate of destruction");
    uint32 private constant COLLECTED = uint32(START - 1 days);

    SpecimenRecord private specimen;
    SampleId private sampleId;

    function setUp() public {
        _deployStudy();
        VM.prank(GOVERNANCE);
        institutions.admit(LAB, _profile(PROCESSOR_BIT, false), LAB_ACCOUNT);
        specimen = SpecimenRecord({
            custodian: BIOBANK,
            scopeId: SCOPE,
            participant: keccak256("commitment"),
            material: keccak256("blood"),
            label: keccak256("label")
        });
        sampleId = _registered(specimen);
        _advance(100);
    }

    // registerSpecimen

    function test_GivenCustodian_WhenRegistersSpecimen_HoldsItAndSaysSo() public {
        SpecimenRecord memory record = _specimenOf("another");
        SampleId expected = provenance.idOfSpecimen(record);
        Performance memory collection = _at(_now() - 60, _now() - 30);
        _expectActivity(2, ActivityKind.Collection, BIOBANK, collection);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.SpecimenRegistered(
            expected,
            2,
            SCOPE,
            BIOBANK,
            record.participant,
            record.material,
            record.label
        );
        VM.prank(CUSTODIAN);
        SampleId given = provenance.registerSpecimen(record, collection);
        VM.assertEq(SampleId.unwrap(given), SampleId.unwrap(expected));
        VM.assertEq(SampleId.unwrap(given), keccak256(abi.encode(record)));
        _assertStatus(
            given,
            SampleStatus({
                kind: SampleKind.Specimen,
                registeredAt: _now(),
                heldSince: _now() - 30,
                lastAt: _now() - 30,
                destroyedAt: 0,
                keeper: BIOBANK,
                offeredTo: NO_INSTITUTION,
                custodian: BIOBANK
            })
        );
        VM.assertEq(provenance.activityCount(), 2);
    }

    function test_GivenIncompleteSpecimen_WhenRegistered_RevertsIncomplete() public {
        for (uint256 i = 0; i < 4; ++i) {
            SpecimenRecord memory record = _specimenOf("another");
            if (i == 0) record.scopeId = ScopeId.wrap(0);
            else if (i == 1) record.participant = 0;
            else if (i == 2) record.material = 0;
            else record.label = 0;
            VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
            VM.prank(CUSTODIAN);
            provenance.registerSpecimen(record, _lately());
        }
    }

    function test_GivenTheSameRecord_WhenRegisteredAgain_RevertsTaken() public {
        SpecimenRecord memory record = specimen;
        VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceSampleTaken.selector, sampleId));
        VM.prank(CUSTODIAN);
        provenance.registerSpecimen(record, _lately());
    }

    function test_GivenAnotherCustodiansRecord_WhenRegistered_RevertsNotKeeper() public {
        SpecimenRecord memory record = _specimenOf("another");
        record.custodian = LAB;
        VM.expectRevert(
            abi.encodeWithSelector(
                IProvenanceRegistry.ProvenanceNotKeeper.selector,
                provenance.idOfSpecimen(record),
                BIOBANK
            )
        );
        VM.prank(CUSTODIAN);
        provenance.registerSpecimen(record, _lately());
    }

    function test_GivenImpossibleTimes_WhenStated_RevertsTimesInvalid() public {
        uint32 now_ = _now();
        uint32[2][4] memory impossible = [
            [uint32(0), now_],
            [now_, now_ - 1],
            [now_, now_ + 1],
            [type(uint32).max, type(uint32).max]
        ];
        for (uint256 i = 0; i < impossible.length; ++i) {
            (uint32 startedAt, uint32 endedAt) = (impossible[i][0], impossible[i][1]);
            VM.expectRevert(
                abi.encodeWithSelector(
                    IProvenanceRegistry.ProvenanceTimesInvalid.selector,
                    startedAt,
                    endedAt,
                    block.timestamp
                )
            );
            VM.prank(CUSTODIAN);
            provenance.registerSpecimen(_specimenOf("another"), _at(startedAt, endedAt));
        }
    }

    function test_GivenNobodysRole_WhenActs_RevertsUnauthorised() public {
        SampleId[] memory ids = _ids(sampleId);
        bytes memory unauthorised = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER);
        bytes[9] memory calls = [
            abi.encodeCall(provenance.registerSpecimen, (specimen, _lately())),
            abi.encodeCall(provenance.registerAliquots, (sampleId, _labels(1), _lately())),
            abi.encodeCall(provenance.offerCustody, (ids, LAB, _now())),
            abi.encodeCall(provenance.cancelOffer, (ids)),
            abi.encodeCall(provenance.acceptCustody, (ids, _now(), 0, 0)),
            abi.encodeCall(provenance.recordSequencing, (sampleId, _outputs("reads"), _lately())),
            abi.encodeCall(provenance.recordAnalysis, (_analysis(LicenceId.wrap(1)), _lately())),
            abi.encodeCall(provenance.destroy, (ids, _lately(), EVIDENCE)),
            abi.encodeCall(provenance.attestCopiesDestroyed, (LicenceId.wrap(1), _lately(), EVIDENCE))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            VM.prank(STRANGER);
            (bool isAccepted, bytes memory reason) = address(provenance).call(calls[i]);
            VM.assertFalse(isAccepted);
            VM.assertEq(keccak256(reason), keccak256(unauthorised));
        }
    }

    function test_GivenSuspendedInstitution_WhenActs_RevertsNotInStanding() public {
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
        VM.expectRevert(abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK));
        VM.prank(CUSTODIAN);
        provenance.destroy(_ids(sampleId), _lately(), EVIDENCE);
    }

    // registerAliquots

    function test_GivenKeeper_WhenAliquots_EachHasItsRecordsIdAndTheSpecimensCustodian() public {
        bytes32[] memory labels = _labels(3);
        Performance memory aliquoting = _lately();
        SampleId first = provenance.idOfAliquot(AliquotRecord({source: sampleId, keeper: BIOBANK, label: labels[0]}));
        _expectActivity(2, ActivityKind.Aliquoting, BIOBANK, aliquoting);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.AliquotRegistered(first, 2, sampleId, BIOBANK, labels[0]);
        VM.prank(CUSTODIAN);
        SampleId[] memory made = provenance.registerAliquots(sampleId, labels, aliquoting);
        VM.assertEq(made.length, 3);
        VM.assertEq(SampleId.unwrap(made[0]), SampleId.unwrap(first));
        SampleStatus memory status = provenance.sample(made[2]);
        VM.assertTrue(status.kind == SampleKind.Aliquot && status.keeper == BIOBANK && status.custodian == BIOBANK);
        VM.assertEq(status.heldSince, aliquoting.endedAt);
        VM.assertEq(provenance.sample(sampleId).lastAt, aliquoting.endedAt);

        _advance(10);
        VM.prank(CUSTODIAN);
        SampleId[] memory parts = provenance.registerAliquots(made[1], _labels(1), _lately());
        VM.assertTrue(provenance.sample(parts[0]).kind == SampleKind.Aliquot, "an aliquot of an aliquot");
    }

    function test_GivenNoLabelOrAnEmptyOrARepeatedOne_WhenAliquoted_Reverts() public {
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(sampleId, new bytes32[](0), _lately());
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(sampleId, new bytes32[](1), _lately());
        bytes32[] memory labels = _labels(2);
        labels[1] = labels[0];
        VM.expectPartialRevert(IProvenanceRegistry.ProvenanceSampleTaken.selector);
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(sampleId, labels, _lately());
        VM.assertEq(provenance.activityCount(), 1);
    }

    function test_GivenUseNoLaterThanCollection_WhenAliquoted_RevertsTooEarly() public {
        for (uint32 i = 0; i < 2; ++i) {
            VM.expectRevert(_tooEarly(COLLECTED, COLLECTED - i));
            VM.prank(CUSTODIAN);
            provenance.registerAliquots(sampleId, _labels(1), _at(COLLECTED - i, _now()));
        }
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(sampleId, _labels(1), _at(COLLECTED + 1, COLLECTED + 1));
    }

    function test_GivenUnknownOrForeignSample_WhenUsed_Reverts() public {
        SampleId unknown = SampleId.wrap("unknown");
        VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceSampleUnknown.selector, unknown));
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(unknown, _labels(1), _lately());
        VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceSampleUnknown.selector, unknown));
        provenance.sample(unknown);
        VM.expectRevert(_notKeeper(sampleId, LAB));
        VM.prank(LAB_ACCOUNT);
        provenance.registerAliquots(sampleId, _labels(1), _lately());
        VM.expectRevert(_notKeeper(sampleId, LAB));
        VM.prank(LAB_ACCOUNT);
        provenance.destroy(_ids(sampleId), _lately(), EVIDENCE);
        VM.expectRevert(_notKeeper(sampleId, LAB));
        VM.prank(LAB_ACCOUNT);
        provenance.offerCustody(_ids(sampleId), BIOBANK, _now());
        VM.expectRevert(_notKeeper(sampleId, LAB));
        VM.prank(LAB_ACCOUNT);
        provenance.recordSequencing(sampleId, _outputs("reads"), _lately());
    }

    // custody

    function test_GivenOffer_WhenAccepted_CustodyGoesOver() public {
        uint32 leftAt = _now() - 50;
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.CustodyOffered(sampleId, BIOBANK, LAB, leftAt);
        VM.prank(CUSTODIAN);
        provenance.offerCustody(_ids(sampleId), LAB, leftAt);
        VM.assertTrue(provenance.sample(sampleId).offeredTo == LAB && provenance.sample(sampleId).keeper == BIOBANK);

        uint32 arrivedAt = _now() - 10;
        Performance memory transfer = Performance(leftAt, arrivedAt, "courier", "cold chain");
        _expectActivity(2, ActivityKind.CustodyTransfer, LAB, transfer);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.CustodyTransferred(sampleId, 2, LAB, BIOBANK);
        VM.prank(LAB_ACCOUNT);
        provenance.acceptCustody(_ids(sampleId), arrivedAt, "courier", "cold chain");
        SampleStatus memory status = provenance.sample(sampleId);
        VM.assertTrue(status.keeper == LAB && status.offeredTo == NO_INSTITUTION && status.custodian == BIOBANK);
        VM.assertEq(status.heldSince, arrivedAt);

        VM.expectRevert(_notKeeper(sampleId, BIOBANK));
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(sampleId, _labels(1), _lately());
        VM.expectRevert(_tooEarly(arrivedAt, leftAt + 1));
        VM.prank(LAB_ACCOUNT);
        provenance.registerAliquots(sampleId, _labels(1), _at(leftAt + 1, _now()));
        VM.prank(LAB_ACCOUNT);
        provenance.registerAliquots(sampleId, _labels(1), _at(arrivedAt + 1, _now()));
    }

    function test_GivenOfferToAnotherCustodian_WhenAccepted_CustodyGoesOver() public {
        _admitHeir();
        VM.prank(CUSTODIAN);
        provenance.offerCustody(_ids(sampleId), HEIR, _now());
        VM.prank(HEIR_ACCOUNT);
        provenance.acceptCustody(_ids(sampleId), _now(), 0, 0);
        VM.assertTrue(provenance.sample(sampleId).keeper == HEIR);
    }

    function test_GivenOffer_WhenUsedOrOfferedAgain_RevertsOffered() public {
        _offer();
        bytes memory offered = abi.encodeWithSelector(
            IProvenanceRegistry.ProvenanceSampleOffered.selector,
            sampleId,
            LAB
        );
        VM.expectRevert(offered);
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(sampleId, _labels(1), _lately());
        VM.expectRevert(offered);
        VM.prank(CUSTODIAN);
        provenance.offerCustody(_ids(sampleId), LAB, _now());
        VM.expectRevert(offered);
        VM.prank(CUSTODIAN);
        provenance.destroy(_ids(sampleId), _lately(), EVIDENCE);
    }

    function test_GivenOffer_WhenWithdrawnOrRefused_KeeperKeepsIt() public {
        address[2] memory sides = [CUSTODIAN, LAB_ACCOUNT];
        InstitutionId[2] memory names = [BIOBANK, LAB];
        for (uint256 i = 0; i < 2; ++i) {
            _offer();
            VM.expectEmit(address(provenance));
            emit IProvenanceRegistry.CustodyOfferCancelled(sampleId, names[i]);
            VM.prank(sides[i]);
            provenance.cancelOffer(_ids(sampleId));
            SampleStatus memory status = provenance.sample(sampleId);
            VM.assertTrue(status.keeper == BIOBANK && status.offeredTo == NO_INSTITUTION);
            VM.expectRevert(_notOffered(LAB));
            VM.prank(LAB_ACCOUNT);
            provenance.acceptCustody(_ids(sampleId), _now(), 0, 0);
        }
    }

    function test_GivenNoOfferOrNoPartInIt_WhenAcceptedOrCancelled_RevertsNotOffered() public {
        VM.expectRevert(_notOffered(BIOBANK));
        VM.prank(CUSTODIAN);
        provenance.cancelOffer(_ids(sampleId));
        _offer();
        VM.expectRevert(_notOffered(UNIVERSITY));
        VM.prank(RESEARCHER);
        provenance.cancelOffer(_ids(sampleId));
        VM.expectRevert(_notOffered(BIOBANK));
        VM.prank(CUSTODIAN);
        provenance.acceptCustody(_ids(sampleId), _now(), 0, 0);
        VM.expectRevert(
            abi.encodeWithSelector(IProvenanceRegistry.ProvenanceNotOffered.selector, bytes32("unknown"), LAB)
        );
        VM.prank(LAB_ACCOUNT);
        provenance.acceptCustody(_ids(SampleId.wrap("unknown")), _now(), 0, 0);
    }

    function test_GivenWhoCannotKeep_WhenOffered_RevertsCannotKeep() public {
        VM.prank(GOVERNANCE);
        institutions.suspend(LAB);
        InstitutionId[4] memory others = [BIOBANK, UNIVERSITY, NOBODY, LAB];
        for (uint256 i = 0; i < others.length; ++i) {
            VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceCannotKeep.selector, others[i]));
            VM.prank(CUSTODIAN);
            provenance.offerCustody(_ids(sampleId), others[i], _now());
        }
    }

    function test_GivenTimesThatRunBack_WhenHandedOver_Reverts() public {
        VM.expectRevert(_tooEarly(COLLECTED, COLLECTED - 1));
        VM.prank(CUSTODIAN);
        provenance.offerCustody(_ids(sampleId), LAB, COLLECTED - 1);
        VM.expectRevert(_timesInvalid(_now() + 1, _now() + 1));
        VM.prank(CUSTODIAN);
        provenance.offerCustody(_ids(sampleId), LAB, _now() + 1);
        _offer();
        VM.expectRevert(_timesInvalid(_now(), _now() - 1));
        VM.prank(LAB_ACCOUNT);
        provenance.acceptCustody(_ids(sampleId), _now() - 1, 0, 0);
        VM.expectRevert(_timesInvalid(_now(), _now() + 1));
        VM.prank(LAB_ACCOUNT);
        provenance.acceptCustody(_ids(sampleId), _now() + 1, 0, 0);
    }

    function test_GivenEmptyLists_WhenNamed_RevertsIncomplete() public {
        SampleId[] memory none = new SampleId[](0);
        VM.startPrank(CUSTODIAN);
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        provenance.offerCustody(none, LAB, _now());
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        provenance.cancelOffer(none);
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        provenance.acceptCustody(none, _now(), 0, 0);
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        provenance.destroy(none, _lately(), EVIDENCE);
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        provenance.destroy(_ids(sampleId), _lately(), 0);
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        provenance.recordSequencing(sampleId, new DatasetRecord[](0), _lately());
        VM.stopPrank();
    }

    // recordSequencing

    function test_GivenKeeper_WhenSequences_DatasetHasWhatMadeIt() public {
        DatasetRecord memory reads = _anchored("reads", standardTerms);
        DatasetId datasetId = datasets.idOf(reads);
        VM.assertEq(provenance.generatedBy(datasetId), 0);
        Performance memory sequencing = _lately();
        _expectActivity(2, ActivityKind.Sequencing, BIOBANK, sequencing);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.SampleSequenced(sampleId, 2);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.DatasetGenerated(datasetId, 2);
        VM.prank(CUSTODIAN);
        provenance.recordSequencing(sampleId, _list(reads), sequencing);
        VM.assertEq(provenance.generatedBy(datasetId), 2);

        VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceDatasetGenerated.selector, datasetId, 2));
        VM.prank(CUSTODIAN);
        provenance.recordSequencing(sampleId, _list(reads), sequencing);
    }

    function test_GivenLaboratory_WhenSequences_MakesTheCollectingCustodiansDataset() public {
        _transferToLab();
        _advance(5);
        DatasetRecord memory reads = _anchored("reads", standardTerms);
        VM.prank(LAB_ACCOUNT);
        provenance.recordSequencing(sampleId, _list(reads), _at(_now() - 2, _now()));
        VM.assertTrue(provenance.generatedBy(datasets.idOf(reads)) != 0);
    }

    function test_GivenStrangersDataset_WhenNamedAsOutput_RevertsForeign() public {
        address account = address(0xC0572);
        VM.prank(GOVERNANCE);
        institutions.admit(NOBODY, _profile(CUSTODIAN_BIT, true), account);
        SpecimenRecord memory record = _specimenOf("theirs");
        record.custodian = NOBODY;
        VM.prank(account);
        SampleId theirs = provenance.registerSpecimen(record, _at(1, 2));
        DatasetRecord memory reads = _anchored("reads", standardTerms);
        VM.expectRevert(
            abi.encodeWithSelector(IProvenanceRegistry.ProvenanceDatasetForeign.selector, datasets.idOf(reads), BIOBANK)
        );
        VM.prank(account);
        provenance.recordSequencing(theirs, _list(reads), _lately());
    }

    function test_GivenUnanchoredOrRetractedOutput_WhenNamed_RevertsNotStanding() public {
        DatasetRecord memory never = _record("never", standardTerms);
        VM.expectRevert(_notStanding(datasets.idOf(never)));
        VM.prank(CUSTODIAN);
        provenance.recordSequencing(sampleId, _list(never), _lately());
        _retractDataset();
        DatasetRecord memory record = dataset;
        VM.expectRevert(_notStanding(datasets.idOf(record)));
        VM.prank(CUSTODIAN);
        provenance.recordSequencing(sampleId, _list(record), _at(COLLECTED + 1, COLLECTED + 2));
    }

    function test_GivenDatasetAnchoredBefore_WhenMadeLater_RevertsMadeTooLate() public {
        DatasetRecord memory record = dataset;
        DatasetId datasetId = datasets.idOf(record);
        uint32 anchoredAt = datasets.anchoredAt(datasetId);
        VM.expectRevert(
            abi.encodeWithSelector(
                IProvenanceRegistry.ProvenanceMadeTooLate.selector,
                datasetId,
                anchoredAt,
                anchoredAt + 1
            )
        );
        VM.prank(CUSTODIAN);
        provenance.recordSequencing(sampleId, _list(record), _at(COLLECTED + 1, anchoredAt + 1));
        VM.prank(CUSTODIAN);
        provenance.recordSequencing(sampleId, _list(record), _at(COLLECTED + 1, anchoredAt));
    }

    function test_GivenTooManyOutputs_WhenNamed_RevertsListTooLong() public {
        VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceListTooLong.selector, 17, 16));
        VM.prank(CUSTODIAN);
        provenance.recordSequencing(sampleId, new DatasetRecord[](17), _lately());
    }

    // recordAnalysis

    function test_GivenLicensee_WhenAnalyses_TellsInputsOutputsAndResults() public {
        LicenceId licenceId = _issued();
        _advance(20);
        DatasetRecord memory derived = _derivedFrom(_derivedFrom(dataset, "between"), "derived");
        Analysis memory analysis = _analysis(licenceId);
        analysis.outputs = _list(derived);
        Performance memory performance = _at(_now() - 10, _now());
        _expectActivity(2, ActivityKind.Analysis, UNIVERSITY, performance);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.AnalysisRecorded(2, licenceId, analysis.version, analysis.results);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.DatasetUsed(analysis.inputs[0], 2);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.DatasetGenerated(datasets.idOf(derived), 2);
        VM.prank(RESEARCHER);
        provenance.recordAnalysis(analysis, performance);
        VM.assertEq(provenance.generatedBy(datasets.idOf(derived)), 2);
    }

    function test_GivenAnotherInstitution_WhenAnalyses_RevertsNotLicensee() public {
        LicenceId licenceId = _issued();
        _advance(20);
        Analysis memory analysis = _analysis(licenceId);
        bytes memory reason = abi.encodeWithSelector(
            IProvenanceRegistry.ProvenanceNotLicensee.selector,
            licenceId,
            PHARMA
        );
        VM.expectRevert(reason);
        VM.prank(COMPANY);
        provenance.recordAnalysis(analysis, _lately());
        VM.expectRevert(reason);
        VM.prank(COMPANY);
        provenance.attestCopiesDestroyed(licenceId, _lately(), EVIDENCE);
        analysis.licenceId = LicenceId.wrap(9);
        VM.expectRevert(abi.encodeWithSelector(ILicenceRegistry.LicenceUnknown.selector, 9));
        VM.prank(RESEARCHER);
        provenance.recordAnalysis(analysis, _lately());
    }

    function test_GivenLicenceNotInForceThen_WhenAnalysed_Reverts() public {
        LicenceId licenceId = _issued();
        uint32 issuedAt = _now();
        _advance(TERM + 10);
        Analysis memory analysis = _analysis(licenceId);
        uint32[2][3] memory outside = [
            [issuedAt - 1, issuedAt + 5],
            [issuedAt + 5, issuedAt + TERM],
            [issuedAt + TERM + 1, issuedAt + TERM + 2]
        ];
        for (uint256 i = 0; i < outside.length; ++i) {
            VM.expectRevert(_notInForce(licenceId, outside[i][0], outside[i][1]));
            VM.prank(RESEARCHER);
            provenance.recordAnalysis(analysis, _at(outside[i][0], outside[i][1]));
        }
        VM.prank(RESEARCHER);
        provenance.recordAnalysis(analysis, _at(issuedAt + 1, issuedAt + 5));
    }

    function test_GivenInputsThatCannotBe_WhenAnalysed_Reverts() public {
        LicenceId licenceId = _issued();
        DatasetId licensed = datasets.idOf(dataset);
        _advance(20);
        Performance memory performance = _lately();
        Analysis memory analysis = _analysis(licenceId);

        analysis.inputs = new DatasetId[](0);
        bytes memory unused = abi.encodeWithSelector(
            IProvenanceRegistry.ProvenanceLicensedDatasetUnused.selector,
            licenceId,
            licensed
        );
        _assertAnalysisReverts(analysis, performance, unused);

        analysis.inputs = new DatasetId[](2);
        (analysis.inputs[0], analysis.inputs[1]) = (licensed, licensed);
        bytes memory unsorted = abi.encodeWithSelector(IProvenanceRegistry.ProvenanceInputsNotAscending.selector, 1);
        _assertAnalysisReverts(analysis, performance, unsorted);

        analysis.inputs[1] = DatasetId.wrap(bytes32(type(uint256).max));
        _assertAnalysisReverts(analysis, performance, _notStanding(analysis.inputs[1]));

        analysis = _analysis(licenceId);
        _retractDataset();
        _assertAnalysisReverts(analysis, performance, _notStanding(licensed));
    }

    function test_GivenInputAnchoredDuringTheAnalysis_WhenRead_RevertsTooEarly() public {
        LicenceId licenceId = _issued();
        _advance(20);
        DatasetId late = datasets.idOf(_anchored("late", standardTerms));
        DatasetId licensed = datasets.idOf(dataset);
        Analysis memory analysis = _analysis(licenceId);
        analysis.inputs = _ascending(licensed, late);
        _advance(10);
        uint32 anchoredAt = _now() - 10;
        _assertAnalysisReverts(
            analysis,
            _at(anchoredAt, _now()),
            abi.encodeWithSelector(
                IProvenanceRegistry.ProvenanceTooEarly.selector,
                DatasetId.unwrap(late),
                anchoredAt,
                anchoredAt
            )
        );
        VM.prank(RESEARCHER);
        provenance.recordAnalysis(analysis, _at(anchoredAt + 1, _now()));
    }

    function test_GivenAnInputAsOutput_WhenAnalysed_Reverts() public {
        LicenceId licenceId = _issued();
        _advance(20);
        Analysis memory analysis = _analysis(licenceId);
        analysis.outputs = _list(dataset);
        DatasetId datasetId = datasets.idOf(dataset);
        _assertAnalysisReverts(
            analysis,
            _lately(),
            abi.encodeWithSelector(
                IProvenanceRegistry.ProvenanceMadeTooLate.selector,
                datasetId,
                datasets.anchoredAt(datasetId),
                _lately().endedAt
            )
        );
    }

    function test_GivenNoWorkflowVersionOrResult_WhenAnalysed_RevertsIncomplete() public {
        LicenceId licenceId = _issued();
        _advance(20);
        bytes memory incomplete = abi.encodeWithSelector(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        Analysis memory analysis = _analysis(licenceId);
        Performance memory performance = _lately();
        performance.plan = 0;
        _assertAnalysisReverts(analysis, performance, incomplete);
        analysis.version = 0;
        _assertAnalysisReverts(analysis, _lately(), incomplete);
        analysis = _analysis(licenceId);
        analysis.results[0] = 0;
        _assertAnalysisReverts(analysis, _lately(), incomplete);
    }

    function test_GivenTooManyInputsOrOutputs_WhenAnalysed_RevertsListTooLong() public {
        LicenceId licenceId = _issued();
        _advance(20);
        bytes memory tooLong = abi.encodeWithSelector(IProvenanceRegistry.ProvenanceListTooLong.selector, 17, 16);
        Analysis memory analysis = _analysis(licenceId);
        analysis.inputs = new DatasetId[](17);
        _assertAnalysisReverts(analysis, _lately(), tooLong);
        analysis = _analysis(licenceId);
        analysis.outputs = new DatasetRecord[](1);
        analysis.results = new bytes32[](16);
        _assertAnalysisReverts(analysis, _lately(), tooLong);
    }

    function test_GivenForeignOutput_WhenAnalysed_RevertsForeign() public {
        address account = address(0xC0572);
        VM.prank(GOVERNANCE);
        institutions.admit(NOBODY, _profile(CUSTODIAN_BIT, true), account);
        LicenceId licenceId = _issued();
        _advance(20);
        DatasetRecord memory theirs = _record("theirs", standardTerms);
        theirs.custodian = NOBODY;
        VM.prank(account);
        datasets.anchor(theirs);
        Analysis memory analysis = _analysis(licenceId);
        analysis.outputs = _list(theirs);
        _assertAnalysisReverts(
            analysis,
            _lately(),
            abi.encodeWithSelector(IProvenanceRegistry.ProvenanceDatasetForeign.selector, datasets.idOf(theirs), NOBODY)
        );
    }

    function test_GivenOutputThatIsNotDerived_WhenAnalysed_RevertsNotDerived() public {
        LicenceId licenceId = _issued();
        _advance(20);
        DatasetRecord memory other = _anchored("other", standardTerms);
        DatasetRecord[2] memory unrelated = [other, _derivedFrom(other, "of the other")];
        Analysis memory analysis = _analysis(licenceId);
        for (uint256 i = 0; i < unrelated.length; ++i) {
            analysis.outputs = _list(unrelated[i]);
            _assertAnalysisReverts(
                analysis,
                _lately(),
                abi.encodeWithSelector(
                    IProvenanceRegistry.ProvenanceNotDerived.selector,
                    datasets.idOf(unrelated[i]),
                    datasets.idOf(dataset)
                )
            );
        }
    }

    // Succession

    function test_GivenKeeperSucceeded_WhenItsSuccessorActs_IsAccepted() public {
        _advance(20);
        _inherit(BIOBANK);
        VM.startPrank(HEIR_ACCOUNT);
        SampleId[] memory aliquots = provenance.registerAliquots(sampleId, _labels(1), _lately());
        provenance.destroy(_ids(sampleId), _lately(), EVIDENCE);
        VM.stopPrank();
        VM.assertTrue(provenance.sample(aliquots[0]).keeper == HEIR);
        VM.assertTrue(provenance.sample(aliquots[0]).custodian == BIOBANK);
    }

    function test_GivenOfferToOneWhoIsSucceeded_WhenItsSuccessorAccepts_IsTheKeeper() public {
        _offer();
        _inherit(LAB);
        VM.prank(HEIR_ACCOUNT);
        provenance.acceptCustody(_ids(sampleId), _now(), 0, 0);
        VM.assertTrue(provenance.sample(sampleId).keeper == HEIR);
    }

    function test_GivenOfferBetweenTwo_WhenASuccessorOfEitherCancels_IsAccepted() public {
        InstitutionId[2] memory sides = [BIOBANK, LAB];
        for (uint256 i = 0; i < sides.length; ++i) {
            uint256 state = VM.snapshotState();
            _offer();
            _inherit(sides[i]);
            VM.prank(HEIR_ACCOUNT);
            provenance.cancelOffer(_ids(sampleId));
            VM.assertTrue(provenance.sample(sampleId).offeredTo == NO_INSTITUTION);
            VM.revertToState(state);
        }
    }

    function test_GivenCollectorSucceeded_WhenTheLabSequences_NamesTheSuccessorsDatasets() public {
        _transferToLab();
        _inherit(BIOBANK);
        _advance(20);
        DatasetRecord memory reads = _record("reads", standardTerms);
        reads.custodian = HEIR;
        VM.prank(HEIR_ACCOUNT);
        datasets.anchor(reads);
        Performance memory sequencing = _at(_now() - 10, _now());
        VM.prank(LAB_ACCOUNT);
        provenance.recordSequencing(sampleId, _list(reads), sequencing);
        VM.assertEq(provenance.generatedBy(datasets.idOf(reads)), 3);
    }

    function test_GivenDatasetOfAnother_WhenClaimed_IsNamedByItsNewCustodian() public {
        _admitHeir();
        DatasetRecord memory reads = _record("reads", standardTerms);
        (reads.custodian, reads.successor) = (HEIR, BIOBANK);
        _advance(20);
        VM.prank(HEIR_ACCOUNT);
        datasets.anchor(reads);
        DatasetRecord[] memory outputs = _list(reads);
        DatasetId datasetId = datasets.idOf(reads);
        VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceDatasetForeign.selector, datasetId, HEIR));
        VM.prank(CUSTODIAN);
        provenance.recordSequencing(sampleId, outputs, _lately());
        VM.prank(GOVERNANCE);
        institutions.expel(HEIR);
        VM.startPrank(CUSTODIAN);
        datasets.claim(reads);
        provenance.recordSequencing(sampleId, outputs, _lately());
        VM.stopPrank();
        VM.assertEq(provenance.generatedBy(datasetId), 2);
    }

    function test_GivenLicenseeSucceeded_WhenItsSuccessorAnalyses_IsAccepted() public {
        LicenceId licenceId = _issued();
        _advance(20);
        _inherit(UNIVERSITY);
        Analysis memory analysis = _analysis(licenceId);
        VM.startPrank(HEIR_ACCOUNT);
        provenance.recordAnalysis(analysis, _lately());
        provenance.attestCopiesDestroyed(licenceId, _lately(), EVIDENCE);
        VM.stopPrank();
        VM.assertEq(provenance.activityCount(), 3);
    }

    // destroy, attestCopiesDestroyed

    function test_GivenKeeper_WhenDestroys_NothingCanBeDoneWithItEverAfter() public {
        VM.prank(CUSTODIAN);
        SampleId[] memory aliquots = provenance.registerAliquots(sampleId, _labels(1), _lately());
        Performance memory destruction = _lately();
        _expectActivity(3, ActivityKind.SampleDestruction, BIOBANK, destruction);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.SampleDestroyed(sampleId, 3, EVIDENCE);
        VM.prank(CUSTODIAN);
        provenance.destroy(_ids(sampleId), destruction, EVIDENCE);
        VM.assertEq(provenance.sample(sampleId).destroyedAt, _now());

        _advance(20);
        bytes memory destroyed = abi.encodeWithSelector(
            IProvenanceRegistry.ProvenanceSampleDestroyed.selector,
            sampleId
        );
        VM.startPrank(CUSTODIAN);
        VM.expectRevert(destroyed);
        provenance.registerAliquots(sampleId, _labels(1), _at(COLLECTED + 1, COLLECTED + 2));
        VM.expectRevert(destroyed);
        provenance.recordSequencing(sampleId, _outputs("reads"), _lately());
        VM.expectRevert(destroyed);
        provenance.offerCustody(_ids(sampleId), LAB, _now());
        VM.expectRevert(destroyed);
        provenance.destroy(_ids(sampleId), _lately(), EVIDENCE);
        VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceSampleTaken.selector, sampleId));
        provenance.registerSpecimen(specimen, _lately());
        provenance.registerAliquots(aliquots[0], _labels(1), _lately());
        VM.stopPrank();
    }

    function test_GivenEndBeforeTheLastUse_WhenDestroyed_RevertsTooEarly() public {
        Performance memory aliquoting = _lately();
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(sampleId, _labels(1), aliquoting);
        VM.expectRevert(_tooEarly(aliquoting.endedAt, aliquoting.endedAt - 1));
        VM.prank(CUSTODIAN);
        provenance.destroy(_ids(sampleId), _at(COLLECTED, aliquoting.endedAt - 1), EVIDENCE);
    }

    function test_GivenTheSameSampleTwice_WhenDestroyed_Reverts() public {
        SampleId[] memory ids = new SampleId[](2);
        (ids[0], ids[1]) = (sampleId, sampleId);
        VM.expectRevert(abi.encodeWithSelector(IProvenanceRegistry.ProvenanceSampleDestroyed.selector, sampleId));
        VM.prank(CUSTODIAN);
        provenance.destroy(ids, _lately(), EVIDENCE);
    }

    function test_GivenLicensee_WhenDestroysCopies_AttestsItEvenAfterTheLicence() public {
        LicenceId licenceId = _issued();
        _advance(20);
        _terminate(licenceId);
        Performance memory destruction = _lately();
        _expectActivity(2, ActivityKind.CopyDestruction, UNIVERSITY, destruction);
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.CopiesDestroyed(2, licenceId, datasets.idOf(dataset), EVIDENCE);
        VM.prank(RESEARCHER);
        provenance.attestCopiesDestroyed(licenceId, destruction, EVIDENCE);
    }

    function test_GivenNothingDelivered_WhenCopiesDestroyed_Reverts() public {
        LicenceId requested = _requested();
        VM.expectRevert(_notInForce(requested, _lately().startedAt, _lately().endedAt));
        VM.prank(RESEARCHER);
        provenance.attestCopiesDestroyed(requested, _lately(), EVIDENCE);
        LicenceId licenceId = _issued();
        VM.expectRevert(_notInForce(licenceId, _now() - 1, _now()));
        VM.prank(RESEARCHER);
        provenance.attestCopiesDestroyed(licenceId, _at(_now() - 1, _now()), EVIDENCE);
        VM.expectRevert(IProvenanceRegistry.ProvenanceRecordIncomplete.selector);
        VM.prank(RESEARCHER);
        provenance.attestCopiesDestroyed(licenceId, _at(_now(), _now()), 0);
    }

    // ids

    function testFuzz_GivenAnyTwoRecords_WhenRegistered_IdsDiffer(
        SpecimenRecord memory a,
        AliquotRecord memory b
    ) public view {
        AliquotRecord memory other = AliquotRecord({source: b.source, keeper: b.keeper, label: ~b.label});
        VM.assertNotEq(SampleId.unwrap(provenance.idOfSpecimen(a)), SampleId.unwrap(provenance.idOfAliquot(b)));
        VM.assertNotEq(SampleId.unwrap(provenance.idOfAliquot(other)), SampleId.unwrap(provenance.idOfAliquot(b)));
    }

    function testFuzz_GivenAnyStatedTimes_WhenUsed_AreTakenOrRefusedByTheRule(uint32 startedAt, uint32 endedAt) public {
        startedAt = uint32(bound(startedAt, COLLECTED - 10, block.timestamp + 10));
        endedAt = uint32(bound(endedAt, COLLECTED - 10, block.timestamp + 10));
        bool isPossible = startedAt > COLLECTED && startedAt <= endedAt && endedAt <= block.timestamp;
        if (!isPossible) VM.expectRevert();
        VM.prank(CUSTODIAN);
        provenance.registerAliquots(sampleId, _labels(1), _at(startedAt, endedAt));
    }

    function _registered(SpecimenRecord memory record) private returns (SampleId) {
        VM.prank(CUSTODIAN);
        return provenance.registerSpecimen(record, _at(COLLECTED - 60, COLLECTED));
    }

    function _offer() private {
        VM.prank(CUSTODIAN);
        provenance.offerCustody(_ids(sampleId), LAB, _now());
    }

    function _transferToLab() private {
        _offer();
        VM.prank(LAB_ACCOUNT);
        provenance.acceptCustody(_ids(sampleId), _now(), 0, 0);
    }

    function _outputs(bytes32 contentDigest) private view returns (DatasetRecord[] memory) {
        return _list(_record(contentDigest, standardTerms));
    }

    function _expectActivity(
        uint64 activity,
        ActivityKind kind,
        InstitutionId institutionId,
        Performance memory performance
    ) private {
        VM.expectEmit(address(provenance));
        emit IProvenanceRegistry.ActivityRecorded(
            activity,
            kind,
            institutionId,
            performance.startedAt,
            performance.endedAt,
            performance.agent,
            performance.plan
        );
    }

    function _assertAnalysisReverts(
        Analysis memory analysis,
        Performance memory performance,
        bytes memory reason
    ) private {
        uint64 before = provenance.activityCount();
        VM.expectRevert(reason);
        VM.prank(RESEARCHER);
        provenance.recordAnalysis(analysis, performance);
        VM.assertEq(provenance.activityCount(), before);
    }

    function _assertStatus(SampleId given, SampleStatus memory expected) private view {
        VM.assertEq(keccak256(abi.encode(provenance.sample(given))), keccak256(abi.encode(expected)), "status");
    }

    /// @dev An analysis of the licensed dataset with one result.
    function _analysis(LicenceId licenceId) private view returns (Analysis memory analysis) {
        analysis.licenceId = licenceId;
        analysis.version = keccak256("1.4.0");
        analysis.inputs = new DatasetId[](1);
        analysis.inputs[0] = datasets.idOf(dataset);
        analysis.results = new bytes32[](1);
        analysis.results[0] = keccak256("table of allele counts");
    }

    function _specimenOf(bytes32 label) private view returns (SpecimenRecord memory record) {
        record = specimen;
        record.label = label;
    }

    /// @dev Of the last ten seconds, in which nothing else was.
    function _lately() private view returns (Performance memory) {
        return _at(_now() - 10, _now() - 1);
    }

    function _tooEarly(uint32 since, uint32 given) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IProvenanceRegistry.ProvenanceTooEarly.selector,
                SampleId.unwrap(sampleId),
                since,
                given
            );
    }

    function _timesInvalid(uint32 startedAt, uint32 endedAt) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IProvenanceRegistry.ProvenanceTimesInvalid.selector,
                startedAt,
                endedAt,
                block.timestamp
            );
    }

    function _notOffered(InstitutionId caller) private view returns (bytes memory) {
        return abi.encodeWithSelector(IProvenanceRegistry.ProvenanceNotOffered.selector, sampleId, caller);
    }

    function _notKeeper(SampleId given, InstitutionId caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IProvenanceRegistry.ProvenanceNotKeeper.selector, given, caller);
    }

    function _notStanding(DatasetId datasetId) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IProvenanceRegistry.ProvenanceDatasetNotStanding.selector, datasetId);
    }

    function _notInForce(LicenceId licenceId, uint32 startedAt, uint32 endedAt) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IProvenanceRegistry.ProvenanceLicenceNotInForce.selector,
                licenceId,
                startedAt,
                endedAt
            );
    }

    function _at(uint32 startedAt, uint32 endedAt) private pure returns (Performance memory) {
        return Performance({startedAt: startedAt, endedAt: endedAt, agent: "agent", plan: "plan"});
    }

    function _ids(SampleId given) private pure returns (SampleId[] memory list) {
        list = new SampleId[](1);
        list[0] = given;
    }

    function _labels(uint256 count) private pure returns (bytes32[] memory list) {
        list = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) list[i] = keccak256(abi.encode("aliquot", i));
    }

    function _list(DatasetRecord memory record) private pure returns (DatasetRecord[] memory list) {
        list = new DatasetRecord[](1);
        list[0] = record;
    }

    function _ascending(DatasetId a, DatasetId b) private pure returns (DatasetId[] memory list) {
        list = new DatasetId[](2);
        bool isOrdered = DatasetId.unwrap(a) < DatasetId.unwrap(b);
        (list[0], list[1]) = isOrdered ? (a, b) : (b, a);
    }
}
