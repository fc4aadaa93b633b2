// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev Data-use terms: what a layer allows. Registered once a scope; the digest is keccak256(abi.encode(terms)).
/// Lists are ascending without duplicates, and empty where the code that takes them is not carried.
struct Terms {
    /// GA4GH DUO permissions, a set: the PERMISSION_ bits.
    uint16 permissions;
    /// GA4GH DUO modifiers and the extension namespace's, a set: the MODIFIER_ bits.
    uint32 modifiers;
    /// Mondo terms (seven digits as a number) that permission DS is about; empty without DS.
    uint32[] diseases;
    /// Root of the ontology release that the terms pin; zero without DS.
    bytes32 ontologyRelease;
    /// Region codes (see RegionCode in the SDK) that modifier GS allows.
    uint32[] regions;
    /// Root of the region table's release that the terms pin; zero without GS.
    bytes32 regionRelease;
    /// Institutions that modifier IS allows.
    bytes32[] institutions;
    /// Salted commitments to the users that modifier US allows.
    bytes32[] users;
    /// Salted commitments to the projects that modifier PS allows.
    bytes32[] projects;
    /// Salted commitments to the investigators of whom modifier COL wants one to sign; none in particular if empty.
    bytes32[] investigators;
    /// Coded research types (ASCII, zero-padded) that modifier RS allows.
    bytes32[] researchTypes;
    /// Digests of research types in words that modifier RS allows; a person has to read them.
    bytes32[] researchTexts;
    /// Months that modifier TS allows from the first issue; zero without TS.
    uint16 months;
    /// First second at which results may be published under modifier MOR (Unix seconds); zero without MOR.
    uint32 moratoriumUntil;
    /// Root of the data dictionary's release that element bits are numbered by; zero if none is pinned.
    bytes32 dictionaryRelease;
    /// Bits of the categories and elements that the terms are about; ALL_ELEMENTS is no restriction.
    uint64 elements;
    /// First second at which the terms hold (Unix seconds); 0 is at once.
    uint32 from;
    /// First second at which consents under the terms count as expired (Unix seconds), or NO_EXPIRY.
    uint32 reConsentBy;
    /// What the participant was shown, and on what grounds.
    TermsNotice notice;
}

/// @dev What a participant was told. The matcher does not read it; the digest of the terms covers it.
struct TermsNotice {
    /// Form and information sheet in each language, in ascending order of the tags.
    TermsText[] texts;
    /// The institution that is controller under GDPR Art. 4(7); zero is the scope's custodian.
    bytes32 controller;
    /// GDPR Art. 6(1) and 9(2): see LEGAL_BASIS in the SDK; 0 is not stated.
    uint8 legalBasis;
    /// Months that data is kept after the consent's end; 0 is not stated.
    uint16 retentionMonths;
    /// Digest of the ethics committee's approval of the study; zero if there is none.
    bytes32 ethicsApproval;
    /// First second at which that approval no longer holds (Unix seconds), or NO_EXPIRY; zero without approval.
    uint32 ethicsUntil;
}

/// @dev The documents in one language.
struct TermsText {
    /// BCP 47 tag in ASCII, zero-padded, for instance "da" or "pt-BR".
    bytes8 language;
    /// SHA-256 of the consent form.
    bytes32 form;
    /// SHA-256 of the information sheet.
    bytes32 sheet;
}

/// @dev A requested use in the same codes. The digest is keccak256(abi.encode(purpose)). Lists are ascending without
/// duplicates; an empty list, and a zero, states nothing.
struct Purpose {
    /// Kinds of use, a set: the KIND_ bits.
    uint8 kinds;
    /// Mondo terms that the use is about.
    uint32[] diseases;
    /// What the licensee states of its use, a set of FACT_ bits: only those of {STATEMENTS}.
    uint32 stated;
    /// Facts that no record or signed statement attests yet: the FACT_ bits.
    uint32 unattested;
    /// Regions in which the data is stored, computed or seen, those of processors too.
    uint32[] regions;
    /// Institutions with access, processors left out.
    bytes32[] institutions;
    /// Salted commitments to the users with access.
    bytes32[] users;
    /// Salted commitments to the projects.
    bytes32[] projects;
    /// Salted commitments to the investigators who have signed to collaborate.
    bytes32[] collaborators;
    /// Coded research types (ASCII, zero-padded).
    bytes32[] researchTypes;
    /// Digests of research types in words.
    bytes32[] researchTexts;
    /// How long the data is to be used, in months from the first issue; 0 is not stated.
    uint16 months;
    /// First second at which results will be published (Unix seconds); 0 is not stated.
    uint32 publishFrom;
    /// Bits of the categories and elements asked for; 0 is none in particular.
    uint64 elements;
    /// Sensitive topics of the use, a set: the SENSITIVE_ bits.
    uint16 sensitive;
}

/// @dev Proved ancestors of one term in one release, of an ontology or of the region table.
struct Lineage {
    bytes32 release;
    uint32 term;
    uint32[] ancestors;
    /// Whether the ancestors are all there are, so that an absence is proved too.
    bool complete;
}

/// @dev The Merkle proof of a term's complete ancestors.
struct LineageWitness {
    bytes32 release;
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
