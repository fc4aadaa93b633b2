import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { after, before, describe, it } from "mocha";

import { readArguments } from "../../bench/records/arguments.ts";
import { Dictionary } from "../../bench/records/dictionary.ts";
import { readConsentRecords, readQueries } from "../../bench/records/readRecords.ts";
import { reportRecords } from "../../bench/records/report.ts";
import { type RecordsResult, runRecords } from "../../bench/records/run.ts";
import { spreadOf } from "../../bench/records/statistics.ts";
import { JsonFileError } from "../../src/files/index.ts";

const DATA = {
  categories: ["01_Habits", "02_Samples"],
  elements: ["01_01_Sport", "01_02_Sleep", "02_01_Blood"],
  recordFormat: ["patientID", "studyID", "recordTime", "category indexes", "element indexes"],
  records: [
    [11, 5, 1_000, [0, 1], []],
    [12, 5, 1_001, [], [0, 2]],
    [11, 7, 1_002, [], [1]],
    [13, 5, 1_003, [], []],
    [12, 5, 1_004, [], []],
    [11, 5, 1_005, [1], [0]],
    [12, 5, 1_006, [0], [2]],
  ],
};

const QUERIES = {
  researcher: [
    { studyID: 5, endTime: -1, categories: [], elements: [0, 2], expectPatientIDs: [12, 11] },
    { studyID: 5, endTime: 1_003, categories: [1], elements: [1], expectPatientIDs: [11] },
    { studyID: 5, endTime: 1_005, categories: [], elements: [], expectPatientIDs: [11, 12, 13] },
    { studyID: 9, endTime: -1, categories: [0], elements: [] },
  ],
  patient: [
    {
      patientID: 11,
      studyID: -1,
      startTime: 1_001,
      endTime: -1,
      expectLines: ["7,1002,[],[01_02_Sleep]\n", "5,1005,[02_Samples],[01_01_Sport]\n"],
    },
    { patientID: 12, studyID: 5, startTime: -1, endTime: 1_004 },
    { patientID: 99, studyID: -1, startTime: -1, endTime: -1, expectLines: [] },
  ],
};

const quiet = (): void => undefined;

describe("bench:records", () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "concord-records-"));
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  const write = (name: string, value: unknown): string => {
    const file = join(directory, name);
    writeFileSync(file, JSON.stringify(value));
    return file;
  };
  const run = (queries: unknown, batchSize: number): Promise<RecordsResult> =>
    runRecords(
      { data: write("data.json", DATA), queries: write("queries.json", queries), batchSize, build: false },
      quiet,
    );

  it("imports every record, and answers as the file alone does, one by one and in batches", async () => {
    const single = await run(QUERIES, 1);
    expect(single).to.include({ records: 7, studies: 2, consents: 4 });
    expect(single.answers).to.deep.equal({ right: 7, of: 7, expected: 5 });
    const batch = await run(QUERIES, 4);
    expect(batch.answers.right).to.equal(7);
    expect(batch.gasPerRecord.mean).to.be.below(single.gasPerRecord.mean);
    expect(reportRecords(batch)).to.contain("7 of 7 answers are right").and.to.contain("in batches of 4");
  });

  it("tells an answer that the file does not expect", async () => {
    const [first] = QUERIES.researcher;
    const { answers, wrong } = await run({ patient: [], researcher: [{ ...first, expectPatientIDs: [11] }] }, 100);
    expect(answers).to.deep.equal({ right: 0, of: 1, expected: 1 });
    expect(wrong).to.deep.equal([{ query: "$.researcher[0]", answer: [11, 12], evaluated: [11, 12], expected: [11] }]);
  });

  it("keeps within its bounds on the public data, where CONCORD_IDASH names their directory", async function () {
    const shared = process.env.CONCORD_IDASH;
    if (shared === undefined) {
      console.log("      CONCORD_IDASH is not set: skipped");
      this.skip();
    }
    const files = { data: join(shared, "consents.json"), queries: join(shared, "queries.json") };
    const result = await runRecords({ ...files, batchSize: 100, build: false }, quiet);
    expect(result.answers.right).to.equal(result.answers.of);
    expect(result.gasPerRecord.mean).to.be.at.most(38_000);
    expect(result.gasPerResearcherQuery.mean).to.be.at.most(230_000);
    expect(result.gasPerAllStudiesPatientQuery.mean).to.be.at.most(230_000);
  });

  it("names the place of what is wrong in a file", async () => {
    const record = DATA.records[0] as [number, number, number, number[], number[]];
    const [patient, study, time] = record;
    const records = (...list: readonly unknown[]) => ({ ...DATA, records: list });
    const cases: readonly (readonly [unknown, string])[] = [
      [[], "$"],
      [{ ...DATA, categories: [1] }, "$.categories[0]"],
      [{ ...DATA, elements: Array<string>(63).fill("x") }, "$"],
      [records(), "$.records"],
      [records([patient, study]), "$.records[0]"],
      [records([-1, study, time, [], []]), "$.records[0][0]"],
      [records([patient, study, 2 ** 32, [], []]), "$.records[0][2]"],
      [records(record, [patient, study, time + 1, [2], []]), "$.records[1][3][0]"],
      [records([patient, study, time, [], [1, 0]]), "$.records[0][4]"],
      [records(record, record), "$.records[1]"],
    ];
    for (const [index, [data, path]] of cases.entries()) {
      const error: unknown = await readConsentRecords(write(`bad-${index}.json`, data)).catch(
        (thrown: unknown) => thrown,
      );
      expect(error, path).to.be.instanceOf(JsonFileError);
      expect((error as JsonFileError).args.path).to.equal(path);
    }
    const data = await readConsentRecords(write("data.json", DATA));
    const queries = write("no-end.json", { researcher: [{ studyID: 5 }], patient: [] });
    const error: unknown = await readQueries(queries, data).catch((thrown: unknown) => thrown);
    expect((error as JsonFileError).args.path).to.equal("$.researcher[0]");
    const absent: unknown = await readConsentRecords(join(directory, "none.json")).catch((thrown: unknown) => thrown);
    expect(absent).to.be.instanceOf(JsonFileError);
  });

  it("reads its command line, and refuses what it does not know", () => {
    const files = ["--data", "a", "--queries", "b"];
    expect(readArguments(["--help"])).to.equal("help");
    expect(readArguments(files)).to.deep.equal({ data: "a", queries: "b", batchSize: 1, json: false });
    expect(readArguments([...files, "--batch", "50", "--json"])).to.include({ batchSize: 50, json: true });
    for (const wrong of [
      [],
      ["--data", "a"],
      [...files, "--batch", "0"],
      [...files, "--batch", "1e1"],
      [...files, "--batch", "101"],
      [...files, "--single", "--batch", "2"],
      [...files, "--bulk"],
      [...files, "more"],
    ]) {
      expect(() => readArguments(wrong), wrong.join(" "))
        .to.throw()
        .with.property("name", "UsageInvalid");
    }
  });

  it("gives a category and its elements bits of their own, and takes an element from either", () => {
    const dictionary = new Dictionary(DATA);
    const named = { categories: [1], elements: [0, 2] };
    expect(dictionary.bitsOf(named)).to.equal(0b10110n);
    expect(dictionary.namedBy(0b10110n)).to.deep.equal(named);
    expect(dictionary.needsOf(named)).to.deep.equal([0b10n, 0b101n, 0b10010n]);
  });

  it("tells how figures are spread", () => {
    expect(spreadOf([])).to.deep.equal({ mean: 0, median: 0, p95: 0, max: 0 });
    const figures = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect(spreadOf(figures)).to.deep.equal({ mean: 11, median: 10, p95: 19, max: 20 });
  });
});
