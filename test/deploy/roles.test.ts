import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { network } from "hardhat";
import { after, describe, it } from "mocha";
import { type Abi, type AbiFunction, decodeErrorResult, type Hex, toFunctionSelector } from "viem";

import { abis } from "../../deploy/abis.ts";
import { functionRoles, roles } from "../../deploy/roles.ts";
import { permissions } from "../../deploy/selectors.ts";
import { contractKeys } from "../../src/deployments/index.ts";
import { deployFixture } from "../support/system.ts";

/** Zero words enough for the arguments of any function: an offset of zero points at a length of zero. */
const ZERO_ARGUMENTS = "0".repeat(64 * 64);

const connection = await network.create();
const { networkHelpers, provider } = connection;

after(async () => await connection.close());

describe("deploy/roles.ts", () => {
  it("numbers the roles as Roles.sol does", () => {
    const source = readFileSync(join(import.meta.dirname, "../../contracts/access/Roles.sol"), "utf8");
    const constants = [...source.matchAll(/uint64 internal constant (\w+) = (\d+);/g)].map(
      ([, name = "", value = ""]): [string, bigint] => [name, BigInt(value)],
    );
    const { INSTITUTION_ROLES, INSTITUTION_ROLE_COUNT, ...named } = Object.fromEntries(constants);
    expect(roles).to.deep.equal({ ADMIN: 0n, ...named });
    const institutional = Object.values(roles).filter((role) => role >= INSTITUTION_ROLES!);
    expect(institutional).to.have.length(Number(INSTITUTION_ROLE_COUNT));
    expect(Math.max(...institutional.map(Number))).to.equal(Number(INSTITUTION_ROLES! + INSTITUTION_ROLE_COUNT!) - 1);
  });

  it("names exactly the functions that refuse an outsider", async () => {
    const { record, outsider } = await networkHelpers.loadFixture(deployFixture);
    const refusing: string[] = [];
    for (const key of contractKeys.filter((contract) => contract !== "accessManager")) {
      // OpenZeppelin's setAuthority is the AccessManager's own to call: no role opens it.
      for (const item of writingFunctions(abis[key]).filter(({ name }) => name !== "setAuthority")) {
        const data = toFunctionSelector(item) + ZERO_ARGUMENTS;
        const revert = await revertOf(provider, outsider.address, record.contracts[key].address, data);
        // Without a reason nobody could tell whether it was the role that was missing.
        expect(revert, `${key}.${item.name}`).not.to.equal("0x");
        if (isUnauthorized(revert, outsider.address)) refusing.push(`${key}.${item.name}`);
      }
    }
    const listed = permissions().flatMap(({ contract, functions }) => functions.map((name) => `${contract}.${name}`));
    expect(refusing).to.have.members(listed).and.to.have.length(listed.length);
  });

  it("is what the deployed AccessManager says of every function of every contract", async () => {
    const { record, contracts } = await networkHelpers.loadFixture(deployFixture);
    for (const key of contractKeys) {
      const expected: Readonly<Record<string, readonly string[]>> =
        key in functionRoles ? functionRoles[key as keyof typeof functionRoles] : {};
      for (const item of writingFunctions(abis[key])) {
        const [role = "ADMIN"] = Object.entries(expected).find(([, names]) => names.includes(item.name)) ?? [];
        const { address } = record.contracts[key];
        const found = await contracts.accessManager.getTargetFunctionRole(address, toFunctionSelector(item));
        expect(found, `${key}.${item.name}`).to.equal(roles[role as keyof typeof roles]);
      }
    }
  });

  it("lets whoever holds the role in, and nobody else", async () => {
    const { contracts, governance, outsider } = await networkHelpers.loadFixture(deployFixture);
    const { institutionRegistry } = contracts;
    const profile = { roles: 1, notForProfit: true, institutionType: 0, region: 1 };
    const admit = [`0x${"01".repeat(32)}`, profile, outsider.address] as const;
    await expect(institutionRegistry.connect(outsider).admit(...admit))
      .to.be.revertedWithCustomError(institutionRegistry, "AccessManagedUnauthorized")
      .withArgs(outsider.address);
    await institutionRegistry.connect(governance).admit(...admit);
    const [isMember] = await contracts.accessManager.hasRole(roles.CUSTODIAN, outsider.address);
    expect(isMember).to.be.true;
    const [isResearcher] = await contracts.accessManager.hasRole(roles.RESEARCHER, outsider.address);
    expect(isResearcher).to.be.false;
  });
});

function writingFunctions(abi: Abi): AbiFunction[] {
  return abi.filter((item): item is AbiFunction => item.type === "function" && !/view|pure/.test(item.stateMutability));
}

async function revertOf(
  provider: { request(request: { method: string; params: unknown[] }): Promise<unknown> },
  from: string,
  to: string,
  data: string,
): Promise<Hex | undefined> {
  try {
    await provider.request({ method: "eth_call", params: [{ from, to, data }, "latest"] });
    return undefined;
  } catch (error) {
    const { data: revert } = error as { data?: Hex | { data?: Hex } };
    return typeof revert === "object" ? revert.data : (revert ?? "0x");
  }
}

function isUnauthorized(revert: Hex | undefined, caller: string): boolean {
  if (revert === undefined) return false;
  try {
    const { errorName, args } = decodeErrorResult({ abi: abis.institutionRegistry, data: revert });
    return errorName === "AccessManagedUnauthorized" && args[0] === caller;
  } catch {
    return false;
  }
}
