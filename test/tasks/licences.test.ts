import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { before, describe, it } from "mocha";
import { type Address, getAddress, type Hex } from "viem";

import { institutionIdOf } from "../../src/sdk/index.ts";
import { digest, error, examples, json, startOwnWorld, words, type World, write } from "./support.ts";

const SCOPE = "Licence study";
const IDS = {
  biobank: "https://ror.org/biobank",
  university: "https://ror.org/university",
  processor: "https://ror.org/cloud",
  committee: "https://ror.org/committee",
  reviewers: "https://ror.org/reviewers",
};
const UNTIL = "2090-06-30";
const explanation = digest(4);
const agreement = digest(5);
const cohort = join(examples, "cohort.vcf");
const purpose = join(examples, "purpose.json");

type Given = Readonly<Record<string, unknown>>;

/** A licence as `licence show` prints it. */
interface Shown {
  readonly status: string;
  readonly derivation?: { readonly parent: string; readonly processor: Hex };
  readonly progress: Readonly<Record<string, unknown>>;
  readonly duties: readonly Readonly<Record<string, unknown>>[];
}

/** Institutions with a scope, terms and a dataset. */
async function study(world: World) {
  const { governance, biobank, university, company, committee, relayer, participants } = world.accounts;
  const [colleague, sponsor] = participants as [Address, Address];
  const [processor, reviewers] = [company, relayer];
  const admit = async (institution: string, account: Address, roles: string, type: string) =>
    await json(world, "institution admit", { institution, account, roles, type, region: "DK", from: governance });
  await admit(IDS.biobank, biobank, "custodian", "biobank");
  await admit(IDS.university, university, "researcher", "university");
  await admit(IDS.processor, processor, "processor", "company");
  await admit(IDS.committee, committee, "committee", "ethics-body");
  await admit(IDS.reviewers, reviewers, "committee", "ethics-body");
  await admit("https://ror.org/sponsor", sponsor, "researcher", "company");
  await json(world, "institution add-account", { institution: IDS.university, account: colleague, from: governance });
  await json(world, "scope create", { scope: SCOPE, committee: IDS.committee, from: biobank });
  const terms = write(world, "terms.json", { permissions: ["GRU"] });
  await json(world, "terms publish", { scope: SCOPE, file: terms, from: biobank });
  const anchor = { files: [cohort], scope: SCOPE, terms: "1", from: biobank };
  const { datasetId: dataset } = await json<{ datasetId: Hex }>(world, "dataset anchor", anchor);
  return { governance, biobank, university, colleague, processor, committee, reviewers, sponsor, dataset };
}

describe("the tasks for licences", () => {
  let world: World;
  let way: Awaited<ReturnType<typeof study>>;

  before(async () => {
    world = await startOwnWorld();
    way = await study(world);
  });

  const show = async (licence: string) => await json<Shown>(world, "licence show", { licence });

  const requested = async (more: Given = {}): Promise<string> => {
    const request = { dataset: way.dataset, purpose, until: UNTIL, from: way.university, ...more };
    return (await json<{ licenceId: string }>(world, "licence request", request)).licenceId;
  };
  const decided = async (more: Given = {}): Promise<string> => {
    const licence = await requested(more);
    await json(world, "licence decide", { licence });
    return licence;
  };
  const vote = async (licence: string, cast: string, more: Given = {}) =>
    await words(world, "licence vote", { licence, vote: cast, explanation, from: way.committee, ...more });
  const issued = async (more: Given = {}): Promise<string> => {
    const licence = await decided(more);
    await vote(licence, "approve");
    await json(world, "licence issue", { licence, agreement, from: way.biobank });
    return licence;
  };

  describe("licence sign", () => {
    it("signs what a colleague then sends, once", async () => {
      const out = join(world.directory, "official.json");
      const { dataset, university, colleague } = way;
      const ask = { dataset, purpose, until: UNTIL, delivery: "counts" };
      const signing = { ...ask, holder: colleague, deadline: "2089-01-01", out, from: university };
      expect(await words(world, "licence sign", signing))
        .to.match(/^Signed for +0x/m)
        .and.to.match(/^Send until +2089-01-01T00:00:00Z/m);
      expect(JSON.parse(readFileSync(out, "utf8"))).to.have.all.keys("deadline", "signature");
      expect((await error(world, "licence sign", signing)).name).to.equal("FileNotWritten");

      const alone = await error(world, "licence request", { ...ask, from: colleague });
      expect(alone.name).to.equal("LicenceSignatureInvalid");
      const request = { ...ask, signed: out, from: colleague };
      expect(await words(world, "licence request", { ...request, dryRun: true })).to.contain("Nothing was sent.");
      const licence = await requested(request);
      expect((await show(licence)).progress).to.include({ delivery: "Counts", holder: getAddress(colleague) });
      expect((await error(world, "licence request", request)).name).to.equal("LicenceSignatureUsed");
    });

    it("prints the signature where no file is named", async () => {
      const { dataset, university, colleague } = way;
      const signing = { dataset, purpose, until: UNTIL, holder: colleague, from: university };
      const printed = JSON.parse(await words(world, "licence sign", signing)) as object;
      expect(printed).to.have.all.keys("deadline", "signature");
      expect(await json(world, "licence sign", signing)).to.have.all.keys("deadline", "signature");
    });

    it("signs nothing that is none, and a request takes no other file", async () => {
      const { dataset, colleague } = way;
      const other = { dataset, purpose, until: UNTIL, signed: purpose, from: colleague };
      const refused = await error(world, "licence request", other);
      expect(refused.name).to.equal("InvalidInput");
      expect(refused.args).to.include({ input: "signed.deadline" });
    });
  });

  describe("licence request", () => {
    it("goes on from an issued licence", async () => {
      const renews = await issued();
      const text = await words(world, "licence request", {
        ...{ dataset: way.dataset, purpose, until: "2091-01-01", delivery: "export", renews },
        from: way.university,
      });
      expect(text)
        .to.match(/^Delivery +Export$/m)
        .and.to.match(/^Until +2091-01-01T00:00:00Z/m);
      const unknown = { dataset: way.dataset, purpose, until: UNTIL, renews: "999", from: way.university };
      expect((await error(world, "licence request", unknown)).name).to.equal("LicenceUnknown");
    });
  });

  describe("licence vote", () => {
    it("approves on conditions; what is left out stays as it was asked for", async () => {
      const licence = await decided({ delivery: "export" });
      const dry = await vote(licence, "approve", { delivery: "counts", dryRun: true });
      expect(dry).to.contain("Nothing was sent.");
      expect(await vote(licence, "approve", { delivery: "counts", elements: "0-3" }))
        .to.match(/^Vote +Approve$/m)
        .and.to.match(/^Delivery +Counts$/m)
        .and.to.match(/^Until +2090-06-30T00:00:00Z/m)
        .and.to.match(/^Elements +0xf$/m);
      const { status, progress } = await show(licence);
      expect(status).to.equal("Approved");
      expect(progress).to.include({ delivery: "Counts", elements: "15", untilIso: "2090-06-30T00:00:00Z" });
      expect(await words(world, "licence show", { licence }))
        .to.match(/^Elements +0xf$/m)
        .and.to.match(/^Promised +none$/m);
    });

    it("approves an earlier end, and never a later one", async () => {
      const licence = await decided();
      const approve = { licence, vote: "approve", explanation, from: way.committee };
      const wider = await error(world, "licence vote", { ...approve, until: "2091-01-01" });
      expect(wider).to.deep.include({ name: "LicenceConditionsWiden", args: { licenceId: licence } });
      const narrowed = await json<{ conditions: Given }>(world, "licence vote", { ...approve, until: "2089-01-01" });
      expect(narrowed.conditions).to.deep.include({ delivery: "InPlace", elements: "0" });
      expect(narrowed.conditions.untilIso).to.equal("2089-01-01T00:00:00Z");
    });
  });

  describe("licence appeal", () => {
    it("brings a refusal before the review committee that the scope has", async () => {
      const { governance, committee, reviewers, university } = way;
      const policy = { scope: SCOPE, reviewCommittee: IDS.reviewers, from: governance };
      expect(await words(world, "scope policy", { ...policy, dryRun: true })).to.contain("Nothing was sent.");
      expect(await words(world, "scope policy", policy)).to.match(/^Review committee +0x/m);
      const shown = await json<{ policy: Given }>(world, "scope show", { scope: SCOPE });
      expect(shown.policy).to.deep.equal({ reviewCommittee: institutionIdOf(IDS.reviewers) });
      const none = { ...policy, reviewCommittee: IDS.university };
      expect((await error(world, "scope policy", none)).name).to.equal("PolicyNotCommittee");

      const licence = await decided();
      await vote(licence, "refuse");
      const appeal = { licence, document: cohort, from: university };
      expect(await words(world, "licence appeal", { ...appeal, dryRun: true })).to.contain("Nothing was sent.");
      expect(await words(world, "licence appeal", appeal)).to.match(/^Appealed +\d+$/m);
      expect((await show(licence)).status).to.equal("UnderAppeal");
      const ballot = { licence, vote: "approve", explanation };
      const first = await error(world, "licence vote", { ...ballot, from: committee });
      expect(first.name).to.equal("LicenceNotResponsible");
      expect(await words(world, "licence vote", { ...ballot, from: reviewers })).to.match(/^Committee +0x/m);
      expect(await words(world, "licence show", { licence })).to.match(/^Vote +Approve, after an appeal$/m);
      expect(await words(world, "scope policy", { ...policy, reviewCommittee: "none" })).to.match(
        /^Review committee +none$/m,
      );
      expect(await words(world, "scope show", { scope: SCOPE })).to.match(/^Review committee +none$/m);
    });

    it("is refused with the contract's error", async () => {
      const licence = await decided();
      const refused = await error(world, "licence appeal", { licence, document: digest(1), from: way.university });
      expect(refused.name).to.equal("LicenceStepNotOpen");
    });
  });

  describe("licence suspend and reinstate", () => {
    it("let a licence rest and hold again", async () => {
      const licence = await issued();
      const suspend = { licence, explanation, from: way.biobank };
      expect(await words(world, "licence suspend", { ...suspend, dryRun: true })).to.contain("Nothing was sent.");
      expect(await json(world, "licence suspend", suspend)).to.include({ by: institutionIdOf(IDS.biobank) });
      expect((await show(licence)).status).to.equal("Suspended");
      const early = await error(world, "licence reinstate", suspend);
      expect(early.name).to.equal("AccessManagedUnauthorized");
      const reinstate = { ...suspend, from: way.committee };
      expect(await words(world, "licence reinstate", { ...reinstate, dryRun: true })).to.contain("Nothing was sent.");
      expect(await words(world, "licence reinstate", reinstate)).to.match(/^Reinstated +\d+$/m);
      expect((await show(licence)).status).to.equal("Effective");
    });
  });

  describe("licence reopen", () => {
    it("takes back what was resolved", async () => {
      const controls = write(world, "controls.json", { kinds: ["CTRL"], diseases: ["MONDO:9900010"] });
      const licence = await decided({ purpose: controls });
      const given = { licence, reasons: ["dataset:CTRL_NEEDS_REVIEW"], explanation, from: way.committee };
      expect(await words(world, "licence resolve", given)).to.match(/^Resolved +dataset:CTRL_NEEDS_REVIEW$/m);
      await vote(licence, "approve");
      expect(await words(world, "licence reopen", { ...given, dryRun: true })).to.contain("Nothing was sent.");
      expect(await words(world, "licence reopen", { ...given, terms: "1" })).to.match(
        /^Reopened +dataset:CTRL_NEEDS_REVIEW$/m,
      );
      const issue = await error(world, "licence issue", { licence, agreement, from: way.biobank });
      expect(issue.name).to.equal("LicenceNotApproved");
      const unknown = { ...given, reasons: ["dataset:UNPROVEN"] };
      expect((await error(world, "licence reopen", unknown)).name).to.equal("InvalidInput");
    });
  });

  describe("licence sub-license", () => {
    it("lets a processor work to the licence's own end unless told", async () => {
      const parent = await issued();
      const given = { licence: parent, holder: way.processor, agreement, from: way.university };
      expect(await words(world, "licence sub-license", { ...given, dryRun: true })).to.contain("Nothing was sent.");
      const text = await words(world, "licence sub-license", given);
      expect(text)
        .to.match(new RegExp(`^Derives from +${parent}$`, "m"))
        .and.to.match(/^Until +2090-06-30T00:00:00Z/m);
      const { licenceId } = await json<{ licenceId: string }>(world, "licence sub-license", {
        ...given,
        until: "2089-01-01",
      });
      const sub = await show(licenceId);
      expect(sub.derivation).to.deep.equal({ parent, processor: institutionIdOf(IDS.processor) });
      expect(sub.status).to.equal("Effective");
      expect(await words(world, "licence show", { licence: licenceId }))
        .to.match(new RegExp(`^Derives from +${parent}$`, "m"))
        .and.to.match(/^Processor +0x/m);
      const deeper = { ...given, licence: licenceId };
      expect((await error(world, "licence sub-license", deeper)).name).to.equal("LicenceNotSubLicensable");
    });
  });

  describe("licence card", () => {
    it("shows the token's metadata, and writes its picture once", async () => {
      const licence = await issued({ delivery: "counts" });
      const svg = join(world.directory, "card.svg");
      const text = await words(world, "licence card", { licence, svg });
      expect(text)
        .to.match(new RegExp(`^Name +Concord licence ${licence}$`, "m"))
        .and.to.match(/^Status +Effective$/m)
        .and.to.match(/^Delivery +Counts$/m)
        .and.to.match(/^Until +2090-06-30T00:00:00Z/m);
      expect(readFileSync(svg, "utf8"))
        .to.match(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
        .and.to.match(/<\/svg>$/);
      expect((await error(world, "licence card", { licence, svg })).name).to.equal("FileNotWritten");
      expect(await json(world, "licence card", { licence })).to.have.all.keys(
        ...["name", "description", "image", "attributes"],
      );
      const early = await error(world, "licence card", { licence: await requested() });
      expect(early.name).to.equal("ERC721NonexistentToken");
    });
  });

  describe("duty", () => {
    /** An issued licence to export, whose copies have to be destroyed by the end of 2088. */
    const owing = async (): Promise<string> => {
      const licence = await decided({ delivery: "export" });
      await vote(licence, "approve");
      await words(world, "duty impose", { licence, duties: ["Destroy=2088-12-31"], from: way.biobank });
      await json(world, "licence issue", { licence, agreement, from: way.biobank });
      return licence;
    };
    const destroy = async (licence: string, task: string, from: Address, more: Given = {}) =>
      await words(world, `duty ${task}`, { licence, kind: "Destroy", from, ...more });

    it("is imposed before the issue, and shown with its date", async () => {
      const publishing = { kinds: ["DS"], diseases: ["MONDO:9900010"], publication: true };
      const licence = await decided({ purpose: write(world, "publishing.json", publishing), delivery: "export" });
      await vote(licence, "approve");
      expect(await words(world, "licence show", { licence })).to.match(/^Promised +Publish$/m);
      const issue = { licence, agreement, from: way.biobank };
      expect((await error(world, "licence issue", issue)).name).to.equal("LicenceDutiesMissing");
      const impose = { licence, duties: ["Publish=2089-01-01", "Destroy=2088-12-31T12:00:00Z"], from: way.biobank };
      expect(await words(world, "duty impose", { ...impose, dryRun: true })).to.contain("Nothing was sent.");
      const text = await words(world, "duty impose", impose);
      expect(text)
        .to.match(/^Publish +due 2089-01-01T00:00:00Z/m)
        .and.to.match(/^Destroy +due 2088-12-31T12:00:00Z/m);
      await json(world, "licence issue", issue);
      const { duties, progress } = await show(licence);
      expect(progress.dutyDueAtIso).to.equal("2088-12-31T12:00:00Z");
      expect(duties.map(({ kind, state, dueAtIso }) => [kind, state, dueAtIso])).to.deep.equal([
        ["Publish", "Open", "2089-01-01T00:00:00Z"],
        ["Destroy", "Open", "2088-12-31T12:00:00Z"],
      ]);
      expect(duties[0]).to.have.property("changedAtIso");
      const shown = await words(world, "licence show", { licence });
      expect(shown).to.match(/^Duty Destroy +Open, due 2088-12-31T12:00:00Z/m);
    });

    it("is deferred, discharged, rejected and accepted", async () => {
      const licence = await owing();
      const { biobank, university } = way;
      expect(await destroy(licence, "defer", biobank, { due: "2089-01-01" })).to.match(/^Due +2089-01-01T00:00:00Z/m);
      expect(await destroy(licence, "discharge", university, { evidence: cohort })).to.match(/^Evidence +0x/m);
      expect((await show(licence)).duties[0]).to.include({ kind: "Destroy", state: "Discharged" });
      expect(await destroy(licence, "reject", biobank, { explanation })).to.match(/^Due +20\d{2}-/m);
      expect(await destroy(licence, "discharge", university, { evidence: digest(6) })).to.contain(digest(6));
      expect(await destroy(licence, "accept", biobank)).to.match(/^Fulfilled +Destroy$/m);
      const late = { licence, kind: "Destroy", due: "2089-06-01", from: biobank };
      expect((await error(world, "duty defer", late)).name).to.equal("DutyStepNotOpen");
    });

    it("bars the licensee while it is broken, until the committee takes it as made good", async () => {
      const licence = await owing();
      const { biobank, committee, university } = way;
      expect(await destroy(licence, "breach", biobank, { explanation })).to.match(/^Breached +Destroy$/m);
      expect((await show(licence)).status).to.equal("InBreach");
      const request = { dataset: way.dataset, purpose, until: UNTIL, from: university };
      expect((await error(world, "licence request", request)).name).to.equal("LicenceInstitutionBarred");
      expect(await destroy(licence, "cure", committee, { explanation })).to.match(/^Made good +Destroy$/m);
      expect((await show(licence)).status).to.equal("Effective");
    });

    it("is reported by anybody once it is overdue", async () => {
      const licence = await decided({ delivery: "export", from: way.sponsor });
      await vote(licence, "approve");
      const soon = Number((await show(licence)).progress.decidedAt);
      await json(world, "duty impose", { licence, duties: [`Destroy=${soon + 3600}`], from: way.biobank });
      await json(world, "licence issue", { licence, agreement, from: way.biobank });
      const report = { licence, kind: "Destroy", from: world.accounts.outsider };
      expect((await error(world, "duty report", report)).name).to.equal("DutyNotOverdue");
      await world.later(3600);
      expect((await show(licence)).status).to.equal("InBreach");
      expect(await words(world, "duty report", report)).to.match(/^Breached +Destroy$/m);
    });

    it("sends nothing on a dry run", async () => {
      const licence = await owing();
      const { biobank, university, committee } = way;
      const rehearsals: [task: string, from: Address, more: Given][] = [
        ["defer", biobank, { due: "2089-01-01" }],
        ["discharge", university, { evidence: digest(1) }],
        ["breach", committee, { explanation }],
      ];
      for (const [task, from, more] of rehearsals) {
        expect(await destroy(licence, task, from, { ...more, dryRun: true })).to.contain("Nothing was sent.");
      }
      expect((await show(licence)).duties[0]).to.include({ state: "Open" });
    });
  });
});
