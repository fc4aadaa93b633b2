import { checkProvConstraints, type ProvDocument, toProvJson, traceBack } from "../provenance/index.ts";
import { getProvenance } from "../sdk/index.ts";
import type { JobContext } from "./context.ts";
import type { Aggregate } from "./derive.ts";
import type { JobResult } from "./result.ts";
import type { Study } from "./study.ts";

/** What came from what, as PROV-JSON, and what the job's own part of it must hold. */
export async function exportProvenance(
  { registrar, recorder }: JobContext,
  study: Study,
  samples: JobResult["samples"],
  aggregate: Aggregate | undefined,
): Promise<{ document: ProvDocument; result: JobResult["provenance"] }> {
  recorder.progress("Exporting provenance");
  return recorder.time("exporting provenance", async () => {
    const graph = await getProvenance(registrar);
    const document = toProvJson(graph);
    const violations = checkProvConstraints(document).map(({ name, message }) => `${name}: ${message}`);
    recorder.check("violations of PROV-CONSTRAINTS", "", violations.join());
    const last = aggregate ?? study;
    const behind = traceBack(graph, `dataset:${last.datasetId}`);
    const kinds = behind.entities.map(({ kind }) => kind).sort();
    const derived = aggregate === undefined ? ["dataset"] : ["dataset", "dataset", "dataset"];
    const expected = samples.sequenced === 0 ? derived : ["aliquot", ...derived, "specimen"];
    recorder.check("what the last dataset comes from", expected.join(), kinds.join());
    const { entities, activities } = graph;
    return {
      document,
      result: { entities: entities.length, activities: activities.length, violations: violations.length },
    };
  });
}
