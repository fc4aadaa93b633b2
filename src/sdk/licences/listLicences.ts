import type { Hex } from "viem";

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
  /** In the order of their requests, whatever became of them. */
  readonly licenceIds: readonly bigint[];
}

export type ListLicencesErrorType = InvalidInputError | ReadErrorType;

/**
 * The licences on some datasets, from the events of their requests; getLicence tells of each.
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
  return { licenceIds: events.map(({ args }) => args.licenceId) };
}
