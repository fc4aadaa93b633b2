import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { formatDisease, type Ontology, readDiseases, regionHierarchy } from "../../src/files/index.ts";
import {
  type DryRun,
  FEW_PARTICIPANTS,
  getScopePage,
  type PinnedReleases,
  publishTerms,
  type TermsWarning,
  warningsOfTerms,
} from "../../src/sdk/index.ts";
import type { Terms } from "../../src/model/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { readTerms, tellWarnings } from "../support/dataUse.ts";
import { UsageError } from "../support/errors.ts";
import { parseBytes32, parseScope } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly file: string;
  readonly ontology: string | undefined;
  readonly release: string | undefined;
  readonly regions: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const { file, ontology: ontologyFile, release } = given;
    if (ontologyFile !== undefined && release !== undefined) {
      const fix = "Give --ontology or --release, not both.";
      const args = { ontology: ontologyFile, release };
      throw new UsageError("ArgumentUnexpected", "Both --ontology and --release are given.", args, fix);
    }
    const ontology = ontologyFile === undefined ? undefined : await readDiseases(ontologyFile);
    const terms = await readTerms(file, pinnedReleases(given, ontology));
    if (ontology !== undefined) requireDiseases(terms, ontology, String(ontologyFile));
    await withWriter(hre, given, async (client, acting) => {
      const written = await publishTerms(client, { scopeId, terms, ...acting });
      // All who are in the scope at the most would have these terms; more of them than are few need not be counted.
      const { participantIds } = await getScopePage(client, { scopeId, limit: FEW_PARTICIPANTS });
      const warnings = warningsOfTerms(terms, { participants: participantIds.length });
      tellWarnings(warnings);
      const result: DryRun | (Exclude<typeof written, DryRun> & { warnings: readonly TermsWarning[] }) = {
        ...written,
        warnings,
      };
      printWritten(given.json, result, ({ number, digest }) => [
        ["Scope", scopeId],
        ["Number", number],
        ["Digest", digest],
      ]);
    });
  });

/** The releases that the terms pin where they list diseases or regions. */
function pinnedReleases({ release, regions }: Arguments, ontology: Ontology | undefined): PinnedReleases {
  return {
    ontologyRelease: release === undefined ? ontology?.root : parseBytes32("release", release),
    regionRelease: regions === undefined ? regionHierarchy().root : parseBytes32("regions", regions),
  };
}

/** Refuses diseases that the ontology at hand does not have: nothing would ever be proved of them. */
function requireDiseases({ diseases }: Terms, ontology: Ontology, file: string): void {
  const unknown = diseases.find((term) => !ontology.has(term));
  if (unknown === undefined) return;
  const disease = formatDisease(unknown);
  const fix = "Name diseases of the release that the terms pin.";
  throw new UsageError("ArgumentInvalid", `${file} has no ${disease}.`, { argument: "ontology", disease }, fix);
}

export default action;
