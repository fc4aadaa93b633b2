import { expect } from "chai";
import { describe, it } from "mocha";
import { SaxesParser } from "saxes";
import { getAddress } from "viem";

import {
  admitInstitution,
  type ConcordClient,
  getLicence,
  getLicenceCard,
  institutionIdOf,
  reinstateLicence,
  subLicense,
  type SubLicenseParameters,
  suspendInstitution,
  suspendLicence,
  terminateLicence,
} from "../../src/sdk/index.ts";
import { approved, decided, explanation, issued, later, purpose } from "./licensing.ts";
import { addressOf, digestOf, ids, loadWorld, purposeFor, refusal, type World } from "./world.ts";

const PROCESSOR = institutionIdOf("https://ror.org/cloud");
const agreementDigest = digestOf("agreement with the processor");

/** The world with a processor, for which the stranger acts. */
async function withProcessor(): Promise<World & { readonly processor: ConcordClient }> {
  const world = await loadWorld();
  const { registrar, stranger: processor } = world;
  await admitInstitution(registrar, {
    ...{ institutionId: PROCESSOR, roles: ["processor"], institutionType: "Company" },
    ...{ notForProfit: false, region: "SE", institutionAccount: addressOf(processor) },
  });
  return { ...world, processor };
}

async function statusOf({ reader }: World, licenceId: bigint): Promise<string> {
  return (await getLicence(reader, { licenceId })).status;
}

describe("suspendLicence and reinstateLicence", () => {
  it("let a licence rest and hold again", async () => {
    const world = await loadWorld();
    const { biobank, committee, reader } = world;
    const licenceId = await issued(world);
    expect(await suspendLicence(biobank, { licenceId, explanation })).to.include({ licenceId, by: ids.biobank });
    const resting = await getLicence(reader, { licenceId });
    expect(resting.status).to.equal("Suspended");
    expect(resting.progress.isSuspended).to.equal(true);
    expect(await reinstateLicence(committee, { licenceId, explanation })).to.include({ licenceId, by: ids.committee });
    expect(await statusOf(world, licenceId)).to.equal("Effective");
    expect((await suspendLicence(committee, { licenceId, explanation })).by).to.equal(ids.committee);
  });

  it("are steps that only their institutions take, in turn", async () => {
    const world = await loadWorld();
    const { biobank, committee, university, stranger } = world;
    const licenceId = await issued(world);
    const given = { licenceId, explanation };
    await refusal(suspendLicence(university, given), "LicenceNotResponsible");
    await refusal(suspendLicence(stranger, given), "AccessManagedUnauthorized");
    await refusal(reinstateLicence(biobank, given), "AccessManagedUnauthorized");
    const early = await refusal(reinstateLicence(committee, given), "LicenceStepNotOpen");
    expect(early.args).to.deep.equal({ licenceId, status: 7 });
    await refusal(suspendLicence(biobank, { licenceId: await decided(world), explanation }), "LicenceStepNotOpen");
    expect((await suspendLicence(biobank, { ...given, dryRun: true })).dryRun).to.equal(true);
    await suspendLicence(biobank, given);
    await refusal(suspendLicence(biobank, given), "LicenceStepNotOpen");
    expect((await reinstateLicence(committee, { ...given, dryRun: true })).dryRun).to.equal(true);
    expect(await statusOf(world, licenceId)).to.equal("Suspended");
    await refusal(suspendLicence(biobank, { ...given, licenceId: 99n }), "LicenceUnknown");
  });

  it("name what is not well-formed", async () => {
    const { committee } = await loadWorld();
    for (const act of [suspendLicence, reinstateLicence]) {
      const noId = await refusal(act(committee, { licenceId: 0n, explanation }), "InvalidInput");
      expect(noId.args.input).to.equal("licenceId");
      const noWords = await refusal(act(committee, { licenceId: 1n, explanation: "0x" }), "InvalidInput");
      expect(noWords.args.input).to.equal("explanation");
    }
  });
});

describe("subLicense", () => {
  it("lets a processor work under a licence, and never outlives it", async () => {
    const world = await withProcessor();
    const { university, processor, biobank, reader } = world;
    const parent = await issued(world, { delivery: "Counts" });
    const holder = addressOf(processor);
    const until = await later(world, 1000);
    const given = await subLicense(university, { licenceId: parent, holder, until, agreementDigest, purpose });
    expect(given).to.include({ licenceId: 2n, parent, processor: PROCESSOR });
    const { licenceId } = given;
    const sub = await getLicence(reader, { licenceId });
    const above = await getLicence(reader, { licenceId: parent });
    expect(sub).to.deep.include({
      status: "Effective",
      derivation: { parent, processor: PROCESSOR },
      subject: above.subject,
      purpose,
    });
    expect(sub.progress).to.deep.include({ until, delivery: "Counts", holder: getAddress(holder), vote: "None" });
    expect(sub.progress.outcome).to.equal(undefined);
    expect(sub.progress).to.not.have.property("isSubLicence");
    expect(above.derivation).to.equal(undefined);
    await suspendLicence(biobank, { licenceId: parent, explanation });
    expect(await statusOf(world, licenceId)).to.equal("Suspended");
  });

  it("ends with the processor's standing, and by the processor's own act", async () => {
    const world = await withProcessor();
    const { university, processor, registrar } = world;
    const licenceId = await issued(world);
    const given = {
      licenceId,
      holder: addressOf(processor),
      until: await later(world, 1000),
      agreementDigest,
      purpose,
    };
    const first = await subLicense(university, given);
    const ended = await terminateLicence(processor, { licenceId: first.licenceId, explanation });
    expect(ended.by).to.equal(PROCESSOR);
    expect(await statusOf(world, first.licenceId)).to.equal("Terminated");
    const second = await subLicense(university, given);
    await suspendInstitution(registrar, { institutionId: PROCESSOR });
    expect(await statusOf(world, second.licenceId)).to.equal("Suspended");
    expect(await statusOf(world, licenceId)).to.equal("Effective");
  });

  it("is refused beyond the licence, one level further, and to who is no processor", async () => {
    const world = await withProcessor();
    const { university, company, processor, biobank } = world;
    const { until } = (await getLicence(world.reader, { licenceId: await issued(world) })).progress;
    const given = { licenceId: 1n, holder: addressOf(processor), until, agreementDigest, purpose };
    const refusals: [name: string, other: Partial<SubLicenseParameters<false>>][] = [
      ["LicenceUntilPassed", { until: until + 1 }],
      ["LicenceUntilPassed", { until: 1 }],
      ["LicenceNotSubLicensable", { holder: addressOf(company) }],
      ["LicenceNotSubLicensable", { holder: addressOf(world.participant) }],
      ["LicencePurposeMismatch", { purpose: purposeFor([3]) }],
      ["LicenceStepNotOpen", { licenceId: await approved(world) }],
      ["LicenceUnknown", { licenceId: 99n }],
    ];
    for (const [name, other] of refusals) await refusal(subLicense(university, { ...given, ...other }), name);
    await refusal(subLicense(company, given), "LicenceNotResponsible");
    await refusal(subLicense(biobank, given), "AccessManagedUnauthorized");
    const { licenceId } = await subLicense(university, given);
    const deeper = await refusal(subLicense(university, { ...given, licenceId }), "LicenceNotSubLicensable");
    expect(deeper.args).to.deep.equal({ parent: licenceId, processor: PROCESSOR });
  });

  it("names what is not well-formed, and sends nothing on a dry run", async () => {
    const world = await withProcessor();
    const { university, processor } = world;
    const licenceId = await issued(world);
    const given = { licenceId, holder: addressOf(processor), until: await later(world, 9), agreementDigest, purpose };
    const bad: [input: string, wrong: object][] = [
      ["licenceId", { licenceId: "1" }],
      ["holder", { holder: "0x12" }],
      ["until", { until: Number.NaN }],
      ["agreementDigest", { agreementDigest: "paper" }],
      ["purpose", { purpose: undefined }],
    ];
    for (const [input, wrong] of bad) {
      const { args } = await refusal(subLicense(university, { ...given, ...wrong }), "InvalidInput");
      expect(args.input).to.equal(input);
    }
    expect((await subLicense(university, { ...given, dryRun: true })).dryRun).to.equal(true);
    await refusal(getLicence(world.reader, { licenceId: licenceId + 1n }), "LicenceUnknown");
  });
});

describe("getLicenceCard", () => {
  it("is ERC-721 metadata that says what stands now", async () => {
    const world = await loadWorld();
    const { reader, biobank } = world;
    const licenceId = await issued(world, { delivery: "Counts" });
    const { subject, progress } = await getLicence(reader, { licenceId });
    const card = await getLicenceCard(reader, { licenceId });
    expect(card).to.have.all.keys("name", "description", "image", "attributes");
    expect(card.name).to.equal("Concord licence 1");
    expect(card.attributes).to.deep.equal([
      { trait_type: "Status", value: "Effective" },
      { trait_type: "Licensee", value: ids.university },
      { trait_type: "Dataset", value: subject.datasetId },
      { trait_type: "Purpose", value: subject.purposeDigest },
      { trait_type: "Level", value: "Individual" },
      { trait_type: "Delivery", value: "Counts" },
      { trait_type: "Until", display_type: "date", value: progress.until },
    ]);
    await suspendLicence(biobank, { licenceId, explanation });
    const resting = await getLicenceCard(reader, { licenceId });
    expect(resting.attributes[0]).to.deep.equal({ trait_type: "Status", value: "Suspended" });
    expect(resting.image).to.not.equal(card.image);
  });

  it("has a picture in well-formed SVG, with the same words", async () => {
    const world = await withProcessor();
    const { university, reader } = world;
    const parent = await issued(world);
    const until = await later(world, 1000);
    const holder = addressOf(world.processor);
    await subLicense(university, { licenceId: parent, holder, until, agreementDigest, purpose });
    const { name, image } = await getLicenceCard(reader, { licenceId: 2n });
    expect(name).to.equal("Concord sub-licence 2");
    const { root, texts } = readSvg(image);
    expect(root).to.deep.equal({ uri: "http://www.w3.org/2000/svg", local: "svg" });
    expect(texts.slice(0, 4)).to.deep.equal([name, name, "Status", "Effective"]);
    expect(texts).to.include.members([`${ids.university.slice(0, 18)}...`, "Analysis in place", String(until)]);
  });

  it("is of issued licences alone", async () => {
    const world = await loadWorld();
    const licenceId = await approved(world);
    const { args } = await refusal(getLicenceCard(world.reader, { licenceId }), "ERC721NonexistentToken");
    expect(args).to.deep.equal({ tokenId: licenceId });
    const wrong = await refusal(getLicenceCard(world.reader, { licenceId: 1 as unknown as bigint }), "InvalidInput");
    expect(wrong.args.input).to.equal("licenceId");
  });
});

const SVG = "data:image/svg+xml;base64,";

/** The root of a picture, and its texts in their order. */
function readSvg(image: string): { root: { uri: string; local: string }; texts: string[] } {
  expect(image.startsWith(SVG)).to.equal(true);
  const elements: { uri: string; local: string }[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ uri, local }) => elements.push({ uri, local }));
  parser.on("text", (text) => texts.push(text));
  parser.write(Buffer.from(image.slice(SVG.length), "base64").toString("utf8")).close();
  const [root] = elements;
  if (root === undefined) throw new Error("No element.");
  return { root, texts };
}
