// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DatasetId, InstitutionId, ScopeId} from "./Ids.sol";

/// @dev Most datasets that one may be derived from at once.
uint256 constant MAX_DATASET_PARENTS = 8;
/// @dev Most derivations in a row, from a dataset without parents to the last.
uint256 constant MAX_LINEAGE_DEPTH = 8;
/// @dev Most different datasets that one may descend from, however far away.
uint256 constant MAX_DATASET_ANCESTORS = 32;
/// @dev Most mirrors of one dataset.
uint256 constant MAX_MIRRORS = 16;
/// @dev How long a mirror's attestation counts (seconds).
uint256 constant MIRROR_FRESHNESS = 90 days;

/// @dev How close the data is to a person.
enum DataLevel {
    Individual,
    Aggregate,
    Model
}

/// @dev What was done so that persons cannot be told from the data. The first, zero, is nothing.
enum DeidentificationClass {
    /// Names, or what identifies as directly, are in it.
    Identifiable,
    /// GDPR Art. 4(5): whoever holds a separate list can tell the persons. Also HIPAA's limited data set, 164.514(e).
    Pseudonymised,
    /// HIPAA 164.514(a) to (c): by expert determination or safe harbor. Under the GDPR it is personal data still.
    Deidentified,
    /// GDPR recital 26: nobody can tell the persons by reasonable means, for instance by a model of ISO/IEC 20889.
    Anonymised,
    /// ISO/IEC 20889: made by a model of the data; no record is a person's.
    Synthetic
}

/// @dev How a dataset was de-identified, and who has looked at it.
struct Deidentification {
    DeidentificationClass class;
    /// SHA-256 of the document that describes the method; zero for class Identifiable alone.
    bytes32 method;
    /// The institution that reviewed it; needed from class Deidentified on, zero for class Identifiable.
    InstitutionId reviewer;
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
    /// The institution that may take custody when the custodian is expelled; zero for none.
    InstitutionId successor;
    /// The datasets that this one is derived from, each once, at most MAX_DATASET_PARENTS.
    DatasetId[] parents;
    Deidentification deidentification;
    /// Smallest number of participants behind any value, from 1; zero unless the level is Aggregate.
    uint32 minimumCell;
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

/// @dev An institution's word that it holds a byte-identical encrypted copy.
struct Mirror {
    InstitutionId institutionId;
    /// Block time (Unix seconds).
    uint32 attestedAt;
    /// Whether it counts now: for the copy on offer, within MIRROR_FRESHNESS, from an institution in good standing.
    bool isFresh;
}
