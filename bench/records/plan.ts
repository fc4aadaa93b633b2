import { concatHex, type Hex, keccak256, sliceHex, stringToHex, zeroHash } from "viem";

import { NO_EXPIRY } from "../../src/model/index.ts";
import { type ConsentKey, type PaperConsent, participantIdInSeries, scopeIdOf } from "../../src/sdk/index.ts";
import type { Dictionary } from "./dictionary.ts";
import type { ConsentRecord, ConsentRecords } from "./readRecords.ts";

/** A record as its custodian brings it in. */
export type PlannedImport = Required<Pick<PaperConsent, "participantId" | "version">> & PaperConsent & { scopeId: Hex };

/** What a custodian writes down before importing: who has which id, and what is on which paper. */
export class ImportPlan {
  /** In the order of the records. */
  readonly imports: readonly PlannedImport[];
  /** The studies, in the order of their first records. */
  readonly studies: readonly number[];
  /** Of each study, the patients in the order of their numbers. */
  readonly #patients = new Map<number, Map<number, number>>();

  constructor({ records }: ConsentRecords, dictionary: Dictionary, termsDigest: Hex) {
    const versions = new Map<string, number>();
    this.imports = records.map((record): PlannedImport => {
      const key = this.#keyFor(record);
      const version = (versions.get(key.participantId) ?? 0) + 1;
      versions.set(key.participantId, version);
      const [elements, signedAt] = [dictionary.bitsOf(record), record.recordTime];
      return { ...key, termsDigest, elements, until: NO_EXPIRY, signedAt, version };
    });
    this.studies = [...this.#patients.keys()];
  }

  /** A patient's own (scope, id) pairs, with the study of each. */
  keysOf(patientId: number, studies: readonly number[]): { readonly studyId: number; readonly key: ConsentKey }[] {
    return studies.flatMap((studyId) => {
      const number = this.#patients.get(studyId)?.get(patientId);
      return number === undefined ? [] : [{ studyId, key: keyOf(studyId, number) }];
    });
  }

  /** The patients of a study by their ids: the custodian's link table. */
  patientsOf(studyId: number): ReadonlyMap<Hex, number> {
    const patients = this.#patients.get(studyId) ?? new Map<number, number>();
    return new Map([...patients].map(([patientId, number]) => [keyOf(studyId, number).participantId, patientId]));
  }

  #keyFor({ studyId, patientId }: ConsentRecord): ConsentKey {
    const patients = this.#patients.get(studyId) ?? new Map<number, number>();
    this.#patients.set(studyId, patients);
    const number = patients.get(patientId) ?? patients.size;
    patients.set(patientId, number);
    return keyOf(studyId, number);
  }
}

/** The scope of a study. */
export function scopeOf(studyId: number): Hex {
  return scopeIdOf(`study ${studyId}`);
}

/** In use, a series is drawn at random; here it is the same in each run, and with it the gas. */
function keyOf(studyId: number, number: number): ConsentKey {
  const series = concatHex([
    sliceHex(keccak256(stringToHex(`series of study ${studyId}`)), 0, 16),
    sliceHex(zeroHash, 16),
  ]);
  return { scopeId: scopeOf(studyId), participantId: participantIdInSeries(series, number) };
}
