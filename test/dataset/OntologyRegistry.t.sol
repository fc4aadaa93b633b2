// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {IOntologyRegistry} from "../../contracts/dataset/IOntologyRegistry.sol";
import {MerkleLeaves} from "../../contracts/libraries/MerkleLeaves.sol";
import {LineageWitness} from "../../contracts/types/DataUse.sol";
import {ConcordSystem} from "../support/ConcordSystem.sol";
import {VM} from "../support/Vm.sol";

contract OntologyRegistryTest is ConcordSystem {
    // A release of two leaves: the pair (lung cancer, cancer), and lung cancer's whole lineage.
    uint32 private constant CANCER = 4992;
    uint32 private constant LUNG_CANCER = 5138;
    bytes32 private root;
    bytes32 private pairLeaf;
    bytes32 private lineageLeaf;

    function setUp() public {
        _deploySystem();
        pairLeaf = MerkleLeaves.pair(LUNG_CANCER, CANCER);
        lineageLeaf = MerkleLeaves.lineage(LUNG_CANCER, _list(CANCER));
        root = Hashes.commutativeKeccak256(pairLeaf, lineageLeaf);
    }

    // publish

    function test_GivenCurator_WhenPublishes_RecordsReleaseAndSaysSo() public {
        VM.assertFalse(ontologies.isPublished(root));
        VM.expectEmit(address(ontologies));
        emit IOntologyRegistry.OntologyReleasePublished(root, "Mondo", "2022-09-06", "file", 2, 1);
        _publish();
        VM.assertTrue(ontologies.isPublished(root));
    }

    function test_GivenNoCurator_WhenPublishes_RevertsUnauthorised() public {
        VM.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CUSTODIAN));
        VM.prank(CUSTODIAN);
        ontologies.publish(root, "Mondo", "2022-09-06", "file", 2, 1);
    }

    function test_GivenPublished_WhenPublishedAgain_RevertsReleaseTaken() public {
        _publish();
        VM.expectRevert(abi.encodeWithSelector(IOntologyRegistry.OntologyReleaseTaken.selector, root));
        _publish();
    }

    function test_GivenMissingField_WhenPublished_RevertsIncomplete() public {
        VM.startPrank(GOVERNANCE);
        VM.expectRevert(IOntologyRegistry.OntologyReleaseIncomplete.selector);
        ontologies.publish(0, "Mondo", "2022-09-06", "file", 2, 1);
        VM.expectRevert(IOntologyRegistry.OntologyReleaseIncomplete.selector);
        ontologies.publish(root, "", "2022-09-06", "file", 2, 1);
        VM.expectRevert(IOntologyRegistry.OntologyReleaseIncomplete.selector);
        ontologies.publish(root, "Mondo", "", "file", 2, 1);
        VM.expectRevert(IOntologyRegistry.OntologyReleaseIncomplete.selector);
        ontologies.publish(root, "Mondo", "2022-09-06", 0, 2, 1);
        VM.stopPrank();
    }

    // prove

    function test_GivenPair_WhenAnyoneProvesIt_IsKeptAndSaidOnce() public {
        _publish();
        VM.assertFalse(ontologies.isProved(root, LUNG_CANCER, CANCER));
        VM.expectEmit(address(ontologies));
        emit IOntologyRegistry.OntologyPairProved(root, LUNG_CANCER, CANCER);
        VM.prank(STRANGER);
        ontologies.prove(root, LUNG_CANCER, CANCER, _proof(lineageLeaf));
        VM.assertTrue(ontologies.isProved(root, LUNG_CANCER, CANCER));
        VM.assertFalse(ontologies.isProved(root, CANCER, LUNG_CANCER), "the other way round");
        VM.assertFalse(ontologies.isProved(keccak256("another"), LUNG_CANCER, CANCER));

        VM.recordLogs();
        ontologies.prove(root, LUNG_CANCER, CANCER, _proof(lineageLeaf));
        VM.assertEq(VM.getRecordedLogs().length, 0, "proving again changes nothing");
    }

    function test_GivenReleaseNotYetPublished_WhenPairIsProved_IsKeptForItsRoot() public {
        ontologies.prove(root, LUNG_CANCER, CANCER, _proof(lineageLeaf));
        VM.assertTrue(ontologies.isProved(root, LUNG_CANCER, CANCER));
        VM.assertFalse(ontologies.isPublished(root), "a proof publishes nothing");
    }

    function test_GivenOtherPairOrProof_WhenProved_RevertsProofInvalid() public {
        _publish();
        VM.expectRevert(abi.encodeWithSelector(IOntologyRegistry.OntologyProofInvalid.selector, root, CANCER));
        ontologies.prove(root, CANCER, LUNG_CANCER, _proof(lineageLeaf));
        VM.expectRevert(abi.encodeWithSelector(IOntologyRegistry.OntologyProofInvalid.selector, root, LUNG_CANCER));
        ontologies.prove(root, LUNG_CANCER, CANCER, _proof(pairLeaf));
        VM.expectRevert(abi.encodeWithSelector(IOntologyRegistry.OntologyProofInvalid.selector, root, LUNG_CANCER));
        ontologies.prove(root, LUNG_CANCER, CANCER, new bytes32[](0));
    }

    function testFuzz_GivenPairProved_WhenAskedOfOthers_TheyAreNot(uint32 other) public {
        VM.assume(other != LUNG_CANCER && other != CANCER);
        _publish();
        ontologies.prove(root, LUNG_CANCER, CANCER, _proof(lineageLeaf));
        VM.assertFalse(ontologies.isProved(root, LUNG_CANCER, other), "another ancestor");
        VM.assertFalse(ontologies.isProved(root, other, CANCER), "another descendant");
    }

    function test_GivenPairProved_WhenAskedOfTermsThatDifferInOneBit_TheyAreNot() public {
        (uint32 descendant, uint32 ancestor) = (0x55555555, 0xAAAAAAAA);
        // The only leaf of a tree is its root.
        bytes32 pair = MerkleLeaves.pair(descendant, ancestor);
        VM.prank(GOVERNANCE);
        ontologies.publish(pair, "One pair", "1", "file", 2, 1);
        ontologies.prove(pair, descendant, ancestor, new bytes32[](0));
        for (uint256 bit = 0; bit < 32; ++bit) {
            uint32 flipped = uint32(1 << bit);
            VM.assertFalse(ontologies.isProved(pair, descendant, ancestor ^ flipped), "another ancestor");
            VM.assertFalse(ontologies.isProved(pair, descendant ^ flipped, ancestor), "another descendant");
        }
        VM.assertTrue(ontologies.isProved(pair, descendant, ancestor));
    }

    // requireLineage

    function test_GivenWholeLineage_WhenRequired_Passes() public {
        _publish();
        ontologies.requireLineage(LineageWitness(root, LUNG_CANCER, _list(CANCER), _proof(pairLeaf)));
    }

    function test_GivenNoRelease_WhenLineageRequired_RevertsReleaseUnknown() public {
        VM.expectRevert(abi.encodeWithSelector(IOntologyRegistry.OntologyReleaseUnknown.selector, root));
        ontologies.requireLineage(LineageWitness(root, LUNG_CANCER, _list(CANCER), _proof(pairLeaf)));
    }

    function test_GivenShorterOrLongerLineage_WhenRequired_RevertsProofInvalid() public {
        _publish();
        _assertLineageRejected(LUNG_CANCER, new uint32[](0));
        _assertLineageRejected(LUNG_CANCER, _list(CANCER, 700_096));
        _assertLineageRejected(CANCER, _list(CANCER));
    }

    function test_GivenPairsLeaf_WhenGivenOutAsLineage_RevertsProofInvalid() public {
        _publish();
        VM.expectRevert(abi.encodeWithSelector(IOntologyRegistry.OntologyProofInvalid.selector, root, LUNG_CANCER));
        ontologies.requireLineage(LineageWitness(root, LUNG_CANCER, _list(CANCER), _proof(lineageLeaf)));
    }

    function _publish() private {
        VM.prank(GOVERNANCE);
        ontologies.publish(root, "Mondo", "2022-09-06", "file", 2, 1);
    }

    function _assertLineageRejected(uint32 term, uint32[] memory ancestors) private {
        VM.expectRevert(abi.encodeWithSelector(IOntologyRegistry.OntologyProofInvalid.selector, root, term));
        ontologies.requireLineage(LineageWitness(root, term, ancestors, _proof(pairLeaf)));
    }

    function _proof(bytes32 sibling) private pure returns (bytes32[] memory proof) {
        proof = new bytes32[](1);
        proof[0] = sibling;
    }
}
