// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @dev Members' signer bytes in the order in which their entries must stand: ascending by keccak256.
function sorted(bytes[] memory signers) pure returns (bytes[] memory) {
    for (uint256 i = 1; i < signers.length; ++i) {
        for (uint256 j = i; j > 0 && keccak256(signers[j]) < keccak256(signers[j - 1]); --j) {
            (signers[j], signers[j - 1]) = (signers[j - 1], signers[j]);
        }
    }
    return signers;
}

/// @dev The signer bytes of a group of which `needed` open.
function groupOf(bytes[] memory members, uint8 needed) pure returns (bytes memory) {
    return abi.encodePacked(address(0), rootOf(members, 0, members.length), needed);
}

/// @dev The root over the members from one place to before another: of both halves' roots.
function rootOf(bytes[] memory members, uint256 start, uint256 end) pure returns (bytes32) {
    if (end - start == 1) return leafOf(members[start]);
    uint256 middle = (start + end) / 2;
    return Hashes.commutativeKeccak256(rootOf(members, start, middle), rootOf(members, middle, end));
}

/// @dev That a member stands in the tree.
function proofOf(bytes[] memory members, uint256 member) pure returns (bytes memory proof) {
    (uint256 start, uint256 end) = (0, members.length);
    while (end - start > 1) {
        uint256 middle = (start + end) / 2;
        bool isLeft = member < middle;
        bytes32 sibling = isLeft ? rootOf(members, middle, end) : rootOf(members, start, middle);
        proof = bytes.concat(sibling, proof);
        if (isLeft) end = middle;
        else start = middle;
    }
}

/// @dev A member's leaf: their id, hashed as the leaves of OpenZeppelin's StandardMerkleTree are.
function leafOf(bytes memory signer) pure returns (bytes32) {
    return keccak256(bytes.concat(keccak256(abi.encode(keccak256(signer)))));
}

/// @dev A member's part of the group's signature.
function entryOf(bytes[] memory members, uint256 member, bytes memory signature) pure returns (bytes memory) {
    return rawEntry(members[member], proofOf(members, member), signature);
}

/// @dev An entry of whatever parts.
function rawEntry(bytes memory signer, bytes memory proof, bytes memory signature) pure returns (bytes memory) {
    return
        bytes.concat(
            abi.encodePacked(uint16(signer.length), signer),
            abi.encodePacked(uint8(proof.length / 32), proof),
            abi.encodePacked(uint16(signature.length), signature)
        );
}
