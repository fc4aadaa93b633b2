import type { Address, Hex } from "viem";

import type { Reading } from "./accessFacts.ts";
import type { ProvedContract, Slot } from "./layout.ts";
import { type RlpItem, TrieError, TrieNodes } from "./trie.ts";

/** What an account is in the state's trie: nonce, balance, root of its storage, hash of its code. */
const STORAGE_ROOT = 2;
const ACCOUNT_FIELDS = 4;

/** The state that a block has left, as far as nodes of its tries prove it. */
export class ProvedState {
  readonly nodes = new TrieNodes();
  readonly #root: Hex;
  readonly #contracts: Readonly<Record<ProvedContract, Address>>;

  constructor(root: Hex, contracts: Readonly<Record<ProvedContract, Address>>) {
    this.#root = root;
    this.#contracts = contracts;
  }

  /**
   * What stands in a slot.
   * @throws TrieError when the nodes do not prove it
   */
  read({ contract, key }: Slot): bigint {
    const account = this.nodes.read(this.#root, this.#contracts[contract]);
    if (account === undefined) throw new TrieError(`there is no contract ${contract} at its address`);
    const value = this.nodes.read(storageRootOf(account), key);
    if (value === undefined) return 0n;
    if (typeof value !== "string") throw new TrieError("a slot holds a list");
    return BigInt(value);
  }

  /**
   * What a reading comes to.
   * @throws TrieError
   */
  run<Result>(reading: Reading<Result>): Result {
    let step = reading.next();
    while (step.done !== true) step = reading.next(this.read(step.value));
    return step.value;
  }
}

function storageRootOf(account: RlpItem): Hex {
  const root = typeof account === "object" && account.length === ACCOUNT_FIELDS ? account[STORAGE_ROOT] : undefined;
  if (typeof root === "string") return root;
  throw new TrieError("an account does not have an account's fields");
}
