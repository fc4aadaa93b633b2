import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { type Hex, toHex } from "viem";

import { readJson } from "../../src/files/index.ts";
import {
  type ConcordClient,
  type DeliveryMode,
  type DryRun,
  getLicence,
  type Included,
  type LicenceAsk,
  type OfficialSignature,
  type ReopenLicenceReasonsReturnType,
  type ResolveLicenceReasonsParameters,
  type ResolveLicenceReasonsReturnType,
} from "../../src/sdk/index.ts";
import { type Acting, withWriter, type WritingArguments } from "./client.ts";
import { digestOfTerms, parseChoice, parseDigest, parseNumber, parseTerms, parseWhen, required } from "./parse.ts";
import { listed, printWritten } from "./print.ts";
import { runTask } from "./runTask.ts";

/** What is asked for of a licence besides the dataset and the purpose. */
export interface AskArguments {
  readonly until: string | undefined;
  readonly delivery: string | undefined;
  readonly renews: string | undefined;
}

/** How a licensee gets at the data, as the command line has it. */
export const DELIVERIES = { counts: "Counts", "in-place": "InPlace", export: "Export" } as const satisfies Record<
  string,
  DeliveryMode
>;

export function parseDelivery(argument: string, text: string): DeliveryMode {
  return DELIVERIES[parseChoice(argument, text, Object.keys(DELIVERIES) as (keyof typeof DELIVERIES)[])];
}

/** @throws UsageError ArgumentMissing, ArgumentInvalid */
export function parseAsk({ until, delivery, renews }: AskArguments): LicenceAsk {
  return {
    until: parseWhen("until", required("until", until, "the end of the licence")),
    delivery: delivery === undefined ? undefined : parseDelivery("delivery", delivery),
    renews: renews === undefined ? undefined : parseNumber("renews", renews, 1n),
  };
}

/**
 * Reads what `licence sign` has written; what is in it, the action checks.
 * @throws JsonFileError
 */
export async function readOfficialSignature(file: string): Promise<OfficialSignature> {
  return (await readJson(file)) as OfficialSignature;
}

/** Bits of the categories and elements, for people. */
export function elementsShown(elements: bigint): string {
  return elements === 0n ? "none in particular" : toHex(elements);
}

/** Of a task that changes which MANUAL reasons of a licence are resolved. */
export interface ReasonsArguments extends WritingArguments {
  readonly licence: string;
  readonly reasons: readonly string[];
  readonly terms: string | undefined;
  readonly explanation: string | undefined;
}

type ChangeReasons = (
  client: ConcordClient,
  parameters: ResolveLicenceReasonsParameters,
) => Promise<ReopenLicenceReasonsReturnType | ResolveLicenceReasonsReturnType>;

/**
 * Resolves MANUAL reasons, or takes that back; those of the dataset's terms unless told.
 * @param label what has become of them, for people
 */
export async function changeReasons(
  hre: HardhatRuntimeEnvironment,
  given: ReasonsArguments,
  change: ChangeReasons,
  label: string,
): Promise<void> {
  const { reasons } = given;
  const licenceId = parseNumber("licence", given.licence, 1n);
  const terms = given.terms === undefined ? undefined : parseTerms("terms", given.terms);
  const explanation = await parseExplanation(given.explanation);
  await withWriter(hre, given, async (client, acting) => {
    const { subject } = await getLicence(client, { licenceId });
    const termsDigest =
      terms === undefined ? subject.datasetTerms : await digestOfTerms(client, subject.scopeId, terms);
    const changed = await change(client, { licenceId, termsDigest, reasons, explanation, ...acting });
    printWritten(given.json, changed, (result) => [
      ["Licence", licenceId],
      ["Terms", result.termsDigest],
      [label, listed(result.reasons)],
      ["Explanation", explanation],
    ]);
  });
}

/** Of a task that takes a step with a licence and says why. */
export interface ExplainedArguments extends WritingArguments {
  readonly licence: string;
  readonly explanation: string | undefined;
}

type ExplainedStep = (
  client: ConcordClient,
  parameters: Acting & { readonly licenceId: bigint; readonly explanation: Hex },
) => Promise<DryRun | (Included & { readonly by: Hex })>;

/** @throws UsageError ArgumentMissing */
export async function parseExplanation(text: string | undefined): Promise<Hex> {
  return await parseDigest("explanation", required("explanation", text, "a file that says why, or its digest"));
}

/**
 * The task of a step for which the licence and the reasons say all.
 * @param label what has become of the licence, for people
 */
export function explainedStep(step: ExplainedStep, label: string): NewTaskActionFunction<ExplainedArguments> {
  return async (given, hre) =>
    await runTask(given.json, async () => {
      const licenceId = parseNumber("licence", given.licence, 1n);
      const explanation = await parseExplanation(given.explanation);
      await withWriter(hre, given, async (client, acting) => {
        printWritten(given.json, await step(client, { licenceId, explanation, ...acting }), ({ by }) => [
          [label, licenceId],
          ["By", by],
          ["Explanation", explanation],
        ]);
      });
    });
}
