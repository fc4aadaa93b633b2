import type { Hex } from "viem";

import { type ConcordClient, getBlock, getScope, listScopes } from "../sdk/index.ts";
import { buildProcessingRecord, type ProcessingRecord, type ScopePicture } from "./build/processing.ts";
import { claimsAt } from "./claims.ts";
import { controllerOf, readTerms, releasesOf } from "./read/consents.ts";
import { readDirectory, readInstitutions, usedEntries } from "./read/institutions.ts";
import { readScopeData, processorsOf } from "./read/licences.ts";
import {
  type Dictionaries,
  type MakeErrorType,
  readDictionaries,
  readId,
  type Reading,
  usedDictionaries,
} from "./read/reading.ts";
import type { Told } from "./read/told.ts";

export interface MakeProcessingRecordParameters extends Told {
  /** The institution whose scopes the record is about. */
  readonly custodian: Hex;
}

export type MakeProcessingRecordReturnType = ProcessingRecord;

export type MakeProcessingRecordErrorType = MakeErrorType;

/**
 * A custodian's record of processing activities under Art. 30(1) GDPR: one activity for each of its scopes.
 * @throws InvalidInputError, NotFoundError
 */
export async function makeProcessingRecord(
  client: ConcordClient,
  parameters: MakeProcessingRecordParameters,
): Promise<MakeProcessingRecordReturnType> {
  const custodian = readId("custodian", parameters.custodian);
  const directory = readDirectory(parameters.directory);
  const dictionaries = readDictionaries(parameters.dictionaries);
  const block = await getBlock(client, { blockNumber: parameters.blockNumber });
  const reading = { client, block };
  const { scopeIds } = await listScopes(client, { custodian, blockNumber: block.blockNumber });
  const scopes = await Promise.all(scopeIds.map((scopeId) => readScope(reading, scopeId, dictionaries)));
  const institutions = await readInstitutions(reading, directory, [custodian, ...scopes.flatMap(namedIn)]);
  const given = {
    custodian,
    ...usedEntries(directory, [...institutions.keys()]),
    ...usedDictionaries(dictionaries, releasesOf(scopes)),
  };
  const claims = claimsAt(client, "processing", block, given);
  return buildProcessingRecord({ custodian, scopes, institutions }, claims);
}

async function readScope(reading: Reading, scopeId: Hex, dictionaries: Dictionaries): Promise<ScopePicture> {
  const { client, block } = reading;
  const scope = await getScope(client, { scopeId, blockNumber: block.blockNumber });
  const numbers = Array.from({ length: scope.termsCount }, (_, index) => index + 1);
  const [terms, data] = await Promise.all([
    Promise.all(numbers.map((number) => readTerms(reading, scopeId, number, dictionaries))),
    readScopeData(reading, scopeId),
  ]);
  return { scope, terms: new Map(terms.map((registered) => [registered.number, registered])), data };
}

function namedIn({ scope, terms, data }: ScopePicture): Hex[] {
  return [
    scope.committee,
    ...[...terms.values()].map((registered) => controllerOf(scope, registered)),
    ...data.licences.flatMap(({ subject, derivation }) => [subject.licensee, ...processorsOf(derivation)]),
  ];
}
