// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {AccessLeaf} from "../types/Audit.sol";
import {Chunk} from "../types/Dataset.sol";
import {ParticipantId} from "../types/Ids.sol";

/// @title MerkleLeaves
/// @notice Leaves of the suite's Merkle trees, hashed twice so that no inner node can pass for a leaf.
/// @dev The leaves of OpenZeppelin's StandardMerkleTree; nodes are hashed in sorted pairs.
library MerkleLeaves {
    /// @notice A pair of an ontology's closure: `descendant` is a strict descendant of `ancestor`.
    function pair(uint32 descendant, uint32 ancestor) internal pure returns (bytes32) {
        return _again(Hashes.efficientKeccak256(bytes32(uint256(descendant)), bytes32(uint256(ancestor))));
    }

    /// @notice A term with all its strict ancestors, ascending. Three words, so that no pair can pass for it.
    function lineage(uint32 term, uint32[] memory ancestors) internal pure returns (bytes32) {
        return _leaf(abi.encode(term, ancestors.length, keccak256(abi.encodePacked(ancestors))));
    }

    function chunk(Chunk calldata value) internal pure returns (bytes32) {
        return _leaf(abi.encode(value));
    }

    function participant(ParticipantId participantId) internal pure returns (bytes32) {
        return _leaf(abi.encode(participantId));
    }

    function access(AccessLeaf calldata value) internal pure returns (bytes32) {
        return _leaf(abi.encode(value));
    }

    function _leaf(bytes memory encoded) private pure returns (bytes32) {
        return _again(keccak256(encoded));
    }

    function _again(bytes32 hash) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(hash));
    }
}
