import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Address, isAddressEqual } from "viem";

import { type ConcordClient, createConcordClient } from "../../src/sdk/index.ts";
import { connectToRead } from "./connect.ts";
import { UsageError } from "./errors.ts";
import { parseAddress } from "./parse.ts";
import { loadRecord } from "./record.ts";

/** Of every task that reads a deployment. */
export interface ReadingArguments {
  readonly record: string | undefined;
  readonly json: boolean;
}

/** Of every task that signs. */
export interface SigningArguments extends ReadingArguments {
  readonly from: string | undefined;
}

/** Of every task that sends transactions. */
export interface WritingArguments extends SigningArguments {
  readonly dryRun: boolean;
}

/** Who acts, and whether it is meant: to be spread into a writing action's parameters. */
export interface Acting {
  readonly account: Address;
  readonly dryRun: boolean;
}

/** Runs `use` with a client that reads; no key is asked for. */
export async function withReader<Result>(
  hre: HardhatRuntimeEnvironment,
  { record }: ReadingArguments,
  use: (client: ConcordClient) => Promise<Result>,
): Promise<Result> {
  const connection = await connectToRead(hre);
  try {
    const deployment = await loadRecord(hre, connection, record);
    return await use(createConcordClient({ deployment, publicClient: await connection.viem.getPublicClient() }));
  } finally {
    await connection.close();
  }
}

/**
 * Runs `use` with a client that acts with a key of the network. A dry run as a named account needs no key.
 * @throws UsageError ArgumentInvalid, AccountUnavailable
 */
export async function withWriter<Result>(
  hre: HardhatRuntimeEnvironment,
  { record, from, dryRun }: Omit<WritingArguments, "json">,
  use: (client: ConcordClient, acting: Acting) => Promise<Result>,
): Promise<Result> {
  const account = from === undefined ? undefined : parseAddress("from", from);
  if (dryRun && account !== undefined) {
    return await withReader(hre, { record, json: false }, async (client) => await use(client, { account, dryRun }));
  }
  const connection = await hre.network.create();
  try {
    const deployment = await loadRecord(hre, connection, record);
    const publicClient = await connection.viem.getPublicClient();
    const wallets = await connection.viem.getWalletClients();
    const walletClient =
      account === undefined ? wallets[0] : wallets.find((wallet) => isAddressEqual(wallet.account.address, account));
    if (walletClient === undefined) throw unavailable(connection.networkName, account);
    const client = createConcordClient({ deployment, publicClient, walletClient });
    return await use(client, { account: walletClient.account.address, dryRun });
  } finally {
    await connection.close();
  }
}

function unavailable(network: string, account: Address | undefined): UsageError {
  return new UsageError(
    "AccountUnavailable",
    account === undefined
      ? `The network ${network} has no account to act as.`
      : `The network ${network} does not have the key of ${account}.`,
    { network, account },
    "Give the network the key, in the Hardhat keystore or the environment, or name another account with --from.",
  );
}
