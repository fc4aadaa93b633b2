import type { JobProgress } from "../../src/job/index.ts";
import { progress } from "../support/output.ts";

/** Prints the job's progress: a line a step, and for long steps a line every tenth of it. */
export function progressPrinter(): (event: JobProgress) => void {
  let printed = "";
  return ({ step, done, total }) => {
    const tenth = done === undefined || total === undefined ? undefined : Math.floor((done * 10) / Math.max(total, 1));
    const line = tenth === undefined || tenth === 10 ? step : `${step} … ${tenth * 10} %`;
    if (line === printed) return;
    printed = line;
    progress(tenth === 10 ? `${step}: ${total}` : line);
  };
}
