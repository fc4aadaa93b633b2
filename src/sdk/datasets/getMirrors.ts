import type { Hex } from "viem";

import { isZero } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface GetMirrorsParameters {
  readonly datasetId: Hex;
}

/** The encrypted copy that a custodian offers. */
export interface OfferedCopy {
  /** SHA-256 of the encrypted copy. */
  readonly copyDigest: Hex;
  /** Bytes. */
  readonly size: bigint;
  /** Block time (Unix seconds). */
  readonly offeredAt: number;
}

/** An institution's word that it holds a copy. */
export interface Mirror {
  readonly institutionId: Hex;
  /** Block time (Unix seconds). */
  readonly attestedAt: number;
  /** Whether it counts now: of the copy on offer, less than 90 days old, from an institution in good standing. */
  readonly isFresh: boolean;
}

export interface GetMirrorsReturnType {
  readonly datasetId: Hex;
  /** Undefined when none is offered. */
  readonly copy: OfferedCopy | undefined;
  /** At most 16. */
  readonly mirrors: readonly Mirror[];
}

export type GetMirrorsErrorType = InvalidInputError | ReadErrorType;

/**
 * Who attests to hold a copy of a dataset.
 * @throws InvalidInputError
 */
export async function getMirrors(
  client: ConcordClient,
  { datasetId }: GetMirrorsParameters,
): Promise<GetMirrorsReturnType> {
  checkId("datasetId", datasetId);
  const args = [datasetId] as const;
  const [[copyDigest, size, offeredAt], mirrors] = await Promise.all([
    read(client, { contract: "datasetRegistry", functionName: "copyOf", args }),
    read(client, { contract: "datasetRegistry", functionName: "mirrorsOf", args }),
  ]);
  return { datasetId, copy: isZero(copyDigest) ? undefined : { copyDigest, size, offeredAt }, mirrors };
}
