import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { MandateVerb } from "../internal/enums.ts";
import { addedDelegation, type Delegation, verbBits } from "../internal/mandates.ts";
import { checkId, checkUint } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AppointDelegateParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** Who shall act: the id of their signer bytes; see participantIdOf. */
  readonly delegateId: Hex;
  /** What they may do, at least one thing. "narrow" without "update" lets them update only to what allows no more. */
  readonly verbs: readonly MandateVerb[];
  /** First second at which they no longer may (Unix seconds, uint32). */
  readonly until: number;
}

export type AppointDelegateReturnType<dryRun extends boolean = boolean> = WriteReturnType<Delegation, dryRun>;

export type AppointDelegateErrorType = WriteErrorType;

/**
 * Makes someone the sender's own proxy in a scope, by the sender's own transaction; a mandate that they have there is
 * replaced. It takes no say from the sender.
 * @throws InvalidInputError, ConcordContractError DelegateInvalid, DelegateUntilPassed, DelegateKindStands (a
 * guardian), DelegateSuperseded (a second change within one second)
 */
export async function appointDelegate<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AppointDelegateParameters<dryRun>,
): Promise<AppointDelegateReturnType<dryRun>> {
  const { scopeId, delegateId, until } = parameters;
  checkId("scopeId", scopeId);
  checkId("delegateId", delegateId);
  const verbs = verbBits("verbs", parameters.verbs);
  checkUint("until", until, 32);
  const args = [{ scopeId, delegateId, verbs, until }] as const;
  return write(client, parameters, { contract: "delegateRegistry", functionName: "appoint", args }, (logs) =>
    addedDelegation(client, logs),
  );
}
