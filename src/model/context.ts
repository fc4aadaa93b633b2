import type { Signer } from "./signers.ts";

/** What a scope keeps of its terms for whoever grants under them. */
export interface RegisteredTerms {
  /** The number within the scope (uint16), from 1. */
  readonly number: number;
  /** First second at which consents under the terms count as expired (uint32), or NO_EXPIRY. */
  readonly reConsentBy: number;
}

/** What a change of the participant's own meets when it is included. */
export interface ChangeContext {
  /** Block time in Unix seconds (uint32); never earlier than at the change before. */
  readonly now: number;
  /** What the consent is about. */
  readonly scopeId: string;
  /** Whose consent it is. */
  readonly participantId: string;
  /** The scope's terms by digest; undefined when none are registered under it. */
  readonly terms: (digest: string) => RegisteredTerms | undefined;
}

/** What an opening by anyone meets. */
export interface OpeningContext extends ChangeContext {
  /** Whether the scope has registered terms of one number as narrower than those of another. */
  readonly isNarrower: (narrower: number, broader: number) => boolean;
}

/** What an operation on the whole book meets when it is included: the block, and what other registries say. */
export interface BookContext {
  /** Block time in Unix seconds (uint32); never earlier than at the operation before. */
  readonly now: number;
  /** A scope's terms by digest; undefined when none are registered under it. */
  readonly terms: (scopeId: string, digest: string) => RegisteredTerms | undefined;
  /** Whether a scope has registered terms of one number as narrower than those of another. */
  readonly isNarrower: (scopeId: string, narrower: number, broader: number) => boolean;
  /** The institution that is responsible for a scope; undefined when there is no such scope. */
  readonly custodianOf: (scopeId: string) => string | undefined;
  /** The institution that an account acts for; undefined when it acts for none. */
  readonly institutionOf: (account: string) => string | undefined;
  readonly isInStanding: (institutionId: string) => boolean;
  /** What kind of signer has an id; undefined for an account. */
  readonly signerOf: (signerId: string) => Signer | undefined;
}
