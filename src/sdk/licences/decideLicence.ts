import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { type Decision, decisionOf } from "../internal/verdict.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface DecideLicenceParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
}

export type DecideLicenceReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint } & Decision,
  dryRun
>;

export type DecideLicenceErrorType = WriteErrorType;

/**
 * Asks the layers that all participants share, and keeps what they say. For anyone, until the vote.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, LicenceStepNotOpen
 */
export async function decideLicence<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DecideLicenceParameters<dryRun>,
): Promise<DecideLicenceReturnType<dryRun>> {
  const { licenceId } = parameters;
  checkLicenceId(licenceId);
  return write(
    client,
    parameters,
    { contract: "licenceRegistry", functionName: "decide", args: [licenceId] },
    (logs) => ({ licenceId, ...decisionOf(eventIn(client, logs, "licenceRegistry", "LicenceDecided")) }),
  );
}
