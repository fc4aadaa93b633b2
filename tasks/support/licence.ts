import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { toHex } from "viem";

import { readJson } from "../../src/files/index.ts";
import {
  type ConcordClient,
  type DeliveryMode,
  getLicence,
  type LicenceAsk,
  type OfficialSignature,
  type ReopenLicenceReasonsReturnType,
  type ResolveLicenceReasonsParameters,
  type ResolveLicenceReasonsReturnType,
} from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "./client.ts";
import { digestOfTerms, parseChoice, parseDigest, parseNumber, parseTerms, parseWhen, required } from "./parse.ts";
import { listed, printWritten } from "./print.ts";

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
  const why = required("explanation", given.explanation, "a file that says why, or its digest");
  const explanation = await parseDigest("explanation", why);
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
