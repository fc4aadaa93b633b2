import { emptyTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, writingTask } from "./support/define.ts";
import { jsonFlag } from "./support/options.ts";

const entry = { name: "entry", description: "Number of the entry, from 0" } as const;
const participant = {
  name: "participant",
  description: "Participant id, or the address that the participant signs with",
} as const;
const access = {
  name: "access",
  description: "The access, as audit log has written it",
  type: ArgumentType.FILE,
} as const;

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
    .addPositionalArgument(participant)
    .addPositionalArgument(access)
    .setAction(() => import("./audit/prove.ts"))
    .build(),
  readingTask(["audit", "package"], "Make a proof of whether an access was lawful, for audit check: one file, no chain")
    .addPositionalArgument(entry)
    .addPositionalArgument(participant)
    .addPositionalArgument(access)
    .addOption(option("atBlock", "Block to read the log at, after the entry's; the latest unless told"))
    .addOption(fileOption("out", "File to write the proof to, not there yet; stdout unless told"))
    .setAction(() => import("./audit/package.ts"))
    .build(),
  task(["audit", "check"], "Check a proof of audit package against block hashes alone: no network, no record")
    .addPositionalArgument({
      name: "proof",
      description: "The proof, as audit package has written it",
      type: ArgumentType.FILE,
    })
    .addOption(option("hash", "Hashes of the blocks, from a source that you trust: number=0x…, separated by commas"))
    .addOption(fileOption("hashes", 'File of the hashes instead: {"12": "0x…", "15": "0x…"}'))
    .addOption(fileOption("record", "Deployment record that the proof's chain and contracts must be those of"))
    .addFlag(jsonFlag)
    .setAction(() => import("./audit/check.ts"))
    .build(),
  readingTask(["audit", "counts"], "Count accesses and participants by licence, custodian and month, for publication")
    .addOption(option("atBlock", "Block to read at; the latest unless told"))
    .setAction(() => import("./audit/counts.ts"))
    .build(),
];
