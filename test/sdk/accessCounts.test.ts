import { expect } from "chai";
import { describe, it } from "mocha";

import {
  type AccessCount,
  countAccesses,
  countCoverage,
  decideLicence,
  decidePurpose,
  issueLicence,
  logAccess,
  requestLicence,
  suppressAccessCounts,
  suppressCoverage,
  voteLicence,
} from "../../src/sdk/index.ts";
import { digestOf, generalTerms, ids, latestTime, loadWorld, purposeFor, refusal } from "./world.ts";

const row: AccessCount = {
  ...{ licenceId: 1n, custodian: ids.biobank, month: "2026-11" },
  ...{ accesses: 2, participants: 26, largest: 14 },
};

describe("countAccesses", () => {
  it("counts by licence, custodian and month", async () => {
    const world = await loadWorld();
    const { university, relayer, committee, biobank, reader, dataset, connection } = world;
    expect((await countAccesses(reader)).counts).to.deep.equal([]);
    const purpose = purposeFor([4]);
    const until = (await latestTime(world)) + 100 * 24 * 60 * 60;
    const { licenceId } = await requestLicence(university, { dataset, purpose, until });
    await decidePurpose(relayer, { terms: generalTerms, purpose });
    await decideLicence(relayer, { licenceId });
    await voteLicence(committee, { licenceId, vote: "Approve", explanation: digestOf("minutes") });
    await issueLicence(biobank, { licenceId, agreementDigest: digestOf("agreement") });
    const log = async (count: number): Promise<string> => {
      const texts = { root: digestOf("root"), agent: digestOf("agent"), workflow: digestOf("workflow") };
      const { entry } = await logAccess(biobank, { licenceId, count, claimedBlock: 1n, ...texts });
      return new Date(entry.loggedAt * 1_000).toISOString().slice(0, 7);
    };
    const month = await log(12);
    const blockNumber = await world.publicClient.getBlockNumber({ cacheTime: 0 });
    await connection.networkHelpers.time.increase(40 * 24 * 60 * 60);
    const next = await log(3);
    await log(20);
    const first = { licenceId, custodian: ids.biobank, month, accesses: 1, participants: 12, largest: 12 };
    const second = { ...first, month: next, accesses: 2, participants: 23, largest: 20 };
    expect((await countAccesses(reader)).counts).to.deep.equal([first, second]);
    expect(await countAccesses(reader, { blockNumber })).to.deep.equal({ blockNumber, counts: [first] });
    await refusal(countAccesses(reader, { blockNumber: -1n }), "InvalidInput");
  });
});

describe("suppressAccessCounts", () => {
  it("rounds, and leaves out what is about few", () => {
    const { licenceId, custodian, month } = row;
    expect(suppressAccessCounts([row, { ...row, accesses: 17 }])).to.deep.equal([
      { licenceId, custodian, month, accesses: undefined, participants: 30 },
      { licenceId, custodian, month, accesses: 20, participants: 30 },
    ]);
    // Ten accesses to the data of the same three people.
    expect(suppressAccessCounts([{ ...row, accesses: 10, participants: 30, largest: 3 }])).to.deep.equal([]);
  });
});

describe("suppressCoverage", () => {
  const cohort = (covered: number, reasons: readonly string[][]) =>
    suppressCoverage(
      countCoverage([
        ...[...Array<number>(covered)].map(() => ({ isEffective: true, reasons: [] })),
        ...reasons.map((one) => ({ isEffective: false, reasons: one })),
      ]),
    );

  it("tells the total only beside all its parts, and no reason of few", () => {
    const denied = [...Array<string[]>(12)].map((_, at) => (at < 9 ? ["a", "b"] : ["a"]));
    expect(cohort(34, denied)).to.deep.equal({ participants: 50, covered: 30, notCovered: 10, byReason: { a: 10 } });
    const nothing = { participants: undefined, notCovered: undefined, byReason: {} };
    expect(cohort(34, denied.slice(0, 9))).to.deep.equal({ ...nothing, covered: 30 });
    expect(cohort(0, [])).to.deep.equal({ ...nothing, covered: undefined });
  });
});
