export { JobCheckError, JobLeakError, JobReportError } from "./errors.ts";
export type { AccessResult, CoverageChange, DatasetResult, JobProgress, JobResult, LicenceResult } from "./result.ts";
export { runJob, type RunJobParameters } from "./runJob.ts";
export type { ScanResult } from "./scan/scanChain.ts";
