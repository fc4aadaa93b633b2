import type {
  Accepted,
  ConsentOperation,
  ConsentStatus,
  ConsentWord,
  IndexPage,
  Mandate,
  Operation,
  Permitted,
  Recovery,
  Rejection,
  Signer,
} from "../../src/model/index.ts";

/** What came of an operation: what it reported, or why it was refused. */
export type Applied = Pick<Accepted, "events"> | Rejection;

/** Terms as a consent sees them. Times in Unix seconds. */
export interface ScenarioTerms {
  readonly from: number;
  readonly reConsentBy: number;
}

/** The kinds of keys that participants and delegates may have, groups aside. */
export const KEY_KINDS = [
  /** A plain account. */
  "account",
  /** A plain account that has delegated its code (EIP-7702) to code that signs for somebody else. */
  "delegated account",
  /** An ERC-1271 account. */
  "smart account",
  /** An ERC-7913 key of a listed verifier. */
  "P-256 key",
  "passkey",
  /** An ERC-7913 key of a verifier that the registries have not listed. */
  "unlisted key",
] as const;

export type KeyKind = (typeof KEY_KINDS)[number];

/** A kind whose signers send transactions of their own. */
export const ACCOUNT_KINDS = ["account", "delegated account", "smart account"] as const satisfies readonly KeyKind[];

/** Someone who acts or signs. */
export interface Actor {
  readonly kind: KeyKind | "group";
  /** The id of their signer bytes. */
  readonly id: string;
  /** What the model knows of it. */
  readonly signer: Signer;
}

/** A member institution and the account that acts for it. */
export interface Institution {
  readonly id: string;
  readonly account: string;
}

/** The members that every engine begins with, all in good standing. */
export interface Institutions {
  /** Responsible for every scope that {@link ConsentEngine.registerTerms} creates. */
  readonly custodian: Institution;
  /** Responsible for none. */
  readonly second: Institution;
}

/** Anything that keeps consents: the model, or the contracts on a chain. Ids are 32 bytes in lower-case hex. */
export interface ConsentEngine {
  readonly institutions: Institutions;
  /** An account that acts for no institution. */
  readonly stranger: string;
  /** The time at which the next operation is included, in Unix seconds. Only {@link advance} moves it. */
  now(): number;
  advance(seconds: number): Promise<void>;
  /** Marks a moment; the answer leads back to it, any number of times. Make no actors with code in between. */
  checkpoint(): Promise<() => Promise<void>>;
  /** Someone with a key of a kind: the same for the same name. */
  actor(kind: KeyKind, name: string): Promise<Actor>;
  /** A group of actors. */
  group(threshold: number, members: readonly Actor[]): Promise<Actor>;
  /** Registers further terms for the scope, under the next number. Answers their digest. */
  registerTerms(scopeId: string, terms: ScenarioTerms): Promise<string>;
  registerNarrower(scopeId: string, narrower: number, broader: number): Promise<void>;
  /** Suspends or reinstates an institution. */
  setStanding(institution: Institution, isInStanding: boolean): Promise<void>;
  apply(operation: Operation): Promise<Applied>;
  /**
   * Sends operations as one batch, and answers what came of each.
   * @param sender whose transaction it is: a participant's id or an institution's account, for whom own items act; left
   * out for a relayer
   */
  relay(items: readonly ConsentOperation[], sender?: string): Promise<readonly Applied[]>;
  /** Puts a word under the very id, as if changes had led to it. */
  setWord(scopeId: string, participantId: string, word: ConsentWord): Promise<void>;

  wordOf(scopeId: string, participantId: string): Promise<ConsentWord>;
  lastWordOf(scopeId: string, participantId: string): Promise<ConsentWord>;
  wordAt(scopeId: string, participantId: string, ordinal: number): Promise<ConsentWord>;
  forwardOf(scopeId: string, participantId: string): Promise<string>;
  statusOf(scopeId: string, participantId: string): Promise<ConsentStatus>;
  /** Not for a time after now. */
  permittedAt(scopeId: string, participantId: string, time: number): Promise<Permitted>;
  recoveryOf(scopeId: string, participantId: string): Promise<Omit<Recovery, "proposer">>;
  mandateOf(scopeId: string, participantId: string, delegateId: string): Promise<Mandate>;
  isIndexed(scopeId: string, participantId: string): Promise<boolean>;
  indexPage(scopeId: string, cursor: string, limit: number): Promise<IndexPage | Rejection>;
}
