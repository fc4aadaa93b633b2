import { expect } from "chai";
import { describe, it } from "mocha";
import { getAddress, type Hex } from "viem";

import { FACTS } from "../../src/model/index.ts";
import {
  addInstitutionAccount,
  type ConcordClient,
  getLicence,
  groupSigner,
  institutionIdOf,
  type OfficialSignature,
  requestLicence,
  type RequestLicenceParameters,
  signLicenceRequest,
} from "../../src/sdk/index.ts";
import { issued, later, purpose, requested } from "./licensing.ts";
import { addressOf, ids, loadWorld, person, purposeFor, refusal, throughJson, type World } from "./world.ts";

/** A colleague of the university's official: the stranger's account, which is no official. */
async function withColleague(): Promise<World & { readonly colleague: ConcordClient }> {
  const world = await loadWorld();
  const { registrar, stranger: colleague } = world;
  const institutionAccount = addressOf(colleague);
  await addInstitutionAccount(registrar, { institutionId: ids.university, institutionAccount });
  return { ...world, colleague };
}

/** What an official of the university signs for the colleague, and what the colleague then sends. */
async function signedAsk(world: World, { colleague }: { readonly colleague: ConcordClient }) {
  const { university, dataset, datasetId } = world;
  const ask = { until: await later(world), delivery: "Counts" } as const;
  const given = { holder: addressOf(colleague), datasetId, purpose, ...ask };
  const signed = throughJson(await signLicenceRequest(university, given));
  return { given, signed, request: { dataset, purpose, ...ask, signed } };
}

describe("signLicenceRequest", () => {
  it("lets a colleague ask, once, also after it was stored", async () => {
    const world = await withColleague();
    const { colleague, reader } = world;
    const { request, signed } = await signedAsk(world, world);
    expect(signed.deadline).to.be.greaterThan(await later(world, 23 * 3600));
    const { licenceId, licensee } = await requestLicence(colleague, request);
    expect(licensee).to.equal(ids.university);
    const { progress } = await getLicence(reader, { licenceId });
    expect(progress).to.include({ delivery: "Counts", holder: getAddress(addressOf(colleague)), until: request.until });
    const again = await refusal(requestLicence(colleague, request), "LicenceSignatureUsed");
    expect(again.args.digest).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("is asked for where the sender is no official", async () => {
    const world = await withColleague();
    const { colleague, dataset } = world;
    const alone = requestLicence(colleague, { dataset, purpose, until: await later(world) });
    const { args } = await refusal(alone, "LicenceSignatureInvalid");
    expect(args).to.deep.equal({ licensee: ids.university, signer: getAddress(addressOf(colleague)) });
  });

  it("counts for nothing else than what was signed", async () => {
    const world = await withColleague();
    const { colleague, university } = world;
    const { request, given } = await signedAsk(world, world);
    const others: Partial<RequestLicenceParameters<false>>[] = [
      { until: request.until - 1 },
      { delivery: "Export" },
      { purpose: purposeFor([3]) },
      { signed: { ...request.signed, deadline: request.signed.deadline + 1 } },
      { signed: await signLicenceRequest(university, { ...given, renews: 1n }) },
      { signed: await signLicenceRequest(colleague, given) },
      { signed: await signLicenceRequest(world.company, given) },
    ];
    for (const other of others) {
      await refusal(requestLicence(colleague, { ...request, ...other }), "LicenceSignatureInvalid");
    }
    await refusal(requestLicence(world.university, request), "LicenceSignatureInvalid");
    expect((await requestLicence(colleague, request)).licenceId).to.equal(1n);
  });

  it("counts until its deadline", async () => {
    const world = await withColleague();
    const { colleague, university, connection } = world;
    const { given, request } = await signedAsk(world, world);
    const deadline = await later(world, 100);
    const signed = await signLicenceRequest(university, { ...given, deadline });
    await connection.networkHelpers.time.increaseTo(deadline);
    const { args } = await refusal(requestLicence(colleague, { ...request, signed }), "LicenceDeadlinePassed");
    expect(args.deadline).to.equal(deadline);
  });

  it("is by an account, of well-formed parameters that the refusal names", async () => {
    const world = await loadWorld();
    const { university, datasetId } = world;
    const given = { holder: addressOf(university), datasetId, purpose, until: await later(world) };
    const members = [person(1).account, person(2).account];
    const family = groupSigner({ threshold: 2, members: members.map(({ address }) => address), signers: members });
    const bad = {
      holder: { holder: "0x12" as Hex },
      datasetId: { datasetId: "0x" as Hex },
      until: { until: 2 ** 32 },
      delivery: { delivery: "ByPost" as "Counts" },
      renews: { renews: 0n },
      deadline: { deadline: 1.5 },
      signer: { signer: family },
    };
    for (const [input, wrong] of Object.entries(bad)) {
      const { args } = await refusal(signLicenceRequest(university, { ...given, ...wrong }), "InvalidInput");
      expect(args.input).to.equal(input);
    }
    const noDisease = signLicenceRequest(university, { ...given, purpose: purposeFor([]) });
    await refusal(noDisease, "DataUseDiseasesMismatch");
  });
});

describe("requestLicence", () => {
  it("asks for analysis in place unless told, and keeps what is promised", async () => {
    const world = await loadWorld();
    const { reader } = world;
    const plain = await getLicence(reader, { licenceId: await requested(world) });
    expect(plain.progress).to.deep.include({ delivery: "InPlace", promised: [], imposed: [], dutyDueAt: 0, months: 0 });
    expect(plain.derivation).to.equal(undefined);
    const promising = {
      ...purpose,
      stated: FACTS.publication | FACTS.returnsData,
      publishFrom: 2_000_000_000,
      months: 6,
    };
    const licenceId = await requested(world, { purpose: promising, delivery: "Export" });
    expect((await getLicence(reader, { licenceId })).progress).to.deep.include({
      delivery: "Export",
      promised: ["Publish", "ReturnData", "Moratorium"],
      months: 6,
    });
  });

  it("goes on from an issued licence of the same licensee, dataset and purpose alone", async () => {
    const world = await loadWorld();
    const { company } = world;
    const renews = await issued(world);
    expect(await requested(world, { renews })).to.equal(2n);
    const mismatch = await refusal(requested(world, { renews: 2n }), "LicenceRenewalMismatch");
    expect(mismatch.args).to.deep.equal({ renews: 2n });
    await refusal(requested(world, { client: company, renews }), "LicenceRenewalMismatch");
    await refusal(requested(world, { renews, purpose: purposeFor([3]) }), "LicenceRenewalMismatch");
    await refusal(requested(world, { renews: 99n }), "LicenceUnknown");
  });

  it("names in its refusal what the records do not bear out", async () => {
    const world = await loadWorld();
    const institution = institutionIdOf("https://ror.org/nobody");
    const elsewhere = requested(world, { purpose: { ...purpose, institutions: [ids.company] } });
    await refusal(elsewhere, "FactInstitutionUnstated");
    const among = [ids.university, institution].sort() as Hex[];
    await refusal(requested(world, { purpose: { ...purpose, institutions: among } }), "InstitutionNotInStanding");
    await refusal(requested(world, { purpose: { ...purpose, users: [ids.scope] } }), "FactUserUnknown");
  });

  it("takes the signature apart by name", async () => {
    const world = await withColleague();
    const { request } = await signedAsk(world, world);
    const { deadline, signature } = request.signed;
    const bad: [input: string, signed: unknown][] = [
      ["signed", null],
      ["signed", "0x"],
      ["signed.deadline", { signature }],
      ["signed.deadline", { signature, deadline: -1 }],
      ["signed.signature", { deadline, signature: "0x" }],
      ["signed.signature", { deadline }],
    ];
    for (const [input, signed] of bad) {
      const asked = requestLicence(world.colleague, { ...request, signed: signed as OfficialSignature });
      expect((await refusal(asked, "InvalidInput")).args.input).to.equal(input);
    }
    const short = requestLicence(world.colleague, { ...request, signed: { deadline, signature: "0x12" } });
    expect((await refusal(short, "ECDSAInvalidSignatureLength")).args).to.deep.equal({ length: 1n });
  });

  it("sends nothing on a dry run", async () => {
    const world = await withColleague();
    const { request } = await signedAsk(world, world);
    expect((await requestLicence(world.colleague, { ...request, dryRun: true })).dryRun).to.equal(true);
    await refusal(getLicence(world.reader, { licenceId: 1n }), "LicenceUnknown");
  });
});
