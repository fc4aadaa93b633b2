import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { nameOf } from "../internal/enums.ts";
import { SAMPLE_KINDS, type SampleKind } from "../internal/provenance.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface GetSampleParameters {
  readonly sampleId: Hex;
}

export interface GetSampleReturnType {
  readonly sampleId: Hex;
  readonly kind: SampleKind;
  /** Block time (Unix seconds). */
  readonly registeredAt: number;
  /** Stated time from which its keeper has it (Unix seconds). */
  readonly heldSince: number;
  /** Latest stated time of anything done with it (Unix seconds). */
  readonly lastAt: number;
  /** Block time (Unix seconds); 0 while it exists. */
  readonly destroyedAt: number;
  /** Institution that has custody of it. */
  readonly keeper: Hex;
  /** Institution that custody is offered to; zero for none. */
  readonly offeredTo: Hex;
  /** Institution that collected the specimen. */
  readonly custodian: Hex;
}

export type GetSampleErrorType = InvalidInputError | ReadErrorType;

/**
 * A specimen or aliquot as it stands.
 * @throws InvalidInputError, ConcordContractError ProvenanceSampleUnknown
 */
export async function getSample(
  client: ConcordClient,
  { sampleId }: GetSampleParameters,
): Promise<GetSampleReturnType> {
  checkId("sampleId", sampleId);
  const request = { contract: "provenanceRegistry", functionName: "sample", args: [sampleId] } as const;
  const status = await read(client, request);
  return { sampleId, ...status, kind: nameOf(SAMPLE_KINDS, status.kind) };
}
