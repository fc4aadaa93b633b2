import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ExpelInstitutionParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly institutionId: Hex;
}

export type ExpelInstitutionReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex },
  dryRun
>;

export type ExpelInstitutionErrorType = WriteErrorType;

/**
 * Takes an institution's standing for ever. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionUnknown, InstitutionEnded, AccessManagedUnauthorized
 */
export async function expelInstitution<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ExpelInstitutionParameters<dryRun>,
): Promise<ExpelInstitutionReturnType<dryRun>> {
  const { institutionId } = parameters;
  checkId("institutionId", institutionId);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "expel", args: [institutionId] },
    (logs) => ({ institutionId: eventIn(client, logs, "institutionRegistry", "InstitutionExpelled").institutionId }),
  );
}
