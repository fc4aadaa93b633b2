export type StartErrorName = "StartPortInvalid" | "StartPortInUse" | "StartGovernanceKeyMissing";

/** The main job cannot begin. */
export class StartError extends Error {
  override readonly name: StartErrorName;
  readonly args: Readonly<Record<string, unknown>>;
  /** What to do about it, as one imperative sentence. */
  readonly fix: string;

  constructor(name: StartErrorName, message: string, args: Readonly<Record<string, unknown>>, fix: string) {
    super(message);
    this.name = name;
    this.args = args;
    this.fix = fix;
  }
}
