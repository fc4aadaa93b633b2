import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface CreateScopeParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** keccak256 of the scope's public name; see scopeIdOf. */
  readonly scopeId: Hex;
  /** The institution that decides on requests for the scope's data. */
  readonly committee: Hex;
}

export type CreateScopeReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly scopeId: Hex; readonly custodian: Hex; readonly committee: Hex },
  dryRun
>;

export type CreateScopeErrorType = WriteErrorType;

/**
 * Creates a scope; the sender's institution is its custodian. For an account of a custodian.
 * @throws InvalidInputError, ConcordContractError ScopeIdTaken, ScopeCommitteeInvalid, InstitutionNotInStanding,
 * AccessManagedUnauthorized
 */
export async function createScope<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: CreateScopeParameters<dryRun>,
): Promise<CreateScopeReturnType<dryRun>> {
  const { scopeId, committee } = parameters;
  checkId("scopeId", scopeId);
  checkId("committee", committee);
  return write(
    client,
    parameters,
    { contract: "termsRegistry", functionName: "createScope", args: [scopeId, committee] },
    (logs) => {
      const { scopeId, custodian, committee } = eventIn(client, logs, "termsRegistry", "ScopeCreated");
      return { scopeId, custodian, committee };
    },
  );
}
