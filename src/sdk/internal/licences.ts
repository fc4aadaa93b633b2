import { DELIVERY_MODES, type DeliveryMode, DUTY_KINDS, type DutyKind } from "./enums.ts";
import { checkBigUint, checkUint, numberOf } from "./validate.ts";

/** What is asked for besides the dataset and the purpose. */
export interface LicenceAsk {
  /** First second at which the licence no longer holds (Unix seconds, uint32). */
  readonly until: number;
  /** How the licensee is to get at the data; "InPlace" unless told. */
  readonly delivery?: DeliveryMode | undefined;
  /** The licence that this one is to go on from: issued, of the same licensee, dataset and purpose. */
  readonly renews?: bigint | undefined;
}

/** Throws unless the value is a licence's number: a bigint from 1. */
export function checkLicenceId(licenceId: unknown): asserts licenceId is bigint {
  checkBigUint("licenceId", licenceId, 256, 1n);
}

/** The request as the contract takes it. */
export function wireAsk({ until, delivery = "InPlace", renews }: LicenceAsk): {
  until: number;
  delivery: number;
  renews: bigint;
} {
  checkUint("until", until, 32);
  if (renews !== undefined) checkBigUint("renews", renews, 256, 1n);
  return { until, delivery: numberOf("delivery", DELIVERY_MODES, delivery), renews: renews ?? 0n };
}

/** The duties whose bits are set. */
export function dutiesOf(bits: number): DutyKind[] {
  return DUTY_KINDS.filter((_, index) => (bits & (1 << index)) !== 0);
}
