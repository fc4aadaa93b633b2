import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { type Hierarchy, readDiseases, regionHierarchy } from "../../src/files/index.ts";
import type { Purpose } from "../../src/model/index.ts";
import { type ConcordClient, decideLicence, getLicence, isOntologyReleasePublished } from "../../src/sdk/index.ts";
import { decideScopeTerms, type TermsDecision } from "../../src/sdk/licences/decideScopeTerms.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { progress } from "../support/output.ts";
import { parseNumber } from "../support/parse.ts";
import { isDryRun, type Line, listed, printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly ontology: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const ontology = given.ontology === undefined ? undefined : await readDiseases(given.ontology);
    await withWriter(hre, given, async (client, acting) => {
      const { subject, purpose } = await getLicence(client, { licenceId });
      const kept = await decideScopeTerms(client, {
        scopeId: subject.scopeId,
        purpose,
        witnesses: [
          ...(ontology === undefined ? [] : witnessesOf(ontology, purpose.diseases)),
          ...(await regionWitnesses(client, purpose)),
        ],
        ...acting,
        onProgress: ({ done, total }) => progress(`Decided against ${done} of ${total} terms`),
      });
      const decided = await decideLicence(client, { licenceId, ...acting });
      if (isDryRun(kept) || isDryRun(decided)) {
        const gas = (isDryRun(kept) ? kept.gas : 0n) + (isDryRun(decided) ? decided.gas : 0n);
        printWritten(given.json, { dryRun: true, gas }, () => []);
        return;
      }
      printWritten(given.json, { ...decided, terms: kept.terms }, ({ outcome, reasons, terms }) => [
        ["Licence", licenceId],
        ["Outcome", outcome],
        ["Reasons", listed(reasons)],
        ...terms.map(termsLine),
      ]);
    });
  });

/** What a release proves of some terms; one that it does not have stays unproven. */
function witnessesOf(release: Hierarchy, terms: readonly number[]) {
  const known = terms.filter((term) => release.has(term));
  return known.map((term) => ({ release: release.root, ...release.proveLineage(term) }));
}

/** What the shipped region table proves, where the chain has it. */
async function regionWitnesses(client: ConcordClient, { regions }: Purpose) {
  if (regions.length === 0) return [];
  const table = regionHierarchy();
  return (await isOntologyReleasePublished(client, { root: table.root })) ? witnessesOf(table, regions) : [];
}

const RESULTS = {
  kept: "",
  keptBefore: "decided before",
  unproven: "unproven: give --ontology with the release that these terms pin",
} as const;

function termsLine({ number, result, decision }: TermsDecision): Line {
  const said = decision === undefined ? RESULTS[result] : [decision.outcome, ...decision.reasons].join(" ");
  return [`Terms ${number}`, said];
}

export default action;
