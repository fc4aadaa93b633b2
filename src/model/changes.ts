import { checkBigUint, checkUint } from "./errors.ts";

/** What a signature adds to a change that someone else sends. Both in Unix seconds (uint32). */
export interface Signed {
  /** When the signer signed; never in the future. */
  readonly signedAt: number;
  /** The last second at which the signature may be used. */
  readonly deadline: number;
}

/** What a signature adds to a closing change. */
export interface SignedClosing extends Signed {
  /** The lowest standing version that the change may close (uint16). */
  readonly minVersion: number;
}

/** What is agreed to under registered terms. */
export interface Agreement {
  /** Compared as it is written. */
  readonly termsDigest: string;
  /** uint64 */
  readonly elements: bigint;
  /** uint8; at most MAX_PREFERENCES is accepted. */
  readonly preferences: number;
  /** First second at which the consent no longer holds (uint32), or NO_EXPIRY. */
  readonly until: number;
  /** The exact version that this change makes: the standing one plus one (uint16). */
  readonly version: number;
}

interface Opens {
  /** Left out when the participant sends the transaction. */
  readonly signed?: Signed;
}

interface Closes {
  /** Left out when the participant sends the transaction. */
  readonly signed?: SignedClosing;
}

/** Opens: the participant agrees to registered terms. */
export interface Grant extends Agreement, Opens {
  readonly verb: "grant";
}

/** Opens: what a standing consent agrees to changes. A suspended one stays suspended. */
export interface Update extends Agreement, Opens {
  readonly verb: "update";
}

/** Opens: a standing consent ends later than it would. A suspended one stays suspended. */
export interface Extend extends Opens, Pick<Agreement, "termsDigest" | "until" | "version"> {
  readonly verb: "extend";
}

/** Opens: a suspended consent goes on under its own terms. */
export interface Resume extends Opens, Pick<Agreement, "version"> {
  readonly verb: "resume";
}

/** Closes: the consent rests until it is resumed. */
export interface Suspend extends Closes {
  readonly verb: "suspend";
}

/** Closes: the participant says no to what they are asked; only a new grant opens again. */
export interface Decline extends Closes {
  readonly verb: "decline";
}

/** Closes: the consent ends; only a new grant opens again. */
export interface Withdraw extends Closes {
  readonly verb: "withdraw";
  /** One of WithdrawalExtent, from 1. */
  readonly extent: number;
}

/** Closes: the consent was entered in error; only a new grant opens again. */
export interface Annul extends Closes {
  readonly verb: "annul";
}

export type Opening = Grant | Update | Extend | Resume;
export type Closing = Suspend | Decline | Withdraw | Annul;
export type Change = Opening | Closing;
export type Verb = Change["verb"];

const CLOSINGS: readonly string[] = ["suspend", "decline", "withdraw", "annul"] satisfies Closing["verb"][];

/** Whether the change closes whatever version stands, or opens the exact next one. */
export function isClosing<Any extends Change>(change: Any): change is Extract<Any, Closing> {
  return CLOSINGS.includes(change.verb);
}

/** @throws ModelError ValueOutOfRange */
export function checkChange(change: Change): void {
  checkSigned(change.signed);
  switch (change.verb) {
    case "grant":
    case "update":
      checkAgreement(change);
      break;
    case "extend":
      checkUint("until", change.until, 32);
      checkUint("version", change.version, 16);
      break;
    case "resume":
      checkUint("version", change.version, 16);
      break;
    case "withdraw":
      checkUint("extent", change.extent, 2);
      checkUint("minVersion", change.signed?.minVersion ?? 0, 16);
      break;
    case "suspend":
    case "decline":
    case "annul":
      checkUint("minVersion", change.signed?.minVersion ?? 0, 16);
      break;
  }
}

/** @throws ModelError ValueOutOfRange */
export function checkAgreement({ elements, preferences, until, version }: Agreement): void {
  checkBigUint("elements", elements, 64);
  checkUint("preferences", preferences, 8);
  checkUint("until", until, 32);
  checkUint("version", version, 16);
}

/** @throws ModelError ValueOutOfRange */
export function checkSigned(signed: Signed | undefined): void {
  if (signed === undefined) return;
  checkUint("signedAt", signed.signedAt, 32);
  checkUint("deadline", signed.deadline, 32);
}
