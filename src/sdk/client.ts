import type { PublicClient, WalletClient } from "viem";

import type { DeploymentRecord } from "../deployments/index.ts";
import { InvalidInputError } from "./errors.ts";

/** What every action takes first: where the suite is, how to read it, and who acts. */
export interface ConcordClient {
  readonly deployment: DeploymentRecord;
  /** Reads, and waits for receipts. */
  readonly publicClient: PublicClient;
  /** Sends and signs; undefined for a client that only reads. */
  readonly walletClient: WalletClient | undefined;
}

export interface CreateConcordClientParameters {
  /** The record that the deployment wrote, parsed. */
  readonly deployment: DeploymentRecord;
  /** A viem public client, or one of {@link fromEthers}, on the deployment's chain. */
  readonly publicClient: PublicClient;
  /** A viem wallet client with an account, or one of {@link fromEthers}; only for writing and signing. */
  readonly walletClient?: WalletClient | undefined;
}

export type CreateConcordClientErrorType = InvalidInputError;

/**
 * Puts together what the actions need. Sends nothing: the first action finds out whether the node is on the deployment's
 * chain.
 * @throws InvalidInputError when the deployment record or the public client is missing
 */
export function createConcordClient(parameters: CreateConcordClientParameters): ConcordClient {
  const { deployment, publicClient, walletClient } = parameters;
  if (typeof deployment?.contracts !== "object") {
    throw new InvalidInputError("deployment", "deployment is no deployment record.", "Give the parsed concord.json.");
  }
  if (typeof publicClient?.readContract !== "function") {
    throw new InvalidInputError(
      "publicClient",
      "publicClient is no public client of viem.",
      "Make one with viem's createPublicClient or with fromEthers.",
    );
  }
  return Object.freeze({ deployment, publicClient, walletClient });
}
