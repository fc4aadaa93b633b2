import { encodeFunctionData, type Hex } from "viem";

import { consentRegistryAbi } from "../../bindings/abi.ts";
import type { ConcordClient } from "../client.ts";
import { CHANGE_GAS } from "../internal/itemGas.ts";
import { checkedPaper, importArguments, type PaperConsent } from "../internal/papers.ts";
import { type RelayInterruptedError, relayItems, type RelayOptions, type RelaySummary } from "../internal/relaying.ts";
import { checkId, checkNonEmptyList } from "../internal/validate.ts";
import type { DryRun, WriteErrorType } from "../internal/write.ts";

export interface ImportConsentsParameters<dryRun extends boolean = boolean> extends RelayOptions<dryRun> {
  /** The scope of every consent that names no other; one custodian's, all of them. */
  readonly scopeId: Hex;
  /** At least one; applied in order. */
  readonly consents: readonly PaperConsent[];
}

export type ImportConsentsReturnType<dryRun extends boolean = boolean> = dryRun extends true ? DryRun : ImportSummary;

export interface ImportSummary extends RelaySummary {
  /**
   * The ids of the consents, in the order given, those of refused ones included. Keep them with who they stand for:
   * nothing else does.
   */
  readonly participantIds: readonly Hex[];
}

export type ImportConsentsErrorType = RelayInterruptedError | WriteErrorType;

/**
 * Brings consents on paper in, in batches, one transaction after another; a first import appends itself to the scope's
 * index. A refused one is reported with its reason and spoils nothing else. For an account of the scope's custodian, in
 * good standing. Whoever must not lose track of ids when a batch is interrupted draws them beforehand, with
 * randomParticipantId.
 * @throws InvalidInputError before anything is sent; RelayInterruptedError when a batch after the first could not be
 * sent; WriteErrorType when the first could not
 */
export async function importConsents<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ImportConsentsParameters<dryRun>,
): Promise<ImportConsentsReturnType<dryRun>> {
  const { scopeId, consents } = parameters;
  checkId("scopeId", scopeId);
  checkNonEmptyList("consents", consents);
  const papers = consents.map((consent, index) => checkedPaper(`consents[${index}].`, scopeId, consent));
  const items = (await importArguments(client, papers)).map((change) => ({
    call: encodeFunctionData({ abi: consentRegistryAbi, functionName: "importConsent", args: [change] }),
    gas: CHANGE_GAS,
  }));
  const answer = await relayItems(client, items, parameters);
  const participantIds = papers.map(({ participantId }) => participantId);
  return { ...answer, ...(parameters.dryRun === true ? {} : { participantIds }) } as ImportConsentsReturnType<dryRun>;
}
