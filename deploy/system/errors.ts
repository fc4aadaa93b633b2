/** Why a deployment could not be made, found or trusted. */
export type SystemErrorName =
  | "SystemCodeMismatch"
  | "SystemDeployerMissing"
  | "SystemDeploymentFailed"
  | "SystemForkUnsupported"
  | "SystemGenesisMismatch"
  | "SystemGenesisUnknown"
  | "SystemGovernanceIsDeployer"
  | "SystemJournalCorrupt"
  | "SystemJournalMismatch"
  | "SystemJournalUnknown"
  | "SystemNotDeployed"
  | "SystemParametersChanged"
  | "SystemParametersInvalid"
  | "SystemParametersMissing"
  | "SystemRecordCorrupt"
  | "SystemSourcesChanged"
  | "SystemVerificationFailed";

/** Every error of deploy/system. */
export class SystemError extends Error {
  override readonly name: SystemErrorName;
  /** The values that the message speaks of. */
  readonly args: Readonly<Record<string, unknown>>;
  /** What to do, as an imperative sentence. */
  readonly fix: string;

  constructor(
    name: SystemErrorName,
    message: string,
    args: Readonly<Record<string, unknown>>,
    fix: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = name;
    this.args = args;
    this.fix = fix;
  }
}
