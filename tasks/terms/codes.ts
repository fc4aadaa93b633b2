import { existsSync } from "node:fs";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readDiseases } from "../../src/files/index.ts";
import type { Terms } from "../../src/model/index.ts";
import { getTerms, termsFromCodes, termsToCodes } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { labelsOf, readTerms } from "../support/dataUse.ts";
import { UsageError } from "../support/errors.ts";
import { toJson } from "../support/output.ts";
import { parseScope, parseTerms } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly source: string | undefined;
  readonly terms: string | undefined;
  readonly from: string | undefined;
  readonly ontology: string | undefined;
}

/** A file's terms need not say yet what they pin: the codes do not depend on it. */
const ANY_RELEASE = `0x${"01".repeat(32)}` as const;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    if ((given.from === undefined) === (given.source === undefined)) {
      const fix = "Give a file of terms, a scope and its terms, or --from.";
      const name = given.from === undefined ? "ArgumentMissing" : "ArgumentUnexpected";
      throw new UsageError(name, "Either terms or --from are to be translated.", { argument: "source" }, fix);
    }
    if (given.from === undefined) await toCodes(given, hre);
    else fromCodes(given.json, given.from);
  });

function fromCodes(json: boolean, codes: string): void {
  const draft = termsFromCodes(codes.split(","));
  printRead(json, draft, ({ terms, missing }) => [
    ["Terms", toJson(terms).replace(/\s+/g, " ")],
    ...(missing.length === 0 ? [["Still to give", "nothing"] as const] : []),
    ...missing.map(
      ({ field, curie }) => ["Still to give", curie === undefined ? field : `${field}, for ${curie}`] as const,
    ),
  ]);
}

async function toCodes(given: Arguments, hre: HardhatRuntimeEnvironment): Promise<void> {
  const terms = await findTerms(given, hre);
  const ontology = given.ontology === undefined ? undefined : await readDiseases(given.ontology);
  printRead(given.json, { codes: termsToCodes(terms, { labelOf: labelsOf(ontology) }) }, ({ codes }) =>
    codes.flatMap(({ curie, label, sentence }) => [
      [curie, label],
      ["", sentence],
    ]),
  );
}

async function findTerms(given: Arguments, hre: HardhatRuntimeEnvironment): Promise<Terms> {
  const { source = "", terms } = given;
  if (terms !== undefined) {
    const scopeId = parseScope("source", source);
    const reference = parseTerms("terms", terms);
    return await withReader(hre, given, async (client) => (await getTerms(client, { scopeId, ...reference })).terms);
  }
  if (existsSync(source)) return await readTerms(source, { ontologyRelease: ANY_RELEASE, regionRelease: ANY_RELEASE });
  const fix = "Name a file of terms, or name the scope's terms after it.";
  throw new UsageError("ArgumentInvalid", `There is no file ${source}.`, { argument: "source", given: source }, fix);
}

export default action;
