export { JobCheckError } from "./errors.ts";
export type { AccessResult, JobProgress, JobResult } from "./result.ts";
export { runJob, type RunJobParameters } from "./runJob.ts";
