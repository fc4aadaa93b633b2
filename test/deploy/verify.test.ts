import { expect } from "chai";
import hre, { network } from "hardhat";
import { after, describe, it } from "mocha";

import { roles } from "../../deploy/roles.ts";
import { assertVerified, type Verification, verifyRecord } from "../../deploy/system.ts";
import { clientOf, readRoleHolders } from "../../deploy/system/roleState.ts";
import { contractKeys, type DeploymentRecord } from "../../src/deployments/index.ts";
import { deployFixture } from "../support/system.ts";
import { systemError } from "./support.ts";

const connection = await network.create();
const { networkHelpers, provider } = connection;

async function failing(record: DeploymentRecord): Promise<string[]> {
  const verification = await verifyRecord(hre, connection, record);
  const failed = verification.checks.filter(({ problem }) => problem !== undefined).map(({ name }) => name);
  expect(verification.ok).to.equal(failed.length === 0);
  return failed;
}

after(async () => await connection.close());

describe("the deployed system", () => {
  it("passes every check, of every contract's code among them", async () => {
    const { record } = await networkHelpers.loadFixture(deployFixture);
    expect(await failing(record)).to.be.empty;
    const { checks } = await verifyRecord(hre, connection, record);
    expect(checks.map(({ name }) => name)).to.include.members(contractKeys.map((key) => `code of ${key}`));
  });

  it("leaves the deployer no role (invariant 9)", async () => {
    const { contracts, deployer } = await networkHelpers.loadFixture(deployFixture);
    for (const role of Object.values(roles)) {
      const [isMember] = await contracts.accessManager.hasRole(role, deployer.address);
      expect(isMember).to.be.false;
    }
    const { accessManager } = contracts;
    await expect(accessManager.connect(deployer).grantRole(roles.REGISTRAR, deployer.address, 0))
      .to.be.revertedWithCustomError(accessManager, "AccessManagerUnauthorizedAccount")
      .withArgs(deployer.address, roles.ADMIN);
  });

  it("has governance as its only administrator, and contracts as the only holders of what is theirs", async () => {
    const { record, governance } = await networkHelpers.loadFixture(deployFixture);
    const holders = await readRoleHolders(clientOf(provider), record);
    const { account } = { account: governance.address };
    const offices = [{ account, executionDelay: 0 }];
    const { institutionRegistry, licenceDuties } = record.contracts;
    const empty = { MEMBER: [], CUSTODIAN: [], PROCESSOR: [], RESEARCHER: [], COMMITTEE: [], AUDITOR: [] };
    expect(holders).to.deep.equal({
      ADMIN: offices,
      REGISTRAR: offices,
      CURATOR: offices,
      INSTITUTION_ADMIN: [{ account: institutionRegistry.address, executionDelay: 0 }],
      DUTY_KEEPER: [{ account: licenceDuties.address, executionDelay: 0 }],
      ...empty,
    });
  });

  it("lets only the InstitutionRegistry grant institutions' roles, governance included", async () => {
    const { contracts, governance, outsider } = await networkHelpers.loadFixture(deployFixture);
    const { accessManager } = contracts;
    for (const role of [
      roles.MEMBER,
      roles.CUSTODIAN,
      roles.PROCESSOR,
      roles.RESEARCHER,
      roles.COMMITTEE,
      roles.AUDITOR,
    ]) {
      await expect(accessManager.connect(governance).grantRole(role, outsider.address, 0))
        .to.be.revertedWithCustomError(accessManager, "AccessManagerUnauthorizedAccount")
        .withArgs(governance.address, roles.INSTITUTION_ADMIN);
    }
  });
});

describe("verifyRecord", () => {
  it("sees a function that was opened to everybody", async () => {
    const { record, contracts, governance } = await networkHelpers.loadFixture(deployFixture);
    const selector = contracts.auditLog.interface.getFunction("log").selector;
    const target = record.contracts.auditLog.address;
    const everybody = await contracts.accessManager.PUBLIC_ROLE();
    await contracts.accessManager.connect(governance).setTargetFunctionRole(target, [selector], everybody);
    expect(await failing(record)).to.deep.equal(["function roles"]);
  });

  it("sees a second administrator", async () => {
    const { record, contracts, governance, outsider } = await networkHelpers.loadFixture(deployFixture);
    await contracts.accessManager.connect(governance).grantRole(roles.ADMIN, outsider.address, 0);
    expect(await failing(record)).to.deep.equal(["role holders"]);
  });

  it("sees a role given back to the deployer", async () => {
    const { record, contracts, governance, deployer } = await networkHelpers.loadFixture(deployFixture);
    await contracts.accessManager.connect(governance).grantRole(roles.CURATOR, deployer.address, 0);
    expect(await failing(record)).to.deep.equal(["handover"]);
  });

  it("sees another administrator of a role", async () => {
    const { record, contracts, governance } = await networkHelpers.loadFixture(deployFixture);
    await contracts.accessManager.connect(governance).setRoleAdmin(roles.COMMITTEE, roles.REGISTRAR);
    expect(await failing(record)).to.deep.equal(["role administrators"]);
  });

  it("sees a contract that obeys another manager, and one that is closed", async () => {
    const { record, contracts, governance } = await networkHelpers.loadFixture(deployFixture);
    const { accessManager } = contracts;
    const { auditLog, termsRegistry, concordLens } = record.contracts;
    await accessManager.connect(governance).setTargetClosed(termsRegistry.address, true);
    await accessManager.connect(governance).updateAuthority(auditLog.address, concordLens.address);
    const { checks } = await verifyRecord(hre, connection, record);
    const { problem } = checks.find(({ name }) => name === "authority")!;
    expect(problem).to.contain("termsRegistry is closed").and.to.contain(`auditLog obeys ${concordLens.address}`);
  });

  // One with compiler settings of its own, and one that comes from npm.
  for (const key of ["consentRegistry", "webAuthnVerifier"] as const) {
    it(`sees code of ${key} that the sources do not give`, async () => {
      const { record } = await networkHelpers.loadFixture(deployFixture);
      const { contracts } = record;
      await networkHelpers.setCode(contracts[key].address, "0x00");
      const codeHash = "0xbc36789e7a1e281436464229828f817d6612f7b477d66591ff96a9e064bcc98a" as const;
      const edited = { ...record, contracts: { ...contracts, [key]: { ...contracts[key], codeHash } } };
      expect(await failing(edited)).to.deep.equal([`code of ${key}`]);
    });
  }

  it("sees constructor arguments that the modules do not give", async () => {
    const { record } = await networkHelpers.loadFixture(deployFixture);
    const { contracts } = record;
    const edited = {
      ...contracts.licenceLayers,
      constructorArguments: [...contracts.licenceLayers.constructorArguments].reverse(),
    };
    expect(await failing({ ...record, contracts: { ...contracts, licenceLayers: edited } })).to.deep.equal([
      "code of licenceLayers",
      "wiring",
    ]);
  });

  it("fails as an error with every check in it", async () => {
    const { record } = await networkHelpers.loadFixture(deployFixture);
    const parameters = { ...record.parameters, executionDelay: 60 };
    const verification: Verification = await verifyRecord(hre, connection, { ...record, parameters });
    const error = await systemError(
      "SystemVerificationFailed",
      Promise.resolve().then(() => assertVerified(verification)),
    );
    expect(error.message).to.contain("governance waits 0 s, not 60 s");
    expect(error.args).to.deep.equal({ checks: verification.checks });
  });
});
