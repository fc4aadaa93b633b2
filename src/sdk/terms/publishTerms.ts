import type { Hex } from "viem";

import type { Terms } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { wireTerms } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface PublishTermsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  readonly terms: Terms;
}

export type PublishTermsReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    /** The terms' number in the scope, from 1. */
    readonly number: number;
    /** What participants sign. */
    readonly digest: Hex;
  },
  dryRun
>;

export type PublishTermsErrorType = WriteErrorType;

/**
 * Registers terms in a scope, for ever. For an account of the scope's custodian or committee.
 * @throws InvalidInputError, ConcordContractError TermsAlreadyPublished, TermsNeverHold, TermsReleaseUnknown,
 * TermsNumbersExhausted, ScopeUnknown, ScopeNotResponsible, AccessManagedUnauthorized
 */
export async function publishTerms<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: PublishTermsParameters<dryRun>,
): Promise<PublishTermsReturnType<dryRun>> {
  const { scopeId, terms } = parameters;
  checkId("scopeId", scopeId);
  const args = [scopeId, wireTerms("terms", terms)] as const;
  return write(client, parameters, { contract: "termsRegistry", functionName: "publish", args }, (logs) => {
    const { number, digest } = eventIn(client, logs, "termsRegistry", "TermsPublished");
    return { number, digest };
  });
}
