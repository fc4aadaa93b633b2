import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { verifyExport, type VerifyExportReturnType } from "../../src/exports/index.ts";
import { readJson } from "../../src/files/json.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { RefusalError } from "../support/errors.ts";
import { progress } from "../support/output.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly document: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const document = await readJson(given.document);
    await withReader(hre, given, async (client) => {
      const verified = await verifyExport(client, document);
      const { kind, isTrue, claimedBlock, readBlock, isPinned } = verified;
      if (!isPinned)
        progress(`The node has lost the state of block ${claimedBlock}; compared with block ${readBlock}.`);
      if (!isTrue) throw mismatch(verified);
      printRead(given.json, verified, () => [
        ["Verified", `every field of the ${kind} is what the chain says`],
        ["Block", readBlock],
      ]);
    });
  });

function mismatch({ differences, ...verified }: VerifyExportReturnType): RefusalError {
  const [first] = differences;
  const more = differences.length === 1 ? "" : `, and in ${differences.length - 1} other places`;
  return new RefusalError(
    "ExportMismatch",
    `The document says something else than the chain at ${first?.path ?? "$"}${more}.`,
    { ...verified, differences },
    verified.isPinned
      ? "Do not rely on it: ask for the document as it was made."
      : "Verify it on a node that keeps the state of every block.",
  );
}

export default action;
