import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type ChangeAuthorisation, wireAuthorisation } from "../internal/authorisation.ts";
import { addedDelegation, type Delegation, removedDelegation } from "../internal/mandates.ts";
import { checkId, checkObject, checkUint, refuse } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** What a participant has signed about a proxy. Plain JSON: it may be stored and sent as it is. */
export type SignedDelegateChange = SignedAppointment | SignedDismissal;

export interface SignedAppointment {
  readonly verb: "appoint";
  readonly change: {
    readonly scopeId: Hex;
    readonly delegateId: Hex;
    /** Bits of the mandate's verbs, in the order of MANDATE_VERBS. */
    readonly verbs: number;
    readonly until: number;
  };
  readonly authorisation: ChangeAuthorisation;
}

export interface SignedDismissal {
  readonly verb: "dismiss";
  readonly change: { readonly scopeId: Hex; readonly delegateId: Hex };
  readonly authorisation: ChangeAuthorisation;
}

export interface RelayDelegateChangeParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** May come from anywhere: its shape is checked here, its signature by the registry. */
  readonly signed: SignedDelegateChange;
}

export type RelayDelegateChangeReturnType<dryRun extends boolean = boolean> = WriteReturnType<Delegation, dryRun>;

export type RelayDelegateChangeErrorType = WriteErrorType;

/**
 * Sends what a participant has signed about a proxy. Anyone may.
 * @throws InvalidInputError, ConcordContractError DelegateSignatureInvalid, DelegateSuperseded, DelegateDeadlinePassed,
 * DelegateSignedInFuture, DelegateInvalid, DelegateVerbsInvalid, DelegateUntilPassed, DelegateKindStands
 */
export async function relayDelegateChange<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RelayDelegateChangeParameters<dryRun>,
): Promise<RelayDelegateChangeReturnType<dryRun>> {
  const { signed } = parameters;
  checkObject("signed", signed);
  checkObject("signed.change", signed.change);
  const { scopeId, delegateId } = signed.change;
  checkId("signed.change.scopeId", scopeId);
  checkId("signed.change.delegateId", delegateId);
  const authorisation = wireAuthorisation("signed.authorisation", signed.authorisation);
  const contract = "delegateRegistry" as const;
  switch (signed.verb) {
    case "appoint": {
      const { verbs, until } = signed.change;
      checkUint("signed.change.verbs", verbs, 8);
      checkUint("signed.change.until", until, 32);
      const args = [{ scopeId, delegateId, verbs, until }, authorisation] as const;
      return write(client, parameters, { contract, functionName: "appointBySig", args }, (logs) =>
        addedDelegation(client, logs),
      );
    }
    case "dismiss": {
      const args = [{ scopeId, delegateId }, authorisation] as const;
      return write(client, parameters, { contract, functionName: "dismissBySig", args }, (logs) =>
        removedDelegation(client, logs),
      );
    }
    default: {
      const { verb } = signed as { readonly verb: unknown };
      throw refuse("signed.verb", verb, "no verb", "Give appoint or dismiss.");
    }
  }
}
