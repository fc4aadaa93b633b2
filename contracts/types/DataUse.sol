// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Data-use terms: what a layer allows. Registered once a scope; the digest is keccak256(abi.encode(terms)).
struct Terms {
    /// GA4GH DUO permissions, a set: the PERMISSION_ bits.
    uint16 permissions;
    /// GA4GH DUO modifiers, a set: the MODIFIER_ bits.
    uint32 modifiers;
    /// Mondo terms (seven digits as a number) that permission DS is about; empty without DS.
    uint32[] diseases;
    /// Root of the ontology release that the terms pin; zero without DS.
    bytes32 ontologyRelease;
    /// First second at which the terms hold (Unix seconds); 0 is at once.
    uint32 from;
    /// First second at which consents under the terms count as expired (Unix seconds), or NO_EXPIRY.
    uint32 reConsentBy;
    /// Digest of the form and the information sheets in every language.
    bytes32 documents;
}

/// @dev A requested use in the same codes. The digest is keccak256(abi.encode(purpose)).
struct Purpose {
    /// Kinds of use, a set: the KIND_ bits.
    uint8 kinds;
    /// Mondo terms that kind DS is about.
    uint32[] diseases;
    /// Facts that no record or signed statement attests yet: the FACT_ bits.
    uint16 unattested;
}

/// @dev What records say of whoever would use the data.
struct Facts {
    /// True facts, a set: the FACT_ bits.
    uint16 held;
}

/// @dev Proved ancestors of one term in one ontology release.
struct Lineage {
    bytes32 release;
    uint32 term;
    uint32[] ancestors;
    /// Whether the ancestors are all there are, so that an absence is proved too.
    bool complete;
}

/// @dev The Merkle proof of a term's complete ancestors.
struct LineageWitness {
    uint32 term;
    /// All strict ancestors, ascending.
    uint32[] ancestors;
    bytes32[] proof;
}

/// @dev A decision as two sets of reasons: DENY if deny is not empty, else MANUAL if manual is not, else APPROVE.
struct Verdict {
    uint256 deny;
    uint256 manual;
}

enum Outcome {
    Approve,
    Manual,
    Deny
}

/// @dev Whose terms a reason comes from. A reason's bit is the layer's number times REASONS_PER_LAYER plus its code.
enum LayerKind {
    Consent,
    CoConsent,
    Dataset,
    Committee,
    Jurisdiction
}
