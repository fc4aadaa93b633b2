import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkedPaper, importArguments, type PaperConsent } from "../internal/papers.ts";
import { checkId } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ImportConsentParameters<dryRun extends boolean = boolean>
  extends WriteOptions<dryRun>, Omit<PaperConsent, "scopeId"> {
  readonly scopeId: Hex;
}

export type ImportConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type ImportConsentErrorType = WriteErrorType;

/**
 * Brings one consent on paper in. For an account of the scope's custodian, in good standing; many at once take less
 * gas by importConsents. Keep the answer's participantId with whom it stands for: nothing else does.
 * @throws InvalidInputError, ConcordContractError, for instance ConsentParticipantActed
 */
export async function importConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ImportConsentParameters<dryRun>,
): Promise<ImportConsentReturnType<dryRun>> {
  const { scopeId, account, dryRun, ...consent } = parameters;
  checkId("scopeId", scopeId);
  const changes = await importArguments(client, [checkedPaper("", scopeId, consent)]);
  const args = changes as [(typeof changes)[number]];
  const request = { contract: "consentRegistry", functionName: "importConsent", args } as const;
  return write(client, { account, dryRun }, request, (logs) => changedConsent(client, logs));
}
