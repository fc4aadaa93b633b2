import { type Hex, numberToHex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { findEvents } from "../internal/events.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkId, checkList } from "../internal/validate.ts";

export interface ListLicencesParameters {
  /** The datasets that they are about. */
  readonly datasetIds: readonly Hex[];
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface ListLicencesReturnType {
  /** In the order of their numbers, sub-licences among them, whatever became of them. */
  readonly licenceIds: readonly bigint[];
}

export type ListLicencesErrorType = InvalidInputError | ReadErrorType;

/**
 * The licences on some datasets and those that derive from them, from their events; getLicence tells of each.
 * @throws InvalidInputError
 */
export async function listLicences(
  client: ConcordClient,
  { datasetIds, blockNumber }: ListLicencesParameters,
): Promise<ListLicencesReturnType> {
  checkList("datasetIds", datasetIds);
  datasetIds.forEach((datasetId, index) => {
    checkId(`datasetIds[${index}]`, datasetId);
  });
  if (datasetIds.length === 0) return { licenceIds: [] };
  const search = { topics: [null, [...datasetIds]], toBlock: blockNumber };
  const events = await findEvents(client, "licenceRegistry", ["LicenceRequested"], search);
  const requested = events.map(({ args }) => args.licenceId);
  const derived = await listSubLicences(client, requested, blockNumber);
  return { licenceIds: [...requested, ...derived].sort((a, b) => (a < b ? -1 : 1)) };
}

async function listSubLicences(
  client: ConcordClient,
  parents: readonly bigint[],
  toBlock: bigint | undefined,
): Promise<bigint[]> {
  if (parents.length === 0) return [];
  const topics = [null, parents.map((parent) => numberToHex(parent, { size: 32 }))];
  const events = await findEvents(client, "licenceRegistry", ["LicenceSubLicensed"], { topics, toBlock });
  return events.map(({ args }) => args.licenceId);
}
