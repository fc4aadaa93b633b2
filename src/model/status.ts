import { checkUint, ModelError } from "./errors.ts";
import { ConsentState } from "./word.ts";

/** What a reader sees: the stored state, or what time alone has made of it. In the order of the contracts' numbers. */
export const CONSENT_STATUSES = [
  "None",
  "Declined",
  "Active",
  "Suspended",
  "Withdrawn",
  "Annulled",
  "Scheduled",
  "Expired",
] as const;

export type ConsentStatus = (typeof CONSENT_STATUSES)[number];

/** A stored state, and what lets time change how it reads. */
export interface Standing {
  /** One of ConsentState. */
  readonly state: number;
  /** Unix seconds (uint32): the window in which the terms hold, `until` exclusive. */
  readonly from: number;
  readonly until: number;
  /** Whether there are terms that could expire: a suspension of what was never granted has none. */
  readonly holdsTerms: boolean;
}

/**
 * What time makes of a stored state: for a consent and for a layer of the matching alike.
 * @param now Unix seconds (uint32)
 * @throws ModelError ValueOutOfRange, StateUnknown
 */
export function statusOf({ state, from, until, holdsTerms }: Standing, now: number): ConsentStatus {
  checkUint("now", now, 32);
  checkUint("from", from, 32);
  checkUint("until", until, 32);
  const stored = CONSENT_STATUSES[state];
  if (stored === undefined || state > ConsentState.Annulled) {
    throw new ModelError(
      "StateUnknown",
      `no state has the number ${state}`,
      "Read the word again: the contracts store none but the numbers of ConsentState.",
    );
  }
  const canExpire = stored === "Active" || (stored === "Suspended" && holdsTerms);
  if (canExpire && until <= now) return "Expired";
  return stored === "Active" && now < from ? "Scheduled" : stored;
}
