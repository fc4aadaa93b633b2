import { expect } from "chai";
import { describe, it } from "mocha";
import { zeroHash } from "viem";

import { KINDS } from "../../src/model/index.ts";
import {
  appealLicence,
  approveLicenceWith,
  type ConcordClient,
  declareConflict,
  getLicence,
  issueLicence,
  type LicenceConditions,
  reopenLicenceReasons,
  resolveLicenceReasons,
  setReviewCommittee,
  voteLicence,
} from "../../src/sdk/index.ts";
import {
  admitReviewers,
  approved,
  decided,
  explanation,
  issued,
  purpose,
  refused,
  requested,
  REVIEWERS,
} from "./licensing.ts";
import { digestOf, ids, loadWorld, purposeFor, refusal, type World } from "./world.ts";

const document = digestOf("grounds of the appeal");
const MONTH = 30 * 24 * 60 * 60;

/** The world with a review committee. */
async function withReviewers(): Promise<World & { readonly reviewers: ConcordClient }> {
  const world = await loadWorld();
  const reviewers = await admitReviewers(world);
  await setReviewCommittee(world.registrar, { scopeId: ids.scope, committee: REVIEWERS });
  return { ...world, reviewers };
}

describe("approveLicenceWith", () => {
  it("approves less than was asked for", async () => {
    const world = await loadWorld();
    const { committee, reader } = world;
    const licenceId = await decided(world, { delivery: "Export", purpose: { ...purpose, elements: 0b1110n } });
    const { until } = (await getLicence(reader, { licenceId })).progress;
    const conditions: LicenceConditions = { until: until - 1, delivery: "Counts", elements: 0b0110n };
    const voted = await approveLicenceWith(committee, { licenceId, conditions, explanation });
    expect(voted).to.deep.include({ licenceId, committee: ids.committee, conditions });
    const { status, progress } = await getLicence(reader, { licenceId });
    expect(status).to.equal("Approved");
    expect(progress).to.deep.include({ vote: "Approve", ...conditions });
  });

  it("never gives more, and never what is over", async () => {
    const world = await loadWorld();
    const { committee } = world;
    const licenceId = await decided(world, { purpose: { ...purpose, elements: 0b0110n } });
    const { until } = (await getLicence(world.reader, { licenceId })).progress;
    const asked: LicenceConditions = { until, delivery: "InPlace", elements: 0b0110n };
    const wider: Partial<LicenceConditions>[] = [
      { until: until + 1 },
      { delivery: "Export" },
      { elements: 0b1110n },
      { elements: 0n },
    ];
    for (const more of wider) {
      const vote = approveLicenceWith(committee, { licenceId, conditions: { ...asked, ...more }, explanation });
      expect((await refusal(vote, "LicenceConditionsWiden")).args).to.deep.equal({ licenceId });
    }
    const over = approveLicenceWith(committee, { licenceId, conditions: { ...asked, until: 1 }, explanation });
    await refusal(over, "LicenceUntilPassed");
    expect((await getLicence(world.reader, { licenceId })).progress.vote).to.equal("None");
    const dry = { licenceId, conditions: asked, explanation, dryRun: true } as const;
    expect((await approveLicenceWith(committee, dry)).dryRun).to.equal(true);
    expect((await getLicence(world.reader, { licenceId })).status).to.equal("AwaitingVote");
  });

  it("is for the scope's committee, with reasons", async () => {
    const world = await loadWorld();
    const { committee, biobank, reader } = world;
    const licenceId = await decided(world);
    const { until } = (await getLicence(reader, { licenceId })).progress;
    const vote = { licenceId, conditions: { until, delivery: "Counts", elements: 1n }, explanation } as const;
    await refusal(approveLicenceWith(biobank, vote), "AccessManagedUnauthorized");
    await refusal(approveLicenceWith(committee, { ...vote, explanation: zeroHash }), "LicenceVoteUnexplained");
  });

  it("names what is not well-formed", async () => {
    const { committee } = await loadWorld();
    const conditions: LicenceConditions = { until: 2_000_000_000, delivery: "Counts", elements: 1n };
    const vote = { licenceId: 1n, conditions, explanation };
    const bad: [input: string, wrong: object][] = [
      ["licenceId", { licenceId: 1 }],
      ["conditions.until", { conditions: { ...conditions, until: -1 } }],
      ["conditions.delivery", { conditions: { ...conditions, delivery: "inPlace" } }],
      ["conditions.elements", { conditions: { ...conditions, elements: 1n << 64n } }],
      ["conditions.elements", { conditions: { ...conditions, elements: 1 } }],
      ["conditions", { conditions: undefined }],
      ["explanation", { explanation: "because" }],
    ];
    for (const [input, wrong] of bad) {
      const { args } = await refusal(approveLicenceWith(committee, { ...vote, ...wrong }), "InvalidInput");
      expect(args.input).to.equal(input);
    }
  });
});

describe("appealLicence", () => {
  it("is heard by the review committee, whose vote is the last", async () => {
    const world = await withReviewers();
    const { university, committee, reviewers, reader } = world;
    const licenceId = await refused(world);
    expect(await appealLicence(university, { licenceId, document })).to.include({ licenceId, document });
    const appealed = await getLicence(reader, { licenceId });
    expect(appealed.status).to.equal("UnderAppeal");
    expect(appealed.progress).to.include({ vote: "None", isAppealed: true });
    const ballot = { licenceId, vote: "Refuse", explanation } as const;
    await refusal(voteLicence(committee, ballot), "LicenceNotResponsible");
    expect((await voteLicence(reviewers, ballot)).committee).to.equal(REVIEWERS);
    expect((await getLicence(reader, { licenceId })).status).to.equal("Refused");
    const again = await refusal(appealLicence(university, { licenceId, document }), "LicenceAppealClosed");
    expect(again.args).to.deep.equal({ licenceId });
  });

  it("is heard by the scope's committee where there is no other", async () => {
    const world = await loadWorld();
    const { university, committee, biobank } = world;
    const licenceId = await refused(world);
    await appealLicence(university, { licenceId, document });
    await voteLicence(committee, { licenceId, vote: "Approve", explanation });
    const token = await issueLicence(biobank, { licenceId, agreementDigest: digestOf("agreement") });
    expect(token.licenceId).to.equal(licenceId);
  });

  it("is open to the licensee of a refused request, for 30 days", async () => {
    const world = await loadWorld();
    const { university, company, connection, stranger } = world;
    const open = await approved(world);
    await refusal(appealLicence(university, { licenceId: open, document }), "LicenceStepNotOpen");
    const licenceId = await refused(world, { until: 4_000_000_000 });
    await refusal(appealLicence(company, { licenceId, document }), "LicenceNotResponsible");
    await refusal(appealLicence(stranger, { licenceId, document }), "AccessManagedUnauthorized");
    expect((await appealLicence(university, { licenceId, document, dryRun: true })).dryRun).to.equal(true);
    const { decidedAt } = (await getLicence(world.reader, { licenceId })).progress;
    await connection.networkHelpers.time.increaseTo(decidedAt + MONTH - 1);
    await refusal(appealLicence(university, { licenceId, document }), "LicenceAppealClosed");
    await refusal(appealLicence(university, { licenceId: 99n, document }), "LicenceUnknown");
  });

  it("names what is not well-formed", async () => {
    const { university } = await loadWorld();
    const noId = await refusal(appealLicence(university, { licenceId: -1n, document }), "InvalidInput");
    expect(noId.args.input).to.equal("licenceId");
    const noGrounds = await refusal(appealLicence(university, { licenceId: 1n, document: "0x12" }), "InvalidInput");
    expect(noGrounds.args.input).to.equal("document");
  });
});

describe("a conflict of interest", () => {
  it("takes the vote from the scope's committee, and gives it to the review committee", async () => {
    const world = await withReviewers();
    const { university, committee, reviewers, reader } = world;
    await declareConflict(university, { other: ids.committee, document });
    const licenceId = await decided(world);
    const ballot = { licenceId, vote: "Approve", explanation } as const;
    await refusal(voteLicence(committee, ballot), "LicenceNotResponsible");
    await voteLicence(reviewers, ballot);
    expect((await getLicence(reader, { licenceId })).status).to.equal("Approved");
  });

  it("leaves nobody to vote where there is no other, or that one is in conflict too", async () => {
    const world = await withReviewers();
    const { university, committee, reviewers, registrar } = world;
    await declareConflict(university, { other: ids.committee, document });
    await declareConflict(university, { other: REVIEWERS, document });
    const licenceId = await decided(world);
    const ballot = { licenceId, vote: "Approve", explanation } as const;
    const inConflict = await refusal(voteLicence(reviewers, ballot), "LicenceConflictOfInterest");
    expect(inConflict.args).to.deep.equal({ committee: REVIEWERS, licensee: ids.university });
    await setReviewCommittee(registrar, { scopeId: ids.scope, committee: undefined });
    await refusal(voteLicence(committee, ballot), "LicenceConflictOfInterest");
  });
});

describe("reopenLicenceReasons", () => {
  const reasons = ["dataset:CTRL_NEEDS_REVIEW"];

  it("takes back what was resolved, and the licence with it", async () => {
    const world = await loadWorld();
    const { committee, biobank, general } = world;
    const licenceId = await approved(world, { purpose: purposeFor([4], KINDS.DS | KINDS.CTRL) });
    const given = { licenceId, termsDigest: general.digest, reasons, explanation };
    await resolveLicenceReasons(committee, given);
    const reopened = await reopenLicenceReasons(committee, given);
    expect(reopened).to.deep.include({ licenceId, termsDigest: general.digest, reasons });
    const issue = issueLicence(biobank, { licenceId, agreementDigest: digestOf("agreement") });
    await refusal(issue, "LicenceNotApproved");
  });

  it("is for the committee of a licence that is not over", async () => {
    const world = await loadWorld();
    const { committee, university, general } = world;
    const given = { licenceId: await requested(world), termsDigest: general.digest, reasons, explanation };
    await refusal(reopenLicenceReasons(committee, given), "LicenceStepNotOpen");
    const licenceId = await issued(world);
    await refusal(reopenLicenceReasons(university, { ...given, licenceId }), "AccessManagedUnauthorized");
    expect((await reopenLicenceReasons(committee, { ...given, licenceId, dryRun: true })).dryRun).to.equal(true);
  });

  it("names what is not well-formed", async () => {
    const { committee, general } = await loadWorld();
    const given = { licenceId: 1n, termsDigest: general.digest, reasons, explanation };
    const bad: [input: string, wrong: object][] = [
      ["licenceId", { licenceId: 0n }],
      ["termsDigest", { termsDigest: "0x" }],
      ["reasons", { reasons: [] }],
      ["reasons", { reasons: "dataset:CTRL_NEEDS_REVIEW" }],
      ["reasons[1]", { reasons: [...reasons, "dataset:UNPROVEN"] }],
      ["explanation", { explanation: undefined }],
    ];
    for (const [input, wrong] of bad) {
      const { args } = await refusal(reopenLicenceReasons(committee, { ...given, ...wrong }), "InvalidInput");
      expect(args.input).to.equal(input);
    }
  });
});
