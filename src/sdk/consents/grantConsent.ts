import type { ConcordClient } from "../client.ts";
import { completeGrant, type GrantTerms } from "../internal/changes.ts";
import { nextOwnVersion } from "../internal/ownVersion.ts";
import { checkUint } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface GrantConsentParameters<dryRun extends boolean = boolean> extends GrantTerms, WriteOptions<dryRun> {
  /** The exact version that this makes (uint16); the standing one plus one unless told. */
  readonly version?: number | undefined;
}

export type GrantConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type GrantConsentErrorType = WriteErrorType;

/**
 * Opens the sender's own consent by their own transaction. The stored end is the terms' re-consent date where that is
 * earlier.
 * @throws InvalidInputError, ConcordContractError ConsentAlreadyGranted, ConsentTermsUnknown, ConsentUntilPassed,
 * ConsentVersionMismatch, ConsentVersionsExhausted, ConsentSignedTooEarly (a second change within one second),
 * ConsentForwarded, ConsentLocked
 */
export async function grantConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: GrantConsentParameters<dryRun>,
): Promise<GrantConsentReturnType<dryRun>> {
  const grant = completeGrant(parameters);
  const version = parameters.version ?? (await nextOwnVersion(client, parameters, grant.scopeId));
  checkUint("version", version, 16, 1);
  return write(
    client,
    parameters,
    { contract: "consentRegistry", functionName: "grant", args: [{ ...grant, version }] },
    (logs) => changedConsent(client, logs),
  );
}
