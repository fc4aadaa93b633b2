// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {IDatasetRegistry} from "../../contracts/dataset/IDatasetRegistry.sol";
import {IInstitutionRegistry} from "../../contracts/identity/IInstitutionRegistry.sol";
import {
    Chunk,
    DatasetRecord,
    DataLevel,
    Deidentification,
    DeidentificationClass
} from "../../contracts/types/Dataset.sol";
import {
    DatasetId,
    InstitutionId,
    NO_DATASET,
    NO_INSTITUTION,
    ParticipantId,
    ScopeId
} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";
import {DatasetForm} from "./DatasetForm.sol";

contract DatasetRegistryTest is DatasetForm {
    function setUp() public {
        _deploySystem();
        VM.prank(GOVERNANCE);
        institutions.addAccount(BIOBANK, address(0xB10));
    }

    // anchor

    function test_GivenCustodian_WhenAnchors_RecordsItAndSaysSo() public {
        DatasetRecord memory record = _record("content", "terms");
        record.participantsRoot = "participants";
        DatasetId expected = DatasetId.wrap(keccak256(abi.encode(record)));
        _expectAnchored(expected, record, 1);
        VM.prank(CUSTODIAN);
        DatasetId datasetId = datasets.anchor(record);
        VM.assertTrue(datasetId == expected && datasets.idOf(record) == expected);
        VM.assertEq(datasets.anchoredAt(datasetId), START);
        VM.assertEq(datasets.versionOf(datasetId), 1);
        VM.assertTrue(datasets.isStanding(datasetId));
        VM.assertTrue(datasets.custodianOf(datasetId) == NO_INSTITUTION);
    }

    function test_GivenEachLevel_WhenAnchored_IsKnownById() public {
        for (uint256 i = 0; i < 3; ++i) {
            DatasetRecord memory record = _record(bytes32(i + 1), "terms");
            record.level = DataLevel(i);
            if (record.level == DataLevel.Aggregate) record.minimumCell = 10;
            VM.prank(CUSTODIAN);
            VM.assertTrue(datasets.levelOf(datasets.anchor(record)) == DataLevel(i));
        }
        VM.assertTrue(datasets.levelOf(DatasetId.wrap("another")) == DataLevel.Individual);
    }

    function test_GivenFurtherAccountOfCustodian_WhenAnchors_RecordsIt() public {
        VM.prank(address(0xB10));
        VM.assertTrue(datasets.isStanding(datasets.anchor(_record("content", "terms"))));
    }

    function test_GivenNothingAnchored_WhenAsked_AnswersNothing() public view {
        DatasetId datasetId = datasets.idOf(_record("content", "terms"));
        VM.assertEq(datasets.anchoredAt(datasetId), 0);
        VM.assertEq(datasets.versionOf(datasetId), 0);
        VM.assertFalse(datasets.isStanding(datasetId));
    }

    function test_GivenNoCustodian_WhenAnchors_RevertsUnauthorised() public {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, RESEARCHER));
        VM.prank(RESEARCHER);
        datasets.anchor(_record("content", "terms"));
    }

    function test_GivenSuspendedCustodian_WhenAnchors_RevertsNotInStanding() public {
        VM.prank(GOVERNANCE);
        institutions.suspend(BIOBANK);
        _assertAnchorReverts(
            _record("content", "terms"),
            abi.encodeWithSelector(IInstitutionRegistry.InstitutionNotInStanding.selector, BIOBANK)
        );
    }

    function test_GivenRecordOfAnotherCustodian_WhenAnchored_RevertsNotCustodian() public {
        DatasetRecord memory record = _record("content", "terms");
        record.custodian = UNIVERSITY;
        _assertAnchorReverts(
            record,
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotCustodian.selector, UNIVERSITY, BIOBANK)
        );
    }

    function test_GivenRecordWithoutANeededField_WhenAnchored_RevertsIncomplete() public {
        for (uint256 i = 0; i < 4; ++i) {
            DatasetRecord memory record = _record("content", "terms");
            if (i == 0) record.contentDigest = 0;
            else if (i == 1) record.manifestRoot = 0;
            else if (i == 2) record.termsDigest = 0;
            else record.scopeId = ScopeId.wrap(0);
            _assertAnchorReverts(record, abi.encodeWithSelector(IDatasetRegistry.DatasetRecordIncomplete.selector));
        }
    }

    function testFuzz_GivenLevelAndMinimumCell_WhenAnchored_OnlyAggregatesHaveOne(uint8 level, uint32 cell) public {
        DatasetRecord memory record = _record("content", "terms");
        record.level = DataLevel(level % 3);
        record.minimumCell = cell % 3;
        if ((record.level == DataLevel.Aggregate) != (record.minimumCell != 0)) {
            VM.expectRevert(
                abi.encodeWithSelector(
                    IDatasetRegistry.DatasetMinimumCellInvalid.selector,
                    record.level,
                    record.minimumCell
                )
            );
        }
        VM.prank(CUSTODIAN);
        datasets.anchor(record);
    }

    function test_GivenDeidentification_WhenAnchored_MethodAndReviewerMustFitTheClass() public {
        for (uint256 i = 0; i < 20; ++i) {
            DeidentificationClass class = DeidentificationClass(i / 4);
            bytes32 method = i & 1 == 0 ? bytes32(0) : bytes32("method");
            InstitutionId reviewer = i & 2 == 0 ? NO_INSTITUTION : ETHICS;
            DatasetRecord memory record = _record("content", "terms");
            record.deidentification = Deidentification(class, method, reviewer);
            bool isValid = method != 0 && reviewer == ETHICS;
            if (class == DeidentificationClass.Identifiable) isValid = i & 3 == 0;
            else if (class == DeidentificationClass.Pseudonymised) isValid = method != 0;
            if (isValid) {
                VM.prank(CUSTODIAN);
                datasets.anchor(record);
                continue;
            }
            _assertAnchorReverts(
                record,
                abi.encodeWithSelector(
                    IDatasetRegistry.DatasetDeidentificationInvalid.selector,
                    class,
                    method,
                    reviewer
                )
            );
        }
    }

    function test_GivenCustodianNamedAsSuccessor_WhenAnchored_RevertsSuccessorInvalid() public {
        DatasetRecord memory record = _record("content", "terms");
        record.successor = BIOBANK;
        _assertAnchorReverts(
            record,
            abi.encodeWithSelector(IDatasetRegistry.DatasetSuccessorInvalid.selector, BIOBANK)
        );
    }

    function test_GivenRecordNamesPrevious_WhenAnchoredAsFirst_RevertsVersionMismatch() public {
        DatasetRecord memory record = _record("content", "terms");
        record.previous = DatasetId.wrap("another");
        _assertAnchorReverts(
            record,
            abi.encodeWithSelector(IDatasetRegistry.DatasetVersionMismatch.selector, record.previous, NO_DATASET)
        );
    }

    function test_GivenAnchored_WhenAnchoredAgain_RevertsAlreadyAnchored() public {
        DatasetRecord memory record = _anchored("content");
        _assertAnchorReverts(
            record,
            abi.encodeWithSelector(IDatasetRegistry.DatasetAlreadyAnchored.selector, datasets.idOf(record))
        );
    }

    function test_GivenRetracted_WhenAnchoredAgain_RevertsAlreadyAnchored() public {
        DatasetRecord memory record = _anchored("content");
        VM.prank(CUSTODIAN);
        datasets.retract(record);
        _assertAnchorReverts(
            record,
            abi.encodeWithSelector(IDatasetRegistry.DatasetAlreadyAnchored.selector, datasets.idOf(record))
        );
    }

    // anchorVersion

    function test_GivenStandingVersion_WhenNextIsAnchored_BothStandAndNumberRises() public {
        DatasetRecord memory first = _anchored("content");
        DatasetRecord memory second = _next(first, "new content");
        DatasetId secondId = datasets.idOf(second);
        _expectAnchored(secondId, second, 2);
        VM.prank(CUSTODIAN);
        datasets.anchorVersion(second, first);
        VM.assertEq(datasets.versionOf(secondId), 2);
        VM.assertTrue(datasets.isStanding(secondId) && datasets.isStanding(datasets.idOf(first)));
        DatasetRecord memory third = _next(second, "newest content");
        VM.prank(CUSTODIAN);
        VM.assertEq(datasets.versionOf(datasets.anchorVersion(third, second)), 3);
    }

    function test_GivenOtherWitness_WhenVersionAnchored_RevertsVersionMismatch() public {
        DatasetRecord memory first = _anchored("content");
        DatasetRecord memory other = _anchored("other content");
        DatasetRecord memory second = _next(first, "new content");
        _assertVersionReverts(
            second,
            other,
            abi.encodeWithSelector(
                IDatasetRegistry.DatasetVersionMismatch.selector,
                second.previous,
                datasets.idOf(other)
            )
        );
    }

    function test_GivenPreviousNeverAnchored_WhenVersionAnchored_RevertsNotAnchored() public {
        DatasetRecord memory first = _record("content", "terms");
        _assertVersionReverts(
            _next(first, "new content"),
            first,
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotAnchored.selector, datasets.idOf(first))
        );
    }

    function test_GivenPreviousRetracted_WhenVersionAnchored_RevertsIsRetracted() public {
        DatasetRecord memory first = _anchored("content");
        VM.prank(CUSTODIAN);
        datasets.retract(first);
        _assertVersionReverts(
            _next(first, "new content"),
            first,
            abi.encodeWithSelector(IDatasetRegistry.DatasetIsRetracted.selector, datasets.idOf(first))
        );
    }

    function test_GivenVersionOfAnotherCustodian_WhenAnchored_RevertsNotCustodian() public {
        DatasetRecord memory first = _anchored("content");
        DatasetRecord memory second = _next(first, "new content");
        second.custodian = UNIVERSITY;
        _assertVersionReverts(
            second,
            first,
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotCustodian.selector, BIOBANK, UNIVERSITY)
        );
    }

    function test_GivenVersionOfAnotherScope_WhenAnchored_RevertsScopeMismatch() public {
        DatasetRecord memory first = _anchored("content");
        DatasetRecord memory second = _next(first, "new content");
        second.scopeId = OTHER_SCOPE;
        _assertVersionReverts(
            second,
            first,
            abi.encodeWithSelector(IDatasetRegistry.DatasetScopeMismatch.selector, SCOPE, OTHER_SCOPE)
        );
    }

    function test_GivenIncompleteVersion_WhenAnchored_RevertsIncomplete() public {
        DatasetRecord memory first = _anchored("content");
        _assertVersionReverts(
            _next(first, 0),
            first,
            abi.encodeWithSelector(IDatasetRegistry.DatasetRecordIncomplete.selector)
        );
    }

    function test_GivenAnchoredVersion_WhenAnchoredAgain_RevertsAlreadyAnchored() public {
        DatasetRecord memory first = _anchored("content");
        DatasetRecord memory second = _next(first, "new content");
        VM.prank(CUSTODIAN);
        datasets.anchorVersion(second, first);
        _assertVersionReverts(
            second,
            first,
            abi.encodeWithSelector(IDatasetRegistry.DatasetAlreadyAnchored.selector, datasets.idOf(second))
        );
    }

    function test_GivenOtherInstitution_WhenAnchorsVersion_RevertsUnauthorised() public {
        DatasetRecord memory first = _anchored("content");
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        VM.prank(STRANGER);
        datasets.anchorVersion(_next(first, "new content"), first);
    }

    // retract

    function test_GivenStanding_WhenRetracted_StandsNoMoreButStaysReadable() public {
        DatasetRecord memory record = _anchored("content");
        DatasetId datasetId = datasets.idOf(record);
        VM.warp(START + 100);
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetRetracted(datasetId, BIOBANK);
        VM.prank(CUSTODIAN);
        datasets.retract(record);
        VM.assertFalse(datasets.isStanding(datasetId));
        VM.assertEq(datasets.anchoredAt(datasetId), START);
        VM.assertEq(datasets.versionOf(datasetId), 1);
    }

    function test_GivenRetracted_WhenRetractedAgain_RevertsIsRetracted() public {
        DatasetRecord memory record = _anchored("content");
        VM.startPrank(CUSTODIAN);
        datasets.retract(record);
        VM.expectRevert(
            abi.encodeWithSelector(IDatasetRegistry.DatasetIsRetracted.selector, keccak256(abi.encode(record)))
        );
        datasets.retract(record);
        VM.stopPrank();
    }

    function test_GivenNeverAnchored_WhenRetracted_RevertsNotAnchored() public {
        DatasetRecord memory record = _record("content", "terms");
        VM.expectRevert(
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotAnchored.selector, keccak256(abi.encode(record)))
        );
        VM.prank(CUSTODIAN);
        datasets.retract(record);
    }

    function test_GivenAnotherCustodian_WhenRetracts_RevertsNotCustodian() public {
        DatasetRecord memory record = _anchored("content");
        address other = address(0x07);
        VM.prank(GOVERNANCE);
        institutions.admit(NOBODY, _profile(CUSTODIAN_BIT, true), other);
        VM.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetNotCustodian.selector, BIOBANK, NOBODY));
        VM.prank(other);
        datasets.retract(record);
    }

    function test_GivenStranger_WhenRetracts_RevertsUnauthorised() public {
        DatasetRecord memory record = _anchored("content");
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        VM.prank(STRANGER);
        datasets.retract(record);
    }

    // provesChunk

    function testFuzz_GivenChunksOfManifest_WhenProved_OnlyTheyBelong(Chunk memory a, Chunk memory b) public {
        VM.assume(keccak256(abi.encode(a)) != keccak256(abi.encode(b)));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = _leaf(b);
        DatasetRecord memory record = _record("content", "terms");
        record.manifestRoot = Hashes.commutativeKeccak256(_leaf(a), _leaf(b));
        VM.prank(CUSTODIAN);
        datasets.anchor(record);
        VM.assertTrue(datasets.provesChunk(record, a, proof));
        VM.assertFalse(datasets.provesChunk(record, b, proof));
        a.index ^= 1;
        VM.assertFalse(datasets.provesChunk(record, a, proof));
    }

    function test_GivenRecordNeverAnchored_WhenChunkProved_RevertsNotAnchored() public {
        DatasetRecord memory record = _record("content", "terms");
        VM.expectRevert(
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotAnchored.selector, keccak256(abi.encode(record)))
        );
        datasets.provesChunk(record, Chunk("file", 0, 1, "chunk"), new bytes32[](0));
    }

    function test_GivenRetracted_WhenChunkProved_StillAnswers() public {
        Chunk memory chunk = Chunk("file", 0, 1, "chunk");
        DatasetRecord memory record = _record("content", "terms");
        record.manifestRoot = _leaf(chunk);
        VM.startPrank(CUSTODIAN);
        datasets.anchor(record);
        datasets.retract(record);
        VM.stopPrank();
        VM.assertTrue(datasets.provesChunk(record, chunk, new bytes32[](0)));
    }

    // provesParticipant

    function testFuzz_GivenParticipants_WhenProved_OnlyTheyBelong(bytes32 a, bytes32 b, bytes32 other) public {
        VM.assume(a != b && a != other && b != other);
        DatasetRecord memory record = _record("content", "terms");
        record.participantsRoot = Hashes.commutativeKeccak256(_personLeaf(a), _personLeaf(b));
        VM.prank(CUSTODIAN);
        datasets.anchor(record);
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = _personLeaf(b);
        VM.assertTrue(datasets.provesParticipant(record, ParticipantId.wrap(a), proof));
        VM.assertFalse(datasets.provesParticipant(record, ParticipantId.wrap(b), proof));
        VM.assertFalse(datasets.provesParticipant(record, ParticipantId.wrap(other), proof));
    }

    function test_GivenNoParticipants_WhenProved_NobodyBelongs() public {
        DatasetRecord memory record = _anchored("content");
        VM.assertFalse(datasets.provesParticipant(record, ParticipantId.wrap("somebody"), new bytes32[](0)));
        VM.assertFalse(datasets.provesParticipant(record, ParticipantId.wrap(0), new bytes32[](0)));
    }

    function test_GivenRecordNeverAnchored_WhenParticipantProved_RevertsNotAnchored() public {
        DatasetRecord memory record = _record("content", "terms");
        VM.expectRevert(
            abi.encodeWithSelector(IDatasetRegistry.DatasetNotAnchored.selector, keccak256(abi.encode(record)))
        );
        datasets.provesParticipant(record, ParticipantId.wrap("somebody"), new bytes32[](0));
    }

    function _expectAnchored(DatasetId datasetId, DatasetRecord memory record, uint32 number) private {
        VM.expectEmit(address(datasets));
        emit IDatasetRegistry.DatasetAnchored(datasetId, record.custodian, record.scopeId, number, record);
    }

    function _assertAnchorReverts(DatasetRecord memory record, bytes memory reason) private {
        VM.expectRevert(reason);
        VM.prank(CUSTODIAN);
        datasets.anchor(record);
    }

    function _assertVersionReverts(
        DatasetRecord memory record,
        DatasetRecord memory previous,
        bytes memory reason
    ) private {
        VM.expectRevert(reason);
        VM.prank(CUSTODIAN);
        datasets.anchorVersion(record, previous);
    }

    function _leaf(Chunk memory chunk) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(chunk))));
    }

    function _personLeaf(bytes32 participantId) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(participantId))));
    }
}
