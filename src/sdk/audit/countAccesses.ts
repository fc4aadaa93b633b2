import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { findEvents } from "../internal/events.ts";
import { latestBlockNumber, type ReadErrorType } from "../internal/read.ts";
import { checkBigUint } from "../internal/validate.ts";

export interface CountAccessesParameters {
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

/** The accesses that one custodian has logged under one licence in one month. */
export interface AccessCount {
  readonly licenceId: bigint;
  readonly custodian: Hex;
  /** When they were logged: year and month in UTC, "2026-11". */
  readonly month: string;
  readonly accesses: number;
  /** Leaves of all accesses: whoever was part of two is counted twice. */
  readonly participants: number;
  /** Leaves of the largest access: at least so many people are among them. */
  readonly largest: number;
}

export interface CountAccessesReturnType {
  readonly blockNumber: bigint;
  /** By licence, month and custodian. */
  readonly counts: readonly AccessCount[];
}

export type CountAccessesErrorType = InvalidInputError | ReadErrorType;

/**
 * How many accesses the audit log has, and to how many participants' data, from its events. The numbers are exact:
 * suppressAccessCounts makes of them what may be published.
 * @throws InvalidInputError
 */
export async function countAccesses(
  client: ConcordClient,
  parameters: CountAccessesParameters = {},
): Promise<CountAccessesReturnType> {
  if (parameters.blockNumber !== undefined) checkBigUint("blockNumber", parameters.blockNumber, 64);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const events = await findEvents(client, "auditLog", ["AccessLogged"], { topics: [], toBlock: blockNumber });
  const counts = new Map<string, AccessCount>();
  for (const { args } of events) {
    const { licenceId, custodian, count, loggedAt } = args;
    const month = new Date(loggedAt * 1_000).toISOString().slice(0, 7);
    const key = `${licenceId} ${month} ${custodian}`;
    const { accesses, participants, largest } = counts.get(key) ?? { accesses: 0, participants: 0, largest: 0 };
    counts.set(key, {
      ...{ licenceId, custodian, month },
      accesses: accesses + 1,
      participants: participants + count,
      largest: Math.max(largest, count),
    });
  }
  return { blockNumber, counts: [...counts.values()].sort(inOrder) };
}

function inOrder(a: AccessCount, b: AccessCount): number {
  if (a.licenceId !== b.licenceId) return a.licenceId < b.licenceId ? -1 : 1;
  return `${a.month} ${a.custodian}` < `${b.month} ${b.custodian}` ? -1 : 1;
}
