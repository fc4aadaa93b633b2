import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, writingTask } from "./support/define.ts";

const licence = { name: "licence", description: "Number of the licence, from 1" } as const;
const explanation = option("explanation", "Required: file that says why in words, or its SHA-256 digest in hex");

/** `hardhat licence …`: rights to use a dataset for a purpose. */
export const licenceTasks = [
  emptyTask("licence", "Request, decide, issue and read data-use licences").build(),
  writingTask(["licence", "request"], "Ask for a licence on a dataset (researcher)")
    .addPositionalArgument({ name: "dataset", description: "Id of the dataset: 0x and 64 hex digits" })
    .addPositionalArgument({
      name: "purpose",
      description: "The purpose: JSON of the shape of examples/purpose.json",
      type: ArgumentType.FILE,
    })
    .addOption(option("until", "Required: first second at which it no longer holds (ISO 8601 or Unix seconds)"))
    .setAction(() => import("./licence/request.ts"))
    .build(),
  writingTask(["licence", "decide"], "Decide the purpose against the scope's terms, and then the request (anyone)")
    .addPositionalArgument(licence)
    .addOption(fileOption("ontology", "File of the release of Mondo that the terms pin, to prove what is covered"))
    .setAction(() => import("./licence/decide.ts"))
    .build(),
  writingTask(["licence", "resolve"], "Resolve MANUAL reasons of a licence for one terms (committee)")
    .addPositionalArgument(licence)
    .addVariadicArgument({ name: "reasons", description: "Reasons as decisions give them: dataset:CTRL_NEEDS_REVIEW" })
    .addOption(option("terms", "Terms that the reasons follow from, by number or digest; the dataset's unless told"))
    .addOption(explanation)
    .setAction(() => import("./licence/resolve.ts"))
    .build(),
  writingTask(["licence", "vote"], "Cast the committee's vote on a decided request (committee)")
    .addPositionalArgument(licence)
    .addPositionalArgument({ name: "vote", description: "approve or refuse" })
    .addOption(explanation)
    .setAction(() => import("./licence/vote.ts"))
    .build(),
  writingTask(["licence", "issue"], "Issue an approved licence to its holder (custodian)")
    .addPositionalArgument(licence)
    .addOption(option("agreement", "Required: file of the data use agreement, or its SHA-256 digest in hex"))
    .setAction(() => import("./licence/issue.ts"))
    .build(),
  writingTask(["licence", "terminate"], "End a request or licence for ever (custodian, committee or licensee)")
    .addPositionalArgument(licence)
    .addOption(explanation)
    .setAction(() => import("./licence/terminate.ts"))
    .build(),
  readingTask(["licence", "show"], "Show a licence: its status, purpose and progress")
    .addPositionalArgument(licence)
    .setAction(() => import("./licence/show.ts"))
    .build(),
  readingTask(["licence", "coverage"], "Count whose data a licence lets be used now, and why not the others'")
    .addPositionalArgument(licence)
    .addPositionalArgument({
      name: "participants",
      description: "File of participant ids, one a line; or one participant's id or address",
    })
    .addFlag({ name: "each", description: "List every participant's own answer too" })
    .setAction(() => import("./licence/coverage.ts"))
    .build(),
];
