import { concat, type Hex, keccak256, numberToHex, pad } from "viem";

/** The contracts whose storage a lawfulness proof reads. */
export type ProvedContract = "auditLog" | "consentRegistry" | "licenceRegistry";

/** Where the contracts keep what is proved: the slot of each variable, as the compiler has laid them out. */
export const STORAGE_LAYOUT = {
  auditLog: { heads: 2 },
  consentRegistry: { words: 0, history: 1, startOf: 3, forwards: 4 },
  licenceRegistry: { subjects: 1, progress: 2, derivations: 3, suspensions: 5 },
} as const;

/** Places of what is read of structs: the slot within a Subject and a Derivation, the bit within a Progress. */
export const STRUCT_LAYOUT = {
  subject: { scopeId: 1 },
  derivation: { parent: 0 },
  progress: { issuedAt: 64, terminatedAt: 96, until: 128, isSubLicence: 192 },
} as const;

/** One slot of one contract. */
export interface Slot {
  readonly contract: ProvedContract;
  /** 32 bytes. */
  readonly key: Hex;
}

const { auditLog, consentRegistry, licenceRegistry } = STORAGE_LAYOUT;

/** The head of the log's hash chain after `entries` entries. */
export function headSlot(entries: bigint): Slot {
  return { contract: "auditLog", key: entryOf(auditLog.heads, wordOf(entries)) };
}

/** The last word of a consent. */
export function wordSlot(scopeId: Hex, participantId: Hex): Slot {
  return consentSlot(entryOf(consentRegistry.words, consentIdOf(scopeId, participantId)));
}

/** An earlier word of a consent. */
export function historySlot(scopeId: Hex, participantId: Hex, ordinal: number): Slot {
  const words = entryOf(consentRegistry.history, consentIdOf(scopeId, participantId));
  return consentSlot(entryOf(words, wordOf(ordinal)));
}

/** When terms of a scope begin to hold. */
export function startSlot(scopeId: Hex, termsNumber: number): Slot {
  return consentSlot(entryOf(entryOf(consentRegistry.startOf, scopeId), wordOf(termsNumber)));
}

/** The id that a consent has moved to. */
export function forwardSlot(scopeId: Hex, participantId: Hex): Slot {
  return consentSlot(entryOf(consentRegistry.forwards, consentIdOf(scopeId, participantId)));
}

/** The scope that a licence is about. */
export function licenceScopeSlot(licenceId: bigint): Slot {
  return licenceSlot(entryOf(licenceRegistry.subjects, wordOf(licenceId)), STRUCT_LAYOUT.subject.scopeId);
}

/** The first slot of a licence's Progress. */
export function progressSlot(licenceId: bigint): Slot {
  return licenceSlot(entryOf(licenceRegistry.progress, wordOf(licenceId)));
}

/** The licence that a sub-licence derives from. */
export function parentSlot(licenceId: bigint): Slot {
  return licenceSlot(entryOf(licenceRegistry.derivations, wordOf(licenceId)), STRUCT_LAYOUT.derivation.parent);
}

/** The length of the list of times at which suspensions began and ended. */
export function suspensionsSlot(licenceId: bigint): Slot {
  return licenceSlot(entryOf(licenceRegistry.suspensions, wordOf(licenceId)));
}

function consentIdOf(scopeId: Hex, participantId: Hex): Hex {
  return keccak256(concat([scopeId, participantId]));
}

function consentSlot(key: Hex): Slot {
  return { contract: "consentRegistry", key };
}

function licenceSlot(key: Hex, offset = 0): Slot {
  return { contract: "licenceRegistry", key: wordOf(BigInt(key) + BigInt(offset)) };
}

/** The slot of a mapping's value. */
function entryOf(mapping: number | Hex, key: Hex): Hex {
  return keccak256(concat([key, typeof mapping === "number" ? wordOf(mapping) : pad(mapping)]));
}

function wordOf(value: number | bigint): Hex {
  return numberToHex(value, { size: 32 });
}
