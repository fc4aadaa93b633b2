import { numberToHex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { type LoggedEntry, loggedEntryOf } from "../internal/audit.ts";
import { findEvents } from "../internal/events.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkBigUint, checkList } from "../internal/validate.ts";

export interface ListAuditEntriesParameters {
  /** The licences that were used. */
  readonly licenceIds: readonly bigint[];
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface ListAuditEntriesReturnType {
  /** In the order of the log. */
  readonly entries: readonly LoggedEntry[];
}

export type ListAuditEntriesErrorType = InvalidInputError | ReadErrorType;

/**
 * All entries of the audit log under some licences, whole, from their events.
 * @throws InvalidInputError
 */
export async function listAuditEntries(
  client: ConcordClient,
  { licenceIds, blockNumber }: ListAuditEntriesParameters,
): Promise<ListAuditEntriesReturnType> {
  checkList("licenceIds", licenceIds);
  licenceIds.forEach((licenceId, index) => {
    checkBigUint(`licenceIds[${index}]`, licenceId, 256, 1n);
  });
  if (licenceIds.length === 0) return { entries: [] };
  const topics = [null, licenceIds.map((licenceId) => numberToHex(licenceId, { size: 32 }))];
  const events = await findEvents(client, "auditLog", ["AccessLogged"], { topics, toBlock: blockNumber });
  return { entries: events.map(({ args }) => loggedEntryOf(args)) };
}
