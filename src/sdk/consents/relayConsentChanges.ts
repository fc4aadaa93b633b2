import type { ConcordClient } from "../client.ts";
import { signedChangeGas } from "../internal/itemGas.ts";
import { type RelayInterruptedError, relayItems, type RelayOptions, type RelaySummary } from "../internal/relaying.ts";
import { checkNonEmptyList } from "../internal/validate.ts";
import type { DryRun, WriteErrorType } from "../internal/write.ts";
import { encodeSignedChange, type SignedChange } from "./encodeSignedChange.ts";

export interface RelayConsentChangesParameters<dryRun extends boolean = boolean> extends RelayOptions<dryRun> {
  /** What participants and delegates have signed, at least one; applied in order. */
  readonly changes: readonly SignedChange[];
}

export type RelayConsentChangesReturnType<dryRun extends boolean = boolean> = dryRun extends true
  ? DryRun
  : RelaySummary;

export type RelayConsentChangesErrorType = RelayInterruptedError | WriteErrorType;

/**
 * Sends signed changes in batches, one transaction after another. Anyone may, but for takeovers: those are the
 * custodian's to send. A refused change is reported with its reason and spoils nothing else. Batches stay below the gas
 * cap of EIP-7825, about 100 signatures of accounts or 30 of passkeys.
 * @throws InvalidInputError before anything is sent, when a change is malformed; RelayInterruptedError when a batch
 * after the first could not be sent; WriteErrorType when the first could not
 */
export async function relayConsentChanges<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RelayConsentChangesParameters<dryRun>,
): Promise<RelayConsentChangesReturnType<dryRun>> {
  const { changes } = parameters;
  checkNonEmptyList("changes", changes);
  const items = changes.map((change, index) => ({
    call: encodeSignedChange(change, `changes[${index}]`),
    gas: signedChangeGas(change.authorisation),
  }));
  return relayItems(client, items, parameters);
}
