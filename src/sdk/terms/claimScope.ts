import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ClaimScopeParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
}

/** Who holds the scope's offices from then on. */
export type ClaimScopeReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly scopeId: Hex; readonly custodian: Hex; readonly committee: Hex },
  dryRun
>;

export type ClaimScopeErrorType = WriteErrorType;

/**
 * Takes over the offices of a scope whose custodian or committee the sender's institution has succeeded.
 * @throws InvalidInputError, ConcordContractError ScopeUnknown, ScopeNotClaimable, InstitutionNotInStanding,
 * AccessManagedUnauthorized
 */
export async function claimScope<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ClaimScopeParameters<dryRun>,
): Promise<ClaimScopeReturnType<dryRun>> {
  const { scopeId } = parameters;
  checkId("scopeId", scopeId);
  return write(
    client,
    parameters,
    { contract: "termsRegistry", functionName: "claimScope", args: [scopeId] },
    (logs) => {
      const { scopeId, custodian, committee } = eventIn(client, logs, "termsRegistry", "ScopeClaimed");
      return { scopeId, custodian, committee };
    },
  );
}
