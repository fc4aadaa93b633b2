// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DatasetId, InstitutionId, ScopeId} from "./Ids.sol";

/// @dev How close the data is to a person.
enum DataLevel {
    Individual,
    Aggregate,
    Model
}

/// @dev What an anchor stands for. The dataset's id is keccak256(abi.encode(record)).
struct DatasetRecord {
    /// The institution that holds the data.
    InstitutionId custodian;
    /// The scope whose participants the data is about.
    ScopeId scopeId;
    /// SHA-256 of the content.
    bytes32 contentDigest;
    /// Merkle root over the files' chunks.
    bytes32 manifestRoot;
    /// Merkle root over the participants' ids; zero when there are none.
    bytes32 participantsRoot;
    /// Digest of the dataset's own terms.
    bytes32 termsDigest;
    /// The version that this one replaces; zero for a first version.
    DatasetId previous;
    DataLevel level;
}

/// @dev One chunk of one file: a leaf of the manifest.
struct Chunk {
    /// SHA-256 of the file's name in the manifest.
    bytes32 file;
    /// Position in the file, from 0.
    uint64 index;
    /// Bytes.
    uint64 length;
    /// SHA-256 of the chunk's bytes.
    bytes32 digest;
}
