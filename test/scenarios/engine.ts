import type { Change, ConsentStatus, Permitted } from "../../src/model/index.ts";

/** What came of a change. Arguments that are ids or digests are given as the engine's caller named them. */
export type Applied = { readonly ok: true } | { readonly error: string; readonly args: readonly (number | string)[] };

/** Terms as a consent sees them. Times in Unix seconds. */
export interface ScenarioTerms {
  readonly from: number;
  readonly reConsentBy: number;
}

/** Anything that keeps consents: the model, or the contracts on a chain. Scopes and participants go by label. */
export interface ConsentEngine {
  /** The time at which the next change is included, in Unix seconds. Only {@link advance} moves it. */
  now(): Promise<number>;
  advance(seconds: number): Promise<void>;
  /** Registers further terms for the scope, under the next number. Answers their digest. */
  registerTerms(scope: string, terms: ScenarioTerms): Promise<string>;
  apply(scope: string, participant: string, change: Change): Promise<Applied>;
  word(scope: string, participant: string): Promise<bigint>;
  /** The word of an ordinal; the standing one at its own. Zero beyond. */
  wordAt(scope: string, participant: string, ordinal: number): Promise<bigint>;
  status(scope: string, participant: string): Promise<ConsentStatus>;
  /** Not for a time after now. */
  permittedAt(scope: string, participant: string, time: number): Promise<Permitted>;
}
