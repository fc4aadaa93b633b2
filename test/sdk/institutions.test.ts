import { expect } from "chai";
import { describe, it } from "mocha";
import { getAddress, type Hex } from "viem";

import {
  addInstitutionAccount,
  addInstitutionOfficial,
  addInstitutionUser,
  admitInstitution,
  type AdmitInstitutionParameters,
  claimScope,
  commitTo,
  createScope,
  declareConflict,
  expelInstitution,
  getInstitution,
  getScope,
  institutionIdOf,
  isActingFor,
  isInConflict,
  isInstitutionUser,
  liftConflict,
  listInstitutionMembers,
  reinstateInstitution,
  relayFactStatement,
  removeInstitutionAccount,
  removeInstitutionOfficial,
  removeInstitutionUser,
  signFactStatement,
  stateFacts,
  succeedInstitution,
  suspendInstitution,
} from "../../src/sdk/index.ts";
import { addressOf, type BareWorld, ids, loadBareWorld, loadWorld, refusal } from "./world.ts";

describe("admitInstitution", () => {
  const admission = ({ biobank }: Pick<BareWorld, "biobank">) =>
    ({
      institutionId: ids.biobank,
      roles: ["custodian", "processor"],
      notForProfit: true,
      institutionType: "Biobank",
      region: "DK",
      institutionAccount: addressOf(biobank),
    }) as const;

  it("admits an institution with its roles and first account", async () => {
    const bare = await loadBareWorld();
    const result = await admitInstitution(bare.registrar, admission(bare));
    expect(result.institutionId).to.equal(ids.biobank);
    expect(result.hash).to.match(/^0x[0-9a-f]{64}$/);
    expect(result.blockNumber).to.be.a("bigint");
    expect(result.gasUsed > 21_000n).to.equal(true);

    const found = await getInstitution(bare.reader, { institutionId: ids.biobank });
    expect(found.roles).to.deep.equal(["custodian", "processor"]);
    expect(found).to.include({ institutionId: ids.biobank, standing: "Admitted", notForProfit: true });
    expect(found).to.include({ institutionType: "Biobank", region: "DK", successor: undefined });
    expect(found.admittedAt).to.be.greaterThan(0);
    expect(await getInstitution(bare.reader, { institutionAccount: addressOf(bare.biobank) })).to.deep.equal(found);
    expect(await getInstitution(bare.reader, { official: addressOf(bare.biobank) })).to.deep.equal(found);
  });

  it("sends nothing on a dry run", async () => {
    const bare = await loadBareWorld();
    const before = await bare.publicClient.getBlockNumber({ cacheTime: 0 });
    const estimate = await admitInstitution(bare.registrar, { ...admission(bare), dryRun: true });
    expect(estimate.dryRun).to.equal(true);
    expect(estimate.gas > 21_000n).to.equal(true);
    expect(await bare.publicClient.getBlockNumber({ cacheTime: 0 })).to.equal(before);
    const asSomeone = { ...admission(bare), account: addressOf(bare.registrar), dryRun: true } as const;
    expect(await admitInstitution(bare.reader, asSomeone)).to.deep.equal(estimate);
  });

  it("refuses a second admission with the contract's error", async () => {
    const suite = await loadWorld();
    const error = await refusal(admitInstitution(suite.registrar, admission(suite)), "InstitutionIdTaken");
    expect(error.args).to.deep.equal({ institutionId: ids.biobank });
    expect(error.message).to.equal(
      `An institution is admitted twice, or under the empty id (institutionId ${ids.biobank}).`,
    );
    expect(error.fix).to.equal("Choose another id; a suspended institution is reinstated, not admitted again.");
  });

  it("refuses a sender without the role", async () => {
    const bare = await loadBareWorld();
    const error = await refusal(admitInstitution(bare.stranger, admission(bare)), "AccessManagedUnauthorized");
    expect(error.args).to.deep.equal({ caller: getAddress(addressOf(bare.stranger)) });
  });

  it("refuses malformed input before asking the node", async () => {
    const bare = await loadBareWorld();
    const given = admission(bare);
    const hostile: Record<string, object> = {
      institutionId: { institutionId: "0x12" },
      roles: { roles: [] },
      "roles[0]": { roles: ["owner"] },
      notForProfit: { notForProfit: "yes" },
      institutionType: { institutionType: "Bank" },
      region: { region: "Denmark" },
      institutionAccount: { institutionAccount: "0x1234" },
    };
    for (const [input, change] of Object.entries(hostile)) {
      const parameters = { ...given, ...change } as AdmitInstitutionParameters;
      const error = await refusal(admitInstitution(bare.registrar, parameters), "InvalidInput");
      expect(error.args).to.include({ input });
    }
  });
});

describe("an institution's type", () => {
  it("must agree with whether it is not-for-profit", async () => {
    const bare = await loadBareWorld();
    const given = {
      institutionId: ids.company,
      roles: ["researcher"],
      region: "US-CA",
      institutionAccount: addressOf(bare.company),
    } as const;
    const company = { ...given, institutionType: "Company" } as const;
    const refused = admitInstitution(bare.registrar, { ...company, notForProfit: true });
    await refusal(refused, "InstitutionProfitContradictory");
    await admitInstitution(bare.registrar, { ...company, notForProfit: false });
    const found = await getInstitution(bare.reader, { institutionId: ids.company });
    expect(found).to.include({ institutionType: "Company", region: "US-CA", notForProfit: false });
  });
});

describe("an institution's accounts", () => {
  it("come and go", async () => {
    const suite = await loadWorld();
    const institutionAccount = addressOf(suite.stranger);
    const added = await addInstitutionAccount(suite.registrar, { institutionId: ids.biobank, institutionAccount });
    expect(added).to.include({ institutionId: ids.biobank });
    expect(added.institutionAccount.toLowerCase()).to.equal(institutionAccount.toLowerCase());
    expect((await getInstitution(suite.reader, { institutionAccount })).institutionId).to.equal(ids.biobank);

    const removed = await removeInstitutionAccount(suite.registrar, { institutionAccount });
    expect(removed.institutionId).to.equal(ids.biobank);
    const error = await refusal(getInstitution(suite.reader, { institutionAccount }), "NotFound");
    expect(error.args).to.deep.equal({ institutionAccount });
    await refusal(removeInstitutionAccount(suite.registrar, { institutionAccount }), "InstitutionAccountUnknown");
  });

  it("belong to one institution at the most", async () => {
    const suite = await loadWorld();
    const taken = { institutionId: ids.university, institutionAccount: addressOf(suite.biobank) };
    const error = await refusal(addInstitutionAccount(suite.registrar, taken), "InstitutionAccountTaken");
    expect(error.args).to.include({ institutionId: ids.biobank });
  });
});

describe("an institution's officials", () => {
  it("sign for it without being accounts", async () => {
    const suite = await loadWorld();
    const institutionId = ids.university;
    const official = getAddress(addressOf(suite.stranger));
    const added = await addInstitutionOfficial(suite.registrar, { institutionId, official });
    expect(added).to.include({ institutionId, official });
    expect((await getInstitution(suite.reader, { official })).institutionId).to.equal(institutionId);
    await refusal(getInstitution(suite.reader, { institutionAccount: official }), "NotFound");
    const { accounts, officials } = await listInstitutionMembers(suite.reader, { institutionId });
    const first = getAddress(addressOf(suite.university));
    expect({ accounts, officials }).to.deep.equal({ accounts: [first], officials: [first, official] });

    const facts = { purposeDigest: ids.scope, facts: ["publication"], document: ids.scope } as const;
    expect(await stateFacts(suite.stranger, facts)).to.include({ licensee: institutionId, official });
    const signed = await signFactStatement(suite.stranger, facts);
    expect(await relayFactStatement(suite.relayer, { signed })).to.include({ licensee: institutionId, official });

    const elsewhere = { institutionId: ids.company, official };
    await refusal(addInstitutionOfficial(suite.registrar, elsewhere), "InstitutionOfficialTaken");
    expect(await removeInstitutionOfficial(suite.registrar, { official })).to.include({ institutionId, official });
    await refusal(removeInstitutionOfficial(suite.registrar, { official }), "InstitutionOfficialUnknown");
    const error = await refusal(getInstitution(suite.reader, { official }), "NotFound");
    expect(error.args).to.deep.equal({ official });
  });

  it("are refused when malformed", async () => {
    const { registrar, reader } = await loadBareWorld();
    const official = "0x1234";
    for (const malformed of [
      addInstitutionOfficial(registrar, { institutionId: ids.university, official }),
      removeInstitutionOfficial(registrar, { official }),
      getInstitution(reader, { official }),
    ]) {
      expect((await refusal(malformed, "InvalidInput")).args).to.include({ input: "official" });
    }
  });
});

describe("an institution's users", () => {
  it("are its own by a salted commitment, until it or its end lets them go", async () => {
    const suite = await loadWorld();
    const { commitment } = commitTo("0000-0002-1825-0097");
    const institutionId = ids.university;
    const isUser = async (id: Hex) => await isInstitutionUser(suite.reader, { institutionId: id, commitment });
    expect(await isUser(institutionId)).to.equal(false);
    expect(await addInstitutionUser(suite.university, { commitment })).to.include({ institutionId, commitment });
    expect(await isUser(institutionId)).to.equal(true);
    const taken = await refusal(addInstitutionUser(suite.company, { commitment }), "InstitutionUserTaken");
    expect(taken.args).to.deep.equal({ commitment, institutionId });
    await refusal(removeInstitutionUser(suite.company, { commitment }), "InstitutionUserUnknown");
    expect(await removeInstitutionUser(suite.university, { commitment })).to.include({ institutionId, commitment });
    expect(await isUser(institutionId)).to.equal(false);

    await addInstitutionUser(suite.university, { commitment });
    await expelInstitution(suite.registrar, { institutionId });
    await addInstitutionUser(suite.company, { commitment });
    expect([await isUser(institutionId), await isUser(ids.company)]).to.deep.equal([false, true]);
    expect((await listInstitutionMembers(suite.reader, { institutionId })).users).to.deep.equal([]);
    const { users } = await listInstitutionMembers(suite.reader, { institutionId: ids.company });
    expect(users).to.deep.equal([commitment]);
  });

  it("are no names, and nobody's that is no member", async () => {
    const suite = await loadWorld();
    const commitment = "0000-0002-1825-0097" as Hex;
    await refusal(addInstitutionUser(suite.university, { commitment }), "InvalidInput");
    await refusal(removeInstitutionUser(suite.university, { commitment }), "InvalidInput");
    await refusal(addInstitutionUser(suite.stranger, { commitment: ids.scope }), "AccessManagedUnauthorized");
  });
});

describe("institutions' conflicts of interest", () => {
  it("are declared by either and lifted by the registrar", async () => {
    const suite = await loadWorld();
    const [institutionId, other, document] = [ids.university, ids.committee, ids.scope];
    const areInConflict = async (a: Hex, b: Hex) => await isInConflict(suite.reader, { institutionId: a, other: b });
    const conflictsOf = async (id: Hex) =>
      (await listInstitutionMembers(suite.reader, { institutionId: id })).conflicts;
    expect(await areInConflict(institutionId, other)).to.equal(false);
    expect(await areInConflict(other, other)).to.equal(true);

    const declared = await declareConflict(suite.committee, { other: institutionId, document });
    expect(declared).to.include({ declarant: other, other: institutionId });
    expect(await areInConflict(institutionId, other)).to.equal(true);
    expect([await conflictsOf(institutionId), await conflictsOf(other)]).to.deep.equal([[other], [institutionId]]);
    await refusal(declareConflict(suite.university, { other, document }), "InstitutionInConflict");

    const lift = { institutionId, other, document };
    await refusal(liftConflict(suite.university, lift), "AccessManagedUnauthorized");
    expect(await liftConflict(suite.registrar, lift)).to.include({ institutionId, other });
    expect(await areInConflict(other, institutionId)).to.equal(false);
    expect([await conflictsOf(institutionId), await conflictsOf(other)]).to.deep.equal([[], []]);
    await refusal(liftConflict(suite.registrar, lift), "InstitutionNotInConflict");
    // Lists can be read as they were.
    const { blockNumber } = await declareConflict(suite.university, { other, document });
    const before = { institutionId, blockNumber: blockNumber - 1n };
    expect((await listInstitutionMembers(suite.reader, before)).conflicts).to.deep.equal([]);
    expect(await conflictsOf(institutionId)).to.deep.equal([other]);
  });
});

describe("an institution's end", () => {
  it("is for ever by expulsion", async () => {
    const { registrar, reader } = await loadWorld();
    const institutionId = ids.company;
    expect(await expelInstitution(registrar, { institutionId })).to.include({ institutionId });
    expect((await getInstitution(reader, { institutionId })).standing).to.equal("Expelled");
    await refusal(reinstateInstitution(registrar, { institutionId }), "InstitutionNotSuspended");
    await refusal(expelInstitution(registrar, { institutionId }), "InstitutionEnded");
  });

  it("by succession hands its scopes to who claims them", async () => {
    const suite = await loadWorld();
    const { registrar, reader, stranger } = suite;
    const [institutionId, successor] = [ids.biobank, institutionIdOf("https://ror.org/successor")];
    await admitInstitution(registrar, {
      institutionId: successor,
      roles: ["custodian"],
      notForProfit: true,
      institutionType: "Biobank",
      region: "SE",
      institutionAccount: addressOf(stranger),
    });
    const pair = { caller: successor, institutionId };
    expect(await isActingFor(reader, pair)).to.equal(false);
    await refusal(claimScope(stranger, { scopeId: ids.scope }), "ScopeNotClaimable");
    const succeeded = await succeedInstitution(registrar, { institutionId, successor });
    expect(succeeded).to.include({ institutionId, successor });
    expect(await getInstitution(reader, { institutionId })).to.include({ standing: "Succeeded", successor });
    expect(await isActingFor(reader, pair)).to.equal(true);

    const claimed = await claimScope(stranger, { scopeId: ids.scope });
    expect(claimed).to.include({ scopeId: ids.scope, custodian: successor, committee: ids.committee });
    expect(await getScope(reader, { scopeId: ids.scope })).to.include({ custodian: successor });
    await refusal(succeedInstitution(registrar, { institutionId, successor }), "InstitutionEnded");
    const itself = { institutionId: successor, successor };
    await refusal(succeedInstitution(registrar, itself), "InstitutionSuccessorInvalid");
  });
});

describe("an institution's standing", () => {
  it("is taken and given back", async () => {
    const suite = await loadWorld();
    const institutionId = ids.biobank;
    expect((await suspendInstitution(suite.registrar, { institutionId })).institutionId).to.equal(institutionId);
    expect((await getInstitution(suite.reader, { institutionId })).standing).to.equal("Suspended");
    const scope = { scopeId: ids.university, committee: ids.committee };
    await refusal(createScope(suite.biobank, scope), "InstitutionNotInStanding");
    await refusal(suspendInstitution(suite.registrar, { institutionId }), "InstitutionNotInStanding");

    expect((await reinstateInstitution(suite.registrar, { institutionId })).institutionId).to.equal(institutionId);
    expect((await getInstitution(suite.reader, { institutionId })).standing).to.equal("Admitted");
    await refusal(reinstateInstitution(suite.registrar, { institutionId }), "InstitutionNotSuspended");
  });

  it("of an unknown institution is unknown", async () => {
    const { reader } = await loadBareWorld();
    await refusal(getInstitution(reader, { institutionId: ids.biobank }), "InstitutionUnknown");
  });
});
