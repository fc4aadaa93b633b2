/** What is wrong with a command's arguments. */
export type UsageErrorName =
  | "AccountUnavailable"
  | "ArgumentInvalid"
  | "ArgumentMissing"
  | "ArgumentUnexpected"
  | "FileNotWritten"
  | "RowsInvalid";

/** A command cannot be carried out as it was written. */
export class UsageError extends Error {
  override readonly name: UsageErrorName;
  readonly args: Readonly<Record<string, unknown>>;
  /** What to do, as one imperative sentence. */
  readonly fix: string;

  constructor(name: UsageErrorName, message: string, args: Readonly<Record<string, unknown>>, fix: string) {
    super(message);
    this.name = name;
    this.args = args;
    this.fix = fix;
  }
}

/** What a command found that is not as it must be. */
export type RefusalErrorName =
  | "ChangesRejected"
  | "ConsentNotStanding"
  | "DatasetMismatch"
  | "ExportMismatch"
  | "ImportInterrupted"
  | "OntologyReleaseMismatch"
  | "ProvenanceInvalid"
  | "ReleaseWidens";

/** A command was carried out, and the answer is no. */
export class RefusalError extends Error {
  override readonly name: RefusalErrorName;
  readonly args: Readonly<Record<string, unknown>>;
  /** What to do, as one imperative sentence. */
  readonly fix: string;

  constructor(name: RefusalErrorName, message: string, args: Readonly<Record<string, unknown>>, fix: string) {
    super(message);
    this.name = name;
    this.args = args;
    this.fix = fix;
  }
}
