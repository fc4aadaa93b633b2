import { access, constants, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { ProvDocument } from "../../provenance/index.ts";
import { JobReportError } from "../errors.ts";
import type { JobResult } from "../result.ts";
import { coverageBars } from "./coverageBars.ts";
import { licenceTimeline } from "./licenceTimeline.ts";
import { lineageGraph } from "./lineageGraph.ts";
import { markdown, type Plots } from "./markdown.ts";

/**
 * Makes the report's directory unless it is there, before the work begins.
 * @throws JobReportError
 */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    throw new JobReportError(directory, error);
  }
}

/**
 * Writes the report with its plots, the provenance and the whole result; what an earlier run wrote is replaced.
 * @returns the files' paths
 * @throws JobReportError
 */
export async function writeReport(result: JobResult, directory: string, document: ProvDocument): Promise<string[]> {
  const derived = result.derivedCoverage;
  const plots: Plots = {
    coverage: "coverage.svg",
    derivedCoverage: derived === null ? undefined : "coverage-derived.svg",
    licences: "licences.svg",
    lineage: "lineage.svg",
  };
  const artefacts = { provenance: "provenance.json", result: "result.json" };
  const files = new Map<string, string>([
    ["report.md", markdown(result, plots, Object.values(artefacts))],
    [plots.coverage, coverageBars("Covered by the licence on the whole", result.coverage)],
    [plots.licences, licenceTimeline(result.licences)],
    [plots.lineage, lineageGraph(result)],
    [artefacts.provenance, `${JSON.stringify(document, null, 2)}\n`],
  ]);
  if (derived !== null && plots.derivedCoverage !== undefined) {
    files.set(plots.derivedCoverage, coverageBars("Covered by the licence on the subset", derived));
  }
  const paths = [...files.keys(), artefacts.result].map((file) => join(directory, file));
  files.set(artefacts.result, `${JSON.stringify({ ...result, report: paths }, null, 2)}\n`);
  try {
    for (const [file, text] of files) await writeFile(join(directory, file), text);
  } catch (error) {
    throw new JobReportError(directory, error);
  }
  return paths;
}
