import type { EthereumProvider } from "hardhat/types/providers";
import { type Hex, hexToNumber, numberToHex } from "viem";

import type { RawLog } from "./decode.ts";

/** Above the dearest batch, and below what Osaka grants a transaction (EIP-7825). */
const GAS_LIMIT = numberToHex(16_000_000);

/**
 * An embedded chain, spoken to in its own words: a client library would take most of the time of a long run. Each
 * transaction is in a block of its own at the time that stands; gas costs nothing, and anyone may send.
 */
export class Chain {
  readonly #provider: EthereumProvider;
  readonly #impersonated = new Set<string>();
  #now: number;
  #latest: number;

  private constructor(provider: EthereumProvider, now: number) {
    this.#provider = provider;
    this.#now = now;
    this.#latest = now;
  }

  /** The chain at the time of its latest block. */
  static async connect(provider: EthereumProvider): Promise<Chain> {
    const block = (await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] })) as {
      timestamp: Hex;
    };
    return new Chain(provider, hexToNumber(block.timestamp));
  }

  /** The time of the next block, in Unix seconds. */
  get now(): number {
    return this.#now;
  }

  advance(seconds: number): void {
    this.#now += seconds;
  }

  /** Runs something that sends one transaction, at the time that stands. */
  async atNow<T>(act: () => Promise<T>): Promise<T> {
    await this.request("evm_setNextBlockTimestamp", this.#now);
    this.#latest = this.#now;
    return act();
  }

  /** Sends a transaction from any account, and answers what it has logged; a refused one throws. */
  async send(from: string, to: string, data: Hex): Promise<readonly RawLog[]> {
    if (!this.#impersonated.has(from)) {
      await this.request("hardhat_impersonateAccount", from);
      this.#impersonated.add(from);
    }
    const transaction = { from, to, data, gas: GAS_LIMIT, gasPrice: "0x0" };
    const hash = await this.atNow(() => this.request("eth_sendTransaction", transaction));
    const receipt = (await this.request("eth_getTransactionReceipt", hash)) as { logs: readonly RawLog[] };
    return receipt.logs;
  }

  /** Calls a function that reads, as of a block at the time that stands. */
  async call(to: string, data: Hex): Promise<Hex> {
    if (this.#latest !== this.#now) await this.atNow(() => this.request("evm_mine"));
    return (await this.request("eth_call", { to, data }, "latest")) as Hex;
  }

  /** Marks a moment; the answer leads back to it, any number of times. */
  async checkpoint(): Promise<() => Promise<void>> {
    const [now, latest] = [this.#now, this.#latest];
    let snapshot = await this.request("evm_snapshot");
    return async () => {
      await this.request("evm_revert", snapshot);
      snapshot = await this.request("evm_snapshot");
      [this.#now, this.#latest] = [now, latest];
    };
  }

  request(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return this.#provider.request({ method, params });
  }
}
