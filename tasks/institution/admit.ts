import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { admitInstitution, INSTITUTION_ROLES } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseType, TYPE_NAMES } from "../support/institution.ts";
import { parseAddress, parseChoices, parseInstitution, parseRegion, required } from "../support/parse.ts";
import { listed, printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly institution: string;
  readonly account: string | undefined;
  readonly roles: string | undefined;
  readonly type: string | undefined;
  readonly region: string | undefined;
  readonly notForProfit: boolean;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { notForProfit } = given;
    const institutionId = parseInstitution("institution", given.institution);
    const account = required("account", given.account, "the account that acts for the institution first");
    const institutionAccount = parseAddress("account", account);
    const what = `some of ${INSTITUTION_ROLES.join(", ")}, separated by commas`;
    const roles = parseChoices("roles", required("roles", given.roles, what), INSTITUTION_ROLES);
    const institutionType = parseType("type", required("type", given.type, `one of ${TYPE_NAMES.join(", ")}`));
    const region = parseRegion("region", required("region", given.region, "where it is established, for instance DK"));
    await withWriter(hre, given, async (client, acting) => {
      const profile = { roles, notForProfit, institutionType, region };
      const parameters = { institutionId, ...profile, institutionAccount, ...acting };
      printWritten(given.json, await admitInstitution(client, parameters), (admitted) => [
        ["Admitted", admitted.institutionId],
        ["Roles", listed(roles)],
        ["Type", institutionType],
        ["Region", region],
        ["Account", institutionAccount],
      ]);
    });
  });

export default action;
