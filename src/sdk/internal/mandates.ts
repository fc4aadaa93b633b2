import type { Hex, Log } from "viem";

import { MANDATES } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { DELEGATE_KINDS, type DelegateKind, MANDATE_VERBS, type MandateVerb, nameOf } from "./enums.ts";
import { eventIn } from "./events.ts";
import { checkNonEmptyList, numberOf } from "./validate.ts";

/** What one delegate may do for one participant in one scope. */
export interface Mandate {
  /** None when there never was a mandate, or when it was taken back. */
  readonly kind: DelegateKind;
  readonly verbs: readonly MandateVerb[];
  /** First second at which it no longer holds (Unix seconds). A guardian may still close afterwards. */
  readonly until: number;
  /** When it was given or taken back (Unix seconds). */
  readonly signedAt: number;
}

/** A mandate, and whose it is. */
export interface Delegation {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  readonly delegateId: Hex;
  readonly mandate: Mandate;
}

interface WireMandate {
  readonly kind: number;
  readonly verbs: number;
  readonly until: number;
  readonly signedAt: number;
}

export function mandateOf({ kind, verbs, until, signedAt }: WireMandate): Mandate {
  const named = MANDATE_VERBS.filter((verb) => (verbs & MANDATES[verb]) !== 0);
  return { kind: nameOf(DELEGATE_KINDS, kind), verbs: named, until, signedAt };
}

/** The mandate that a removal leaves. */
export function noMandate(signedAt: number): Mandate {
  return { kind: "None", verbs: [], until: 0, signedAt };
}

/** The bits of a mandate's verbs. */
export function verbBits(input: string, verbs: readonly MandateVerb[]): number {
  checkNonEmptyList(input, verbs);
  verbs.forEach((verb, index) => numberOf(`${input}[${index}]`, MANDATE_VERBS, verb));
  return verbs.reduce((bits, verb) => bits | MANDATES[verb], 0);
}

/** The delegation that a transaction has given. */
export function addedDelegation(client: ConcordClient, logs: readonly Log[]): Delegation {
  const { mandate, ...ids } = eventIn(client, logs, "delegateRegistry", "DelegateAdded");
  return { ...ids, mandate: mandateOf(mandate) };
}

/** The delegation that a transaction has taken away. */
export function removedDelegation(client: ConcordClient, logs: readonly Log[]): Delegation {
  const { signedAt, ...ids } = eventIn(client, logs, "delegateRegistry", "DelegateRemoved");
  return { ...ids, mandate: noMandate(signedAt) };
}
