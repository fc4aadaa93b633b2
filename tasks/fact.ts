import { emptyTask } from "hardhat/config";

import { FACTS } from "../src/model/index.ts";
import { option, readingTask, writingTask } from "./support/define.ts";

const purpose = { name: "purpose", description: "File of the purpose (JSON), or its digest in hex" } as const;
const licensee = option("licensee", "Required: institution whose use it is, by public identifier or id");
const document = option("document", "Required: file of the signed paper, or its SHA-256 digest in hex");

/** `hardhat fact …`: what is on record about the facts that terms ask for. */
export const factTasks = [
  emptyTask("fact", "State facts about a use, approve its ethics, and look at what is on record").build(),
  writingTask(
    ["fact", "state"],
    "State what the institution answers for that the sender signs for, in place of what it stated before",
  )
    .addPositionalArgument(purpose)
    .addOption(option("facts", `Required: "none", or some of ${Object.keys(FACTS).join(", ")}, with commas`))
    .addOption(document)
    .setAction(() => import("./fact/state.ts"))
    .build(),
  writingTask(["fact", "approve"], "Record that the sender's committee approves a use, or take that back (committee)")
    .addPositionalArgument(purpose)
    .addOption(licensee)
    .addOption(option("until", 'Required: end of the approval (ISO 8601 or Unix seconds), or "now" to take it back'))
    .addOption(document)
    .setAction(() => import("./fact/approve.ts"))
    .build(),
  readingTask(["fact", "show"], "Show what a licensee has stated about a purpose, and its ethics approval")
    .addPositionalArgument(purpose)
    .addOption(licensee)
    .setAction(() => import("./fact/show.ts"))
    .build(),
];
