import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface WithdrawMirrorParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly datasetId: Hex;
}

export type WithdrawMirrorReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly datasetId: Hex;
    /** The institution that holds no copy any more. */
    readonly institutionId: Hex;
  },
  dryRun
>;

export type WithdrawMirrorErrorType = WriteErrorType;

/**
 * Says that the account's institution holds no copy of a dataset any more.
 * @throws InvalidInputError, ConcordContractError DatasetNotMirror, AccessManagedUnauthorized
 */
export async function withdrawMirror<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: WithdrawMirrorParameters<dryRun>,
): Promise<WithdrawMirrorReturnType<dryRun>> {
  const { datasetId } = parameters;
  checkId("datasetId", datasetId);
  return write(
    client,
    parameters,
    { contract: "datasetRegistry", functionName: "withdrawMirror", args: [datasetId] },
    (logs) => {
      const { institutionId } = eventIn(client, logs, "datasetRegistry", "DatasetMirrorWithdrawn");
      return { datasetId, institutionId };
    },
  );
}
