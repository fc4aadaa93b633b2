import { type Hex, numberToHex } from "viem";

import {
  type AccessConsent,
  type AccessFacts,
  decodeWord,
  type LicenceDates,
  MAX_FORWARDS,
} from "../../model/index.ts";
import type { AccessBatch, AccessLeaf } from "./audit.ts";
import {
  forwardSlot,
  headSlot,
  historySlot,
  licenceScopeSlot,
  parentSlot,
  progressSlot,
  type Slot,
  startSlot,
  STRUCT_LAYOUT,
  suspensionsSlot,
  wordSlot,
} from "./layout.ts";

/**
 * A computation that asks for slots one by one and is given what stands in them. Whoever makes a proof and whoever
 * verifies it run the same one, so both read the same slots.
 */
export type Reading<Result> = Generator<Slot, Result, bigint>;

/** The heads of the log's hash chain before and after an entry. */
export function* readHeads(index: bigint): Reading<{ before: Hex; after: Hex }> {
  const before = yield headSlot(index);
  const after = yield headSlot(index + 1n);
  return { before: bytes32(before), after: bytes32(after) };
}

/** What decides whether an access was lawful, in the state of its claimed block, executed at `time`. */
export function* readAccess({ licenceId }: AccessBatch, leaf: AccessLeaf, time: number): Reading<AccessFacts> {
  const progress = yield progressSlot(licenceId);
  const parent =
    bitsAt(progress, STRUCT_LAYOUT.progress.isSubLicence, 8) === 0 ? undefined : yield parentSlot(licenceId);
  const scopeId = bytes32(yield licenceScopeSlot(parent ?? licenceId));
  const licences = [yield* readDates(licenceId, progress)];
  if (parent !== undefined) licences.push(yield* readDates(parent, yield progressSlot(parent)));
  const consents = yield* readConsents(leaf.scopeId, leaf.participantId);
  const isOfScope = scopeId === leaf.scopeId.toLowerCase();
  return { time, version: leaf.version, isOfScope, licences, consents };
}

/** No time in a state is later than its block's, so all suspensions in the list had begun or ended by then. */
function* readDates(licenceId: bigint, progress: bigint): Reading<LicenceDates> {
  const { issuedAt, until, terminatedAt } = STRUCT_LAYOUT.progress;
  return {
    issuedAt: bitsAt(progress, issuedAt, 32),
    until: bitsAt(progress, until, 32),
    terminatedAt: bitsAt(progress, terminatedAt, 32),
    suspensionChanges: Number(yield suspensionsSlot(licenceId)),
  };
}

/** The consent under each id that it had. The last word of a state is the one that its block's time asks for. */
function* readConsents(scopeId: Hex, participantId: Hex): Reading<AccessConsent[]> {
  const consents: AccessConsent[] = [];
  for (let id = participantId; consents.length <= MAX_FORWARDS;) {
    const word = decodeWord(yield wordSlot(scopeId, id));
    const history = word.ordinal === 0 ? [] : [decodeWord(yield historySlot(scopeId, id, word.ordinal - 1))];
    const from = Number(yield startSlot(scopeId, word.terms));
    consents.push({ participantId: id, consent: { word, history }, from });
    if (!word.forwarded) break;
    id = bytes32(yield forwardSlot(scopeId, id));
  }
  return consents;
}

function bitsAt(packed: bigint, offset: number, width: number): number {
  return Number(BigInt.asUintN(width, packed >> BigInt(offset)));
}

function bytes32(value: bigint): Hex {
  return numberToHex(value, { size: 32 });
}
