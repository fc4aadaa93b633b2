import { createHash } from "node:crypto";

import { REGION_GROUPS, regionName, regionNumber, regionsAround, STATES } from "../model/index.ts";
import { type Hex, toHex } from "./bytes.ts";
import { Hierarchy } from "./hierarchy.ts";

/** Every region of the table, a state before its groups, with all that it lies strictly within. */
const REGIONS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...STATES, ...Object.keys(REGION_GROUPS)].map((region) => [region, regionsAround(region)]),
);

/** What the curator says of the region table that this package ships. */
export const REGION_TABLE: { readonly name: string; readonly version: string; readonly sourceDigest: Hex } = {
  name: "Regions: ISO 3166-1 with EU and EEA",
  /** The day since which both the states' codes and the groups' members are these. */
  version: "2020-02-01",
  /** SHA-256 of the table as JSON, {"AD":[],…,"EU":["EEA"],…}, without white space. */
  sourceDigest: toHex(createHash("sha256").update(JSON.stringify(REGIONS)).digest()),
};

/** The region table that this package ships, for terms with modifier GS to pin: states, and the groups they lie within. */
export function regionHierarchy(): Hierarchy {
  const parents = Object.entries(REGIONS).map(
    ([region, around]) => [numberOf(region), around.map(numberOf).sort((a, b) => a - b)] as const,
  );
  return new Hierarchy(new Map(parents), { format: regionName, pathOf: (region) => `$.${regionName(region)}` });
}

function numberOf(region: string): number {
  const number = regionNumber(region);
  if (number === undefined) throw new RangeError(`${region} in the region table is no region code.`);
  return number;
}
