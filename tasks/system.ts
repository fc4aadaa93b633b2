import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { dryRunFlag, jsonFlag } from "./support/options.ts";

/** `hardhat system …`: the suite as a whole on a network. */
export const systemTasks = [
  emptyTask("system", "Deploy the suite to a network, look at it, check it").build(),
  task(["system", "deploy"], "Deploy the suite, resume a deployment, or find that nothing is left to do")
    .addOption({
      name: "parameters",
      description: "File of parameters instead of deploy/parameters/<network>.json",
      type: ArgumentType.FILE_WITHOUT_DEFAULT,
      defaultValue: undefined,
    })
    .addFlag(dryRunFlag)
    .addFlag(jsonFlag)
    .setAction(() => import("./system/deploy.ts"))
    .build(),
  task(["system", "status"], "Show the chain, what is deployed on it, and who governs")
    .addFlag(jsonFlag)
    .setAction(() => import("./system/status.ts"))
    .build(),
  task(["system", "verify"], "Check code, wiring, roles and handover against the local sources")
    .addFlag(jsonFlag)
    .setAction(() => import("./system/verify.ts"))
    .build(),
  task(["system", "export"], "Print the deployment record, which the SDK takes")
    .addOption({
      name: "out",
      description: "File to write the record to instead of printing it",
      type: ArgumentType.FILE_WITHOUT_DEFAULT,
      defaultValue: undefined,
    })
    .addFlag(jsonFlag)
    .setAction(() => import("./system/export.ts"))
    .build(),
];
