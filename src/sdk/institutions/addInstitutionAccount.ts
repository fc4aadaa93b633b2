import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkAddress, checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AddInstitutionAccountParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly institutionId: Hex;
  /** The further account that may act for it. */
  readonly institutionAccount: Address;
}

export type AddInstitutionAccountReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex; readonly institutionAccount: Address },
  dryRun
>;

export type AddInstitutionAccountErrorType = WriteErrorType;

/**
 * Lets a further account act for an institution, with the institution's roles. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionUnknown, InstitutionAccountTaken, AccessManagedUnauthorized
 */
export async function addInstitutionAccount<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AddInstitutionAccountParameters<dryRun>,
): Promise<AddInstitutionAccountReturnType<dryRun>> {
  const { institutionId, institutionAccount } = parameters;
  checkId("institutionId", institutionId);
  checkAddress("institutionAccount", institutionAccount);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "addAccount", args: [institutionId, institutionAccount] },
    (logs) => {
      const { institutionId, account } = eventIn(client, logs, "institutionRegistry", "InstitutionAccountAdded");
      return { institutionId, institutionAccount: account };
    },
  );
}
