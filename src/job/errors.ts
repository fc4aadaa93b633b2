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

/** What must not be told stands on the chain. `args`: what, place. */
export class JobLeakError extends BaseError {
  constructor(what: string, place: string) {
    super(
      `There is ${what} in ${place}.`,
      "Take it out of what is sent, or put a salted commitment in its place; what is on the chain stays there.",
      { name: "JobLeakFound", args: { what, place } },
    );
  }
}

/** The report cannot be written. `args`: directory, code. */
export class JobReportError extends BaseError {
  constructor(directory: string, cause: unknown) {
    const { code } = cause as { code?: unknown };
    super(
      `The report cannot be written to ${directory} (${String(code)}).`,
      "Name a directory that you may write to, or one that is not there yet.",
      { name: "JobReportNotWritten", args: { directory, code: String(code) }, cause },
    );
  }
}

function show(value: unknown): string {
  return typeof value === "bigint" ? `0x${value.toString(16)}` : JSON.stringify(value);
}
