import { regionName, regionNumber, regionsAround } from "../../model/index.ts";
import type { InvalidInputError } from "../errors.ts";
import { refuse } from "../internal/validate.ts";

export { REGION_GROUPS, regionName, regionsAround } from "../../model/index.ts";

export type RegionCodeErrorType = InvalidInputError;

/**
 * A region as the contracts name it: its code's characters as six digits in base 38, so that a uint32 holds ISO 3166-1 and
 * 3166-2 codes and groups of states, for instance "DK", "US-CA" or "EEA".
 * @throws InvalidInputError when the text is no such code
 */
export function regionCode(text: string): number {
  return regionCodeAt("region", text);
}

/** As {@link regionCode}; `input` says where the text stands. */
export function regionCodeAt(input: string, text: string): number {
  const code = regionNumber(text);
  if (code !== undefined) return code;
  const fix = "Give an ISO 3166 code in capitals, for instance DK or US-CA, or a group of states, for instance EEA.";
  throw refuse(input, text, "no region code", fix);
}

/** Whether a region, by its code, lies strictly within another: what the matcher asks of a region table. */
export function isRegionWithin(region: number, around: number): boolean {
  return regionsAround(regionName(region)).includes(regionName(around));
}
