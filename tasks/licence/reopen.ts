import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { reopenLicenceReasons } from "../../src/sdk/index.ts";
import { changeReasons, type ReasonsArguments } from "../support/licence.ts";
import { runTask } from "../support/runTask.ts";

const action: NewTaskActionFunction<ReasonsArguments> = async (given, hre) =>
  await runTask(given.json, async () => await changeReasons(hre, given, reopenLicenceReasons, "Reopened"));

export default action;
