import type { Hex } from "viem";

import { WithdrawalExtent } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { checkExtent } from "../internal/changes.ts";
import { checkId } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface WithdrawConsentParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** How far it reaches: 1 no further contact, 2 no further access, 3 no further use; 3 unless told. */
  readonly extent?: number | undefined;
}

export type WithdrawConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type WithdrawConsentErrorType = WriteErrorType;

/**
 * Ends the sender's own consent by their own transaction. The contract never refuses it, in any state. It does not undo
 * finished analyses, published results or aggregates.
 * @throws InvalidInputError
 */
export async function withdrawConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: WithdrawConsentParameters<dryRun>,
): Promise<WithdrawConsentReturnType<dryRun>> {
  const { scopeId, extent = WithdrawalExtent.NoFurtherUse } = parameters;
  checkId("scopeId", scopeId);
  checkExtent("extent", extent);
  return write(
    client,
    parameters,
    { contract: "consentRegistry", functionName: "withdraw", args: [scopeId, extent] },
    (logs) => changedConsent(client, logs),
  );
}
