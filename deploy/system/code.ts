import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Abi, type Address, encodeDeployData, type Hex, keccak256 } from "viem";

import {
  type ConstructorArgument,
  type ContractKey,
  contractKeys,
  contractNames,
  type DeploymentRecord,
} from "../../src/deployments/index.ts";
import type { SystemConnection } from "./chain.ts";

type Provider = SystemConnection["provider"];

/** Code that is not what it should be. `found` is nothing when there is no code at all. */
export interface CodeMismatch {
  readonly contract: ContractKey;
  readonly address: Address;
  readonly expected: Hex;
  readonly found: Hex | undefined;
}

/** keccak256 of the code at an address, or nothing if there is none. */
export async function codeHashAt(provider: Provider, address: string): Promise<Hex | undefined> {
  const code = (await provider.request({ method: "eth_getCode", params: [address, "latest"] })) as Hex;
  return code === "0x" ? undefined : keccak256(code);
}

/** Where the chain's code is not the code of the record. */
export async function codeMismatches(provider: Provider, record: DeploymentRecord): Promise<CodeMismatch[]> {
  return await mismatches(record, async (key) => {
    const { address, codeHash: expected } = record.contracts[key];
    return { expected, found: await codeHashAt(provider, address) };
  });
}

/** Where the record's code is not what the local build makes of the recorded constructor arguments. */
export async function sourceMismatches(
  hre: HardhatRuntimeEnvironment,
  provider: Provider,
  record: DeploymentRecord,
): Promise<CodeMismatch[]> {
  return await mismatches(record, async (key) => {
    const { address, codeHash: found, constructorArguments } = record.contracts[key];
    return { expected: await builtCodeHash(hre, provider, key, address, constructorArguments), found };
  });
}

async function mismatches(
  record: DeploymentRecord,
  compare: (key: ContractKey) => Promise<{ expected: Hex; found: Hex | undefined }>,
): Promise<CodeMismatch[]> {
  const compared = await Promise.all(
    contractKeys.map(async (contract) => ({
      contract,
      address: record.contracts[contract].address,
      ...(await compare(contract)),
    })),
  );
  return compared.filter(({ expected, found }) => expected !== found);
}

/**
 * keccak256 of the runtime code that the local build of a contract gives at an address. The creation code is run there
 * in place of the real code (a state override of eth_call), so that immutables which hold the contract's own address,
 * such as EIP-712's, come out as they must.
 */
export async function builtCodeHash(
  hre: HardhatRuntimeEnvironment,
  provider: Provider,
  key: ContractKey,
  address: Address,
  constructorArguments: readonly ConstructorArgument[],
): Promise<Hex> {
  const { abi, bytecode } = await hre.artifacts.readArtifact(contractNames[key]);
  const code = encodeDeployData({
    abi: abi as Abi,
    bytecode: bytecode as Hex,
    args: constructorArguments,
  });
  const runtime = await provider.request({
    method: "eth_call",
    params: [{ to: address, data: "0x" }, "latest", { [address]: { code, state: {} } }],
  });
  return keccak256(runtime as Hex);
}
