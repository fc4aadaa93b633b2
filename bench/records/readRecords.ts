import { JsonFileError, readJson } from "../../src/files/index.ts";

/** Elements that a consent word has room for. */
const MAX_BITS = 64;
/** The last second before which a consent can have been given: February 2106. */
const MAX_TIME = 2 ** 32 - 2 ** 20;

/** One consent of one patient for one study. */
export interface ConsentRecord {
  readonly patientId: number;
  readonly studyId: number;
  /** Unix seconds. */
  readonly recordTime: number;
  /** Indexes of the data dictionary, ascending. */
  readonly categories: readonly number[];
  readonly elements: readonly number[];
}

/** A file of consents with its data dictionary. */
export interface ConsentRecords {
  readonly categories: readonly string[];
  readonly elements: readonly string[];
  /** In the order of the file. */
  readonly records: readonly ConsentRecord[];
}

/** Whose consent for a study covers all that is asked for. */
export interface ResearcherQuery {
  readonly studyId: number;
  /** Unix seconds, inclusive; undefined for no limit. */
  readonly endTime: number | undefined;
  readonly categories: readonly number[];
  readonly elements: readonly number[];
  /** Ascending; undefined when the file does not say. */
  readonly expected: readonly number[] | undefined;
}

/** A patient's own history. */
export interface PatientQuery {
  readonly patientId: number;
  /** Undefined for all studies. */
  readonly studyId: number | undefined;
  /** Unix seconds, inclusive; undefined for no limit. */
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  /** In time order; undefined when the file does not say. */
  readonly expected: readonly string[] | undefined;
}

export interface Queries {
  readonly researcher: readonly ResearcherQuery[];
  readonly patient: readonly PatientQuery[];
}

/**
 * Reads consents in the shape of iDASH 2023 Track 2.
 * @throws JsonFileError, which names the place in the file
 */
export async function readConsentRecords(file: string): Promise<ConsentRecords> {
  const root = new Place(file, "$", await readJson(file));
  const categories = root.field("categories").list((name) => name.text());
  const elements = root.field("elements").list((name) => name.text());
  const bits = categories.length + elements.length;
  if (bits > MAX_BITS) {
    throw root.wrong(`has ${bits} categories and elements`, `Keep to ${MAX_BITS}: a consent has a bit for each.`);
  }
  const latest = new Map<string, number>();
  const records = root.field("records").list((record): ConsentRecord => {
    const fields = record.five();
    const [patientId, studyId] = [fields[0].whole(0), fields[1].whole(0)];
    const recordTime = fields[2].whole(0, MAX_TIME);
    const key = `${patientId} ${studyId}`;
    const before = latest.get(key);
    if (before !== undefined && before >= recordTime) {
      throw record.wrong(
        `is of ${recordTime}, and an earlier one of the same patient and study of ${before}`,
        "Sort the records by time, and give a patient one a second and study at the most.",
      );
    }
    latest.set(key, recordTime);
    return {
      patientId,
      studyId,
      recordTime,
      categories: fields[3].ascending(categories.length),
      elements: fields[4].ascending(elements.length),
    };
  });
  if (records.length === 0) throw root.field("records").wrong("is empty", "Give at least one record.");
  return { categories, elements, records };
}

/**
 * Reads queries in the shape of iDASH 2023 Track 2, with or without the answers expected.
 * @throws JsonFileError, which names the place in the file
 */
export async function readQueries(file: string, { categories, elements }: ConsentRecords): Promise<Queries> {
  const root = new Place(file, "$", await readJson(file));
  const researcher = root.field("researcher").list((query): ResearcherQuery => {
    const expected = query.optional("expectPatientIDs")?.list((id) => id.whole(0));
    return {
      studyId: query.field("studyID").whole(0),
      endTime: query.field("endTime").limit(),
      categories: query.field("categories").list((index) => index.whole(0, categories.length - 1)),
      elements: query.field("elements").list((index) => index.whole(0, elements.length - 1)),
      expected: expected?.sort((a, b) => a - b),
    };
  });
  const patient = root.field("patient").list((query): PatientQuery => {
    return {
      patientId: query.field("patientID").whole(0),
      studyId: query.field("studyID").limit(),
      startTime: query.field("startTime").limit(),
      endTime: query.field("endTime").limit(),
      expected: query.optional("expectLines")?.list((line) => line.text()),
    };
  });
  return { researcher, patient };
}

/** A value in a file of JSON, and where it stands. */
class Place {
  readonly #file: string;
  readonly #path: string;
  readonly #value: unknown;

  constructor(file: string, path: string, value: unknown) {
    this.#file = file;
    this.#path = path;
    this.#value = value;
  }

  wrong(problem: string, fix: string): JsonFileError {
    return new JsonFileError(this.#file, problem, fix, { path: this.#path });
  }

  field(name: string): Place {
    const found = this.optional(name);
    if (found === undefined) throw this.wrong(`has no ${name}`, `Add ${name}.`);
    return found;
  }

  optional(name: string): Place | undefined {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw this.wrong("is no object", "Write an object here.");
    }
    if (!Object.hasOwn(value, name)) return undefined;
    return new Place(this.#file, `${this.#path}.${name}`, (value as Record<string, unknown>)[name]);
  }

  list<Item>(read: (item: Place) => Item): Item[] {
    return this.#items().map(read);
  }

  /** The fields of a record. */
  five(): readonly [Place, Place, Place, Place, Place] {
    const [patient, study, time, categories, elements, ...more] = this.#items();
    if (!patient || !study || !time || !categories || !elements || more.length > 0) {
      throw this.wrong("has not five fields", "Write patient, study, time, category indexes and element indexes.");
    }
    return [patient, study, time, categories, elements];
  }

  /** Indexes below `count`, ascending: a consent holds a set, which has no order of its own. */
  ascending(count: number): number[] {
    const indexes = this.list((index) => index.whole(0, count - 1));
    if (indexes.some((index, at) => at > 0 && index <= (indexes[at - 1] as number))) {
      throw this.wrong("is not ascending", "Sort the indexes ascending and name each once.");
    }
    return indexes;
  }

  text(): string {
    if (typeof this.#value !== "string") throw this.wrong("is no text", "Write a text here.");
    return this.#value;
  }

  /** A whole number up to `most`. */
  whole(least: number, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.#value;
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
      throw this.wrong(`is no whole number ${range}`, `Write a whole number ${range}.`);
    }
    return value;
  }

  /** A whole number, or -1 for none. */
  limit(): number | undefined {
    const value = this.whole(-1);
    return value === -1 ? undefined : value;
  }

  #items(): Place[] {
    const value = this.#value;
    if (!Array.isArray(value)) throw this.wrong("is no list", "Write a list here.");
    return value.map((item, index) => new Place(this.#file, `${this.#path}[${index}]`, item));
  }
}
