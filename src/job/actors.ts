import {
  concat,
  createWalletClient,
  custom,
  type Hex,
  keccak256,
  type PublicClient,
  stringToHex,
  type WalletClient,
} from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";

import type { DeploymentRecord } from "../deployments/index.ts";
import { type ConcordClient, createConcordClient } from "../sdk/index.ts";
import { NO_RETRIES } from "./patientClient.ts";

/** Whoever sends transactions in the job, beside the registrar. */
const ACTORS = [
  "biobank",
  "university",
  "company",
  "committee",
  "reviewers",
  "laboratory",
  "cloud",
  "archive",
  "relayer",
] as const;

export type Actor = (typeof ACTORS)[number];

/** Gas that an actor may need, beside what the relayer needs for the cohort; the biobank registers the specimens. */
const ACTOR_GAS = 10_000_000n;
const SPECIMEN_GAS = 400_000n;
/** Gas of one relayed change, with room. */
const CHANGE_GAS = 120_000n;

/**
 * Makes an account for every actor from the seed and, where gas has a price, funds it from the registrar's account.
 * @param changes how many consent changes the relayer will carry, and specimens how many the biobank registers
 */
export async function createActors(parameters: {
  deployment: DeploymentRecord;
  publicClient: PublicClient;
  registrar: WalletClient;
  seed: Hex;
  changes: number;
  specimens: number;
}): Promise<Record<Actor, ConcordClient>> {
  const { deployment, publicClient, registrar, seed, changes, specimens } = parameters;
  const gasPrice = await publicClient.getGasPrice();
  const actors: Partial<Record<Actor, ConcordClient>> = {};
  for (const actor of ACTORS) {
    const account = accountOf(seed, actor);
    const { chain } = publicClient;
    const walletClient = createWalletClient({ account, chain, transport: custom(publicClient, NO_RETRIES) });
    actors[actor] = createConcordClient({ deployment, publicClient, walletClient });
    if (gasPrice === 0n) continue;
    const more = { relayer: CHANGE_GAS * BigInt(changes), biobank: SPECIMEN_GAS * BigInt(specimens) };
    const gas = ACTOR_GAS + (actor === "relayer" || actor === "biobank" ? more[actor] : 0n);
    const hash = await registrar.sendTransaction({
      account: registrar.account ?? null,
      chain: null,
      to: account.address,
      // Twice the price: it may rise while the job runs.
      value: gas * gasPrice * 2n,
    });
    await publicClient.waitForTransactionReceipt({ hash });
  }
  return actors as Record<Actor, ConcordClient>;
}

/** The key that somebody in the job has: it follows from the seed and their name. */
export function accountOf(seed: Hex, name: string): PrivateKeyAccount {
  return privateKeyToAccount(keccak256(concat([seed, stringToHex(name)])));
}
