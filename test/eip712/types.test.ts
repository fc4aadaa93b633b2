import { expect } from "chai";
import { network } from "hardhat";
import { describe, it } from "mocha";
import { keccak256, toHex } from "viem";

import {
  consentDomain,
  consentTypes,
  delegateDomain,
  delegateTypes,
  factDomain,
  factTypes,
  licenceDomain,
  licenceTypes,
} from "../../src/eip712/index.ts";
import { deployFixture } from "../support/system.ts";

const { networkHelpers } = await network.create({ chainType: "l1" });

/** encodeType of EIP-712 for a struct of atomic members. */
function typehash(struct: string, members: readonly { name: string; type: string }[]): string {
  return keccak256(toHex(`${struct}(${members.map(({ name, type }) => `${type} ${name}`).join(",")})`));
}

const REGISTRIES = [
  {
    contract: "consentRegistry",
    types: consentTypes,
    structs: ["Grant", "Update", "Extend", "Resume", "Suspend", "Decline", "Withdraw", "Annul", "TakeOver", "Veto"],
    domain: consentDomain,
  },
  {
    contract: "delegateRegistry",
    types: delegateTypes,
    structs: ["Appoint", "Dismiss"],
    domain: delegateDomain,
  },
  {
    contract: "factRegistry",
    types: factTypes,
    structs: ["Statement"],
    domain: factDomain,
  },
  {
    contract: "licenceRegistry",
    types: licenceTypes,
    structs: ["SignedRequest"],
    domain: licenceDomain,
  },
] as const;

for (const { contract, types, structs, domain } of REGISTRIES) {
  describe(`what is signed for the ${contract}`, () => {
    it("is one of these structs", () => {
      expect(Object.keys(types)).to.deep.equal(structs);
    });

    for (const [struct, members] of Object.entries(types)) {
      it(`${struct} has the contract's typehash`, async () => {
        const { contracts } = await networkHelpers.loadFixture(deployFixture);
        // A constant typehash stands in the code as it is.
        expect(await contracts[contract].getDeployedCode()).to.include(typehash(struct, members).slice(2));
      });
    }

    it("is for the domain that the contract says of itself", async () => {
      const { contracts, record } = await networkHelpers.loadFixture(deployFixture);
      const { fields, name, version, chainId, verifyingContract } = await contracts[contract].eip712Domain();
      // Bits of ERC-5267: name, version, chainId and verifyingContract, no salt.
      expect(fields).to.equal("0x0f");
      const said = { name, version, chainId: Number(chainId), verifyingContract };
      expect(said).to.deep.equal(domain(record.chainId, record.contracts[contract].address));
    });
  });
}
