import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkAddress } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RemoveInstitutionOfficialParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** Who shall no longer sign for their institution. */
  readonly official: Address;
}

export type RemoveInstitutionOfficialReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex; readonly official: Address },
  dryRun
>;

export type RemoveInstitutionOfficialErrorType = WriteErrorType;

/**
 * Ends that somebody signs for their institution; an account of it remains one. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionOfficialUnknown, AccessManagedUnauthorized
 */
export async function removeInstitutionOfficial<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RemoveInstitutionOfficialParameters<dryRun>,
): Promise<RemoveInstitutionOfficialReturnType<dryRun>> {
  const { official } = parameters;
  checkAddress("official", official);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "removeOfficial", args: [official] },
    (logs) => {
      const { institutionId, official } = eventIn(client, logs, "institutionRegistry", "InstitutionOfficialRemoved");
      return { institutionId, official };
    },
  );
}
