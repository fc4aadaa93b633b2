import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { type Address, type Hex, isAddress } from "viem";

import {
  type ConcordClient,
  getInstitution,
  type GetInstitutionReturnType,
  listInstitutionMembers,
  NotFoundError,
} from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseInstitution } from "../support/parse.ts";
import { listed, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly institution: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { institution } = given;
    const find = isAddress(institution) ? byAddress(institution) : byId(parseInstitution("institution", institution));
    await withReader(hre, given, async (client) => {
      const record = await find(client);
      const { accounts, officials, users, conflicts } = await listInstitutionMembers(client, record);
      printRead(given.json, { ...record, accounts, officials, users, conflicts }, (found) => [
        ["Institution", found.institutionId],
        ["Standing", found.standing],
        ...(found.successor === undefined ? [] : [["Successor", found.successor] as const]),
        ["Roles", listed(found.roles)],
        ["Type", found.institutionType],
        ["Region", found.region],
        ["Not for profit", found.notForProfit ? "yes" : "no"],
        ["Admitted", when(found.admittedAt)],
        ["Accounts", listed(found.accounts)],
        ["Officials", listed(found.officials)],
        ["Users", listed(found.users)],
        ["In conflict with", listed(found.conflicts)],
      ]);
    });
  });

type Find = (client: ConcordClient) => Promise<GetInstitutionReturnType>;

function byId(institutionId: Hex): Find {
  return async (client) => await getInstitution(client, { institutionId });
}

/** An official need not be an account. */
function byAddress(address: Address): Find {
  return async (client) =>
    await getInstitution(client, { institutionAccount: address }).catch(async (error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
      return await getInstitution(client, { official: address });
    });
}

export default action;
