import { expect } from "chai";
import { describe, it } from "mocha";
import { keccak256, zeroHash } from "viem";

import { KINDS, MODIFIERS, PERMISSIONS, type Terms } from "../../src/model/index.ts";
import {
  areTermsNarrower,
  createScope,
  encodePurpose,
  encodeTerms,
  getScope,
  getTerms,
  isOntologyPairProved,
  proveOntologyPair,
  publishOntologyRelease,
  publishTerms,
  purposeDigest,
  registerNarrowerTerms,
  scopeIdOf,
  termsDigest,
} from "../../src/sdk/index.ts";
import { digestOf, diseaseTerms, generalTerms, ids, ontology, purposeFor, loadWorld, refusal } from "./world.ts";

const { root } = ontology;

describe("ontology releases", () => {
  it("are published once, by the curator", async () => {
    const { registrar, stranger } = await loadWorld();
    const release = { ...ontology.release, root: digestOf("another release") };
    await refusal(publishOntologyRelease(stranger, release), "AccessManagedUnauthorized");
    expect((await publishOntologyRelease(registrar, release)).root).to.equal(release.root);
    await refusal(publishOntologyRelease(registrar, release), "OntologyReleaseTaken");
    await refusal(publishOntologyRelease(registrar, { ...release, name: " " }), "InvalidInput");
    await refusal(publishOntologyRelease(registrar, { ...release, root: zeroHash }), "InvalidInput");
    await refusal(publishOntologyRelease(registrar, { ...release, pairs: 2 ** 32 }), "InvalidInput");
  });

  it("have pairs that anyone proves once and for all", async () => {
    const { stranger, reader } = await loadWorld();
    const pair = { root, descendant: 4, ancestor: 2 };
    expect(await isOntologyPairProved(reader, pair)).to.equal(false);
    const proved = { ...pair, proof: ontology.provePair(4, 2) };
    expect((await proveOntologyPair(stranger, proved)).isNew).to.equal(true);
    expect(await isOntologyPairProved(reader, pair)).to.equal(true);
    expect((await proveOntologyPair(stranger, proved)).isNew).to.equal(false);
  });

  it("refuse a proof of another pair, and for another root", async () => {
    const { stranger } = await loadWorld();
    const proof = ontology.provePair(4, 2);
    const invalid = await refusal(
      proveOntologyPair(stranger, { root, descendant: 3, ancestor: 2, proof }),
      "OntologyProofInvalid",
    );
    expect(invalid.args).to.deep.equal({ root, term: 3 });
    const unknown = { root: digestOf("no release"), descendant: 4, ancestor: 2, proof };
    await refusal(proveOntologyPair(stranger, unknown), "OntologyProofInvalid");
    await refusal(proveOntologyPair(stranger, { ...unknown, proof: ["0x12"] }), "InvalidInput");
    await refusal(proveOntologyPair(stranger, { ...unknown, descendant: -1 }), "InvalidInput");
  });
});

describe("scopes", () => {
  it("are created by their custodian", async () => {
    const { biobank, company, reader } = await loadWorld();
    const scope = { scopeId: scopeIdOf("Compass study"), committee: ids.committee };
    await refusal(createScope(company, scope), "AccessManagedUnauthorized");
    const created = await createScope(biobank, scope);
    expect(created).to.include({ ...scope, custodian: ids.biobank });
    expect(await getScope(reader, scope)).to.deep.equal({ ...scope, custodian: ids.biobank, termsCount: 0 });
    await refusal(createScope(biobank, scope), "ScopeIdTaken");
  });

  it("need a committee", async () => {
    const { biobank } = await loadWorld();
    const scope = { scopeId: scopeIdOf("Compass study"), committee: ids.company };
    await refusal(createScope(biobank, scope), "ScopeCommitteeInvalid");
  });

  it("are unknown until they are created", async () => {
    const { reader } = await loadWorld();
    const error = await refusal(getScope(reader, { scopeId: ids.company }), "ScopeUnknown");
    expect(error.args).to.deep.equal({ scopeId: ids.company });
    await refusal(getScope(reader, { scopeId: zeroHash }), "InvalidInput");
  });
});

describe("terms", () => {
  it("are numbered in the scope and found by number and by digest", async () => {
    const { general, disease, reader } = await loadWorld();
    expect([general.number, disease.number]).to.deep.equal([1, 2]);
    const scopeId = ids.scope;
    expect((await getScope(reader, { scopeId })).termsCount).to.equal(2);
    const byNumber = await getTerms(reader, { scopeId, number: 2 });
    expect(byNumber).to.deep.equal({
      number: 2,
      digest: disease.digest,
      publisher: ids.committee,
      terms: diseaseTerms,
    });
    expect(await getTerms(reader, { scopeId, digest: disease.digest })).to.deep.equal(byNumber);
  });

  it("have the digest that the contract gives them", async () => {
    const { general, disease, contracts } = await loadWorld();
    expect(termsDigest(generalTerms)).to.equal(general.digest);
    expect(termsDigest(diseaseTerms)).to.equal(disease.digest);
    expect(keccak256(encodeTerms(diseaseTerms))).to.equal(disease.digest);
    // TypeChain's structs take no readonly lists.
    const said = await contracts.termsRegistry.digestOf(
      diseaseTerms as unknown as Parameters<typeof contracts.termsRegistry.digestOf>[0],
    );
    expect(said).to.equal(disease.digest);
  });

  it("are not published twice, by strangers, or without their release", async () => {
    const { biobank, company, stranger } = await loadWorld();
    const scopeId = ids.scope;
    const again = await refusal(publishTerms(biobank, { scopeId, terms: generalTerms }), "TermsAlreadyPublished");
    expect(again.args).to.deep.equal({ scopeId, number: 1 });
    const terms = { ...generalTerms, permissions: PERMISSIONS.HMB };
    await refusal(publishTerms(company, { scopeId, terms }), "ScopeNotResponsible");
    await refusal(publishTerms(stranger, { scopeId, terms }), "AccessManagedUnauthorized");
    const unpinned = { ...diseaseTerms, ontologyRelease: digestOf("no release") };
    await refusal(publishTerms(biobank, { scopeId, terms: unpinned }), "TermsReleaseUnknown");
    await refusal(publishTerms(biobank, { scopeId, terms: { ...terms, reConsentBy: 1 } }), "TermsNeverHold");
  });

  it("are narrower than others once the custodian or the committee says so", async () => {
    const { reader, biobank, committee, university, stranger, general, disease } = await loadWorld();
    const pair = { scopeId: ids.scope, narrower: disease.number, broader: general.number };
    expect(await areTermsNarrower(reader, pair)).to.equal(false);
    expect(await registerNarrowerTerms(committee, pair)).to.deep.include({ ...pair, publisher: ids.committee });
    expect(await areTermsNarrower(reader, pair)).to.equal(true);
    const inverse = { ...pair, narrower: pair.broader, broader: pair.narrower };
    expect(await areTermsNarrower(reader, inverse)).to.equal(false);
    await refusal(registerNarrowerTerms(university, pair), "ScopeNotResponsible");
    await refusal(registerNarrowerTerms(stranger, pair), "AccessManagedUnauthorized");
    await refusal(registerNarrowerTerms(biobank, { ...pair, scopeId: ids.company }), "ScopeUnknown");
    for (const wrong of [{ narrower: general.number }, { narrower: 3 }, { broader: 9 }]) {
      const error = await refusal(registerNarrowerTerms(biobank, { ...pair, ...wrong }), "TermsPairInvalid");
      expect(error.args).to.deep.equal({ ...pair, ...wrong });
    }
    for (const change of [{ scopeId: "0x" }, { narrower: 0 }, { broader: 65_536 }]) {
      const hostile = { ...pair, ...change } as typeof pair;
      await refusal(registerNarrowerTerms(biobank, hostile), "InvalidInput");
      await refusal(areTermsNarrower(reader, hostile), "InvalidInput");
    }
  });

  it("are not found where there are none", async () => {
    const { reader } = await loadWorld();
    const scopeId = ids.scope;
    expect((await refusal(getTerms(reader, { scopeId, number: 3 }), "NotFound")).args).to.deep.equal({
      scopeId,
      number: 3,
    });
    await refusal(getTerms(reader, { scopeId, digest: digestOf("no terms") }), "NotFound");
    await refusal(getTerms(reader, { scopeId, number: 0 }), "InvalidInput");
  });

  it("that are not well formed are refused under the contract's own name", () => {
    const malformed: [Partial<Record<keyof Terms, unknown>>, string][] = [
      [{ permissions: 0 }, "DataUseEmpty"],
      [{ permissions: 1 << 9 }, "DataUseUnknownBits"],
      [{ permissions: PERMISSIONS.GRU | PERMISSIONS.HMB }, "DataUsePermissionContained"],
      [{ permissions: PERMISSIONS.POA, modifiers: MODIFIERS.NPOA }, "DataUseModifierContradicts"],
      [{ diseases: [2] }, "DataUseDiseasesMismatch"],
      [{ ...diseaseTerms, diseases: [3, 2] }, "DataUseNotAscending"],
      [{ ontologyRelease: "0x" }, "InvalidInput"],
      [{ users: ["somebody"] }, "InvalidInput"],
      [{ modifiers: MODIFIERS.GS }, "DataUseParameterMismatch"],
      [{ months: 3 }, "DataUseParameterMismatch"],
      [{ elements: 0n }, "DataUseEmpty"],
      [{ diseases: "none" }, "InvalidInput"],
      [{ from: 1.5 }, "ValueOutOfRange"],
    ];
    for (const [change, name] of malformed) {
      const terms = { ...generalTerms, ...change } as Terms;
      expect(() => termsDigest(terms), name)
        .to.throw()
        .with.property("name", name);
    }
  });
});

describe("purposes", () => {
  it("are encoded as the contract decodes them", () => {
    expect(keccak256(encodePurpose(purposeFor([2, 4])))).to.equal(purposeDigest(purposeFor([2, 4])));
    expect(purposeDigest(purposeFor([2]))).to.not.equal(purposeDigest(purposeFor([4])));
  });

  it("that are not well formed are refused", () => {
    expect(() => purposeDigest(purposeFor([], 0)))
      .to.throw()
      .with.property("name", "DataUseEmpty");
    expect(() => purposeDigest(purposeFor([])))
      .to.throw()
      .with.property("name", "DataUseDiseasesMismatch");
    expect(() => purposeDigest(purposeFor([4, 2])))
      .to.throw()
      .with.property("name", "DataUseNotAscending");
    expect(() => purposeDigest(purposeFor([2 ** 32], KINDS.DS)))
      .to.throw()
      .with.property("name", "ValueOutOfRange");
  });
});
