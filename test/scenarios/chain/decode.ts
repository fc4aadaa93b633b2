import { type Abi, decodeErrorResult, decodeEventLog, type Hex, isHex } from "viem";

import {
  consentRegistryAbi,
  delegateRegistryAbi,
  institutionRegistryAbi,
  scopeIndexAbi,
  termsRegistryAbi,
} from "../../../src/bindings/abi.ts";
import {
  type BookEvent,
  CONSENT_STATUSES,
  type ConsentStatus,
  decodeWord,
  type Rejection,
} from "../../../src/model/index.ts";
import type { Applied } from "../engine.ts";

const ABI: Abi = [
  ...consentRegistryAbi,
  ...delegateRegistryAbi,
  ...scopeIndexAbi,
  ...institutionRegistryAbi,
  ...termsRegistryAbi,
];

/** A log as the chain answers it. */
export interface RawLog {
  readonly data: Hex;
  readonly topics: [Hex, ...Hex[]];
}

/** Events that come before or after the one that says what an item of a batch did. */
const COMPANIONS = { before: ["ConsentActedFor", "ConsentClosingAttested"], after: ["ScopeIndexAppended"] };

/** What the contracts have reported, as the model names it. */
export function decodeEvents(logs: readonly RawLog[]): BookEvent[] {
  return logs.map(decodeEvent);
}

/** What came of each item of a batch. */
export function decodeBatch(logs: readonly RawLog[]): Applied[] {
  const items: Applied[] = [];
  let events: BookEvent[] = [];
  for (const log of logs) {
    const { eventName, args } = decodeLog(log);
    if (eventName === "ConsentItemRejected") {
      items.push(decodeRejection(args.reason as Hex));
      continue;
    }
    const last = items.at(-1);
    if (COMPANIONS.after.includes(eventName) && last !== undefined && "events" in last) {
      items[items.length - 1] = { events: [...last.events, decodeEvent(log)] };
      continue;
    }
    events.push(decodeEvent(log));
    if (COMPANIONS.before.includes(eventName)) continue;
    items.push({ events });
    events = [];
  }
  return items;
}

/** Why the contracts have refused, as the model names it. */
export function decodeRejection(data: Hex): Rejection {
  const { errorName, args = [] } = decodeErrorResult({ abi: ABI, data });
  const isOfStatus = errorName === "ConsentNotSuspended" || errorName === "ConsentNotStanding";
  const plain = args.map((value) => (isOfStatus ? statusOf(Number(value)) : plainOf(value)));
  return { error: errorName, args: plain } as unknown as Rejection;
}

export function statusOf(number: number): ConsentStatus {
  const status = CONSENT_STATUSES[number];
  if (status === undefined) throw new Error(`no status has the number ${number}`);
  return status;
}

/** The revert data that the embedded chain attaches to a refused transaction. */
export function revertDataOf(error: unknown): Hex {
  for (let cause: unknown = error; typeof cause === "object" && cause !== null;) {
    const { data, cause: next } = cause as { data?: unknown; cause?: unknown };
    if (isHex(data)) return data;
    cause = next;
  }
  throw error;
}

function decodeLog({ data, topics }: RawLog): { eventName: string; args: Readonly<Record<string, unknown>> } {
  const { eventName, args = {} } = decodeEventLog({ abi: ABI, data, topics });
  if (eventName === undefined) throw new Error("an event without a name");
  return { eventName, args: args as Readonly<Record<string, unknown>> };
}

function decodeEvent(log: RawLog): BookEvent {
  const { eventName, args } = decodeLog(log);
  const told = Object.entries(args)
    // Which registry an index is of is no part of the model: there is one.
    .filter(([name]) => name !== "registry")
    .map(([name, value]) => [name, name === "word" || name === "lastWord" ? decodeWord(value as bigint) : value]);
  return { event: eventName, args: Object.fromEntries(told) } as BookEvent;
}

/** Numbers and lower-case hex. */
function plainOf(value: unknown): number | string {
  if (typeof value === "bigint" || typeof value === "number") return Number(value);
  return String(value).toLowerCase();
}
