import type { ConcordClient } from "../client.ts";
import { type AccessBatch, checkBatch, type LoggedEntry, loggedEntryOf } from "../internal/audit.ts";
import { eventIn } from "../internal/events.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface LogAccessParameters<dryRun extends boolean = boolean> extends AccessBatch, WriteOptions<dryRun> {}

export type LogAccessReturnType<dryRun extends boolean = boolean> = WriteReturnType<LoggedEntry, dryRun>;

export type LogAccessErrorType = WriteErrorType;

/**
 * Logs an access to licensed data. For an account of the dataset's custodian. An entry whose claimed block the chain no
 * longer knows (8,191 blocks at the most) is accepted as late.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, AuditNotCustodian, AuditBlockNotExecuted,
 * AccessManagedUnauthorized
 */
export async function logAccess<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: LogAccessParameters<dryRun>,
): Promise<LogAccessReturnType<dryRun>> {
  const batch = checkBatch(parameters);
  return write(client, parameters, { contract: "auditLog", functionName: "log", args: [batch] }, (logs) =>
    loggedEntryOf(eventIn(client, logs, "auditLog", "AccessLogged")),
  );
}
