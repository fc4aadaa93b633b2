import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId, checkUint } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RegisterNarrowerTermsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** The number of the terms that allow no more (uint16, from 1). */
  readonly narrower: number;
  /** The number of the terms that allow as much or more (uint16, from 1). */
  readonly broader: number;
}

export type RegisterNarrowerTermsReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly scopeId: Hex;
    readonly narrower: number;
    readonly broader: number;
    /** The institution that answers for it. */
    readonly publisher: Hex;
  },
  dryRun
>;

export type RegisterNarrowerTermsErrorType = WriteErrorType;

/**
 * Registers, for ever, that some terms of a scope allow no more than others: a proxy who may only narrow may pass from
 * the broader to the narrower. For an account of the scope's custodian or committee, who answer for it.
 * @throws InvalidInputError, ConcordContractError TermsPairInvalid, ScopeUnknown, ScopeNotResponsible,
 * InstitutionAccountUnknown, InstitutionNotInStanding, AccessManagedUnauthorized
 */
export async function registerNarrowerTerms<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RegisterNarrowerTermsParameters<dryRun>,
): Promise<RegisterNarrowerTermsReturnType<dryRun>> {
  const { scopeId, narrower, broader } = parameters;
  checkId("scopeId", scopeId);
  checkUint("narrower", narrower, 16, 1);
  checkUint("broader", broader, 16, 1);
  const args = [scopeId, narrower, broader] as const;
  return write(client, parameters, { contract: "termsRegistry", functionName: "registerNarrower", args }, (logs) =>
    eventIn(client, logs, "termsRegistry", "TermsNarrowerRegistered"),
  );
}
