// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {IOntologyRegistry} from "../../contracts/dataset/IOntologyRegistry.sol";
import {
    DataUseEmpty,
    FACT_NOT_FOR_PROFIT,
    KIND_CC,
    KIND_CTRL,
    KIND_DS,
    KIND_GRU,
    MODIFIER_GS,
    MODIFIER_NPU,
    PERMISSION_DS
} from "../../contracts/libraries/DataUse.sol";
import {MerkleLeaves} from "../../contracts/libraries/MerkleLeaves.sol";
import {
    DENY_DS_NOT_COVERED,
    DENY_NPU,
    DENY_UNPROVEN,
    MANUAL_CTRL_NEEDS_REVIEW,
    MANUAL_GS_UNATTESTED,
    MANUAL_NPU_UNATTESTED
} from "../../contracts/libraries/Verdicts.sol";
import {IDecisionRegistry} from "../../contracts/licence/IDecisionRegistry.sol";
import {LineageWitness, Purpose, Terms, Verdict} from "../../contracts/types/DataUse.sol";
import {InstitutionId} from "../../contracts/types/Ids.sol";
import {purposeFor} from "../support/DataUseForms.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

contract DecisionRegistryTest is ConcordSystem {
    uint32 private constant CANCER = 4992;
    uint32 private constant LUNG_CANCER = 5138;
    uint32 private constant FLU = 5812;

    // Four leaves: two pairs of lung cancer, and the lineages of lung cancer and of flu.
    bytes32 private root;
    bytes32[] private pairProof;
    bytes32[] private lungCancerProof;
    bytes32[] private fluProof;

    function setUp() public {
        _deploySystem();
        bytes32 pair = MerkleLeaves.pair(LUNG_CANCER, CANCER);
        bytes32 other = MerkleLeaves.pair(LUNG_CANCER, 700_096);
        bytes32 lungCancer = MerkleLeaves.lineage(LUNG_CANCER, _list(CANCER, 700_096));
        bytes32 flu = MerkleLeaves.lineage(FLU, _list(700_096));
        bytes32 pairs = Hashes.commutativeKeccak256(pair, other);
        bytes32 lineages = Hashes.commutativeKeccak256(lungCancer, flu);
        root = Hashes.commutativeKeccak256(pairs, lineages);
        (pairProof, lungCancerProof, fluProof) = (new bytes32[](2), new bytes32[](2), new bytes32[](2));
        (pairProof[0], pairProof[1]) = (other, lineages);
        (lungCancerProof[0], lungCancerProof[1]) = (flu, pairs);
        (fluProof[0], fluProof[1]) = (lungCancer, pairs);
        VM.prank(GOVERNANCE);
        ontologies.publish(root, "Mondo", "2022-09-06", "file", 2, 2);
    }

    function test_GivenNothingKept_WhenAsked_SaysUnproven() public view {
        _assertVerdict(_terms("terms"), _purpose(KIND_GRU), UNIVERSITY, DENY_UNPROVEN, 0);
    }

    function test_GivenAnyone_WhenDecides_AnswerIsKeptAndSaid() public {
        Terms memory given = _terms("terms");
        Purpose memory purpose = _purpose(KIND_CC | KIND_CTRL);
        VM.expectEmit(address(decisions));
        emit IDecisionRegistry.DecisionKept(_digest(given), _digest(purpose), 1 << 15, MANUAL_CTRL_NEEDS_REVIEW);
        VM.prank(STRANGER);
        decisions.decide(given, purpose, _noWitness());
        VM.assertTrue(decisions.isKept(_digest(given), _digest(purpose)));
        VM.assertFalse(decisions.isKept(_digest(given), _digest(_purpose(KIND_CC))));
        _assertVerdict(given, purpose, UNIVERSITY, 1 << 15, MANUAL_CTRL_NEEDS_REVIEW);
    }

    function test_GivenKept_WhenDecidedAgain_ChangesAndSaysNothing() public {
        decisions.decide(_terms("terms"), _purpose(KIND_GRU), _noWitness());
        VM.recordLogs();
        decisions.decide(_terms("terms"), _purpose(KIND_GRU), _noWitness());
        VM.assertEq(VM.getRecordedLogs().length, 0);
    }

    function test_GivenMalformedTerms_WhenDecided_RevertsWithTheirError() public {
        Terms memory given = _terms("terms");
        given.permissions = 0;
        VM.expectRevert(DataUseEmpty.selector);
        decisions.decide(given, _purpose(KIND_GRU), _noWitness());
    }

    function test_GivenMalformedPurpose_WhenDecided_RevertsWithItsError() public {
        VM.expectRevert(DataUseEmpty.selector);
        decisions.decide(_terms("terms"), _purpose(0), _noWitness());
    }

    function test_GivenDescendantWithoutProof_WhenDecided_RevertsUnprovenAndKeepsNothing() public {
        Purpose memory purpose = _for(LUNG_CANCER);
        VM.expectRevert(
            abi.encodeWithSelector(
                IDecisionRegistry.DecisionUnproven.selector,
                _digest(_cancerTerms()),
                _digest(purpose)
            )
        );
        decisions.decide(_cancerTerms(), purpose, _noWitness());
        VM.assertFalse(decisions.isKept(_digest(_cancerTerms()), _digest(purpose)));
    }

    function test_GivenPairKeptByOntologyRegistry_WhenDecidedWithoutWitness_Approves() public {
        ontologies.prove(root, LUNG_CANCER, CANCER, pairProof);
        decisions.decide(_cancerTerms(), _for(LUNG_CANCER), _noWitness());
        _assertVerdict(_cancerTerms(), _for(LUNG_CANCER), UNIVERSITY, 0, 0);
    }

    function test_GivenPairWithLastOfTermsDiseases_WhenDecidedWithoutWitness_Approves() public {
        ontologies.prove(root, LUNG_CANCER, CANCER, pairProof);
        Terms memory given = _cancerTerms();
        given.diseases = _list(1, 2, CANCER);
        decisions.decide(given, _for(LUNG_CANCER), _noWitness());
        _assertVerdict(given, _for(LUNG_CANCER), UNIVERSITY, 0, 0);
    }

    function test_GivenPairOfRegionsKept_WhenDecidedWithoutWitness_IsWithinTheRegions() public {
        Terms memory given = _terms("regions");
        (given.modifiers, given.regions, given.regionRelease) = (MODIFIER_GS, _list(CANCER), root);
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.regions = _list(LUNG_CANCER);
        VM.expectRevert(
            abi.encodeWithSelector(IDecisionRegistry.DecisionUnproven.selector, _digest(given), _digest(purpose))
        );
        decisions.decide(given, purpose, _noWitness());
        ontologies.prove(root, LUNG_CANCER, CANCER, pairProof);
        decisions.decide(given, purpose, _noWitness());
        _assertVerdict(given, purpose, UNIVERSITY, 0, MANUAL_GS_UNATTESTED);
    }

    function test_GivenNumberOfNoTermAmongTheDiseases_WhenDecidedWithoutWitness_CoversNothing() public {
        Terms memory given = _cancerTerms();
        given.diseases = _list(0, CANCER);
        VM.expectRevert(
            abi.encodeWithSelector(IDecisionRegistry.DecisionUnproven.selector, _digest(given), _digest(_for(FLU)))
        );
        decisions.decide(given, _for(FLU), _noWitness());
    }

    function test_GivenWholeLineage_WhenDecided_ApprovesDescendant() public {
        decisions.decide(
            _cancerTerms(),
            _for(LUNG_CANCER),
            _witness(LUNG_CANCER, _list(CANCER, 700_096), lungCancerProof)
        );
        _assertVerdict(_cancerTerms(), _for(LUNG_CANCER), UNIVERSITY, 0, 0);
    }

    function test_GivenWholeLineage_WhenDecided_DeniesWhatIsNoDescendant() public {
        decisions.decide(_cancerTerms(), _for(FLU), _witness(FLU, _list(700_096), fluProof));
        _assertVerdict(_cancerTerms(), _for(FLU), UNIVERSITY, DENY_DS_NOT_COVERED, 0);
    }

    function test_GivenForgedLineage_WhenDecided_RevertsProofInvalid() public {
        VM.expectRevert(abi.encodeWithSelector(IOntologyRegistry.OntologyProofInvalid.selector, root, FLU));
        decisions.decide(_cancerTerms(), _for(FLU), _witness(FLU, _list(CANCER), fluProof));
    }

    function test_GivenTermsOfUnpublishedRelease_WhenDecidedWithWitness_RevertsReleaseUnknown() public {
        Terms memory given = _cancerTerms();
        given.ontologyRelease = keccak256("another");
        VM.expectRevert(
            abi.encodeWithSelector(IOntologyRegistry.OntologyReleaseUnknown.selector, given.ontologyRelease)
        );
        LineageWitness[] memory witnesses = _witness(FLU, _list(700_096), fluProof);
        witnesses[0].release = given.ontologyRelease;
        decisions.decide(given, _for(FLU), witnesses);
    }

    function test_GivenWitnessOfAnotherRelease_WhenDecided_ProvesNothing() public {
        Terms memory given = _cancerTerms();
        given.ontologyRelease = keccak256("another");
        bytes32 purpose = _digest(_for(FLU));
        VM.expectRevert(abi.encodeWithSelector(IDecisionRegistry.DecisionUnproven.selector, _digest(given), purpose));
        decisions.decide(given, _for(FLU), _witness(FLU, _list(700_096), fluProof));
    }

    function test_GivenNpu_WhenAskedForEachLicensee_ReadsItsRecordNow() public {
        Terms memory given = _terms("terms");
        given.modifiers = MODIFIER_NPU;
        decisions.decide(given, _purpose(KIND_GRU), _noWitness());
        _assertVerdict(given, _purpose(KIND_GRU), UNIVERSITY, 0, 0);
        _assertVerdict(given, _purpose(KIND_GRU), PHARMA, DENY_NPU, 0);
    }

    function test_GivenNpuAndUnattestedFact_WhenAsked_NeedsReview() public {
        Terms memory given = _terms("terms");
        given.modifiers = MODIFIER_NPU;
        Purpose memory purpose = _purpose(KIND_GRU);
        purpose.unattested = FACT_NOT_FOR_PROFIT;
        decisions.decide(given, purpose, _noWitness());
        _assertVerdict(given, purpose, UNIVERSITY, 0, MANUAL_NPU_UNATTESTED);
        _assertVerdict(given, purpose, PHARMA, DENY_NPU, 0);
    }

    function test_GivenNpu_WhenAskedForNobody_Denies() public {
        Terms memory given = _terms("terms");
        given.modifiers = MODIFIER_NPU;
        decisions.decide(given, _purpose(KIND_GRU), _noWitness());
        _assertVerdict(given, _purpose(KIND_GRU), NOBODY, DENY_NPU, 0);
    }

    function _assertVerdict(
        Terms memory given,
        Purpose memory purpose,
        InstitutionId licensee,
        uint256 deny,
        uint256 manual
    ) private view {
        Verdict memory verdict = decisions.verdictOf(_digest(given), _digest(purpose), licensee);
        VM.assertEq(verdict.deny, deny, "deny");
        VM.assertEq(verdict.manual, manual, "manual");
    }

    function _cancerTerms() private view returns (Terms memory given) {
        given = _terms("cancer");
        given.permissions = PERMISSION_DS;
        given.diseases = _list(CANCER);
        given.ontologyRelease = root;
    }

    function _for(uint32 disease) private pure returns (Purpose memory) {
        return purposeFor(KIND_DS, _list(disease));
    }

    function _noWitness() private pure returns (LineageWitness[] memory) {
        return new LineageWitness[](0);
    }

    function _witness(
        uint32 term,
        uint32[] memory ancestors,
        bytes32[] memory proof
    ) private view returns (LineageWitness[] memory witnesses) {
        witnesses = new LineageWitness[](1);
        witnesses[0] = LineageWitness({release: root, term: term, ancestors: ancestors, proof: proof});
    }

    function _digest(Terms memory given) private pure returns (bytes32) {
        return keccak256(abi.encode(given));
    }

    function _digest(Purpose memory given) private pure returns (bytes32) {
        return keccak256(abi.encode(given));
    }
}
