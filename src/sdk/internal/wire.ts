import type { Hex } from "viem";

import { checkPurpose, checkTerms, type Purpose, type Terms } from "../../model/index.ts";
import { byModel } from "../dataUse/jsonFields.ts";
import { InvalidInputError } from "../errors.ts";
import {
  checkBytes,
  checkBytes32,
  checkId,
  checkList,
  checkObject,
  checkProof,
  checkUint,
  numberOf,
} from "./validate.ts";
import { DATA_LEVELS, type DataLevel, DEIDENTIFICATION_CLASSES, type DeidentificationClass, nameOf } from "./enums.ts";

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
  /** The institution that may take custody when the custodian is expelled; zero for none. */
  readonly successor: Hex;
  /** Ids of the datasets that this one is derived from, each once, at most 8. */
  readonly parents: readonly Hex[];
  readonly deidentification: Deidentification;
  /** Smallest number of participants behind any value (uint32), from 1; 0 unless the level is Aggregate. */
  readonly minimumCell: number;
}

/** How a dataset was de-identified, and who has looked at it. */
export interface Deidentification {
  /**
   * `Identifiable`: nothing was done. `Pseudonymised`: GDPR Art. 4(5), or HIPAA's limited data set, 164.514(e).
   * `Deidentified`: HIPAA 164.514(a) to (c). `Anonymised`: GDPR recital 26. `Synthetic`: ISO/IEC 20889.
   */
  readonly class: DeidentificationClass;
  /** SHA-256 of the document that describes the method; zero for class Identifiable alone. */
  readonly method: Hex;
  /** The institution that reviewed it; needed from class Deidentified on, zero for class Identifiable. */
  readonly reviewer: Hex;
}

/** The Merkle proof of all ancestors of a term in a release. */
export interface LineageWitness {
  /** Root of the release, of an ontology or of the region table. */
  readonly release: Hex;
  /** Mondo term, seven digits as a number (uint32). */
  readonly term: number;
  /** All strict ancestors, ascending (uint32). */
  readonly ancestors: readonly number[];
  readonly proof: readonly Hex[];
}

export function wireTerms(input: string, terms: Terms): Terms {
  checkObject(input, terms);
  checkObject(`${input}.notice`, terms.notice);
  for (const name of ["diseases", "regions"] as const) checkList(`${input}.${name}`, terms[name]);
  for (const name of TERMS_LISTS) checkBytes32List(`${input}.${name}`, terms[name]);
  for (const name of ["ontologyRelease", "regionRelease", "dictionaryRelease"] as const) {
    checkBytes32(`${input}.${name}`, terms[name]);
  }
  const { texts, controller, ethicsApproval } = terms.notice;
  checkBytes32(`${input}.notice.controller`, controller);
  checkBytes32(`${input}.notice.ethicsApproval`, ethicsApproval);
  checkList(`${input}.notice.texts`, texts);
  texts.forEach(({ language, form, sheet }, index) => {
    checkBytes(`${input}.notice.texts[${index}].language`, language, 8, 8);
    checkBytes32(`${input}.notice.texts[${index}].form`, form);
    checkBytes32(`${input}.notice.texts[${index}].sheet`, sheet);
  });
  byModel(input, () => {
    checkTerms(terms);
  });
  return terms;
}

const TERMS_LISTS = ["institutions", "users", "projects", "investigators", "researchTypes", "researchTexts"] as const;

export function wirePurpose(input: string, purpose: Purpose): Purpose {
  checkObject(input, purpose);
  for (const name of ["diseases", "regions"] as const) checkList(`${input}.${name}`, purpose[name]);
  for (const name of PURPOSE_LISTS) checkBytes32List(`${input}.${name}`, purpose[name]);
  byModel(input, () => {
    checkPurpose(purpose);
  });
  return purpose;
}

const PURPOSE_LISTS = ["institutions", "users", "projects", "collaborators", "researchTypes", "researchTexts"] as const;

function checkBytes32List(input: string, list: readonly unknown[]): void {
  checkList(input, list);
  list.forEach((item, index) => {
    checkBytes32(`${input}[${index}]`, item);
  });
}

export interface WireDatasetRecord extends Omit<DatasetRecord, "level" | "deidentification"> {
  level: number;
  deidentification: Omit<Deidentification, "class"> & { class: number };
}

export function wireDatasetRecord(input: string, record: DatasetRecord): WireDatasetRecord {
  checkObject(input, record);
  const { custodian, scopeId, contentDigest, manifestRoot, participantsRoot, termsDigest, previous } = record;
  const { level, successor, parents, deidentification, minimumCell } = record;
  for (const [field, value] of Object.entries({ custodian, scopeId, contentDigest, manifestRoot, termsDigest })) {
    checkId(`${input}.${field}`, value);
  }
  for (const [field, value] of Object.entries({ participantsRoot, previous, successor })) {
    checkBytes32(`${input}.${field}`, value);
  }
  checkList(`${input}.parents`, parents);
  parents.forEach((parent, index) => checkId(`${input}.parents[${index}]`, parent));
  checkUint(`${input}.minimumCell`, minimumCell, 32);
  return {
    custodian,
    scopeId,
    contentDigest,
    manifestRoot,
    participantsRoot,
    termsDigest,
    previous,
    level: numberOf(`${input}.level`, DATA_LEVELS, level),
    successor,
    parents,
    deidentification: wireDeidentification(`${input}.deidentification`, deidentification),
    minimumCell,
  };
}

function wireDeidentification(input: string, given: Deidentification): WireDatasetRecord["deidentification"] {
  checkObject(input, given);
  const { method, reviewer } = given;
  checkBytes32(`${input}.method`, method);
  checkBytes32(`${input}.reviewer`, reviewer);
  return { class: numberOf(`${input}.class`, DEIDENTIFICATION_CLASSES, given.class), method, reviewer };
}

export function datasetRecordOf({ level, deidentification, ...digests }: WireDatasetRecord): DatasetRecord {
  return {
    ...digests,
    level: nameOf(DATA_LEVELS, level),
    deidentification: { ...deidentification, class: nameOf(DEIDENTIFICATION_CLASSES, deidentification.class) },
  };
}

export function wireWitness(input: string, witness: LineageWitness): LineageWitness {
  checkObject(input, witness);
  const { release, term, ancestors, proof } = witness;
  checkId(`${input}.release`, release);
  checkUint(`${input}.term`, term, 32);
  checkList(`${input}.ancestors`, ancestors);
  checkAscending(`${input}.ancestors`, ancestors);
  checkProof(`${input}.proof`, proof);
  return { release, term, ancestors, proof };
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
