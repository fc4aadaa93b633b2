import { readJson } from "../../src/files/index.ts";
import { type DeliveryMode, type LicenceAsk, type OfficialSignature } from "../../src/sdk/index.ts";
import { parseChoice, parseNumber, parseWhen, required } from "./parse.ts";

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
