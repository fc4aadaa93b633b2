import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkAddress, checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AddInstitutionOfficialParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly institutionId: Hex;
  /** Who shall sign for it; needs no role, and need not send transactions. */
  readonly official: Address;
}

export type AddInstitutionOfficialReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex; readonly official: Address },
  dryRun
>;

export type AddInstitutionOfficialErrorType = WriteErrorType;

/**
 * Lets somebody sign for an institution: purposes, statements, agreements. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionUnknown, InstitutionOfficialTaken, InstitutionAccountTaken,
 * AccessManagedUnauthorized
 */
export async function addInstitutionOfficial<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AddInstitutionOfficialParameters<dryRun>,
): Promise<AddInstitutionOfficialReturnType<dryRun>> {
  const { institutionId, official } = parameters;
  checkId("institutionId", institutionId);
  checkAddress("official", official);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "addOfficial", args: [institutionId, official] },
    (logs) => {
      const { institutionId, official } = eventIn(client, logs, "institutionRegistry", "InstitutionOfficialAdded");
      return { institutionId, official };
    },
  );
}
