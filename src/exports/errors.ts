import { BaseError } from "../sdk/index.ts";

/** A document is no export of this suite, so there is nothing to verify. */
export class ExportMalformedError extends BaseError {
  constructor(problem: string) {
    super(`The document is no export: ${problem}.`, "Give a document as `hardhat export` has written it, whole.", {
      name: "ExportMalformed",
    });
  }
}

/** A visa is asked for under a licence that gives no access now. */
export class LicenceNotEffectiveError extends BaseError {
  constructor(licenceId: bigint, status: string) {
    super(
      `Licence ${licenceId} is ${status}; only an Effective licence is told in a visa.`,
      "Ask again when the licence is Effective: `hardhat licence show` says what it waits for.",
      { name: "LicenceNotEffective", args: { licenceId, status } },
    );
  }
}
