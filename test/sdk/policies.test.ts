import { expect } from "chai";
import { describe, it } from "mocha";
import { type Hex, zeroHash } from "viem";

import { ALL_ELEMENTS, KINDS } from "../../src/model/index.ts";
import {
  decideLicence,
  decidePurpose,
  getScopePolicy,
  groupIdOf,
  groupSigner,
  relayConsentChanges,
  requestLicence,
  setCoConsent,
  setCommitteeTerms,
  setJurisdictionTerms,
  setReviewCommittee,
  signGrant,
} from "../../src/sdk/index.ts";
import {
  diseaseTerms,
  generalTerms,
  ids,
  latestTime,
  loadWorld,
  ontology,
  person,
  purposeFor,
  refusal,
  type World,
} from "./world.ts";
import { admitReviewers, REVIEWERS } from "./licensing.ts";

const scopeId = ids.scope;
const NONE = {
  group: undefined,
  committeeTerms: undefined,
  jurisdictionTerms: undefined,
  reviewCommittee: undefined,
};
const members = [person(1).account, person(2).account];
const family = { threshold: 2, members: members.map(({ address }) => address) };
const group = groupIdOf(family);

function policy({ reader }: World) {
  return getScopePolicy(reader, { scopeId });
}

/** A request for general research, and what is said of it now. */
async function requested(world: World): Promise<() => Promise<readonly string[]>> {
  const { university, relayer, dataset } = world;
  const purpose = purposeFor([4], KINDS.GRU);
  const until = (await latestTime(world)) + 1_000_000;
  const { licenceId } = await requestLicence(university, { dataset, purpose, until });
  await decidePurpose(relayer, { terms: generalTerms, purpose });
  await decidePurpose(relayer, { terms: diseaseTerms, purpose, witnesses: [ontology.witness(4)] });
  return async () => (await decideLicence(relayer, { licenceId })).reasons;
}

describe("setCoConsent", () => {
  it("asks for a group's co-consent, which counts until the group has answered", async () => {
    const world = await loadWorld();
    const { biobank, committee, reader, relayer, general } = world;
    expect(await policy(world)).to.deep.equal(NONE);
    const reasons = await requested(world);
    expect(await reasons()).to.deep.equal([]);
    const asked = await setCoConsent(biobank, { scopeId, group });
    expect(asked).to.include({ scopeId, group, caller: ids.biobank });
    expect(await policy(world)).to.deep.equal({ ...NONE, group });
    expect(await reasons()).to.deep.equal(["coConsent:STATE_NONE"]);
    const signer = groupSigner({ ...family, signers: members });
    const agreed = { signer, scopeId, termsDigest: general.digest, elements: ALL_ELEMENTS };
    await relayConsentChanges(relayer, { changes: [await signGrant(reader, agreed)] });
    expect(await reasons()).to.deep.equal([]);
    await setCoConsent(committee, { scopeId, group: undefined });
    expect(await policy(world)).to.deep.equal(NONE);
  });

  it("is not for a custodian to take back, nor for strangers", async () => {
    const { biobank, university, stranger } = await loadWorld();
    await setCoConsent(biobank, { scopeId, group });
    await refusal(setCoConsent(biobank, { scopeId, group: undefined }), "PolicyNotResponsible");
    await refusal(setCoConsent(university, { scopeId, group }), "PolicyNotResponsible");
    await refusal(setCoConsent(stranger, { scopeId, group }), "AccessManagedUnauthorized");
    await refusal(setCoConsent(biobank, { scopeId, group: "0x" as Hex }), "InvalidInput");
  });
});

describe("setCommitteeTerms and setJurisdictionTerms", () => {
  it("set terms that every use has to pass, until they are taken back", async () => {
    const world = await loadWorld();
    const { committee, registrar, disease } = world;
    const reasons = await requested(world);
    const termsDigest = disease.digest;
    const set = await setCommitteeTerms(committee, { scopeId, termsDigest });
    expect(set).to.include({ scopeId, termsDigest, committee: ids.committee });
    expect(await reasons()).to.deep.equal(["committee:GRU_NOT_PERMITTED"]);
    await setJurisdictionTerms(registrar, { scopeId, termsDigest });
    expect(await policy(world)).to.deep.equal({ ...NONE, committeeTerms: termsDigest, jurisdictionTerms: termsDigest });
    expect(await reasons()).to.deep.equal(["committee:GRU_NOT_PERMITTED", "jurisdiction:GRU_NOT_PERMITTED"]);
    await setCommitteeTerms(committee, { scopeId, termsDigest: undefined });
    await setJurisdictionTerms(registrar, { scopeId, termsDigest: undefined });
    expect(await reasons()).to.deep.equal([]);
  });

  it("refuse what is no terms of the scope, and who is not responsible", async () => {
    const { biobank, committee, registrar, general, stranger } = await loadWorld();
    await refusal(setCommitteeTerms(committee, { scopeId, termsDigest: scopeId }), "PolicyTermsUnknown");
    await refusal(setJurisdictionTerms(registrar, { scopeId, termsDigest: scopeId }), "PolicyTermsUnknown");
    const known = { scopeId, termsDigest: general.digest };
    await refusal(setCommitteeTerms(biobank, known), "AccessManagedUnauthorized");
    await refusal(setJurisdictionTerms(stranger, known), "AccessManagedUnauthorized");
  });
});

describe("setReviewCommittee", () => {
  it("names a committee, until it is taken back", async () => {
    const world = await loadWorld();
    const { registrar } = world;
    await admitReviewers(world);
    const committee = REVIEWERS;
    const set = await setReviewCommittee(registrar, { scopeId, committee });
    expect(set).to.include({ scopeId, committee });
    expect(await policy(world)).to.deep.equal({ ...NONE, reviewCommittee: committee });
    await setReviewCommittee(registrar, { scopeId, committee: undefined });
    expect(await policy(world)).to.deep.equal(NONE);
  });

  it("refuses who is no committee, the scope's own, unknown scopes, and everyone but the registrar", async () => {
    const { registrar, committee: office, biobank } = await loadWorld();
    const committee = REVIEWERS;
    const own = await refusal(
      setReviewCommittee(registrar, { scopeId, committee: ids.committee }),
      "PolicyReviewsItself",
    );
    expect(own.args).to.deep.equal({ scopeId, committee: ids.committee });
    const none = await refusal(
      setReviewCommittee(registrar, { scopeId, committee: ids.biobank }),
      "PolicyNotCommittee",
    );
    expect(none.args).to.deep.equal({ institutionId: ids.biobank });
    await refusal(setReviewCommittee(registrar, { scopeId: ids.biobank, committee }), "ScopeUnknown");
    await refusal(setReviewCommittee(office, { scopeId, committee }), "AccessManagedUnauthorized");
    await refusal(setReviewCommittee(biobank, { scopeId, committee }), "AccessManagedUnauthorized");
  });

  it("needs well-formed ids, and sends nothing on a dry run", async () => {
    const world = await loadWorld();
    const { registrar } = world;
    await admitReviewers(world);
    const committee = REVIEWERS;
    const noScope = await refusal(setReviewCommittee(registrar, { scopeId: "0x" as Hex, committee }), "InvalidInput");
    expect(noScope.args.input).to.equal("scopeId");
    const zero = await refusal(setReviewCommittee(registrar, { scopeId, committee: zeroHash }), "InvalidInput");
    expect(zero.args.input).to.equal("committee");
    expect((await setReviewCommittee(registrar, { scopeId, committee, dryRun: true })).dryRun).to.equal(true);
    expect(await policy(world)).to.deep.equal(NONE);
  });
});
