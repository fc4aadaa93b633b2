import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption } from "./support/define.ts";
import { jsonFlag } from "./support/options.ts";

/** `hardhat decide`: matching cases, decided without a deployment. */
export const decideTask = task("decide", "Decide matching cases, one line of JSON each")
  .addPositionalArgument({
    name: "file",
    description: "The cases: JSON of the shape of examples/cases.json",
    type: ArgumentType.FILE,
  })
  .addOption({
    name: "engine",
    description:
      "Who decides: typescript (the reference model) or solidity (the contracts' matcher, on a chain of its own)",
    type: ArgumentType.STRING,
    defaultValue: "typescript",
  })
  .addOption(
    fileOption("ontology", "Disease hierarchy; without it only equal diseases are covered, the rest is UNPROVEN"),
  )
  .addFlag({ name: "noCompile", description: "With solidity: take the contracts as they were compiled last" })
  .addFlag({ ...jsonFlag, description: "Print an error, too, as JSON on stdout" })
  .setAction(() => import("./decide/action.ts"))
  .build();
