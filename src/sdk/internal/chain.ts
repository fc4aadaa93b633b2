import type { WalletClient } from "viem";

import type { ConcordClient } from "../client.ts";
import { ChainMismatchError } from "../errors.ts";
import { toSdkError } from "./failures.ts";

const checked = new WeakSet<ConcordClient>();

/** Asks once a client: addresses mean something on the deployment's chain only. */
export async function requireChain(client: ConcordClient): Promise<void> {
  if (checked.has(client)) return;
  const given = await client.publicClient.getChainId().catch(rethrow);
  if (given !== client.deployment.chainId) throw new ChainMismatchError("node", client.deployment.chainId, given);
  checked.add(client);
}

/** Asks every time: a wallet's user may switch chains at any moment. */
export async function requireWalletChain(client: ConcordClient, wallet: WalletClient): Promise<void> {
  const given = await wallet.getChainId().catch(rethrow);
  if (given !== client.deployment.chainId) throw new ChainMismatchError("wallet", client.deployment.chainId, given);
}

function rethrow(error: unknown): never {
  throw toSdkError(error);
}
