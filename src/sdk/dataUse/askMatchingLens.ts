import type { Address, PublicClient } from "viem";

import { matchingLensAbi } from "../../bindings/abi.ts";
import type { Verdict } from "../../model/index.ts";
import type { Progress } from "../internal/pages.ts";
import { encodeCase, type MatchingCase } from "./matchingCases.ts";

/** Cases that one call asks about: few enough for any node's limit of gas. */
const CASES_A_CALL = 200;

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
  const verdicts: Verdict[] = [];
  for (let first = 0; first < cases.length; first += CASES_A_CALL) {
    const page = cases.slice(first, first + CASES_A_CALL).map((one) => encodeCase(one, ancestorsOf));
    const answered = await client.readContract({ address, abi: matchingLensAbi, functionName: "decide", args: [page] });
    verdicts.push(...answered);
    onProgress?.({ done: verdicts.length, total: cases.length });
  }
  return verdicts;
}
