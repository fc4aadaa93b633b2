/**
 * Why a value is no deployment record: `DeploymentRecordFormatUnknown` when it says that it is of another format,
 * `DeploymentRecordInvalid` for everything else.
 */
export type DeploymentRecordErrorName = "DeploymentRecordFormatUnknown" | "DeploymentRecordInvalid";

/** A value that is no deployment record. */
export class DeploymentRecordError extends Error {
  override readonly name: DeploymentRecordErrorName;
  /** Where in the value, as a JSON path: `$.contracts.auditLog.address`. */
  readonly path: string;
  /** What to do, as one imperative sentence. */
  readonly fix: string;
  readonly args: { readonly path: string };

  constructor(name: DeploymentRecordErrorName, path: string, problem: string, fix: string) {
    super(`${path} ${problem}`);
    this.name = name;
    this.path = path;
    this.fix = fix;
    this.args = { path };
  }
}
