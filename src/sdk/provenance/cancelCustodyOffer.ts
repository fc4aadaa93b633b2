import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkIds } from "../internal/provenance.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface CancelCustodyOfferParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly sampleIds: readonly Hex[];
}

export type CancelCustodyOfferReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly sampleIds: readonly Hex[] },
  dryRun
>;

export type CancelCustodyOfferErrorType = WriteErrorType;

/**
 * Ends offers of custody. For an account of the samples' keeper, which withdraws, or of the other side, which refuses.
 * @throws InvalidInputError, ConcordContractError ProvenanceNotOffered, AccessManagedUnauthorized
 */
export async function cancelCustodyOffer<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: CancelCustodyOfferParameters<dryRun>,
): Promise<CancelCustodyOfferReturnType<dryRun>> {
  const { sampleIds } = parameters;
  checkIds("sampleIds", sampleIds);
  const request = { contract: "provenanceRegistry", functionName: "cancelOffer", args: [sampleIds] } as const;
  return write(client, parameters, request, () => ({ sampleIds }));
}
