import type { Hex, Log } from "viem";

import { type ConsentWord, decodeWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { eventsIn } from "./events.ts";
import { read } from "./read.ts";
import { checkObject, checkUint } from "./validate.ts";

/** A consent as a change has left it. */
export interface ChangedConsent {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  readonly word: ConsentWord;
}

/** Events of a word that a change has left under the id it names. */
export const WORD_EVENTS = [
  "ConsentGranted",
  "ConsentUpdated",
  "ConsentExtended",
  "ConsentResumed",
  "ConsentSuspended",
  "ConsentDeclined",
  "ConsentWithdrawn",
  "ConsentAnnulled",
  "ConsentImported",
  "ConsentRecoveryProposed",
  "ConsentRecoveryEnded",
] as const;

/** The consents that a transaction's changes have left, in order. A moved consent is told under its new id. */
export function changedConsents(client: ConcordClient, logs: readonly Log[]): ChangedConsent[] {
  return eventsIn(client, logs, "consentRegistry", [...WORD_EVENTS, "ConsentMoved"]).map(({ name, args }) => ({
    scopeId: args.scopeId,
    participantId: name === "ConsentMoved" ? args.newParticipantId : args.participantId,
    word: decodeWord(args.word),
  }));
}

/** The consent that a transaction's one change has left. */
export function changedConsent(client: ConcordClient, logs: readonly Log[]): ChangedConsent {
  const consent = changedConsents(client, logs)[0];
  if (consent === undefined)
    throw new TypeError("The receipt lacks the change's event: the bindings are of another registry.");
  return consent;
}

/** The standing word of a participant in a scope. */
export async function standingWord(client: ConcordClient, scopeId: Hex, participantId: Hex): Promise<ConsentWord> {
  const args = [scopeId, participantId] as const;
  return decodeWord(await read(client, { contract: "consentRegistry", functionName: "wordOf", args }));
}

/** What signing needs of a standing word. */
export type Standing = Pick<ConsentWord, "version" | "signedAt">;

export function checkStanding(standing: Standing): void {
  checkObject("standing", standing);
  checkUint("standing.version", standing.version, 16);
  checkUint("standing.signedAt", standing.signedAt, 32);
}
