import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readOntology } from "../../src/files/index.ts";
import { publishOntologyRelease } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { progress } from "../support/output.ts";
import { parseDigest, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly file: string;
  readonly name: string | undefined;
  readonly releaseVersion: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const name = required("name", given.name, "the name of the ontology");
    const version = required("releaseVersion", given.releaseVersion, "the release as its makers write it");
    const ontology = await readOntology(given.file);
    const sourceDigest = await parseDigest("file", given.file);
    for (const { parent, count, path } of ontology.warnings) {
      progress(
        `${path}: the parent ${JSON.stringify(parent)} is no term of the file (${count} times); it is left out.`,
      );
    }
    progress("Hashing the hierarchy");
    const { root, pairs } = ontology;
    const terms = ontology.terms.length;
    await withWriter(hre, given, async (client, acting) => {
      const parameters = { root, name, version, sourceDigest, terms, pairs, ...acting };
      printWritten(given.json, await publishOntologyRelease(client, parameters), (published) => [
        ["Published", `${name} ${version}`],
        ["Root", published.root],
        ["Terms", terms],
        ["Pairs", pairs],
      ]);
    });
  });

export default action;
