import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { nextOwnVersion } from "../internal/ownVersion.ts";
import { checkId, checkUint } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ResumeConsentParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** The exact version that this makes (uint16); the standing one plus one unless told. */
  readonly version?: number | undefined;
}

export type ResumeConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type ResumeConsentErrorType = WriteErrorType;

/**
 * Opens the sender's own suspended consent again, under its own terms, by their own transaction.
 * @throws InvalidInputError, ConcordContractError ConsentNotSuspended, ConsentVersionMismatch, ConsentVersionsExhausted,
 * ConsentSignedTooEarly (a second change within one second), ConsentForwarded, ConsentLocked
 */
export async function resumeConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ResumeConsentParameters<dryRun>,
): Promise<ResumeConsentReturnType<dryRun>> {
  const { scopeId } = parameters;
  checkId("scopeId", scopeId);
  const version = parameters.version ?? (await nextOwnVersion(client, parameters, scopeId));
  checkUint("version", version, 16, 1);
  return write(
    client,
    parameters,
    { contract: "consentRegistry", functionName: "resume", args: [{ scopeId, version }] },
    (logs) => changedConsent(client, logs),
  );
}
