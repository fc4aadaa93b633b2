import { type Hex, parseBytes32 } from "./bytes.ts";
import { FilesError, quote } from "./errors.ts";
import { MerkleTree } from "./merkle.ts";

/** A list of participants holds something other than distinct bytes32 ids, or not the id asked for. */
export class ParticipantsError extends FilesError {
  override name = "ParticipantsError";
}

/** The Merkle tree over the participants of a dataset. */
export interface ParticipantsTree {
  /** The root, 32 zero bytes when there are no participants. */
  readonly root: Hex;
  /** The number of participants. */
  readonly size: number;
  /**
   * The proof that `id` is one of them, to be checked against `root` with the leaf (bytes32 participantId).
   * @throws ParticipantsError when it is not.
   */
  prove(id: Hex): Hex[];
}

/**
 * Builds the tree over participant ids (bytes32, in any order and case): the root is that of OpenZeppelin's
 * StandardMerkleTree over the leaves (bytes32 participantId).
 * @throws ParticipantsError on an id that is not 32 bytes in hexadecimal, or that is listed twice.
 */
export function participantsTree(ids: readonly Hex[]): ParticipantsTree {
  const known = new Set<string>();
  const leaves = ids.map((id, i) => {
    const bytes = parseBytes32(id);
    if (bytes === undefined) {
      const shown = typeof id === "string" ? quote(id) : `a ${typeof id}`;
      throw new ParticipantsError(`ids[${i}] is ${shown}, not a participant id`, "Give 0x and 64 hexadecimal digits.");
    }
    if (known.has(id.toLowerCase())) {
      throw new ParticipantsError(`ids[${i}], ${id}, is listed twice`, "List each participant once.");
    }
    known.add(id.toLowerCase());
    return bytes;
  });
  const tree = MerkleTree.of(leaves.length, leaves);
  return {
    root: tree.root,
    size: tree.size,
    prove(id) {
      const bytes = parseBytes32(id);
      if (bytes === undefined || !known.has(id.toLowerCase())) {
        throw new ParticipantsError(
          `${quote(String(id))} is not one of the participants`,
          "Check the id and the list.",
        );
      }
      return tree.prove(bytes);
    },
  };
}
