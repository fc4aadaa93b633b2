import { emptyTask } from "hardhat/config";

import { DUTY_KINDS } from "../src/sdk/index.ts";
import { option, writingTask } from "./support/define.ts";

const licence = { name: "licence", description: "Number of the licence, from 1" } as const;
const kind = { name: "kind", description: `The duty: ${DUTY_KINDS.join(", ")}` } as const;
const explanation = option("explanation", "Required: file that says why in words, or its SHA-256 digest in hex");

/** `hardhat duty …`: what licensees owe. `licence show` lists a licence's duties. */
export const dutyTasks = [
  emptyTask("duty", "Impose duties on a licence, show and judge evidence, record breaches").build(),
  writingTask(["duty", "impose"], "Impose duties on an approved licence, before it is issued (custodian)")
    .addPositionalArgument(licence)
    .addVariadicArgument({ name: "duties", description: `Publish=2030-01-01 and so on: ${DUTY_KINDS.join(", ")}` })
    .setAction(() => import("./duty/impose.ts"))
    .build(),
  writingTask(["duty", "defer"], "Move the date of an open duty to a later one (custodian)")
    .addPositionalArgument(licence)
    .addPositionalArgument(kind)
    .addOption(option("due", "Required: the later date (ISO 8601 or Unix seconds)"))
    .setAction(() => import("./duty/defer.ts"))
    .build(),
  writingTask(["duty", "discharge"], "Show evidence that an open duty is done (licensee)")
    .addPositionalArgument(licence)
    .addPositionalArgument(kind)
    .addOption(option("evidence", "Required: file of the evidence, or its SHA-256 digest in hex"))
    .setAction(() => import("./duty/discharge.ts"))
    .build(),
  writingTask(["duty", "accept"], "Accept the evidence that a duty is done (custodian)")
    .addPositionalArgument(licence)
    .addPositionalArgument(kind)
    .setAction(() => import("./duty/accept.ts"))
    .build(),
  writingTask(["duty", "reject"], "Refuse the evidence; the duty is open again, for 14 days at least (custodian)")
    .addPositionalArgument(licence)
    .addPositionalArgument(kind)
    .addOption(explanation)
    .setAction(() => import("./duty/reject.ts"))
    .build(),
  writingTask(["duty", "report"], "Record that an open duty is overdue, which bars the licensee (anyone)")
    .addPositionalArgument(licence)
    .addPositionalArgument(kind)
    .setAction(() => import("./duty/report.ts"))
    .build(),
  writingTask(["duty", "breach"], "Record a breach that dates do not show (custodian or committee)")
    .addPositionalArgument(licence)
    .addPositionalArgument(kind)
    .addOption(explanation)
    .setAction(() => import("./duty/breach.ts"))
    .build(),
  writingTask(["duty", "cure"], "Take a breach as made good (committee)")
    .addPositionalArgument(licence)
    .addPositionalArgument(kind)
    .addOption(explanation)
    .setAction(() => import("./duty/cure.ts"))
    .build(),
];
