import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkId } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AnnulConsentParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
}

export type AnnulConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type AnnulConsentErrorType = WriteErrorType;

/**
 * Marks the sender's own consent as entered in error, by their own transaction. The contract never refuses it; a
 * withdrawal stays.
 * @throws InvalidInputError
 */
export async function annulConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AnnulConsentParameters<dryRun>,
): Promise<AnnulConsentReturnType<dryRun>> {
  const { scopeId } = parameters;
  checkId("scopeId", scopeId);
  return write(client, parameters, { contract: "consentRegistry", functionName: "annul", args: [scopeId] }, (logs) =>
    changedConsent(client, logs),
  );
}
