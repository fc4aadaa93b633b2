import type { ContractKey } from "./contracts.ts";

/** The number that a record of this shape carries in `format`; it rises when a field changes its meaning or goes. */
export const DEPLOYMENT_RECORD_FORMAT = 1;

export type Hex = `0x${string}`;

/** An argument of a constructor: an address or hex string, a whole number in decimal digits, text, or a list of these. */
export type ConstructorArgument = string | readonly ConstructorArgument[];

/** One contract of a deployment. */
export interface DeployedContract {
  /** The contract's name in the sources. */
  readonly name: string;
  readonly address: Hex;
  /** Block that created it: events before it cannot exist. */
  readonly startBlock: number;
  /** keccak256 of the runtime code on chain. */
  readonly codeHash: Hex;
  readonly constructorArguments: readonly ConstructorArgument[];
}

/** What whoever deployed has chosen. */
export interface DeploymentParameters {
  /** The AccessManager's only administrator after the handover. */
  readonly governance: Hex;
  /** Seconds between governance's scheduling and executing of an administrative call, 0 to 2^32 - 1. */
  readonly executionDelay: number;
}

/** Everything a program needs to use one deployment of the suite: deploy/deployments/<network>/concord.json. */
export interface DeploymentRecord {
  readonly format: typeof DEPLOYMENT_RECORD_FORMAT;
  /** Version of the package that deployed it. */
  readonly suiteVersion: string;
  /** Name of the network in the deployer's configuration. */
  readonly network: string;
  readonly chainId: number;
  /** Hash of block 0: two chains may share a chain id. */
  readonly genesisHash: Hex;
  /** The newest EVM rules that the chain was found to follow at deployment. */
  readonly fork: Fork;
  /** The lowest start block of all contracts. */
  readonly startBlock: number;
  readonly parameters: DeploymentParameters;
  readonly contracts: Readonly<Record<ContractKey, DeployedContract>>;
}

/** The forks that are told apart; the suite's code needs Cancun. */
export const forks = ["cancun", "prague", "osaka"] as const;

export type Fork = (typeof forks)[number];
