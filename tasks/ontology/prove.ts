import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { formatTerm, readOntology } from "../../src/files/index.ts";
import { proveOntologyPair } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseTermId } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly descendant: string;
  readonly ancestor: string;
  readonly file: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const ontology = await readOntology(given.file);
    const { prefix } = ontology;
    const descendant = parseTermId("descendant", given.descendant, prefix);
    const ancestor = parseTermId("ancestor", given.ancestor, prefix);
    const { proof } = ontology.prove(descendant, ancestor);
    const { root } = ontology;
    await withWriter(hre, given, async (client, acting) => {
      const proved = await proveOntologyPair(client, { root, descendant, ancestor, proof, ...acting });
      printWritten(given.json, proved, ({ isNew }) => [
        ["Proved", `${formatTerm(prefix, descendant)} is a kind of ${formatTerm(prefix, ancestor)}`],
        ["Release", root],
        ["New", isNew ? "yes" : "no, it was proved before"],
      ]);
    });
  });

export default action;
