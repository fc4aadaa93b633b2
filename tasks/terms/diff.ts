import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { type Ontology, readDiseases } from "../../src/files/index.ts";
import type { Covered, Terms } from "../../src/model/index.ts";
import { diffTerms, getTerms, isRegionWithin } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { labelsOf, readTerms } from "../support/dataUse.ts";
import { UsageError } from "../support/errors.ts";
import { parseScope, parseTerms, type TermsReference } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
  readonly from: string;
  readonly to: string | undefined;
  readonly file: string | undefined;
  readonly ontology: string | undefined;
}

const ANSWERS = new Map<boolean | "unknown", string>([
  [true, "yes"],
  [false, "no"],
  ["unknown", "not known: it hangs on what lies below what"],
]);

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const from = parseTerms("from", given.from);
    const to = target(given);
    const ontology = given.ontology === undefined ? undefined : await readDiseases(given.ontology);
    await withReader(hre, given, async (client) => {
      const { terms: before } = await getTerms(client, { scopeId, ...from });
      // What is not published yet pins what the terms before it pin, unless it says otherwise.
      const after =
        typeof to === "string" ? await readTerms(to, before) : (await getTerms(client, { scopeId, ...to })).terms;
      const difference = diffTerms(before, after, { covered: covers(before, ontology), labelOf: labelsOf(ontology) });
      printRead(given.json, { scopeId, ...difference }, ({ isNarrower, newlyAllowed, noLongerAllowed }): Line[] => [
        ["Narrower", ANSWERS.get(isNarrower) ?? ""],
        ...sentences("Newly allowed", newlyAllowed),
        ...sentences("No longer allowed", noLongerAllowed),
      ]);
    });
  });

function target({ to, file }: Arguments): string | TermsReference {
  if (file !== undefined && to === undefined) return file;
  if (file === undefined && to !== undefined) return parseTerms("to", to);
  const fix = "Give the terms to pass to by their number or digest, or a file of them with --file.";
  throw file === undefined
    ? new UsageError("ArgumentMissing", "Neither the terms to pass to nor --file is given.", { argument: "to" }, fix)
    : new UsageError("ArgumentUnexpected", "Both the terms to pass to and --file are given.", { to, file }, fix);
}

/** What the hierarchy at hand and the region table say; of a hierarchy that the terms do not pin, nothing is known. */
function covers({ ontologyRelease, regionRelease }: Terms, ontology: Ontology | undefined): Covered {
  return (release, below, above) => {
    if (release === regionRelease && BigInt(regionRelease) !== BigInt(ontologyRelease)) {
      return isRegionWithin(below, above) ? "covered" : "notCovered";
    }
    if (ontology === undefined || BigInt(release) !== BigInt(ontology.root) || !ontology.has(below)) return "unproven";
    return ontology.covered(below, [above]) ? "covered" : "notCovered";
  };
}

function sentences(label: string, said: readonly string[]): Line[] {
  return said.length === 0 ? [[label, "nothing"]] : said.map((sentence, index) => [index === 0 ? label : "", sentence]);
}

export default action;
