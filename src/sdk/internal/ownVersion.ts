import { type Hex, keccak256 } from "viem";
import { parseAccount } from "viem/accounts";

import { LAST_VERSION } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { WalletMissingError } from "../errors.ts";
import { standingWord } from "./words.ts";
import type { WriteOptions } from "./write.ts";

/** The version that the sender's next opening makes; at the last one the contract says that there is none. */
export async function nextOwnVersion(client: ConcordClient, { account }: WriteOptions, scopeId: Hex): Promise<number> {
  const sender = account ?? client.walletClient?.account;
  if (sender === undefined) throw new WalletMissingError("account");
  const { version } = await standingWord(client, scopeId, keccak256(parseAccount(sender).address));
  return Math.min(version + 1, LAST_VERSION);
}
