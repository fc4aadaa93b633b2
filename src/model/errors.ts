/**
 * Why the model refused its input. Each name stands for one mistake of the caller, never for a decision. The DataUse
 * ones are the contracts' errors of the same name.
 */
export type ModelErrorName =
  | "ValueOutOfRange"
  | "IdMalformed"
  | "StateUnknown"
  | "TimeRunsBack"
  | "LayersMissing"
  | "LayerUnknown"
  | "LayerTermsMissing"
  | "DataUseEmpty"
  | "DataUseUnknownBits"
  | "DataUseDiseasesMismatch"
  | "DataUseParameterMismatch"
  | "DataUseNoticeInvalid"
  | "DataUseNotAscending"
  | "DataUsePermissionContained"
  | "DataUseModifierContradicts";

/** An input that is neither a change to apply nor a case to decide. `fix` says what the caller has to do. */
export class ModelError extends Error {
  override readonly name: ModelErrorName;
  readonly fix: string;

  constructor(name: ModelErrorName, message: string, fix: string) {
    super(message);
    this.name = name;
    this.fix = fix;
  }
}

/**
 * Refuses a number that does not fit an unsigned integer of `bits` bits (at most 48).
 * @throws ModelError ValueOutOfRange
 */
export function checkUint(label: string, value: number, bits: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) throw outOfRange(label, value, bits);
}

/**
 * Refuses a bigint that does not fit an unsigned integer of `bits` bits.
 * @throws ModelError ValueOutOfRange
 */
export function checkBigUint(label: string, value: bigint, bits: number): void {
  if (typeof value !== "bigint" || BigInt.asUintN(bits, value) !== value) throw outOfRange(label, value, bits);
}

function outOfRange(label: string, value: unknown, bits: number): ModelError {
  return new ModelError(
    "ValueOutOfRange",
    `${label} is ${String(value)}, which is no uint${bits}`,
    `Give ${label} as a whole number from 0 to 2^${bits} - 1.`,
  );
}
