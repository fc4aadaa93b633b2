import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import { type ConcordClient, type DryRun, DUTY_KINDS, type DutyKind, type Included } from "../../src/sdk/index.ts";
import { type Acting, withWriter, type WritingArguments } from "./client.ts";
import { parseExplanation } from "./licence.ts";
import { parseChoice, parseNumber } from "./parse.ts";
import { type Line, printWritten } from "./print.ts";
import { runTask } from "./runTask.ts";

/** Of a task that takes a step with one duty of a licence. */
export interface DutyArguments extends WritingArguments {
  readonly licence: string;
  readonly kind: string;
}

/** One duty of a licence. */
export interface DutyReference {
  readonly licenceId: bigint;
  readonly kind: DutyKind;
}

type Step<More, Result> = (
  client: ConcordClient,
  parameters: Acting & DutyReference & More,
) => Promise<DryRun | (Included & Result)>;

/** @throws UsageError ArgumentInvalid */
export function parseDuty({ licence, kind }: DutyArguments): DutyReference {
  return { licenceId: parseNumber("licence", licence, 1n), kind: parseChoice("kind", kind, DUTY_KINDS) };
}

/**
 * The task of a step for which the duty says all.
 * @param label what has become of the duty, for people
 */
export function dutyStep(step: Step<unknown, object>, label: string): NewTaskActionFunction<DutyArguments> {
  return async (given, hre) =>
    await runTask(given.json, async () => {
      const duty = parseDuty(given);
      await withWriter(hre, given, async (client, acting) => {
        printWritten(given.json, await step(client, { ...duty, ...acting }), () => [
          ["Licence", duty.licenceId],
          [label, duty.kind],
        ]);
      });
    });
}

/**
 * The task of a step with a duty that says why.
 * @param label what has become of the duty, for people
 * @param more what else there is to tell
 */
export function explainedDutyStep<Result extends object>(
  step: Step<{ readonly explanation: Hex }, Result>,
  label: string,
  more: (result: Result) => readonly Line[] = () => [],
): NewTaskActionFunction<DutyArguments & { readonly explanation: string | undefined }> {
  return async (given, hre) =>
    await runTask(given.json, async () => {
      const duty = parseDuty(given);
      const explanation = await parseExplanation(given.explanation);
      await withWriter(hre, given, async (client, acting) => {
        printWritten(given.json, await step(client, { ...duty, explanation, ...acting }), (result) => [
          ["Licence", duty.licenceId],
          [label, duty.kind],
          ...more(result),
          ["Explanation", explanation],
        ]);
      });
    });
}
