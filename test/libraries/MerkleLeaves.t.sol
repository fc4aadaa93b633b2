// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MerkleLeaves} from "../../contracts/libraries/MerkleLeaves.sol";
import {AccessLeaf} from "../../contracts/types/Audit.sol";
import {Chunk} from "../../contracts/types/Dataset.sol";
import {ParticipantId, ScopeId} from "../../contracts/types/Ids.sol";
import {VM} from "../support/Vm.sol";

/// @title Puts the library's calldata functions within reach.
contract MerkleLeavesHarness {
    function chunk(Chunk calldata value) external pure returns (bytes32) {
        return MerkleLeaves.chunk(value);
    }

    function access(AccessLeaf calldata value) external pure returns (bytes32) {
        return MerkleLeaves.access(value);
    }
}

contract MerkleLeavesTest {
    bytes32 private constant STANDARD_LEAF = 0xe6de590450310778058f2de37031d8b682dca2b1fad3e64ddfb990549367b721;

    MerkleLeavesHarness private harness;

    function setUp() public {
        harness = new MerkleLeavesHarness();
    }

    function testFuzz_GivenPair_WhenHashed_IsTheDoubleHashOfTwoWords(uint32 descendant, uint32 ancestor) public pure {
        VM.assertEq(
            MerkleLeaves.pair(descendant, ancestor),
            _twice(bytes.concat(bytes32(uint256(descendant)), bytes32(uint256(ancestor))))
        );
    }

    function test_GivenPair_WhenTurnedRound_HashesDiffer() public pure {
        VM.assertNotEq(MerkleLeaves.pair(1, 2), MerkleLeaves.pair(2, 1));
    }

    function testFuzz_GivenLineage_WhenHashed_IsTheDoubleHashOfThreeWords(
        uint32 term,
        uint32[] memory ancestors
    ) public pure {
        bytes memory words;
        for (uint256 i = 0; i < ancestors.length; ++i) words = bytes.concat(words, bytes32(uint256(ancestors[i])));
        VM.assertEq(
            MerkleLeaves.lineage(term, ancestors),
            _twice(bytes.concat(bytes32(uint256(term)), bytes32(ancestors.length), keccak256(words)))
        );
    }

    function testFuzz_GivenChunk_WhenHashed_IsTheDoubleHashOfItsFields(Chunk calldata value) public view {
        VM.assertEq(
            harness.chunk(value),
            _twice(
                bytes.concat(value.file, bytes32(uint256(value.index)), bytes32(uint256(value.length)), value.digest)
            )
        );
    }

    function testFuzz_GivenParticipant_WhenHashed_IsTheDoubleHashOfTheId(bytes32 id) public pure {
        VM.assertEq(MerkleLeaves.participant(ParticipantId.wrap(id)), _twice(bytes.concat(id)));
    }

    function testFuzz_GivenAccess_WhenHashed_IsTheDoubleHashOfItsFields(AccessLeaf calldata value) public view {
        VM.assertEq(
            harness.access(value),
            _twice(
                bytes.concat(
                    ScopeId.unwrap(value.scopeId),
                    ParticipantId.unwrap(value.participantId),
                    bytes32(uint256(value.version))
                )
            )
        );
    }

    /// @dev The leaf that @openzeppelin/merkle-tree makes of [7088, 5070] as ["uint32", "uint32"].
    function test_GivenPair_WhenHashed_IsTheStandardTreesLeaf() public pure {
        VM.assertEq(MerkleLeaves.pair(7088, 5070), STANDARD_LEAF);
    }

    function _twice(bytes memory encoded) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(encoded)));
    }
}
