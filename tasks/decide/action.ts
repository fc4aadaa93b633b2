import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { buildContracts } from "../../deploy/system.ts";
import { type Ontology, readJson, readDiseases } from "../../src/files/index.ts";
import { outcomeOf, reasonsOf, type Verdict } from "../../src/model/index.ts";
import { askMatchingLens, decideCase, type MatchingCase, matchingCasesFromJson } from "../../src/sdk/index.ts";
import { inFile } from "../support/dataUse.ts";
import { UsageError } from "../support/errors.ts";
import { progress } from "../support/output.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments {
  readonly file: string;
  readonly engine: string;
  readonly ontology: string | undefined;
  readonly noCompile: boolean;
  readonly json: boolean;
}

/** How often the progress is told. */
const CASES_A_LINE = 1_000;

type Engine = (
  given: { readonly hre: HardhatRuntimeEnvironment; readonly noCompile: boolean },
  cases: readonly MatchingCase[],
  ontology: Ontology | undefined,
) => Promise<readonly Verdict[]>;

const ENGINES: Readonly<Record<string, Engine>> = { typescript: byModel, solidity: byContract };

const action: NewTaskActionFunction<Arguments> = async ({ file, engine, ontology, noCompile, json }, hre) =>
  await runTask(json, async () => {
    const decide = Object.hasOwn(ENGINES, engine) ? ENGINES[engine] : undefined;
    if (decide === undefined) {
      const fix = `Give one of ${Object.keys(ENGINES).join(", ")}.`;
      throw new UsageError("ArgumentInvalid", `There is no engine ${engine}.`, { argument: "engine", engine }, fix);
    }
    const value = await readJson(file);
    const cases = inFile(file, () => matchingCasesFromJson(value));
    const hierarchy = ontology === undefined ? undefined : await readDiseases(ontology);
    const verdicts = await decide({ hre, noCompile }, cases, hierarchy);
    const lines = cases.map(({ id }, index) => {
      const verdict = verdicts[index];
      if (verdict === undefined) throw new RangeError("Fewer answers than cases.");
      return JSON.stringify({ id, decision: outcomeOf(verdict), reasons: reasonsOf(verdict) });
    });
    process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  });

async function byModel(_: unknown, cases: readonly MatchingCase[], ontology: Ontology | undefined): Promise<Verdict[]> {
  return Promise.resolve(
    cases.map((one) =>
      decideCase(one, (descendant, ancestor) => {
        if (ontology?.has(descendant) !== true) return "unproven";
        return ontology.covered(descendant, [ancestor]) ? "covered" : "notCovered";
      }),
    ),
  );
}

async function byContract(
  { hre, noCompile }: Parameters<Engine>[0],
  cases: readonly MatchingCase[],
  ontology: Ontology | undefined,
): Promise<readonly Verdict[]> {
  if (!noCompile) await buildContracts(hre, progress);
  const { viem } = await hre.network.create("default");
  const { address } = await viem.deployContract("MatchingLens");
  return await askMatchingLens(await viem.getPublicClient(), {
    address,
    cases,
    ancestorsOf: (disease) => (ontology?.has(disease) === true ? ontology.ancestors(disease) : undefined),
    onProgress: ({ done, total }) => {
      if (done % CASES_A_LINE === 0 || done === total) progress(`Decided ${done} of ${total} cases`);
    },
  });
}

export default action;
