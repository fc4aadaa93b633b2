import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ReinstateInstitutionParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly institutionId: Hex;
}

export type ReinstateInstitutionReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex },
  dryRun
>;

export type ReinstateInstitutionErrorType = WriteErrorType;

/**
 * Gives a suspended institution its standing back. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionNotSuspended, AccessManagedUnauthorized
 */
export async function reinstateInstitution<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ReinstateInstitutionParameters<dryRun>,
): Promise<ReinstateInstitutionReturnType<dryRun>> {
  const { institutionId } = parameters;
  checkId("institutionId", institutionId);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "reinstate", args: [institutionId] },
    (logs) => ({ institutionId: eventIn(client, logs, "institutionRegistry", "InstitutionReinstated").institutionId }),
  );
}
