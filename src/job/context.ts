import { type Hex, keccak256, type PublicClient, stringToHex } from "viem";

import { BaseError, type ConcordClient } from "../sdk/index.ts";
import type { Actor } from "./actors.ts";
import { JobCheckError } from "./errors.ts";
import type { JobProgress } from "./result.ts";

/** Seconds of a Julian year. */
export const YEAR_SECONDS = 31_557_600;

/** What every phase of the job works with. */
export interface JobContext {
  readonly publicClient: PublicClient;
  readonly actors: Readonly<Record<Actor, ConcordClient>>;
  readonly registrar: ConcordClient;
  readonly recorder: Recorder;
}

/** Counts the comparisons with the reference model, takes the time of phases, and passes progress on. */
export class Recorder {
  readonly #onProgress: ((progress: JobProgress) => void) | undefined;
  readonly #seconds = new Map<string, number>();
  #nested = 0;
  #checks = 0;

  constructor(onProgress?: (progress: JobProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** Comparisons made so far; all of them held. */
  get checks(): number {
    return this.#checks;
  }

  /** Seconds by phase, in the order in which the phases began. */
  get seconds(): Record<string, number> {
    return Object.fromEntries([...this.#seconds].map(([phase, seconds]) => [phase, Math.round(seconds * 1000) / 1000]));
  }

  /**
   * Runs a part of a phase and adds its time to the phase's; the time of a part within it counts for that part's phase.
   * Parts run one after another.
   */
  async time<Result>(phase: string, part: () => Promise<Result>): Promise<Result> {
    const before = this.#nested;
    this.#nested = 0;
    const begun = performance.now();
    try {
      return await part();
    } finally {
      const seconds = (performance.now() - begun) / 1000;
      this.#seconds.set(phase, (this.#seconds.get(phase) ?? 0) + seconds - this.#nested);
      this.#nested = before + seconds;
    }
  }

  /** @throws JobCheckError when what the chain says is not what must hold */
  check<Value extends bigint | boolean | number | string | undefined>(
    step: string,
    expected: Value,
    found: Value,
  ): void {
    this.#checks += 1;
    if (expected !== found) throw new JobCheckError(step, expected, found);
  }

  /**
   * @param attempt what must be refused; a dry run, so that nothing is sent if it is not
   * @throws JobCheckError when the chain does not refuse it, or for another reason
   */
  async refused(step: string, error: string, attempt: () => Promise<unknown>): Promise<void> {
    const found = await attempt().then(
      () => "accepted",
      (refusal: unknown) => {
        if (refusal instanceof BaseError) return refusal.name;
        throw refusal;
      },
    );
    this.check(step, error, found);
  }

  progress(step: string, items?: { readonly done: number; readonly total: number }): void {
    this.#onProgress?.({ step, ...items });
  }
}

/** Digest of a document that is the institutions' own, as records carry it. */
export function digestOf(document: string): Hex {
  return keccak256(stringToHex(document));
}
