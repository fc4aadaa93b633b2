import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RemoveInstitutionUserParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** The commitment that the user was added with. */
  readonly commitment: Hex;
}

export type RemoveInstitutionUserReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex; readonly commitment: Hex },
  dryRun
>;

export type RemoveInstitutionUserErrorType = WriteErrorType;

/**
 * Ends that a person is a user of the sender's institution.
 * @throws InvalidInputError, ConcordContractError InstitutionUserUnknown, InstitutionNotInStanding,
 * AccessManagedUnauthorized
 */
export async function removeInstitutionUser<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RemoveInstitutionUserParameters<dryRun>,
): Promise<RemoveInstitutionUserReturnType<dryRun>> {
  const { commitment } = parameters;
  checkId("commitment", commitment);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "removeUser", args: [commitment] },
    (logs) => {
      const { institutionId, commitment } = eventIn(client, logs, "institutionRegistry", "InstitutionUserRemoved");
      return { institutionId, commitment };
    },
  );
}
