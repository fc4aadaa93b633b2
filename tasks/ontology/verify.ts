import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getOntologyRelease, isOntologyReleasePublished } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { RefusalError } from "../support/errors.ts";
import { printRead } from "../support/print.ts";
import { readRelease, type ReleaseArguments } from "../support/release.ts";
import { runTask } from "../support/runTask.ts";

type Arguments = ReadingArguments & ReleaseArguments;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const found = await readRelease(given);
    const { root } = found;
    await withReader(hre, given, async (client) => {
      if (!(await isOntologyReleasePublished(client, { root }))) {
        const fix = "Take the very file that the curator published, or have the curator publish this one.";
        throw new RefusalError("OntologyReleaseMismatch", "No published release has this root.", { found }, fix);
      }
      const published = await getOntologyRelease(client, { root });
      // The root commits to every pair, so that only the bytes around the hierarchy can differ.
      const isSameFile = published.sourceDigest === found.sourceDigest;
      printRead(given.json, { verified: true, isSameFile, ...published }, () => [
        ["Verified", `every pair is that of ${published.name} ${published.version}`],
        ["Root", root],
        ["Terms", published.terms],
        ["Pairs", published.pairs],
        ["Same file", isSameFile ? "yes" : "no: other bytes, the same hierarchy"],
      ]);
    });
  });

export default action;
