import { expect } from "chai";
import { describe, it } from "mocha";

import { FACTS } from "../../src/model/index.ts";
import {
  acceptDuty,
  type ConcordClient,
  cureDuty,
  declareDutyBreach,
  deferDuty,
  dischargeDuty,
  type DutyKind,
  getDuties,
  getLicence,
  imposeDuties,
  issueLicence,
  rejectDuty,
  reportOverdueDuty,
} from "../../src/sdk/index.ts";
import { approved, explanation, issued, later, purpose, requested } from "./licensing.ts";
import { digestOf, latestTime, loadWorld, refusal, type World } from "./world.ts";

const evidence = digestOf("certificate of destruction");
const agreementDigest = digestOf("agreement");
const FORTNIGHT = 14 * 24 * 60 * 60;
const kind = "Destroy";

/** An issued licence to export, whose copies have to be destroyed a day from now. */
async function owing(world: World): Promise<{ licenceId: bigint; dueAt: number }> {
  const { biobank } = world;
  const licenceId = await approved(world, { delivery: "Export", until: 4_000_000_000 });
  const dueAt = await later(world, 86_400);
  await imposeDuties(biobank, { licenceId, duties: [{ kind, dueAt }] });
  await issueLicence(biobank, { licenceId, agreementDigest });
  return { licenceId, dueAt };
}

async function statusOf({ reader }: World, licenceId: bigint): Promise<string> {
  return (await getLicence(reader, { licenceId })).status;
}

describe("imposeDuties", () => {
  it("opens duties, the soonest of which the licence knows", async () => {
    const world = await loadWorld();
    const { biobank, reader } = world;
    const licenceId = await approved(world);
    expect(await getDuties(reader, { licenceId })).to.deep.equal([]);
    const soon = await later(world, 1000);
    const duties = [
      { kind: "Moratorium", dueAt: soon },
      { kind: "Publish", dueAt: soon + 2000 },
      { kind: "Collaborate", dueAt: soon + 1000 },
    ] as const;
    expect(await imposeDuties(biobank, { licenceId, duties })).to.deep.include({ licenceId, duties });
    const { progress } = await getLicence(reader, { licenceId });
    expect(progress.imposed).to.deep.equal(["Publish", "Collaborate", "Moratorium"]);
    expect(progress.dutyDueAt).to.equal(soon + 1000);
    const changedAt = await latestTime(world);
    expect(await getDuties(reader, { licenceId })).to.deep.equal([
      { kind: "Publish", state: "Open", dueAt: soon + 2000, changedAt },
      { kind: "Collaborate", state: "Open", dueAt: soon + 1000, changedAt },
      { kind: "Moratorium", state: "Open", dueAt: soon, changedAt },
    ]);
  });

  it("has to impose what was promised, and the destruction of copies, before the licence is issued", async () => {
    const world = await loadWorld();
    const { biobank, reader } = world;
    const promising = { ...purpose, stated: FACTS.publication };
    const licenceId = await approved(world, { purpose: promising, delivery: "Export" });
    const missing = await refusal(issueLicence(biobank, { licenceId, agreementDigest }), "LicenceDutiesMissing");
    expect(missing.args).to.deep.equal({ missing: 0b10001 });
    const dueAt = await later(world);
    const duties = [{ kind: "Publish", dueAt } as const, { kind, dueAt } as const];
    await imposeDuties(biobank, { licenceId, duties });
    await issueLicence(biobank, { licenceId, agreementDigest });
    expect((await getLicence(reader, { licenceId })).progress.promised).to.deep.equal(["Publish"]);
  });

  it("is for the custodian of an approved licence, once for each kind, with a date to come", async () => {
    const world = await loadWorld();
    const { biobank, university } = world;
    const licenceId = await approved(world);
    const duties = [{ kind, dueAt: await later(world) }] as const;
    await refusal(imposeDuties(university, { licenceId, duties }), "AccessManagedUnauthorized");
    const early = await refusal(
      imposeDuties(biobank, { licenceId: await requested(world), duties }),
      "DutyLicenceNotOpen",
    );
    expect(early.args).to.deep.equal({ licenceId: 2n });
    await refusal(imposeDuties(biobank, { licenceId, duties: [{ kind, dueAt: 1 }] }), "DutyDatePassed");
    const twice = imposeDuties(biobank, { licenceId, duties: [...duties, ...duties] });
    expect((await refusal(twice, "DutyStepNotOpen")).args).to.deep.equal({ licenceId, kind: 4, state: 1 });
    await refusal(imposeDuties(biobank, { licenceId: 99n, duties }), "LicenceUnknown");
    expect((await imposeDuties(biobank, { licenceId, duties, dryRun: true })).dryRun).to.equal(true);
    expect(await getDuties(world.reader, { licenceId })).to.deep.equal([]);
  });

  it("names what is not well-formed", async () => {
    const { biobank, reader } = await loadWorld();
    const duty = { kind, dueAt: 2_000_000_000 } as const;
    const bad: [input: string, wrong: object][] = [
      ["licenceId", { licenceId: 0n }],
      ["duties", { duties: [] }],
      ["duties", { duties: duty }],
      ["duties[0]", { duties: [undefined] }],
      ["duties[1].kind", { duties: [duty, { ...duty, kind: "destroy" }] }],
      ["duties[0].dueAt", { duties: [{ ...duty, dueAt: 2 ** 32 }] }],
    ];
    for (const [input, wrong] of bad) {
      const given = { licenceId: 1n, duties: [duty], ...wrong };
      expect((await refusal(imposeDuties(biobank, given), "InvalidInput")).args.input).to.equal(input);
    }
    expect((await refusal(getDuties(reader, { licenceId: -1n }), "InvalidInput")).args.input).to.equal("licenceId");
  });
});

describe("deferDuty", () => {
  it("moves the date to a later one", async () => {
    const world = await loadWorld();
    const { biobank, reader } = world;
    const { licenceId, dueAt } = await owing(world);
    const deferred = await deferDuty(biobank, { licenceId, kind, dueAt: dueAt + 5 });
    expect(deferred).to.include({ licenceId, kind, dueAt: dueAt + 5 });
    expect((await getLicence(reader, { licenceId })).progress.dutyDueAt).to.equal(dueAt + 5);
    const sooner = await refusal(deferDuty(biobank, { licenceId, kind, dueAt }), "DutyDatePassed");
    expect(sooner.args).to.deep.equal({ dueAt, earliest: BigInt(dueAt + 6) });
    const early = await refusal(deferDuty(biobank, { licenceId, kind, dueAt: 1.5 }), "InvalidInput");
    expect(early.args.input).to.equal("dueAt");
  });
});

describe("dischargeDuty, acceptDuty and rejectDuty", () => {
  it("show evidence, refuse it, and accept it", async () => {
    const world = await loadWorld();
    const { biobank, university, reader } = world;
    const { licenceId } = await owing(world);
    const states = async () => (await getDuties(reader, { licenceId })).map(({ state }) => state);
    expect(await dischargeDuty(university, { licenceId, kind, evidence })).to.include({ licenceId, kind });
    expect(await states()).to.deep.equal(["Discharged"]);
    const rejected = await rejectDuty(biobank, { licenceId, kind, explanation });
    const dueAt = (await latestTime(world)) + FORTNIGHT;
    expect(rejected).to.include({ licenceId, kind, dueAt });
    const [open] = await getDuties(reader, { licenceId });
    expect(open).to.include({ state: "Open", dueAt });
    await dischargeDuty(university, { licenceId, kind, evidence });
    expect(await acceptDuty(biobank, { licenceId, kind })).to.include({ licenceId, kind });
    expect(await states()).to.deep.equal(["Fulfilled"]);
    expect((await getLicence(reader, { licenceId })).progress.dutyDueAt).to.equal(0);
  });
});

describe("reportOverdueDuty and cureDuty", () => {
  it("bar the licensee by a breach that its date shows, until the committee takes it as made good", async () => {
    const world = await loadWorld();
    const { stranger, committee, connection } = world;
    const { licenceId, dueAt } = await owing(world);
    const early = await refusal(reportOverdueDuty(stranger, { licenceId, kind }), "DutyNotOverdue");
    expect(early.args).to.deep.equal({ licenceId, kind: 4, dueAt });
    await connection.networkHelpers.time.increaseTo(dueAt);
    expect(await statusOf(world, licenceId)).to.equal("InBreach");
    expect(await reportOverdueDuty(stranger, { licenceId, kind })).to.include({ licenceId, kind });
    await refusal(requested(world), "LicenceInstitutionBarred");
    expect(await cureDuty(committee, { licenceId, kind, explanation })).to.include({ licenceId, kind });
    expect(await statusOf(world, licenceId)).to.equal("Effective");
    expect(await requested(world)).to.equal(2n);
  });
});

describe("declareDutyBreach", () => {
  it("records what dates do not show", async () => {
    const world = await loadWorld();
    const { biobank, university } = world;
    const { licenceId } = await owing(world);
    const given = { licenceId, kind, explanation } as const;
    const other = await refusal(declareDutyBreach(university, given), "DutyNotResponsible");
    expect(other.args).to.have.all.keys("licenceId", "caller");
    expect(await declareDutyBreach(biobank, given)).to.include({ licenceId, kind });
    expect(await statusOf(world, licenceId)).to.equal("InBreach");
    const again = await refusal(declareDutyBreach(biobank, given), "DutyStepNotOpen");
    expect(again.args).to.deep.equal({ licenceId, kind: 4, state: 4 });
  });
});

/** A step on one duty, whoever may take it, and what else it is given. */
type Step = readonly [
  act: (client: ConcordClient, parameters: never) => Promise<unknown>,
  who: (world: World) => ConcordClient,
  more: Readonly<Record<string, unknown>>,
];

const STEPS: readonly Step[] = [
  [deferDuty, ({ biobank }) => biobank, { dueAt: 4_000_000_000 }],
  [dischargeDuty, ({ university }) => university, { evidence }],
  [acceptDuty, ({ biobank }) => biobank, {}],
  [rejectDuty, ({ biobank }) => biobank, { explanation }],
  [reportOverdueDuty, ({ relayer }) => relayer, {}],
  [declareDutyBreach, ({ committee }) => committee, { explanation }],
  [cureDuty, ({ committee }) => committee, { explanation }],
];

describe("every step on a duty", () => {
  for (const [act, who, more] of STEPS) {
    it(`${act.name}: is of a duty that there is, and by whoever has a part in it`, async () => {
      const world = await loadWorld();
      const licenceId = await issued(world);
      const take = async (client: ConcordClient) => await act(client, { licenceId, kind, ...more } as never);
      const none = await refusal(take(who(world)), "DutyStepNotOpen");
      expect(none.args).to.deep.equal({ licenceId, kind: 4, state: 0 });
      if (act !== reportOverdueDuty) await refusal(take(world.stranger), "AccessManagedUnauthorized");
    });

    it(`${act.name}: names what is not well-formed`, async () => {
      const world = await loadWorld();
      const given = { licenceId: 1n, kind, ...more };
      const bad: [input: string, wrong: object][] = [
        ["licenceId", { licenceId: 1 }],
        ["kind", { kind: "Sing" as DutyKind }],
        ["kind", { kind: 4 }],
        ...Object.keys(more).map((input): [string, object] => [input, { [input]: "0x12" }]),
      ];
      for (const [input, wrong] of bad) {
        const { args } = await refusal(act(who(world), { ...given, ...wrong } as never), "InvalidInput");
        expect(args.input).to.equal(input);
      }
    });
  }

  it("sends nothing on a dry run", async () => {
    const world = await loadWorld();
    const { biobank, university, reader } = world;
    const { licenceId, dueAt } = await owing(world);
    const before = await getDuties(reader, { licenceId });
    const given = { licenceId, kind, dryRun: true } as const;
    expect((await deferDuty(biobank, { ...given, dueAt: dueAt + 1 })).dryRun).to.equal(true);
    expect((await dischargeDuty(university, { ...given, evidence })).dryRun).to.equal(true);
    expect((await declareDutyBreach(biobank, { ...given, explanation })).dryRun).to.equal(true);
    expect(await getDuties(reader, { licenceId })).to.deep.equal(before);
  });
});
