// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LineageWitness} from "../types/DataUse.sol";

/// @title IOntologyRegistry
/// @notice Releases of the vocabularies that terms pin, each as the Merkle root of its closure, and the pairs proved.
/// @dev The tree's leaves are every (descendant, ancestor) pair of the release, and every term with all its ancestors.
interface IOntologyRegistry {
    /// @notice Emitted when a release is published.
    event OntologyReleasePublished(
        bytes32 indexed root,
        string name,
        string version,
        bytes32 sourceDigest,
        uint32 terms,
        uint32 pairs
    );

    /// @notice Emitted when a pair is proved for the first time.
    event OntologyPairProved(bytes32 indexed root, uint32 descendant, uint32 ancestor);

    /// @notice Thrown when a release is published twice.
    /// @custom:fix Nothing to do: the release stands.
    error OntologyReleaseTaken(bytes32 root);

    /// @notice Thrown when no release has the root.
    /// @custom:fix Check the root, or have the curator publish the release.
    error OntologyReleaseUnknown(bytes32 root);

    /// @notice Thrown when a release lacks its root, name, version or source digest.
    /// @custom:fix Fill every field.
    error OntologyReleaseIncomplete();

    /// @notice Thrown when a proof does not lead to the release's root.
    /// @custom:fix Make the proof from the very file that the release was published from.
    error OntologyProofInvalid(bytes32 root, uint32 term);

    /**
     * @notice Publishes a release. For the curator.
     * @param root Merkle root over the release's leaves.
     * @param name of the ontology, for instance "Mondo".
     * @param version as its makers write it, for instance "2022-09-06".
     * @param sourceDigest SHA-256 of the file that the tree was made from.
     */
    function publish(
        bytes32 root,
        string calldata name,
        string calldata version,
        bytes32 sourceDigest,
        uint32 terms,
        uint32 pairs
    ) external;

    /// @notice Proves once and for all that a term descends from another. For anyone; proving again changes nothing.
    /// @dev Also before the release is published: a proof holds for its root, and terms can pin only published ones.
    function prove(bytes32 root, uint32 descendant, uint32 ancestor, bytes32[] calldata proof) external;

    /// @notice Whether the release was published.
    function isPublished(bytes32 root) external view returns (bool);

    /// @notice Whether the pair was proved.
    function isProved(bytes32 root, uint32 descendant, uint32 ancestor) external view returns (bool);

    /// @notice Reverts unless the witness proves the complete ancestors of its term in a published release.
    function requireLineage(LineageWitness calldata witness) external view;
}
