import { keccak256 } from "viem";

import { reinstateLicence, retractDataset, suspendLicence, terminateLicence } from "../../src/sdk/index.ts";
import type { Bench } from "../world.ts";
import { deriveLicence, type Ground } from "./ground.ts";

/** Sub-licenses and ends the licence that all loaded sub-licences derive from, and the dataset that all loaded ones do. */
export async function endings(bench: Bench, ground: Ground): Promise<void> {
  const { measure, biobank, ethics } = bench;
  const { licenceId, dataset } = ground;
  const explanation = keccak256("0x0b");
  await measure("sub-license", deriveLicence(bench, ground));
  await measure("suspend a licence", suspendLicence(biobank, { licenceId, explanation }));
  await measure("reinstate a licence", reinstateLicence(ethics, { licenceId, explanation }));
  await measure("suspend a licence again", suspendLicence(biobank, { licenceId, explanation }));
  await measure("terminate a licence", terminateLicence(biobank, { licenceId, explanation }));
  await measure("retract a dataset that all others derive from", retractDataset(biobank, { record: dataset }));
}
