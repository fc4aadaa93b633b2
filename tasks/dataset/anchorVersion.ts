import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { zeroHash } from "viem";

import { anchorDatasetVersion, getDataset } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import {
  datasetLines,
  type DescribingArguments,
  manifestLines,
  parseParents,
  readDescription,
  readManifest,
  recordsOf,
} from "../support/dataset.ts";
import { digestOfTerms, parseBytes32, parseTerms } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, DescribingArguments {
  readonly dataset: string;
  readonly files: readonly string[];
  readonly terms: string | undefined;
  readonly chunkSize: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    const terms = given.terms === undefined ? undefined : parseTerms("terms", given.terms);
    const parentIds = parseParents(given.parents);
    const describe = await readDescription(given);
    const manifest = await readManifest(given.files, given.chunkSize);
    await withWriter(hre, given, async (client, acting) => {
      const { record: previous, custodian } = await getDataset(client, { datasetId });
      const { scopeId } = previous;
      const described = describe(previous);
      const record = {
        ...described,
        // Who was to succeed and did is its own successor no more.
        successor: described.successor === custodian ? zeroHash : described.successor,
        custodian,
        scopeId,
        contentDigest: manifest.contentDigest,
        manifestRoot: manifest.root,
        termsDigest: terms === undefined ? previous.termsDigest : await digestOfTerms(client, scopeId, terms),
      };
      const parents = await recordsOf(client, parentIds ?? previous.parents);
      const anchoring = anchorDatasetVersion(client, { record, previous, parents, ...acting });
      printWritten(given.json, await anchoring, (anchored) => [...datasetLines(anchored), ...manifestLines(manifest)]);
    });
  });

export default action;
