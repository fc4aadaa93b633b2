/** What the suite does about security, for Art. 30(1)(g) and 32 GDPR; each is held by a test of docs/compliance.md. */
export const SAFEGUARDS: readonly string[] = [
  "Participants are known by pseudonyms, a fresh key for each scope; no name, genotype or readable text is on the chain.",
  "Data stays with its custodian; the chain holds digests, consents, licences and roots of access lists.",
  "A licence is computed at every reading: a withdrawal ends it for that person in the same block.",
  "No role, pause, upgrade or relayer stops a withdrawal that is included.",
  "Every privileged function is behind one access manager; governance is delayed, and the deployer keeps nothing.",
  "Accesses are logged in a hash chain, and each participant's part can be proved lawful or not.",
  "Lists of users and projects are salted commitments; counts below ten are suppressed.",
];

/** Rights of the data subject, with the concept of DPV's GDPR extension and how each is used. */
export const RIGHTS: readonly { readonly concept: string; readonly right: string; readonly how: string }[] = [
  {
    concept: "A7-3",
    right: "to withdraw consent at any time (Art. 7(3))",
    how: "sign a withdrawal and have anyone relay it, or tell the custodian, who attests it; it needs no reason and no gas",
  },
  { concept: "A15", right: "of access (Art. 15)", how: "ask the custodian for the data package" },
  {
    concept: "A16",
    right: "to rectification (Art. 16)",
    how: "update the consent; a record made in error is annulled; the past of the chain is kept as what was said then",
  },
  {
    concept: "A17",
    right: "to erasure (Art. 17)",
    how: "withdraw with the extent no further use: holders destroy individual-level copies, links, salts and keys",
  },
  { concept: "A18", right: "to restriction (Art. 18)", how: "suspend the consent; it stays suspended until resumed" },
  {
    concept: "A20",
    right: "to portability (Art. 20)",
    how: "the data package is machine-readable; so are the receipts",
  },
  { concept: "A21", right: "to object (Art. 21)", how: "decline or withdraw; both take effect in the same block" },
  {
    concept: "A77",
    right: "to lodge a complaint with a supervisory authority (Art. 77)",
    how: "at the authority of the place of residence, of work, or of the infringement",
  },
];

/** Art. 15(1)(h) GDPR: what is decided by a program, by which logic, and where people come in. */
export const AUTOMATED_DECISIONS =
  "Whether a requested use fits the agreed terms is decided by published rules over data-use codes, which give every reason. " +
  "The rules decide about uses of data, not about the person. What they leave open goes to a committee, and a licence is " +
  "issued only after its vote. There is no profiling.";

/** How a withdrawal works, in a receipt. */
export const WITHDRAWAL =
  "At any time, without a reason and without detriment: by a signature that anyone may relay, or on paper through the " +
  "custodian. From the block that includes it nothing finds the consent permitted. It names its extent; the default ends " +
  "all further use. Analyses that are finished and results that are published stand.";
