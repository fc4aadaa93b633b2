import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { findEvents } from "../internal/events.ts";
import { latestBlockNumber, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface ListInstitutionMembersParameters {
  readonly institutionId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

/** Each list in the order in which its items were added. */
export interface ListInstitutionMembersReturnType {
  readonly blockNumber: bigint;
  /** Who sends transactions with the institution's roles. */
  readonly accounts: readonly Address[];
  /** Who signs for it. */
  readonly officials: readonly Address[];
  /** Its users, by their salted commitments. */
  readonly users: readonly Hex[];
  /** The institutions that it is in declared conflict of interest with. */
  readonly conflicts: readonly Hex[];
}

export type ListInstitutionMembersErrorType = InvalidInputError | ReadErrorType;

const CONFLICTS = ["InstitutionConflictDeclared", "InstitutionConflictLifted"] as const;
const NAMES = [
  "InstitutionAccountAdded",
  "InstitutionAccountRemoved",
  "InstitutionOfficialAdded",
  "InstitutionOfficialRemoved",
  "InstitutionUserAdded",
  "InstitutionUserRemoved",
  ...CONFLICTS,
] as const;

/**
 * Who belongs to an institution, and which others it is in conflict of interest with, from the registry's events. Empty for
 * an institution that is unknown.
 * @throws InvalidInputError
 */
export async function listInstitutionMembers(
  client: ConcordClient,
  parameters: ListInstitutionMembersParameters,
): Promise<ListInstitutionMembersReturnType> {
  const { institutionId } = parameters;
  checkId("institutionId", institutionId);
  const toBlock = parameters.blockNumber ?? (await latestBlockNumber(client));
  const [own, others] = await Promise.all([
    findEvents(client, "institutionRegistry", NAMES, { topics: [institutionId], toBlock }),
    // A conflict may be named by either side.
    findEvents(client, "institutionRegistry", CONFLICTS, { topics: [null, institutionId], toBlock }),
  ]);
  const events = [...own, ...others].sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);

  const accounts = new Set<Address>();
  const officials = new Set<Address>();
  const users = new Set<Hex>();
  const conflicts = new Set<Hex>();
  const otherOf = (a: Hex, b: Hex): Hex => (BigInt(a) === BigInt(institutionId) ? b : a);
  for (const { name, args } of events) {
    switch (name) {
      case "InstitutionAccountAdded":
        accounts.add(args.account);
        break;
      case "InstitutionAccountRemoved":
        accounts.delete(args.account);
        break;
      case "InstitutionOfficialAdded":
        officials.add(args.official);
        break;
      case "InstitutionOfficialRemoved":
        officials.delete(args.official);
        break;
      case "InstitutionUserAdded":
        users.add(args.commitment);
        break;
      case "InstitutionUserRemoved":
        users.delete(args.commitment);
        break;
      case "InstitutionConflictDeclared":
        conflicts.add(otherOf(args.declarant, args.other));
        break;
      case "InstitutionConflictLifted":
        conflicts.delete(otherOf(args.a, args.b));
        break;
    }
  }
  return {
    blockNumber: toBlock,
    accounts: [...accounts],
    officials: [...officials],
    users: [...users],
    conflicts: [...conflicts],
  };
}
