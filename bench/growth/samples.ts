import { keccak256 } from "viem";

import {
  acceptCustody,
  attestCopiesDestroyed,
  datasetIdOf,
  destroySamples,
  institutionIdOf,
  offerCustody,
  recordAnalysis,
  recordSequencing,
  registerAliquots,
} from "../../src/sdk/index.ts";
import type { Bench } from "../world.ts";
import { anchorDerived, collectSpecimen, type Ground } from "./ground.ts";

const DAY = 24 * 60 * 60;

/** What is recorded of specimens, and of what comes of them. */
export async function samples(bench: Bench, ground: Ground): Promise<void> {
  const { connection, measure, biobank, university } = bench;
  const { processor, licenceId, dataset } = ground;
  const specimen = collectSpecimen(bench, "measured");
  await measure("register a specimen", specimen);
  const begun = await connection.networkHelpers.time.latest();
  await connection.networkHelpers.time.increase(DAY);
  /** Ten seconds for each step: nothing may be used before it came. */
  const step = (number: number) => ({ startedAt: begun + 10 * number, endedAt: begun + 10 * number + 1 });

  const labels = [keccak256("0x11")];
  const aliquoting = registerAliquots(biobank, { ...step(1), source: (await specimen).sampleId, labels });
  await measure("register an aliquot", aliquoting);
  const { sampleIds } = await aliquoting;
  const { startedAt: leftAt, endedAt: arrivedAt } = step(2);
  const to = institutionIdOf("processor");
  await measure("offer custody of an aliquot", offerCustody(biobank, { sampleIds, to, leftAt }));
  await measure("accept custody of an aliquot", acceptCustody(processor, { sampleIds, arrivedAt }));
  const [sampleId = "0x"] = sampleIds;
  const outputs = [await anchorDerived(bench, "reads")];
  await measure("record a sequencing", recordSequencing(processor, { ...step(3), sampleId, outputs }));
  const evidence = keccak256("0x12");
  await measure("destroy an aliquot", destroySamples(processor, { ...step(4), sampleIds, evidence }));
  const workflow = keccak256("0x13");
  const analysis = { ...step(5), licenceId, workflow, version: workflow, inputs: [datasetIdOf(dataset)] };
  await measure("record an analysis", recordAnalysis(university, { ...analysis, results: [evidence] }));
  const copies = attestCopiesDestroyed(university, { ...step(6), licenceId, evidence });
  await measure("attest that copies are destroyed", copies);
}
