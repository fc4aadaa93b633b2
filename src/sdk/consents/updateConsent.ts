import type { ConcordClient } from "../client.ts";
import { completeGrant, type GrantTerms } from "../internal/changes.ts";
import { nextOwnVersion } from "../internal/ownVersion.ts";
import { checkUint } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** All that is agreed to from now on, not only what differs. */
export interface UpdateConsentParameters<dryRun extends boolean = boolean> extends GrantTerms, WriteOptions<dryRun> {
  /** The exact version that this makes (uint16); the standing one plus one unless told. */
  readonly version?: number | undefined;
}

export type UpdateConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type UpdateConsentErrorType = WriteErrorType;

/**
 * Changes what the sender's own standing consent agrees to, by their own transaction. A suspended consent stays
 * suspended. The stored end is the terms' re-consent date where that is earlier.
 * @throws InvalidInputError, ConcordContractError ConsentNotStanding, ConsentTermsUnknown, ConsentUntilPassed,
 * ConsentVersionMismatch, ConsentVersionsExhausted, ConsentSignedTooEarly (a second change within one second),
 * ConsentForwarded, ConsentLocked
 */
export async function updateConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: UpdateConsentParameters<dryRun>,
): Promise<UpdateConsentReturnType<dryRun>> {
  const grant = completeGrant(parameters);
  const version = parameters.version ?? (await nextOwnVersion(client, parameters, grant.scopeId));
  checkUint("version", version, 16, 1);
  return write(
    client,
    parameters,
    { contract: "consentRegistry", functionName: "update", args: [{ ...grant, version }] },
    (logs) => changedConsent(client, logs),
  );
}
