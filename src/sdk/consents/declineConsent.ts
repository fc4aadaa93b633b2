import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkId } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface DeclineConsentParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
}

export type DeclineConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type DeclineConsentErrorType = WriteErrorType;

/**
 * Says no, as the sender, by their own transaction. The contract never refuses it; a stronger standing closing stays.
 * @throws InvalidInputError
 */
export async function declineConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DeclineConsentParameters<dryRun>,
): Promise<DeclineConsentReturnType<dryRun>> {
  const { scopeId } = parameters;
  checkId("scopeId", scopeId);
  return write(client, parameters, { contract: "consentRegistry", functionName: "decline", args: [scopeId] }, (logs) =>
    changedConsent(client, logs),
  );
}
