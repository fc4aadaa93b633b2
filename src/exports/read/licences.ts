import type { Hex } from "viem";

import {
  getCoverage,
  type GetCoverageReturnType,
  getDataset,
  type GetDatasetReturnType,
  getLicence,
  type GetLicenceReturnType,
  listAuditEntries,
  listDatasets,
  listLicences,
  type LoggedEntry,
} from "../../sdk/index.ts";
import type { Reading } from "./reading.ts";

/** A licence with its dataset and every access that was logged under it. */
export interface LicencePicture extends GetLicenceReturnType {
  readonly dataset: GetDatasetReturnType;
  readonly entries: readonly LoggedEntry[];
}

/** @throws InvalidInputError, NotFoundError, ConcordContractError LicenceUnknown */
export async function readLicence({ client, block }: Reading, licenceId: bigint): Promise<LicencePicture> {
  const { blockNumber } = block;
  const licence = await getLicence(client, { licenceId, blockNumber });
  const [dataset, { entries }] = await Promise.all([
    getDataset(client, { datasetId: licence.subject.datasetId, blockNumber }),
    listAuditEntries(client, { licenceIds: [licenceId], blockNumber }),
  ]);
  return { ...licence, dataset, entries };
}

/** The datasets of a scope, and the licences on them that were ever issued. */
export interface ScopeData {
  readonly datasets: readonly GetDatasetReturnType[];
  readonly licences: readonly LicencePicture[];
}

export async function readScopeData(reading: Reading, scopeId: Hex): Promise<ScopeData> {
  const { client, block } = reading;
  const { blockNumber } = block;
  const { datasetIds } = await listDatasets(client, { scopeId, blockNumber });
  const { licenceIds } = await listLicences(client, { datasetIds, blockNumber });
  const [datasets, licences] = await Promise.all([
    Promise.all(datasetIds.map((datasetId) => getDataset(client, { datasetId, blockNumber }))),
    Promise.all(licenceIds.map((licenceId) => readLicence(reading, licenceId))),
  ]);
  return { datasets, licences: licences.filter(({ progress }) => progress.issuedAt !== 0) };
}

/** Whether a licence covers a participant. */
export async function readCoverage(
  { client, block }: Reading,
  licenceId: bigint,
  participantId: Hex,
): Promise<GetCoverageReturnType> {
  return await getCoverage(client, { licenceId, participantId, blockNumber: block.blockNumber });
}

/** The processor of a sub-licence; nobody of another licence. */
export function processorsOf(derivation: LicencePicture["derivation"]): Hex[] {
  return derivation === undefined ? [] : [derivation.processor];
}
