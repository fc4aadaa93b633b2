import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import { type LoggedEntry, loggedEntryOf } from "../internal/audit.ts";
import { findEvent } from "../internal/events.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkBigUint } from "../internal/validate.ts";

export interface GetAuditEntryParameters {
  /** The entry's number, from 0. */
  readonly index: bigint;
}

export type GetAuditEntryReturnType = LoggedEntry;

export type GetAuditEntryErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * An entry of the audit log, whole, from its event.
 * @throws InvalidInputError, NotFoundError
 */
export async function getAuditEntry(
  client: ConcordClient,
  { index }: GetAuditEntryParameters,
): Promise<GetAuditEntryReturnType> {
  checkBigUint("index", index, 256);
  const event = await findEvent(client, "auditLog", "AccessLogged", { index });
  if (event === undefined) throw new NotFoundError("audit entry", { index });
  return loggedEntryOf(event.args);
}
