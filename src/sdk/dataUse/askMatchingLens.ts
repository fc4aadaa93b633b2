import type { Address, PublicClient } from "viem";

import { matchingLensAbi } from "../../bindings/abi.ts";
import type { Verdict } from "../../model/index.ts";
import { pagesOf, type Progress } from "../internal/pages.ts";
import { encodeCase, type MatchingCase } from "./matchingCases.ts";

/** Cases that one call asks about: few, since the cost of a call's memory grows with its square. */
const CASES_A_CALL = 10;

/** Calls at a time: the next is encoded while one is answered. */
const CALLS_AT_A_TIME = 2;

export interface AskMatchingLensParameters {
  /** A MatchingLens: it has no state, so that any will do. */
  readonly address: Address;
  readonly cases: readonly MatchingCase[];
  /** All strict ancestors of a disease; undefined when nothing is known of it. */
  readonly ancestorsOf: (disease: number) => readonly number[] | undefined;
  /** Called after each page. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What the contracts' matcher says of each case, in the order given: the same as {@link decideCase}. */
export async function askMatchingLens(
  client: Pick<PublicClient, "readContract">,
  { address, cases, ancestorsOf, onProgress }: AskMatchingLensParameters,
): Promise<Verdict[]> {
  const answers: (readonly Verdict[])[] = [];
  let done = 0;
  // One generator for all: where one call fails, the others end too.
  const pages = numbered(pagesOf(cases, CASES_A_CALL));
  const ask = async (): Promise<void> => {
    for (const [number, page] of pages) {
      const args = [page.map((one) => encodeCase(one, ancestorsOf))] as const;
      answers[number] = await client.readContract({ address, abi: matchingLensAbi, functionName: "decide", args });
      done += page.length;
      onProgress?.({ done, total: cases.length });
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_A_TIME }, ask));
  return answers.flat();
}

function* numbered<item>(items: readonly item[]): Generator<[number, item]> {
  yield* items.entries();
}
