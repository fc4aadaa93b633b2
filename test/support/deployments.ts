import {
  contractKeys,
  contractNames,
  DEPLOYMENT_RECORD_FORMAT,
  type DeploymentRecord,
} from "../../src/deployments/index.ts";

/** A valid record of no real chain. */
export function sampleRecord(): DeploymentRecord {
  const address = (index: number) => `0x${(index + 1).toString(16).padStart(40, "0")}` as const;
  const hash = (index: number) => `0x${(index + 1).toString(16).padStart(64, "0")}` as const;
  const contracts = contractKeys.map((key, index) => [
    key,
    {
      name: contractNames[key],
      address: address(index),
      startBlock: 7 + index,
      codeHash: hash(index),
      constructorArguments: index === 0 ? [address(99)] : [address(0), [address(1), "12"]],
    },
  ]);
  return {
    format: DEPLOYMENT_RECORD_FORMAT,
    suiteVersion: "0.1.0",
    network: "consortium",
    chainId: 1337,
    genesisHash: hash(50),
    fork: "prague",
    startBlock: 7,
    parameters: { governance: address(60), executionDelay: 86_400 },
    contracts: Object.fromEntries(contracts) as DeploymentRecord["contracts"],
  };
}
