/** Of every task: `addFlag(jsonFlag)`. */
export const jsonFlag = { name: "json", description: "Print one JSON document on stdout" } as const;

/** Of every task that writes: `addFlag(dryRunFlag)`. */
export const dryRunFlag = {
  name: "dryRun",
  description: "Check everything and estimate the gas, but send nothing",
} as const;
