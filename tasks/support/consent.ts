import { CONSENT_STATUSES, type ConsentWord, NO_EXPIRY, NOT_ENDED } from "../../src/model/index.ts";
import type { ChangedConsent } from "../../src/sdk/index.ts";
import { parseElements, parseEnd, parseCount, required } from "./parse.ts";
import { type Line, when } from "./print.ts";

const EXTENTS = ["none", "no further contact", "no further access", "no further use"];
const LAST_PREFERENCES = 255;

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
    preferences: preferences === undefined ? 0 : parseCount("preferences", preferences, 0, LAST_PREFERENCES),
    until: until === undefined ? NO_EXPIRY : parseEnd("until", until),
  };
}

/** A consent that a change has left, as lines. */
export function changedLines({ scopeId, participantId, word }: ChangedConsent): Line[] {
  return [["Scope", scopeId], ["Participant", participantId], ...wordLines(word)];
}

/** A consent's word as lines. */
export function wordLines(word: ConsentWord): Line[] {
  const { state, extent, terms, version, preferences, opened, ended, signedAt, until, elements } = word;
  return [
    ["State", CONSENT_STATUSES[state] ?? `unassigned ${state}`],
    ...(extent === 0 ? [] : [["Extent", EXTENTS[extent] ?? extent] as const]),
    ["Version", version],
    ["Terms", terms === 0 ? "none" : terms],
    ["Elements", `0x${elements.toString(16).padStart(16, "0")}`],
    ["Preferences", preferences],
    ["Opened", when(opened)],
    ["Ended", ended === NOT_ENDED ? "no" : when(ended)],
    ["Signed", when(signedAt)],
    ["Until", when(until)],
  ];
}
