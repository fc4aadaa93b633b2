import type { Verb } from "./changes.ts";
import { isHalfYear } from "./halfYear.ts";
import { NO_ID } from "./ids.ts";
import { reject, type Rejection } from "./rejections.ts";
import { ConsentAuthor, NO_EXPIRY } from "./word.ts";
import type { Act } from "./wordChanges.ts";

/** Why someone may act for a participant, by the contracts' numbers. */
export const DelegateKind = {
  None: 0,
  Guardian: 1,
  Proxy: 2,
} as const;

/** What a proxy may do, by bit. A guardian may do all of it. */
export const MANDATES = {
  grant: 1 << 0,
  update: 1 << 1,
  /** Update to what is narrower: the same or registered narrower terms, no further element or preference, no later end. */
  narrow: 1 << 2,
  resume: 1 << 3,
  extend: 1 << 4,
  close: 1 << 5,
} as const;

/** Every bit of MANDATES. */
export const ALL_MANDATES = 0x3f;

/** What one delegate may do for one participant in one scope. Times in Unix seconds (uint32). */
export interface Mandate {
  /** One of DelegateKind. */
  readonly kind: number;
  /** Bits of MANDATES. */
  readonly verbs: number;
  /** First second at which it no longer holds. A guardian may still close afterwards. */
  readonly until: number;
  /** When it was given or taken back. */
  readonly signedAt: number;
}

/** The mandate of whoever never had one. */
export const NO_MANDATE: Mandate = Object.freeze({ kind: DelegateKind.None, verbs: 0, until: 0, signedAt: 0 });

/** The bits of MANDATES of which a delegate needs one for a verb. */
export function mandatesFor(verb: Verb): number {
  switch (verb) {
    case "grant":
      return MANDATES.grant;
    case "update":
      return MANDATES.update | MANDATES.narrow;
    case "extend":
      return MANDATES.extend;
    case "resume":
      return MANDATES.resume;
    case "suspend":
    case "decline":
    case "withdraw":
    case "annul":
      return MANDATES.close;
  }
}

/** How a delegate acts under a mandate at `now`; undefined when they may not. */
export function delegatesAct(mandate: Mandate, verb: Verb, signedAt: number, now: number): Act | undefined {
  const needed = mandatesFor(verb);
  const holds = now < mandate.until && (mandate.verbs & needed) !== 0;
  const isGuardian = mandate.kind === DelegateKind.Guardian;
  // After the guardianship there is still the duty to close.
  if (!holds && !(isGuardian && needed === MANDATES.close)) return undefined;
  return {
    author: isGuardian ? ConsentAuthor.Guardian : ConsentAuthor.Proxy,
    signedAt,
    latestUntil: isGuardian ? mandate.until : NO_EXPIRY,
    mustNarrow: !isGuardian && (needed & MANDATES.narrow) !== 0 && (mandate.verbs & MANDATES.update) === 0,
    isDissent: false,
  };
}

/** A participant makes someone their proxy. */
export interface Appointment {
  readonly participantId: string;
  readonly delegateId: string;
  /** Bits of MANDATES (uint8). */
  readonly verbs: number;
  /** First second at which the mandate no longer holds (Unix seconds, uint32). */
  readonly until: number;
}

/** The mandate after an appointment that the participant said at `signedAt`. */
export function appointed(
  standing: Mandate,
  { participantId, delegateId, verbs, until }: Appointment,
  signedAt: number,
  now: number,
): Mandate | Rejection {
  if (verbs === 0 || verbs > ALL_MANDATES) return reject("DelegateVerbsInvalid", verbs);
  if (standing.kind === DelegateKind.Guardian) return reject("DelegateKindStands", delegateId);
  if (signedAt <= standing.signedAt) return reject("DelegateSuperseded", signedAt, standing.signedAt);
  return (
    rejectMandate(participantId, delegateId, until, now) ??
    Object.freeze({ kind: DelegateKind.Proxy, verbs, until, signedAt })
  );
}

/** The mandate after a dismissal; also of one that is yet to be relayed, whose signature dies with it. */
export function dismissed(standing: Mandate, delegateId: string, signedAt: number): Mandate | Rejection {
  if (standing.kind === DelegateKind.Guardian) return reject("DelegateKindStands", delegateId);
  const ends = signedAt === standing.signedAt && standing.kind !== DelegateKind.None;
  if (signedAt <= standing.signedAt && !ends) return reject("DelegateSuperseded", signedAt, standing.signedAt);
  return removed(signedAt);
}

/** The mandate after the custodian has attested a guardian until a half-year. */
export function guarding(
  standing: Mandate,
  { participantId, delegateId, until }: Omit<Appointment, "verbs">,
  now: number,
): Mandate | Rejection {
  if (!isHalfYear(until)) return reject("DelegateUntilNotHalfYear", until);
  if (standing.kind === DelegateKind.Proxy) return reject("DelegateKindStands", delegateId);
  return (
    rejectMandate(participantId, delegateId, until, now) ??
    Object.freeze({ kind: DelegateKind.Guardian, verbs: ALL_MANDATES, until, signedAt: now })
  );
}

/** What is left of a mandate that was taken back or given up. */
export function removed(signedAt: number): Mandate {
  return Object.freeze({ ...NO_MANDATE, signedAt });
}

function rejectMandate(participantId: string, delegateId: string, until: number, now: number): Rejection | undefined {
  if (delegateId === participantId || delegateId === NO_ID) return reject("DelegateInvalid", delegateId);
  return until <= now ? reject("DelegateUntilPassed", until, now) : undefined;
}
