import type { Hex } from "viem";

import {
  type AccessLeaf,
  type AccessTree,
  buildAccessTree,
  type ConcordClient,
  getBlock,
  listAuditEntries,
  listDatasets,
  listLicences,
} from "../sdk/index.ts";
import { checkList } from "../sdk/internal/validate.ts";
import type { ProvedAccess } from "./read/accesses.ts";
import { type Key, type MakeErrorType, readKeys } from "./read/reading.ts";

export interface FindAccessesParameters {
  /** The participant's pairs of scope and id. */
  readonly keys: readonly Key[];
  /** The leaves of each access, whole, as the custodian keeps them. */
  readonly accesses: readonly (readonly AccessLeaf[])[];
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export type FindAccessesReturnType = readonly ProvedAccess[];

export type FindAccessesErrorType = MakeErrorType;

/**
 * The participant's own part in every logged access whose leaves are given, with its proof: what makeAccessPackage and
 * makeDisclosureAccounting take. Leaves are matched by their root, so one list may be of several entries. Nobody else's leaf
 * is in the answer.
 * @throws InvalidInputError
 */
export async function findAccesses(
  client: ConcordClient,
  parameters: FindAccessesParameters,
): Promise<FindAccessesReturnType> {
  const keys = readKeys(parameters.keys);
  checkList("accesses", parameters.accesses);
  const trees = new Map(parameters.accesses.map((leaves) => treeOf(leaves)));
  const { blockNumber } = await getBlock(client, parameters);
  const scopeIds = [...new Set(keys.map(({ scopeId }) => scopeId))];
  const datasets = await Promise.all(scopeIds.map((scopeId) => listDatasets(client, { scopeId, blockNumber })));
  const { licenceIds } = await listLicences(client, {
    datasetIds: datasets.flatMap(({ datasetIds }) => datasetIds),
    blockNumber,
  });
  const { entries } = await listAuditEntries(client, { licenceIds, blockNumber });
  return entries.flatMap(({ index, entry }) => {
    const found = trees.get(entry.batch.root);
    const own = found?.leaves.filter((leaf) => keys.some((key) => isOf(leaf, key))) ?? [];
    return own.map((leaf): ProvedAccess => ({ index, leaf, proof: found?.tree.prove(leaf) ?? [] }));
  });
}

interface Leaves {
  readonly tree: AccessTree;
  readonly leaves: readonly AccessLeaf[];
}

function treeOf(leaves: readonly AccessLeaf[]): [Hex, Leaves] {
  const tree = buildAccessTree(leaves);
  return [tree.root, { tree, leaves }];
}

function isOf(leaf: AccessLeaf, { scopeId, participantId }: Key): boolean {
  return leaf.scopeId.toLowerCase() === scopeId && leaf.participantId.toLowerCase() === participantId;
}
