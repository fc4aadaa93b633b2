import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { formatDisease, readOntology, regionHierarchy } from "../../src/files/index.ts";
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
    const terms = await readTerms(given.file, await pinnedReleases(given));
    await requireDiseases(terms, given);
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
async function pinnedReleases({ ontology, release, regions }: Arguments): Promise<PinnedReleases> {
  if (ontology !== undefined && release !== undefined) {
    const fix = "Give --ontology or --release, not both.";
    throw new UsageError("ArgumentUnexpected", "Both --ontology and --release are given.", { ontology, release }, fix);
  }
  const ofOntology = ontology === undefined ? undefined : (await readOntology(ontology)).root;
  return {
    ontologyRelease: release === undefined ? ofOntology : parseBytes32("release", release),
    regionRelease: regions === undefined ? regionHierarchy().root : parseBytes32("regions", regions),
  };
}

/** Refuses diseases that the ontology at hand does not have: nothing would ever be proved of them. */
async function requireDiseases({ diseases }: Terms, { ontology }: Arguments): Promise<void> {
  if (ontology === undefined) return;
  const hierarchy = await readOntology(ontology);
  const unknown = diseases.find((term) => !hierarchy.has(term));
  if (unknown === undefined) return;
  const disease = formatDisease(unknown);
  const fix = "Name diseases of the release that the terms pin.";
  throw new UsageError("ArgumentInvalid", `${ontology} has no ${disease}.`, { argument: "ontology", disease }, fix);
}

export default action;
