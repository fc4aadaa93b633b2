import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkId } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface SuspendConsentParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
}

export type SuspendConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type SuspendConsentErrorType = WriteErrorType;

/**
 * Lays the sender's own consent to rest by their own transaction. The contract never refuses it.
 * @throws InvalidInputError
 */
export async function suspendConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: SuspendConsentParameters<dryRun>,
): Promise<SuspendConsentReturnType<dryRun>> {
  const { scopeId } = parameters;
  checkId("scopeId", scopeId);
  return write(client, parameters, { contract: "consentRegistry", functionName: "suspend", args: [scopeId] }, (logs) =>
    changedConsent(client, logs),
  );
}
