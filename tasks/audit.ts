import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, writingTask } from "./support/define.ts";

const entry = { name: "entry", description: "Number of the entry, from 0" } as const;

/** `hardhat audit …`: the log of accesses. */
export const auditTasks = [
  emptyTask("audit", "Log accesses to licensed data, and prove whether they were lawful").build(),
  writingTask(["audit", "log"], "Log an access to the data of participants (the dataset's custodian)")
    .addPositionalArgument({ name: "licence", description: "Number of the licence that was used, from 1" })
    .addPositionalArgument({
      name: "participants",
      description: "File of the ids of the participants whose data was used, one a line",
      type: ArgumentType.FILE,
    })
    .addOption(option("agent", "Required: file that says who used it, or its SHA-256 digest in hex"))
    .addOption(option("workflow", "Required: file of the workflow and its version, or its SHA-256 digest in hex"))
    .addOption(option("claimedBlock", "Block that was the newest when the data was used; the latest unless told"))
    .addOption(fileOption("out", "File to write the access to, for audit prove; keep it: the chain has only its root"))
    .setAction(() => import("./audit/log.ts"))
    .build(),
  readingTask(["audit", "show"], "Show an entry of the audit log")
    .addPositionalArgument(entry)
    .setAction(() => import("./audit/show.ts"))
    .build(),
  readingTask(["audit", "prove"], "Prove whether an access was lawful for one participant")
    .addPositionalArgument(entry)
    .addPositionalArgument({
      name: "participant",
      description: "Participant id, or the address that the participant signs with",
    })
    .addPositionalArgument({
      name: "access",
      description: "The access, as audit log has written it",
      type: ArgumentType.FILE,
    })
    .setAction(() => import("./audit/prove.ts"))
    .build(),
];
