import { keccak256 } from "viem";

import { InvalidInputError } from "../errors.ts";
import { type Group, groupTree, type GroupTree } from "../internal/groupTree.ts";
import { packGroupEntries } from "../internal/groups.ts";
import { type ParticipantSigner, type ResolvedSigner, resolveSigner, type SignerAdapter } from "../internal/signers.ts";
import { checkNonEmptyList } from "../internal/validate.ts";

export interface GroupSignerParameters extends Group {
  /** The members who sign: as many as `threshold` for an opening, any one for a closing. Only as many as needed. */
  readonly signers: readonly ParticipantSigner[];
}

export type GroupSignerReturnType = SignerAdapter;

export type GroupSignerErrorType = InvalidInputError;

/**
 * A group as a signer, by some of its members: each of them signs, one after another. A member on another machine takes
 * part through an adapter that asks them; or each signs there as the group's only signer, at the same signedAt and
 * deadline, and combineSignedChanges puts what they have signed together.
 * @throws InvalidInputError, also while signing, when a signer is no member or signs twice
 */
export function groupSigner({ members, threshold, signers }: GroupSignerParameters): GroupSignerReturnType {
  const tree = groupTree({ members, threshold });
  checkNonEmptyList("signers", signers);
  return {
    signer: tree.signer,
    sign: async ({ typedData }) => {
      const resolved = await Promise.all(signers.map((signer, index) => resolveSigner(signer, `signers[${index}]`)));
      const proofs = proofsOf(tree, resolved);
      const entries = [];
      // One after another: a wallet can ask its user only one thing at a time.
      for (const [index, { signer, sign }] of resolved.entries()) {
        entries.push({ signer, proof: proofs[index] ?? [], signature: await sign(typedData) });
      }
      return packGroupEntries(entries);
    },
  };
}

function proofsOf(tree: GroupTree, signers: readonly ResolvedSigner[]) {
  const ids = signers.map(({ signer }) => keccak256(signer));
  return signers.map(({ signer }, index) => {
    const proof = tree.proofOf(signer);
    if (proof === undefined) {
      const told = `signers[${index}] is ${signer}, who is no member of the group.`;
      throw new InvalidInputError(`signers[${index}]`, told, "Have only members sign.");
    }
    if (ids.indexOf(keccak256(signer)) !== index) {
      throw new InvalidInputError(`signers[${index}]`, `signers[${index}] signs twice.`, "Name each signer once.");
    }
    return proof;
  });
}
