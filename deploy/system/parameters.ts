import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { type Address, getAddress, isAddress, isAddressEqual, zeroAddress } from "viem";

import type { DeploymentParameters } from "../../src/deployments/index.ts";
import { SystemError } from "./errors.ts";

const LONGEST_DELAY = 2 ** 32 - 1;

/** The file in which whoever deploys to a network says how. */
export function parametersFile(deployDirectory: string, network: string): string {
  return join(deployDirectory, "parameters", `${network}.json`);
}

/**
 * Reads a file of parameters: `{ "governance": "0x…", "executionDelay": 86400 }`.
 *
 * @returns the parameters, or nothing if there is no such file
 * @throws SystemError SystemParametersInvalid
 */
export async function readParameters(file: string): Promise<DeploymentParameters | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(file, `it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  return checkParameters(value, file);
}

/** Checks parameters from anywhere; `source` says where they came from. @throws SystemError SystemParametersInvalid */
export function checkParameters(value: unknown, source: string): DeploymentParameters {
  if (typeof value !== "object" || value === null) throw invalid(source, "it holds no object");
  const unknown = Object.keys(value).find((key) => key !== "governance" && key !== "executionDelay");
  if (unknown !== undefined) throw invalid(source, `${JSON.stringify(unknown)} is no parameter`);
  const { governance, executionDelay } = value as Readonly<Record<string, unknown>>;
  if (typeof governance !== "string" || !isAddress(governance) || governance === zeroAddress) {
    throw invalid(source, "governance is no address with a correct checksum");
  }
  if (!Number.isInteger(executionDelay) || Number(executionDelay) < 0 || Number(executionDelay) > LONGEST_DELAY) {
    throw invalid(source, `executionDelay is not a whole number of seconds from 0 to ${LONGEST_DELAY}`);
  }
  return { governance: getAddress(governance), executionDelay: Number(executionDelay) };
}

/** Refuses a governance that is the deployer: the handover would hand nothing over. */
export function checkGovernance({ governance }: DeploymentParameters, deployer: Address): void {
  if (!isAddressEqual(governance, deployer)) return;
  throw new SystemError(
    "SystemGovernanceIsDeployer",
    `Governance is the deployer itself, ${deployer}, which keeps no role after the handover.`,
    { governance, deployer },
    "Name another account, a multi-signature account for instance, as governance in the network's parameters.",
  );
}

/** Says that nobody was named as governance of a network. */
export function parametersMissing(file: string, network: string): SystemError {
  return new SystemError(
    "SystemParametersMissing",
    `Nobody is named as governance of the network ${network}.`,
    { network, file },
    `Write ${file} with {"governance": "0x…", "executionDelay": 86400}: the account that will administer, and its delay in seconds.`,
  );
}

function invalid(source: string, problem: string): SystemError {
  return new SystemError(
    "SystemParametersInvalid",
    `The parameters in ${source} are refused: ${problem}.`,
    { source, problem },
    'Give {"governance": "0x…", "executionDelay": 86400}: an address, and seconds.',
  );
}
