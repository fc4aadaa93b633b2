import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AddInstitutionUserParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** The person's salted commitment, as on who-lists; see commitTo. */
  readonly commitment: Hex;
}

export type AddInstitutionUserReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex; readonly commitment: Hex },
  dryRun
>;

export type AddInstitutionUserErrorType = WriteErrorType;

/**
 * Makes a person a user of the sender's institution: one of those who work with data there.
 * @throws InvalidInputError, ConcordContractError InstitutionUserTaken, InstitutionNotInStanding,
 * AccessManagedUnauthorized
 */
export async function addInstitutionUser<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AddInstitutionUserParameters<dryRun>,
): Promise<AddInstitutionUserReturnType<dryRun>> {
  const { commitment } = parameters;
  checkId("commitment", commitment);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "addUser", args: [commitment] },
    (logs) => {
      const { institutionId, commitment } = eventIn(client, logs, "institutionRegistry", "InstitutionUserAdded");
      return { institutionId, commitment };
    },
  );
}
