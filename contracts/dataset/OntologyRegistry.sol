// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {MerkleLeaves} from "../libraries/MerkleLeaves.sol";
import {LineageWitness} from "../types/DataUse.sol";
import {IOntologyRegistry} from "./IOntologyRegistry.sol";

/// @title OntologyRegistry
contract OntologyRegistry is IOntologyRegistry, AccessManaged {
    mapping(bytes32 root => uint32 publishedAt) private _publishedAt;
    /// @dev Block times, not flags: a whole slot is written without being read again.
    mapping(bytes32 root => mapping(uint64 pair => uint256 provedAt)) private _provedAt;

    constructor(address manager) AccessManaged(manager) {}

    /// @inheritdoc IOntologyRegistry
    function publish(
        bytes32 root,
        string calldata name,
        string calldata version,
        bytes32 sourceDigest,
        uint32 terms,
        uint32 pairs
    ) external override restricted {
        if (root == 0 || sourceDigest == 0 || bytes(name).length == 0 || bytes(version).length == 0) {
            revert OntologyReleaseIncomplete();
        }
        if (isPublished(root)) revert OntologyReleaseTaken(root);

        _publishedAt[root] = uint32(block.timestamp);
        emit OntologyReleasePublished(root, name, version, sourceDigest, terms, pairs);
    }

    /// @inheritdoc IOntologyRegistry
    function prove(bytes32 root, uint32 descendant, uint32 ancestor, bytes32[] calldata proof) external override {
        if (!MerkleProof.verifyCalldata(proof, root, MerkleLeaves.pair(descendant, ancestor))) {
            revert OntologyProofInvalid(root, descendant);
        }
        mapping(uint64 pair => uint256 provedAt) storage provedAt = _provedAt[root];
        uint64 pair = _pairKey(descendant, ancestor);
        if (provedAt[pair] != 0) return;

        provedAt[pair] = block.timestamp;
        emit OntologyPairProved(root, descendant, ancestor);
    }

    /// @inheritdoc IOntologyRegistry
    function requireLineage(LineageWitness calldata witness) external view override {
        bytes32 root = witness.release;
        if (!isPublished(root)) revert OntologyReleaseUnknown(root);
        bytes32 leaf = MerkleLeaves.lineage(witness.term, witness.ancestors);
        if (!MerkleProof.verifyCalldata(witness.proof, root, leaf)) revert OntologyProofInvalid(root, witness.term);
    }

    /// @inheritdoc IOntologyRegistry
    function isPublished(bytes32 root) public view override returns (bool) {
        return _publishedAt[root] != 0;
    }

    /// @inheritdoc IOntologyRegistry
    function isProved(bytes32 root, uint32 descendant, uint32 ancestor) public view override returns (bool) {
        return _provedAt[root][_pairKey(descendant, ancestor)] != 0;
    }

    function _pairKey(uint32 descendant, uint32 ancestor) private pure returns (uint64) {
        return (uint64(descendant) << 32) | ancestor;
    }
}
