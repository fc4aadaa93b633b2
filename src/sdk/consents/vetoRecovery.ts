import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkId } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface VetoRecoveryParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
}

export type VetoRecoveryReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type VetoRecoveryErrorType = WriteErrorType;

/**
 * Vetoes the pending move of the sender's own consent to another key, by their own transaction. Nobody can propose
 * another for 14 days.
 * @throws InvalidInputError, ConcordContractError ConsentRecoveryUnknown
 */
export async function vetoRecovery<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: VetoRecoveryParameters<dryRun>,
): Promise<VetoRecoveryReturnType<dryRun>> {
  const { scopeId } = parameters;
  checkId("scopeId", scopeId);
  return write(
    client,
    parameters,
    { contract: "consentRegistry", functionName: "vetoRecovery", args: [scopeId] },
    (logs) => changedConsent(client, logs),
  );
}
