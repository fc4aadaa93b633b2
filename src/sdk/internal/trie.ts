import { fromRlp, type Hex, keccak256 } from "viem";

/** What RLP encodes: bytes, or a list of such. */
export type RlpItem = Hex | readonly RlpItem[];

/** Children of a branch; its last part is a value, which no trie with keys of one length has. */
const CHILDREN = 16;

/** The root of a trie with nothing in it: the hash of the RLP encoding of no bytes. */
const EMPTY_ROOT = keccak256("0x80");

/** A trie cannot be read: a node on the way is missing, or is no node. */
export class TrieError extends Error {
  override readonly name = "TrieError";
}

/** Nodes of Merkle-Patricia tries (Yellow Paper, appendix D) by their hashes, and which of them were of use. */
export class TrieNodes {
  readonly #nodes = new Map<Hex, Hex>();
  readonly #used = new Set<Hex>();

  /** Whether the node was not there yet. */
  add(node: Hex): boolean {
    const hash = keccak256(node);
    const isNew = !this.#nodes.has(hash);
    this.#nodes.set(hash, node);
    return isNew;
  }

  /** The nodes by way of which something was read. */
  get used(): Hex[] {
    return [...this.#nodes].filter(([hash]) => this.#used.has(hash)).map(([, node]) => node);
  }

  /**
   * What the trie with this root keeps under the hash of `key`; undefined when the nodes prove that it is nothing.
   * @throws TrieError
   */
  read(root: Hex, key: Hex): RlpItem | undefined {
    if (root === EMPTY_ROOT) return undefined;
    let path = keccak256(key).slice(2);
    let node = this.#byHash(root);
    for (;;) {
      let next: RlpItem | undefined;
      if (node.length === CHILDREN + 1) {
        next = node[Number.parseInt(path.charAt(0), 16)];
        path = path.slice(1);
      } else {
        const { nibbles, isLeaf } = pathOf(node);
        if (!path.startsWith(nibbles) || (isLeaf && path !== nibbles)) return undefined;
        if (isLeaf) return valueOf(node);
        next = node[1];
        path = path.slice(nibbles.length);
      }
      if (next === "0x") return undefined;
      // A node that is shorter than its hash stands in its parent.
      node = typeof next === "string" ? this.#byHash(next) : listOf(next);
    }
  }

  #byHash(hash: Hex): readonly RlpItem[] {
    const node = this.#nodes.get(hash);
    if (node === undefined) throw new TrieError(`the node ${hash} is missing`);
    this.#used.add(hash);
    return listOf(decodeRlp(node));
  }
}

/** @throws TrieError when the bytes are no RLP encoding */
export function decodeRlp(encoded: Hex): RlpItem {
  try {
    return fromRlp(encoded, "hex") as RlpItem;
  } catch {
    throw new TrieError("it is not RLP");
  }
}

function listOf(item: RlpItem | undefined): readonly RlpItem[] {
  if (typeof item === "object") return item;
  throw new TrieError("a node is no list");
}

/** The part of a path that a leaf or an extension stands for, in its hex-prefix encoding: an odd one is not padded. */
function pathOf([path, ...rest]: readonly RlpItem[]): { nibbles: string; isLeaf: boolean } {
  const [, flag, digits = ""] = (typeof path === "string" && /^0x([0-3])([0-9a-f]+)$/.exec(path)) || [];
  if (flag === undefined || rest.length !== 1)
    throw new TrieError("a node is neither a branch, an extension nor a leaf");
  return { nibbles: Number(flag) % 2 === 1 ? digits : digits.slice(1), isLeaf: Number(flag) >= 2 };
}

function valueOf([, value]: readonly RlpItem[]): RlpItem {
  if (typeof value === "string") return decodeRlp(value);
  throw new TrieError("a leaf has no value");
}
