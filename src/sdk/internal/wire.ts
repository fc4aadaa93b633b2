import type { Hex } from "viem";

import { checkPurpose, checkTerms, ModelError, type Purpose, type Terms } from "../../model/index.ts";
import { InvalidInputError } from "../errors.ts";
import { checkBytes32, checkId, checkList, checkObject, checkProof, checkUint, numberOf } from "./validate.ts";
import { DATA_LEVELS, type DataLevel, nameOf } from "./enums.ts";

// Values as the ABIs take them, checked on the way out; `wire…` never sends what the contracts cannot decode.

/** What an anchor stands for. Every field is part of the dataset's id. */
export interface DatasetRecord {
  /** The institution that holds the data. */
  readonly custodian: Hex;
  /** The scope whose participants the data is about. */
  readonly scopeId: Hex;
  /** SHA-256 of the content. */
  readonly contentDigest: Hex;
  /** Merkle root over the files' chunks. */
  readonly manifestRoot: Hex;
  /** Merkle root over the participants' ids; zero when there are none. */
  readonly participantsRoot: Hex;
  /** Digest of the dataset's own terms. */
  readonly termsDigest: Hex;
  /** Id of the version that this one replaces; zero for a first version. */
  readonly previous: Hex;
  readonly level: DataLevel;
}

/** The Merkle proof of all ancestors of a term in an ontology release. */
export interface LineageWitness {
  /** Mondo term, seven digits as a number (uint32). */
  readonly term: number;
  /** All strict ancestors, ascending (uint32). */
  readonly ancestors: readonly number[];
  readonly proof: readonly Hex[];
}

interface WireTerms {
  permissions: number;
  modifiers: number;
  diseases: readonly number[];
  ontologyRelease: Hex;
  from: number;
  reConsentBy: number;
  documents: Hex;
}

export function wireTerms(input: string, terms: Terms): WireTerms {
  checkObject(input, terms);
  const { permissions, modifiers, diseases, ontologyRelease, from, reConsentBy, documents } = terms;
  checkList(`${input}.diseases`, diseases);
  checkBytes32(`${input}.ontologyRelease`, ontologyRelease);
  checkBytes32(`${input}.documents`, documents);
  byModel(input, () => {
    checkTerms(terms);
  });
  return { permissions, modifiers, diseases, ontologyRelease, from, reConsentBy, documents };
}

interface WirePurpose {
  kinds: number;
  diseases: readonly number[];
  unattested: number;
}

export function wirePurpose(input: string, purpose: Purpose): WirePurpose {
  checkObject(input, purpose);
  const { kinds, diseases, unattested } = purpose;
  checkList(`${input}.diseases`, diseases);
  byModel(input, () => {
    checkPurpose(purpose);
  });
  checkAscending(`${input}.diseases`, diseases);
  return { kinds, diseases, unattested };
}

interface WireDatasetRecord extends Omit<DatasetRecord, "level"> {
  level: number;
}

export function wireDatasetRecord(input: string, record: DatasetRecord): WireDatasetRecord {
  checkObject(input, record);
  const { custodian, scopeId, contentDigest, manifestRoot, participantsRoot, termsDigest, previous, level } = record;
  for (const [field, value] of Object.entries({ custodian, scopeId, contentDigest, manifestRoot, termsDigest })) {
    checkId(`${input}.${field}`, value);
  }
  checkBytes32(`${input}.participantsRoot`, participantsRoot);
  checkBytes32(`${input}.previous`, previous);
  return {
    custodian,
    scopeId,
    contentDigest,
    manifestRoot,
    participantsRoot,
    termsDigest,
    previous,
    level: numberOf(`${input}.level`, DATA_LEVELS, level),
  };
}

export function datasetRecordOf({ level, ...digests }: WireDatasetRecord): DatasetRecord {
  return { ...digests, level: nameOf(DATA_LEVELS, level) };
}

export function wireWitness(input: string, witness: LineageWitness): LineageWitness {
  checkObject(input, witness);
  const { term, ancestors, proof } = witness;
  checkUint(`${input}.term`, term, 32);
  checkList(`${input}.ancestors`, ancestors);
  checkAscending(`${input}.ancestors`, ancestors);
  checkProof(`${input}.proof`, proof);
  return { term, ancestors, proof };
}

function checkAscending(input: string, list: readonly unknown[]): void {
  list.forEach((value, index) => {
    checkUint(`${input}[${index}]`, value, 32);
    const before = list[index - 1];
    if (before !== undefined && value <= (before as number)) {
      throw new InvalidInputError(
        `${input}[${index}]`,
        `${input}[${index}] is ${value} and stands after ${String(before)}.`,
        `Sort ${input} ascending and list each value once.`,
        { name: "DataUseNotAscending", args: { index } },
      );
    }
  });
}

/** The model's rules are the contracts' rules; its refusals keep their names. */
function byModel(input: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new InvalidInputError(input, `${input}: ${error.message}.`, error.fix, { name: error.name, cause: error });
  }
}
