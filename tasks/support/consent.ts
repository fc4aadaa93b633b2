import type { Hex } from "viem";

import { CONSENT_STATUSES, type ConsentWord, NO_EXPIRY, NOT_ENDED, type Permitted } from "../../src/model/index.ts";
import {
  type ChangedConsent,
  type ConcordClient,
  getConsent,
  getTerms,
  type MovedConsent,
} from "../../src/sdk/index.ts";
import { RefusalError } from "./errors.ts";
import { parseElements, parseEnd, required } from "./parse.ts";
import { listPreferences, parsePreferences } from "./preferences.ts";
import { type Line, when } from "./print.ts";

const EXTENTS = ["none", "no further contact", "no further access", "no further use"];
const AUTHORS = ["participant", "guardian", "proxy", "custodian"];

/** What a participant may say of a grant. */
export interface GrantArguments {
  readonly elements: string | undefined;
  readonly preferences: string | undefined;
  readonly until: string | undefined;
}

/** @throws UsageError */
export function parseGrant({ elements, preferences, until }: GrantArguments) {
  const what = '"all", or bits of the data dictionary, for instance "0-9,12"';
  return {
    elements: parseElements("elements", required("elements", elements, what)),
    preferences: preferences === undefined ? 0 : parsePreferences("preferences", preferences),
    until: until === undefined ? NO_EXPIRY : parseEnd("until", until),
  };
}

/** The digest of the terms under which a consent stands. @throws RefusalError ConsentNotStanding */
export async function standingTermsDigest(client: ConcordClient, scopeId: Hex, participantId: Hex): Promise<Hex> {
  const { word, status } = await getConsent(client, { scopeId, participantId });
  if (word.terms !== 0) return (await getTerms(client, { scopeId, number: word.terms })).digest;
  const fix = "Grant a consent first.";
  throw new RefusalError("ConsentNotStanding", `There is no consent to extend (${status}).`, { status }, fix);
}

/** A consent that a change has left, as lines. */
export function changedLines({ scopeId, participantId, word }: ChangedConsent): Line[] {
  return [["Scope", scopeId], ["Participant", participantId], ...wordLines(word)];
}

/** A consent that goes on under another id, as lines. */
export function movedLines({ scopeId, participantId, newParticipantId, word }: MovedConsent): Line[] {
  return [["Scope", scopeId], ["Participant", newParticipantId], ["Forwards from", participantId], ...wordLines(word)];
}

/** A consent's word as lines. */
export function wordLines(word: ConsentWord): Line[] {
  const { state, extent, author, dissent, locked, terms, version, preferences, elements } = word;
  const { opened, ended, signedAt, until } = word;
  return [
    ["State", CONSENT_STATUSES[state] ?? `unassigned ${state}`],
    ...(extent === 0 ? [] : [["Extent", EXTENTS[extent] ?? extent] as const]),
    ["Author", AUTHORS[author] ?? author],
    ...(dissent ? [["Dissent", "a minor's: only the participant opens it again"] as const] : []),
    ...(locked ? [["Locked", "a move to a new key is pending"] as const] : []),
    ["Version", version],
    ["Terms", terms === 0 ? "none" : terms],
    ["Elements", `0x${elements.toString(16).padStart(16, "0")}`],
    ["Preferences", listPreferences(preferences)],
    ["Opened", when(opened)],
    ["Ended", ended === NOT_ENDED ? "no" : when(ended)],
    ["Signed", when(signedAt)],
    ["Until", when(until)],
  ];
}

/** Whether a past use was permitted, as a line. */
export function permittedLine({ time, permitted, version }: Permitted & { readonly time: number }): Line {
  return ["Permitted", `${permitted ? `yes, by version ${version}` : "no"}, at ${when(time)}`];
}
