import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { DUTY_KINDS, type DutyTerm, imposeDuties } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { invalid, parseChoice, parseNumber, parseWhen } from "../support/parse.ts";
import { type Line, printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly duties: readonly string[];
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const duties = given.duties.map(parseDuty);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await imposeDuties(client, { licenceId, duties, ...acting }), () => [
        ["Licence", licenceId],
        ...duties.map(({ kind, dueAt }): Line => [kind, `due ${when(dueAt)}`]),
      ]);
    });
  });

/** @throws UsageError ArgumentInvalid */
function parseDuty(text: string): DutyTerm {
  const [kind, date, more] = text.split("=");
  if (kind === undefined || date === undefined || more !== undefined) {
    throw invalid("duties", text, "no duty with its date", "Write it as Publish=2030-01-01.");
  }
  return { kind: parseChoice("duties", kind, DUTY_KINDS), dueAt: parseWhen("duties", date) };
}

export default action;
