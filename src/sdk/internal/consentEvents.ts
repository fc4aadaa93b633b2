import type { Hex } from "viem";

import { type ConsentWord, decodeWord, EMPTY_WORD, encodeWord, LAST_VERSION } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { HistoryIncompleteError } from "../errors.ts";
import { type FoundEvent, findEvents } from "./events.ts";
import { blockTime, read } from "./read.ts";
import { WORD_EVENTS } from "./words.ts";

/** Who did a change. */
export type ConsentActor =
  /** The participant, by their own transaction or signature. */
  | { readonly kind: "Participant" }
  /** A guardian or a proxy, by their signature. */
  | { readonly kind: "Delegate"; readonly delegateId: Hex }
  /** The scope's custodian: attested, imported, or about a lost key. */
  | { readonly kind: "Custodian"; readonly institution: Hex }
  /** The second institution that asks for a recovery. */
  | { readonly kind: "Institution"; readonly institution: Hex }
  /** Whoever completes a recovery: anyone may. */
  | { readonly kind: "Anyone" };

/** Something that happened to a participant's consent in a scope, as the ConsentRegistry's event tells it. */
export interface ConsentEvent {
  /** The event's name. */
  readonly name: ConsentEventName;
  /** Block time (Unix seconds). */
  readonly time: number;
  readonly blockNumber: bigint;
  readonly transactionHash: Hex;
  readonly actor: ConsentActor;
  /** The word afterwards, under the id that was asked for. */
  readonly word: ConsentWord;
  /** When the custodian says that the participant said it (Unix seconds), for an attested closing. */
  readonly saidAt?: number;
  /** The other id of a move or a proposed one: where the consent goes, or where it came from. */
  readonly otherId?: Hex;
  /** From when a confirmed recovery may be completed (Unix seconds). */
  readonly readyAt?: number;
}

export type ConsentEventName = (typeof WORD_EVENTS)[number] | "ConsentMoved" | "ConsentRecoveryConfirmed";

/** Told beside the event of the change itself, right before it. */
const COMPANIONS = ["ConsentActedFor", "ConsentClosingAttested"] as const;
const NAMES = [...WORD_EVENTS, "ConsentMoved", "ConsentRecoveryConfirmed", ...COMPANIONS] as const;

/** Everything that happened to a participant's consent in a scope up to a block. */
export interface ConsentRecord {
  /** In order. */
  readonly events: readonly TimedLater[];
  /** The very id's last word; EMPTY_WORD for who never acted. */
  readonly lastWord: ConsentWord;
}

/** An event whose block time is asked for only when it is wanted. */
export interface TimedLater extends Omit<ConsentEvent, "time"> {
  readonly time: () => Promise<number>;
}

/**
 * What the registry's events tell of a participant in a scope. It is complete: every change has raised the version by
 * one, and the last word is the registry's.
 * @throws HistoryIncompleteError when the node does not give all of them
 */
export async function consentRecord(
  client: ConcordClient,
  scopeId: Hex,
  participantId: Hex,
  toBlock: bigint,
): Promise<ConsentRecord> {
  const args = [scopeId, participantId] as const;
  const request = { contract: "consentRegistry", functionName: "lastWordOf", args, blockNumber: toBlock } as const;
  const [packed, arrivals] = await Promise.all([
    read(client, request),
    arrivalsAt(client, scopeId, participantId, toBlock),
  ]);
  const earlierIds = arrivals.map(({ args }) => args.participantId);
  // A closing by the key of an earlier id names that id beside it.
  const ids = [participantId, ...earlierIds];
  const found = await findEvents(client, "consentRegistry", NAMES, { topics: [scopeId, ids], toBlock });
  const companions = new Map(found.filter(isCompanion).map((event) => [placeOf(event), event]));
  const own = found.filter((event) => event.args.participantId.toLowerCase() === participantId.toLowerCase());
  const changes = [...arrivals.slice(0, 1), ...own.filter((event) => !isCompanion(event))];

  const custodian = changes.some(isByCustodian) ? await custodianOf(client, scopeId) : undefined;
  const events: TimedLater[] = [];
  for (const event of changes) {
    const before = events.at(-1)?.word ?? EMPTY_WORD;
    const isArrival = event.name === "ConsentMoved" && event === arrivals[0];
    const word = wordAfter(event, isArrival, before);
    if (!follows(event.name, before, word)) break;
    const companion = companions.get(placeBefore(event));
    events.push({
      name: event.name,
      blockNumber: event.blockNumber,
      transactionHash: event.transactionHash,
      actor: actorOf(event, companion, custodian),
      word,
      ...detailsOf(event, isArrival, companion),
      time: async () => event.time ?? blockTime(client, event.blockNumber),
    });
  }
  const lastWord = decodeWord(packed);
  const isComplete = events.length === changes.length && encodeWord(events.at(-1)?.word ?? EMPTY_WORD) === packed;
  if (!isComplete) throw new HistoryIncompleteError(scopeId, participantId);
  return { events, lastWord };
}

type Found = FoundEvent<"consentRegistry", (typeof NAMES)[number]>;
type Companion = Extract<Found, { name: (typeof COMPANIONS)[number] }>;
type Change = Exclude<Found, Companion>;
type Move = Extract<Found, { name: "ConsentMoved" }>;

/** The move that has brought a consent to an id, and those before it, newest first. */
async function arrivalsAt(client: ConcordClient, scopeId: Hex, participantId: Hex, toBlock: bigint): Promise<Move[]> {
  const arrivals: Move[] = [];
  let to = participantId;
  for (;;) {
    const topics = [scopeId, null, to];
    const [move] = await findEvents(client, "consentRegistry", ["ConsentMoved"], { topics, toBlock });
    if (move === undefined) return arrivals;
    arrivals.push(move);
    to = move.args.participantId;
  }
}

function isCompanion(event: Found): event is Companion {
  return COMPANIONS.some((name) => name === event.name);
}

function placeOf({ blockNumber, logIndex }: Found, offset = 0): string {
  return `${blockNumber} ${logIndex + offset}`;
}

/** The registry tells companions right before the change. */
function placeBefore(event: Found): string {
  return placeOf(event, -1);
}

function wordAfter(event: Change, isArrival: boolean, before: ConsentWord): ConsentWord {
  if (event.name === "ConsentRecoveryConfirmed") return before;
  if (event.name === "ConsentMoved" && !isArrival) return decodeWord(event.args.lastWord);
  return decodeWord(event.args.word);
}

/** Every change raises the version by one, up to the last; that a move is confirmed or given up does not. */
function follows(name: ConsentEventName, before: ConsentWord, after: ConsentWord): boolean {
  const isRaised = name !== "ConsentRecoveryConfirmed" && name !== "ConsentRecoveryEnded";
  return after.version === Math.min(before.version + (isRaised ? 1 : 0), LAST_VERSION);
}

/** The event does not name the institution: it is the scope's custodian. */
function isByCustodian(event: Change): boolean {
  if (event.name === "ConsentRecoveryEnded") return !event.args.isVetoed;
  return event.name === "ConsentImported" || event.name === "ConsentRecoveryProposed";
}

async function custodianOf(client: ConcordClient, scopeId: Hex): Promise<Hex> {
  const [custodian] = await read(client, { contract: "termsRegistry", functionName: "scope", args: [scopeId] });
  return custodian;
}

function actorOf(event: Change, companion: Companion | undefined, custodian: Hex | undefined): ConsentActor {
  if (companion?.name === "ConsentActedFor") return { kind: "Delegate", delegateId: companion.args.delegateId };
  if (companion !== undefined) return { kind: "Custodian", institution: companion.args.custodian };
  if (custodian !== undefined && isByCustodian(event)) return { kind: "Custodian", institution: custodian };
  if (event.name === "ConsentRecoveryConfirmed") return { kind: "Institution", institution: event.args.institution };
  if (event.name === "ConsentMoved" && isRecovered(event)) return { kind: "Anyone" };
  return { kind: "Participant" };
}

/** A takeover is signed later than the word that it moves; a recovery keeps the word's signing time. */
function isRecovered({ args: { lastWord, word } }: Move): boolean {
  return decodeWord(lastWord).signedAt === decodeWord(word).signedAt;
}

function detailsOf(
  event: Change,
  isArrival: boolean,
  companion: Companion | undefined,
): Pick<ConsentEvent, "saidAt" | "otherId" | "readyAt"> {
  if (companion?.name === "ConsentClosingAttested") return { saidAt: companion.args.signedAt };
  switch (event.name) {
    case "ConsentMoved":
      return { otherId: isArrival ? event.args.participantId : event.args.newParticipantId };
    case "ConsentRecoveryProposed":
      return { otherId: event.args.newParticipantId };
    case "ConsentRecoveryConfirmed":
      return { readyAt: event.args.readyAt };
    default:
      return {};
  }
}
