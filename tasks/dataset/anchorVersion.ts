import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { anchorDatasetVersion, getDataset } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { datasetLines, manifestLines, parseLevel, participantsRootOf, readManifest } from "../support/dataset.ts";
import { digestOfTerms, parseBytes32, parseTerms } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly dataset: string;
  readonly files: readonly string[];
  readonly terms: string | undefined;
  readonly participants: string | undefined;
  readonly level: string | undefined;
  readonly chunkSize: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    const terms = given.terms === undefined ? undefined : parseTerms("terms", given.terms);
    const level = given.level === undefined ? undefined : parseLevel("level", given.level);
    const participantsRoot =
      given.participants === undefined ? undefined : await participantsRootOf(given.participants);
    const manifest = await readManifest(given.files, given.chunkSize);
    await withWriter(hre, given, async (client, acting) => {
      const { record: previous } = await getDataset(client, { datasetId });
      const { custodian, scopeId } = previous;
      const record = {
        custodian,
        scopeId,
        contentDigest: manifest.contentDigest,
        manifestRoot: manifest.root,
        participantsRoot: participantsRoot ?? previous.participantsRoot,
        termsDigest: terms === undefined ? previous.termsDigest : await digestOfTerms(client, scopeId, terms),
        level: level ?? previous.level,
      };
      printWritten(given.json, await anchorDatasetVersion(client, { record, previous, ...acting }), (anchored) => [
        ...datasetLines(anchored),
        ...manifestLines(manifest),
      ]);
    });
  });

export default action;
