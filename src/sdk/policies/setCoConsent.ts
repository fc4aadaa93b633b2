import { type Hex, zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface SetCoConsentParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** Participant id of the family or community, see groupIdOf; undefined to ask for no co-consent any more. */
  readonly group: Hex | undefined;
}

export type SetCoConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly scopeId: Hex;
    readonly group: Hex | undefined;
    /** The institution that has asked. */
    readonly caller: Hex;
  },
  dryRun
>;

export type SetCoConsentErrorType = WriteErrorType;

/**
 * Asks for a group's co-consent in a scope: no licence has effect without it. For the scope's committee; and for its
 * custodian while none is asked for.
 * @throws InvalidInputError, ConcordContractError PolicyNotResponsible, ScopeUnknown, AccessManagedUnauthorized
 */
export async function setCoConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: SetCoConsentParameters<dryRun>,
): Promise<SetCoConsentReturnType<dryRun>> {
  const { scopeId, group } = parameters;
  checkId("scopeId", scopeId);
  if (group !== undefined) checkId("group", group);
  const args = [scopeId, group ?? zeroHash] as const;
  return write(client, parameters, { contract: "policyRegistry", functionName: "setCoConsent", args }, (logs) => ({
    scopeId,
    group,
    caller: eventIn(client, logs, "policyRegistry", "CoConsentSet").caller,
  }));
}
