import type { NetworkConnection } from "hardhat/types/network";
import type { Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

import type { KeyKind } from "../engine.ts";
import { accountOf, idOf } from "../ids.ts";
import { accountKey, type Key, p256Key, smartAccountKey, type Verifier, webAuthnKey } from "../signing/keys.ts";
import type { Chain } from "./chain.ts";
import type { DeployedConsent } from "./deployConsent.ts";

const UNLISTED_VERIFIER = accountOf("a verifier that nobody has listed");
const DELEGATION_GAS = 100_000n;

/** Makes keys of every kind, with the code that they need on the chain. */
export class Keyring {
  readonly #connection: NetworkConnection<"l1">;
  readonly #contracts: DeployedConsent["contracts"];
  readonly #chain: Chain;

  constructor({ connection, contracts }: DeployedConsent, chain: Chain) {
    this.#connection = connection;
    this.#contracts = contracts;
    this.#chain = chain;
  }

  /** A key that is the same for the same seed of 32 bytes; its account has its code for as long as the chain has. */
  async make(kind: KeyKind, seed: Hex): Promise<Key> {
    const { p256Verifier, webAuthnVerifier } = this.#contracts;
    switch (kind) {
      case "account":
        return accountKey(seed);
      case "delegated account":
        await this.#delegate(seed, await this.#deployWallet(idOf(`somebody beside ${seed}`)));
        return accountKey(seed);
      case "smart account":
        return smartAccountKey(await this.#deployWallet(seed), seed);
      case "P-256 key":
        return p256Key(listed(p256Verifier.address), seed);
      case "passkey":
        return webAuthnKey(listed(webAuthnVerifier.address), seed);
      case "unlisted key":
        return p256Key(await this.#unlistedVerifier(), seed);
    }
  }

  /** An ERC-1271 wallet of whoever has a key. */
  async #deployWallet(ownerKey: Hex): Promise<Hex> {
    const { address } = privateKeyToAccount(ownerKey);
    const wallet = await this.#chain.atNow(() => this.#connection.ethers.deployContract("OwnedWallet", [address]));
    return (await wallet.getAddress()) as Hex;
  }

  /** Has an account delegate its code (EIP-7702); anybody sends the authorisation. */
  async #delegate(privateKey: Hex, contractAddress: Hex): Promise<void> {
    const account = privateKeyToAccount(privateKey);
    const chainId = Number(await this.#chain.request("eth_chainId"));
    const authorization = await account.signAuthorization({ contractAddress, chainId, nonce: 0 });
    const sponsor = privateKeyToAccount(idOf(`sponsor of ${account.address}`));
    const transaction = await sponsor.signTransaction({
      type: "eip7702",
      chainId,
      nonce: 0,
      gas: DELEGATION_GAS,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      to: sponsor.address,
      authorizationList: [authorization],
    });
    await this.#chain.atNow(() => this.#chain.request("eth_sendRawTransaction", transaction));
    const code = await this.#chain.request("eth_getCode", account.address, "latest");
    if (code === "0x") throw new Error(`${account.address} has not delegated its code`);
  }

  /** The P-256 verifier with a byte behind its code, which is never run: it checks as well, but is not listed. */
  async #unlistedVerifier(): Promise<Verifier> {
    const code = (await this.#chain.request("eth_getCode", this.#contracts.p256Verifier.address, "latest")) as Hex;
    await this.#chain.request("hardhat_setCode", UNLISTED_VERIFIER, `${code}00`);
    return { address: UNLISTED_VERIFIER, isListed: false };
  }
}

function listed(address: string): Verifier {
  return { address: address.toLowerCase() as Hex, isListed: true };
}
