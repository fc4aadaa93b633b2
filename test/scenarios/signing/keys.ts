import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { concatHex, type Hex, keccak256, numberToHex, size } from "viem";
import { privateKeyToAddress, sign } from "viem/accounts";

import type { Signer } from "../../../src/model/index.ts";
import { makeP256Key } from "./p256.ts";
import { signAssertion } from "./webAuthn.ts";

/** Whoever signs, with what they need for it. */
export interface Key {
  /** The signer bytes. */
  readonly signer: Hex;
  /** keccak256 of the signer bytes. */
  readonly id: Hex;
  /** What the model knows of it. */
  readonly model: Signer;
  /** Who sends their own transactions; a key that is no account has none. */
  readonly account?: Hex;
  /**
   * The signature over a digest in the form of the signer's kind.
   * @param signatories who really signs: the key itself, members of a group in the signature's order, or a forger
   */
  sign(digest: Hex, signatories: readonly Key[]): Promise<Hex>;
}

/** A verifier of ERC-7913 keys. */
export interface Verifier {
  readonly address: Hex;
  /** Whether the registries have listed its code. */
  readonly isListed: boolean;
}

/** A plain account, or one that has delegated its code (EIP-7702): its own ECDSA signature counts either way. */
export function accountKey(privateKey: Hex): Key {
  return keyOf(privateKeyToAddress(privateKey), (digest) => sign({ hash: digest, privateKey, to: "hex" }), {
    kind: "account",
  });
}

/** A smart account (ERC-1271) for which its owner signs. */
export function smartAccountKey(account: Hex, ownerKey: Hex): Key {
  return keyOf(account, (digest) => sign({ hash: digest, privateKey: ownerKey, to: "hex" }), { kind: "account" });
}

/** A P-256 key that signs digests as they are. */
export function p256Key({ address, isListed }: Verifier, seed: Hex): Key {
  const key = makeP256Key(seed);
  const model = { kind: "key", verifier: address, isListed } as const;
  return keyOf(concatHex([address, key.publicKey]), async (digest) => key.sign(digest), model);
}

/** A passkey: a P-256 key that signs WebAuthn assertions. */
export function webAuthnKey({ address, isListed }: Verifier, seed: Hex): Key {
  const key = makeP256Key(seed);
  const model = { kind: "key", verifier: address, isListed } as const;
  return keyOf(concatHex([address, key.publicKey]), async (digest) => signAssertion(key, digest), model);
}

const NO_ADDRESS: Hex = `0x${"00".repeat(20)}`;

/** A group, of whose members `threshold` open and any one closes. */
export function groupKey(threshold: number, members: readonly Key[]): Key {
  const tree = StandardMerkleTree.of(
    members.map(({ id }) => [id]),
    ["bytes32"],
  );
  const isMember = ({ id }: Key): boolean => members.some((member) => member.id === id);
  const entryOf = async (digest: Hex, signatory: Key): Promise<Hex> => {
    const proof = isMember(signatory) ? (tree.getProof([signatory.id]) as Hex[]) : [];
    // A group among the members signs as none of its own would.
    const signature = await signatory.sign(digest, signatory.model.kind === "group" ? [] : [signatory]);
    return concatHex([
      numberToHex(size(signatory.signer), { size: 2 }),
      signatory.signer,
      numberToHex(proof.length, { size: 1 }),
      ...proof,
      numberToHex(size(signature), { size: 2 }),
      signature,
    ]);
  };
  const signer = concatHex([NO_ADDRESS, tree.root as Hex, numberToHex(threshold, { size: 1 })]);
  return {
    signer,
    id: keccak256(signer),
    model: { kind: "group", threshold, members: new Map(members.map(({ id, model }) => [id, model])) },
    sign: async (digest, signatories) =>
      concatHex(await Promise.all(signatories.map((signatory) => entryOf(digest, signatory)))),
  };
}

/** A signer for whom one key signs, or a forger in its place. */
function keyOf(signer: Hex, signOwn: (digest: Hex) => Promise<Hex>, model: Signer): Key {
  const id = keccak256(signer);
  return {
    signer,
    id,
    model,
    ...(model.kind === "account" ? { account: signer.toLowerCase() as Hex } : {}),
    sign: async (digest, [signatory]) =>
      signatory === undefined || signatory.id === id ? signOwn(digest) : signatory.sign(digest, [signatory]),
  };
}
