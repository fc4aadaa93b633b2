import { expect } from "chai";
import { network } from "hardhat";
import { describe, it } from "mocha";
import { keccak256, toHex } from "viem";

import { consentDomain, type ConsentPrimaryType, consentTypes } from "../../src/eip712/index.ts";
import { deployFixture } from "../support/system.ts";

const { networkHelpers } = await network.create({ chainType: "l1" });

const PRIMARY_TYPES = Object.keys(consentTypes) as ConsentPrimaryType[];

/** encodeType of EIP-712 for a struct of atomic members. */
function typehash(primaryType: ConsentPrimaryType): string {
  const members = consentTypes[primaryType].map(({ name, type }) => `${type} ${name}`);
  return keccak256(toHex(`${primaryType}(${members.join(",")})`));
}

describe("consentTypes", () => {
  it("are the four changes of this version", () => {
    expect(PRIMARY_TYPES).to.deep.equal(["Grant", "Resume", "Suspend", "Withdraw"]);
  });

  for (const primaryType of PRIMARY_TYPES) {
    it(`${primaryType} has the contract's typehash`, async () => {
      const { contracts } = await networkHelpers.loadFixture(deployFixture);
      // A constant typehash stands in the code as it is.
      expect(await contracts.consentRegistry.getDeployedCode()).to.include(typehash(primaryType).slice(2));
    });
  }
});

describe("consentDomain", () => {
  it("is what the contract says of itself", async () => {
    const { contracts, record } = await networkHelpers.loadFixture(deployFixture);
    const { fields, name, version, chainId, verifyingContract } = await contracts.consentRegistry.eip712Domain();
    // Bits of ERC-5267: name, version, chainId and verifyingContract, no salt.
    expect(fields).to.equal("0x0f");
    const said = { name, version, chainId: Number(chainId), verifyingContract };
    expect(said).to.deep.equal(consentDomain(record.chainId, record.contracts.consentRegistry.address));
  });
});
