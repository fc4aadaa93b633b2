import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkIds } from "../internal/provenance.ts";
import { checkId, checkUint } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface OfferCustodyParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly sampleIds: readonly Hex[];
  /** Institution that shall have them: a custodian or processor in good standing. */
  readonly to: Hex;
  /** When they left the keeper (Unix seconds). */
  readonly leftAt: number;
}

export type OfferCustodyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly sampleIds: readonly Hex[]; readonly to: Hex },
  dryRun
>;

export type OfferCustodyErrorType = WriteErrorType;

/**
 * Offers custody of samples to another institution; until it accepts, or the offer is cancelled, nothing else can be done
 * with them. For an account of their keeper.
 * @throws InvalidInputError, ConcordContractError ProvenanceSampleUnknown, ProvenanceNotKeeper,
 * ProvenanceSampleDestroyed, ProvenanceSampleOffered, ProvenanceCannotKeep, ProvenanceTooEarly, ProvenanceTimesInvalid,
 * AccessManagedUnauthorized
 */
export async function offerCustody<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: OfferCustodyParameters<dryRun>,
): Promise<OfferCustodyReturnType<dryRun>> {
  const { sampleIds, to, leftAt } = parameters;
  checkIds("sampleIds", sampleIds);
  checkId("to", to);
  checkUint("leftAt", leftAt, 32, 1);
  const args = [sampleIds, to, leftAt] as const;
  return write(client, parameters, { contract: "provenanceRegistry", functionName: "offerCustody", args }, () => ({
    sampleIds,
    to,
  }));
}
