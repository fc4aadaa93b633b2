import { expect } from "chai";
import { describe, it } from "mocha";
import { getAddress } from "viem";

import {
  addInstitutionAccount,
  admitInstitution,
  type AdmitInstitutionParameters,
  createScope,
  getInstitution,
  reinstateInstitution,
  removeInstitutionAccount,
  suspendInstitution,
} from "../../src/sdk/index.ts";
import { addressOf, type BareWorld, ids, loadBareWorld, loadWorld, refusal } from "./world.ts";

describe("admitInstitution", () => {
  const admission = ({ biobank }: Pick<BareWorld, "biobank">) =>
    ({
      institutionId: ids.biobank,
      roles: ["custodian", "processor"],
      notForProfit: true,
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
    expect(found.admittedAt).to.be.greaterThan(0);
    expect(await getInstitution(bare.reader, { institutionAccount: addressOf(bare.biobank) })).to.deep.equal(found);
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
      institutionAccount: { institutionAccount: "0x1234" },
    };
    for (const [input, change] of Object.entries(hostile)) {
      const parameters = { ...given, ...change } as AdmitInstitutionParameters;
      const error = await refusal(admitInstitution(bare.registrar, parameters), "InvalidInput");
      expect(error.args).to.include({ input });
    }
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
