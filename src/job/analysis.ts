import { recordAnalysis } from "../sdk/index.ts";
import { untilAfter } from "./clock.ts";
import type { JobContext } from "./context.ts";
import { type Aggregate, deriveAggregate, type Subset, WORKFLOW } from "./derive.ts";
import type { Inputs } from "./inputs.ts";
import type { LicenceLife } from "./licenceLife.ts";
import type { Study } from "./study.ts";

/** The university's analyst counts alleles under the licence on the subset; the counts are anchored, and the analysis recorded. */
export async function analyseSubset(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  { subset, licence }: { subset: Subset; licence: LicenceLife },
  directory: string,
): Promise<Aggregate> {
  const { actors, publicClient, recorder } = context;
  // An analysis begins after what it reads was anchored, and ends before what it makes is.
  const at = await untilAfter(publicClient, subset.anchoredAt);
  const aggregate = await deriveAggregate(context, inputs, study, subset, directory);
  const analysis = {
    licenceId: licence.licenceId,
    ...{ startedAt: at, endedAt: at },
    agent: study.members.analyst.commitment,
    ...WORKFLOW,
    inputs: [subset.datasetId],
    outputs: [aggregate.dataset],
  };
  await recorder.refused("an analysis that did not read what is licensed", "ProvenanceLicensedDatasetUnused", () =>
    recordAnalysis(actors.university, { ...analysis, inputs: [study.datasetId], dryRun: true }),
  );
  await recordAnalysis(actors.university, analysis);
  return aggregate;
}
