import { parseOptions, usageInvalid } from "../command.ts";
import { BATCH } from "../world.ts";
import type { GrowthOptions } from "./run.ts";

const DEFAULT_SIZES = "100,1000,10000,100000";

export const usage = `Loads an in-process chain, and measures the gas of every verb and view at each size.

Usage: npm run --silent bench:growth -- [--sizes N,N…] [--report DIR] [--json]

  --sizes N,N…   how many consents are loaded at each measuring: ascending multiples of ${BATCH}, from 0;
                 ${DEFAULT_SIZES} unless told
  --report DIR   writes growth.md, a table, and growth.svg, the curves, into a directory
  --json         one JSON document on stdout
  --help         this text`;

const options = {
  sizes: { type: "string" },
  report: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/** What the command line asks for. */
export interface GrowthArguments extends Pick<GrowthOptions, "sizes"> {
  /** The directory of the report, if there is to be one. */
  readonly report: string | undefined;
  readonly json: boolean;
}

/**
 * What the command line asks for.
 * @throws ToolError UsageInvalid
 */
export function readArguments(commandLine: readonly string[]): GrowthArguments | "help" {
  const { sizes: list = DEFAULT_SIZES, report, json = false, help } = parseOptions(commandLine, options);
  if (help) return "help";
  const sizes = list.split(",").map((size) => (/^\d{1,7}$/.test(size) ? Number(size) : Number.NaN));
  const isAscending = sizes.every((size, index) => size % BATCH === 0 && size > (sizes[index - 1] ?? -1));
  if (!isAscending) throw usageInvalid(`--sizes is ${list}, which is no list of ascending multiples of ${BATCH}.`);
  return { sizes, report, json };
}
