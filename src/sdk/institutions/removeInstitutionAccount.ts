import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkAddress } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RemoveInstitutionAccountParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** The account that shall no longer act for its institution. */
  readonly institutionAccount: Address;
}

export type RemoveInstitutionAccountReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex; readonly institutionAccount: Address },
  dryRun
>;

export type RemoveInstitutionAccountErrorType = WriteErrorType;

/**
 * Ends that an account acts for its institution; its roles go at once. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionAccountUnknown, AccessManagedUnauthorized
 */
export async function removeInstitutionAccount<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RemoveInstitutionAccountParameters<dryRun>,
): Promise<RemoveInstitutionAccountReturnType<dryRun>> {
  const { institutionAccount } = parameters;
  checkAddress("institutionAccount", institutionAccount);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "removeAccount", args: [institutionAccount] },
    (logs) => {
      const { institutionId, account } = eventIn(client, logs, "institutionRegistry", "InstitutionAccountRemoved");
      return { institutionId, institutionAccount: account };
    },
  );
}
