import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { anchorDataset, getInstitution } from "../../src/sdk/index.ts";
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
import { digestOfTerms, parseScope, parseTerms, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, DescribingArguments {
  readonly files: readonly string[];
  readonly scope: string | undefined;
  readonly terms: string | undefined;
  readonly chunkSize: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", required("scope", given.scope, "the scope's public name or id"));
    const terms = parseTerms("terms", required("terms", given.terms, "the terms' number in the scope or their digest"));
    const parentIds = parseParents(given.parents) ?? [];
    const describe = await readDescription(given);
    const manifest = await readManifest(given.files, given.chunkSize);
    await withWriter(hre, given, async (client, acting) => {
      const { institutionId } = await getInstitution(client, { institutionAccount: acting.account });
      const record = {
        ...describe(),
        custodian: institutionId,
        scopeId,
        contentDigest: manifest.contentDigest,
        manifestRoot: manifest.root,
        termsDigest: await digestOfTerms(client, scopeId, terms),
      };
      const parents = await recordsOf(client, parentIds);
      printWritten(given.json, await anchorDataset(client, { record, parents, ...acting }), (anchored) => [
        ...datasetLines(anchored),
        ...manifestLines(manifest),
      ]);
    });
  });

export default action;
