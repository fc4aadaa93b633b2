import type { ConcordClient } from "../client.ts";
import { completeExtension, type Extension } from "../internal/changes.ts";
import { nextOwnVersion } from "../internal/ownVersion.ts";
import { checkUint } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ExtendConsentParameters<dryRun extends boolean = boolean> extends Extension, WriteOptions<dryRun> {
  /** The exact version that this makes (uint16); the standing one plus one unless told. */
  readonly version?: number | undefined;
}

export type ExtendConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type ExtendConsentErrorType = WriteErrorType;

/**
 * Puts the end of the sender's own standing consent off, by their own transaction. A suspended consent stays suspended.
 * The stored end is the terms' re-consent date where that is earlier.
 * @throws InvalidInputError, ConcordContractError ConsentNotStanding, ConsentTermsNotStanding, ConsentTermsUnknown,
 * ConsentUntilNotLater, ConsentVersionMismatch, ConsentVersionsExhausted, ConsentSignedTooEarly (a second change within
 * one second), ConsentForwarded, ConsentLocked
 */
export async function extendConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ExtendConsentParameters<dryRun>,
): Promise<ExtendConsentReturnType<dryRun>> {
  const extension = completeExtension(parameters);
  const version = parameters.version ?? (await nextOwnVersion(client, parameters, extension.scopeId));
  checkUint("version", version, 16, 1);
  return write(
    client,
    parameters,
    { contract: "consentRegistry", functionName: "extend", args: [{ ...extension, version }] },
    (logs) => changedConsent(client, logs),
  );
}
