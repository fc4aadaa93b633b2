import type { Hex } from "viem";

import type { Purpose } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { purposeDigest } from "../dataUse/digests.ts";
import { ConcordContractError, type InvalidInputError, type NotFoundError } from "../errors.ts";
import type { Progress } from "../internal/pages.ts";
import { read } from "../internal/read.ts";
import type { Decision } from "../internal/verdict.ts";
import type { LineageWitness } from "../internal/wire.ts";
import type { DryRun, Included, WriteErrorType, WriteOptions } from "../internal/write.ts";
import { getScope } from "../terms/getScope.ts";
import { getTerms } from "../terms/getTerms.ts";
import { decidePurpose } from "./decidePurpose.ts";

export interface DecideScopeTermsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  readonly purpose: Purpose;
  /** Complete ancestors of the purpose's diseases and regions in the releases that terms pin; none unless told. */
  readonly witnesses?: readonly LineageWitness[] | undefined;
  /** Called after each terms. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What became of one terms of the scope. */
export interface TermsDecision {
  /** The terms' number in the scope, from 1. */
  readonly number: number;
  readonly termsDigest: Hex;
  /**
   * "kept" now; "keptBefore"; or "unproven": the lineage of a disease is missing, and consents under these terms count as
   * refused until it is given.
   */
  readonly result: "kept" | "keptBefore" | "unproven";
  /** What was kept now, facts and time aside, its reasons bare codes; undefined otherwise. */
  readonly decision: Decision | undefined;
  /** The transaction that kept it; undefined when none was needed. */
  readonly transaction: Included | undefined;
}

export type DecideScopeTermsReturnType<dryRun extends boolean = boolean> = dryRun extends true
  ? DryRun
  : { readonly terms: readonly TermsDecision[] };

export type DecideScopeTermsErrorType = InvalidInputError | NotFoundError | WriteErrorType;

/**
 * Has every terms of a scope answer a purpose, so that no participant's consent stays unproven. For anyone; what is kept
 * already is not sent again.
 * @throws InvalidInputError, NotFoundError, ConcordContractError ScopeUnknown, OntologyProofInvalid,
 * OntologyReleaseUnknown
 */
export async function decideScopeTerms<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DecideScopeTermsParameters<dryRun>,
): Promise<DecideScopeTermsReturnType<dryRun>> {
  const { scopeId, purpose, witnesses = [], onProgress, account, dryRun } = parameters;
  const { termsCount } = await getScope(client, { scopeId });
  const decided: TermsDecision[] = [];
  let gas = 0n;
  for (let number = 1; number <= termsCount; number += 1) {
    const { digest, terms } = await getTerms(client, { scopeId, number });
    const about = { number, termsDigest: digest, decision: undefined, transaction: undefined };
    const args = [digest, purposeDigest(purpose)] as const;
    if (await read(client, { contract: "decisionRegistry", functionName: "isKept", args })) {
      decided.push({ ...about, result: "keptBefore" });
    } else {
      const pinned = witnesses.filter(
        ({ release }) => sameHex(release, terms.ontologyRelease) || sameHex(release, terms.regionRelease),
      );
      const request = { account, terms, purpose, witnesses: pinned };
      try {
        if (dryRun === true) {
          gas += (await decidePurpose(client, { ...request, dryRun: true })).gas;
        } else {
          const { kept, hash, blockNumber, gasUsed } = await decidePurpose(client, { ...request, dryRun: false });
          const transaction = { hash, blockNumber, gasUsed };
          decided.push({ ...about, result: kept === undefined ? "keptBefore" : "kept", decision: kept, transaction });
        }
      } catch (error) {
        if (!(error instanceof ConcordContractError) || error.name !== "DecisionUnproven") throw error;
        decided.push({ ...about, result: "unproven" });
      }
    }
    onProgress?.({ done: number, total: termsCount });
  }
  const answer = dryRun === true ? { dryRun, gas } : { terms: decided };
  return answer as unknown as DecideScopeTermsReturnType<dryRun>;
}

function sameHex(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
