/**
 * Gas of the named scenarios, as one JSON object on stdout: {"scenario": gas}. Exact, but for a few calldata bytes of
 * signatures and times that happen to be zero.
 *
 *     npx hardhat run bench/gas.ts
 */
import { custodianChanges } from "./scenarios/custodianChanges.ts";
import { datasets } from "./scenarios/datasets.ts";
import { delegates } from "./scenarios/delegates.ts";
import { institutions } from "./scenarios/institutions.ts";
import { licences } from "./scenarios/licences.ts";
import { matching } from "./scenarios/matching.ts";
import { ownChanges } from "./scenarios/ownChanges.ts";
import { reads } from "./scenarios/reads.ts";
import { signedChanges } from "./scenarios/signedChanges.ts";
import { signerKinds } from "./scenarios/signerKinds.ts";
import { createBench } from "./world.ts";

const bench = await createBench();
// In this order: the first grant of all under new terms costs more than the others, and the last ends an institution.
for (const scenarios of [
  ownChanges,
  signedChanges,
  signerKinds,
  delegates,
  custodianChanges,
  reads,
  datasets,
  licences,
  matching,
  institutions,
]) {
  await scenarios(bench);
}
console.log(JSON.stringify(bench.gas, null, 2));
await bench.connection.close();
