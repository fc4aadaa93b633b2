import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AttestMirrorParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly datasetId: Hex;
  /** SHA-256 of the encrypted copy, computed from the bytes that the institution holds. */
  readonly copyDigest: Hex;
}

export type AttestMirrorReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly datasetId: Hex;
    /** The attesting institution. */
    readonly institutionId: Hex;
    /** Number of the offer that it is about. */
    readonly offer: number;
  },
  dryRun
>;

export type AttestMirrorErrorType = WriteErrorType;

/**
 * Attests that the account's institution holds, byte for byte, the encrypted copy on offer. It counts for 90 days: read
 * the copy again and attest anew before. For an account of any institution but the custodian.
 * @throws InvalidInputError, ConcordContractError DatasetCopyMismatch, DatasetMirrorIsCustodian, DatasetMirrorsFull,
 * InstitutionNotInStanding, AccessManagedUnauthorized
 */
export async function attestMirror<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AttestMirrorParameters<dryRun>,
): Promise<AttestMirrorReturnType<dryRun>> {
  const { datasetId, copyDigest } = parameters;
  checkId("datasetId", datasetId);
  checkId("copyDigest", copyDigest);
  return write(
    client,
    parameters,
    { contract: "datasetRegistry", functionName: "attestMirror", args: [datasetId, copyDigest] },
    (logs) => {
      const { institutionId, offer } = eventIn(client, logs, "datasetRegistry", "DatasetMirrorAttested");
      return { datasetId, institutionId, offer };
    },
  );
}
