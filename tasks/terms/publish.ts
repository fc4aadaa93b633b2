import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import { readTerms, type WrittenTerms } from "../../src/files/dataUseCodes.ts";
import { formatDisease, readOntology } from "../../src/files/index.ts";
import { termsFromCodes } from "../../src/sdk/dataUseCodes.ts";
import { publishTerms } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { parseBytes32, parseScope } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly file: string;
  readonly ontology: string | undefined;
  readonly release: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const written = await readTerms(given.file);
    const terms = termsFromCodes({ ...written, ontologyRelease: await releaseFor(written, given) });
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await publishTerms(client, { scopeId, terms, ...acting }), ({ number, digest }) => [
        ["Scope", scopeId],
        ["Number", number],
        ["Digest", digest],
      ]);
    });
  });

/** The release that the terms pin: only diseases need one. */
async function releaseFor({ diseases }: WrittenTerms, { ontology, release }: Arguments): Promise<Hex | undefined> {
  if (ontology !== undefined && release !== undefined) {
    const fix = "Give --ontology or --release, not both.";
    throw new UsageError("ArgumentUnexpected", "Both --ontology and --release are given.", { ontology, release }, fix);
  }
  if (release !== undefined) return parseBytes32("release", release);
  if (ontology !== undefined) {
    const hierarchy = await readOntology(ontology);
    const unknown = diseases.find((disease) => !hierarchy.has(disease));
    if (unknown === undefined) return hierarchy.root;
    const disease = formatDisease(unknown);
    const fix = "Name diseases of the release that the terms pin.";
    throw new UsageError("ArgumentInvalid", `${ontology} has no ${disease}.`, { argument: "ontology", disease }, fix);
  }
  if (diseases.length === 0) return undefined;
  const fix = "Give --ontology with the release's file, or --release with its root.";
  throw new UsageError("ArgumentMissing", "The terms list diseases, but pin no ontology release.", {}, fix);
}

export default action;
