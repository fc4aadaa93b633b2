import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface SucceedInstitutionParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly institutionId: Hex;
  /** The institution that takes its place: another one, in good standing. */
  readonly successor: Hex;
}

export type SucceedInstitutionReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex; readonly successor: Hex },
  dryRun
>;

export type SucceedInstitutionErrorType = WriteErrorType;

/**
 * Puts another institution in an institution's place for ever. Accounts, officials and users are not handed on; scopes are
 * claimed: see claimScope. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionUnknown, InstitutionEnded, InstitutionSuccessorInvalid,
 * InstitutionSuccessionsExhausted, AccessManagedUnauthorized
 */
export async function succeedInstitution<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: SucceedInstitutionParameters<dryRun>,
): Promise<SucceedInstitutionReturnType<dryRun>> {
  const { institutionId, successor } = parameters;
  checkId("institutionId", institutionId);
  checkId("successor", successor);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "succeed", args: [institutionId, successor] },
    (logs) => {
      const { institutionId, successor } = eventIn(client, logs, "institutionRegistry", "InstitutionSucceeded");
      return { institutionId, successor };
    },
  );
}
