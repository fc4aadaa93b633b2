import { BaseError } from "../sdk/index.ts";

/** A step of the job did not end as the reference model says it must. `args`: step, expected, found. */
export class JobCheckError extends BaseError {
  constructor(step: string, expected: unknown, found: unknown) {
    super(
      `${step}: expected ${show(expected)}, found ${show(found)}.`,
      "The chain and the reference model disagree: report it, with the input files and the deployment record.",
      { name: "JobCheckFailed", args: { step, expected, found } },
    );
  }
}

function show(value: unknown): string {
  return typeof value === "bigint" ? `0x${value.toString(16)}` : JSON.stringify(value);
}
