import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface SuspendInstitutionParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly institutionId: Hex;
}

export type SuspendInstitutionReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex },
  dryRun
>;

export type SuspendInstitutionErrorType = WriteErrorType;

/**
 * Takes an institution's standing: its accounts can do nothing, and its licences rest. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionNotInStanding, AccessManagedUnauthorized
 */
export async function suspendInstitution<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: SuspendInstitutionParameters<dryRun>,
): Promise<SuspendInstitutionReturnType<dryRun>> {
  const { institutionId } = parameters;
  checkId("institutionId", institutionId);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "suspend", args: [institutionId] },
    (logs) => ({ institutionId: eventIn(client, logs, "institutionRegistry", "InstitutionSuspended").institutionId }),
  );
}
