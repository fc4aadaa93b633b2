import { checkBigUint } from "./validate.ts";

/** Throws unless the value is a licence's number: a bigint from 1. */
export function checkLicenceId(licenceId: unknown): asserts licenceId is bigint {
  checkBigUint("licenceId", licenceId, 256, 1n);
}
