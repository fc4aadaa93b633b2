import { bytesToHex, bytesToNumber, concatHex, type Hex, hexToBytes, keccak256, numberToHex, size } from "viem";

/** One member's part of a group's signature. */
export interface GroupEntry {
  /** The member's signer bytes. */
  readonly signer: Hex;
  /** Proof that the member stands in the group's tree. */
  readonly proof: readonly Hex[];
  readonly signature: Hex;
}

const WORD = 32;

/** How a part of an entry is written: bytes of the length that stands before it, and bytes of what the length counts. */
interface PartForm {
  readonly lengthBytes: number;
  readonly unit: number;
}

const BYTES: PartForm = { lengthBytes: 2, unit: 1 };
const WORDS: PartForm = { lengthBytes: 1, unit: WORD };

/** Members' parts as the signature of their group: each once, ascending by the keccak256 of the signer bytes. */
export function packGroupEntries(entries: readonly GroupEntry[]): Hex {
  const byId = new Map(entries.map((entry) => [BigInt(keccak256(entry.signer)), entry]));
  const ids = [...byId.keys()].sort((a, b) => (a < b ? -1 : 1));
  return concatHex(
    ids.flatMap((id) => {
      const { signer, proof, signature } = byId.get(id) as GroupEntry;
      return [packPart(signer, BYTES), packPart(concatHex(proof), WORDS), packPart(signature, BYTES)];
    }),
  );
}

/** The parts of a group's signature; undefined when they do not fill it. */
export function groupEntriesOf(signature: Hex): GroupEntry[] | undefined {
  let rest = hexToBytes(signature);
  const take = ({ lengthBytes, unit }: PartForm): Uint8Array | undefined => {
    if (rest.length < lengthBytes) return undefined;
    const end = lengthBytes + bytesToNumber(rest.subarray(0, lengthBytes)) * unit;
    if (rest.length < end) return undefined;
    const part = rest.subarray(lengthBytes, end);
    rest = rest.subarray(end);
    return part;
  };
  const entries: GroupEntry[] = [];
  while (rest.length > 0) {
    const [signer, proof, part] = [take(BYTES), take(WORDS), take(BYTES)];
    if (signer === undefined || proof === undefined || part === undefined) return undefined;
    const words = Array.from({ length: proof.length / WORD }, (_, i) => proof.subarray(i * WORD, (i + 1) * WORD));
    entries.push({
      signer: bytesToHex(signer),
      proof: words.map((word) => bytesToHex(word)),
      signature: bytesToHex(part),
    });
  }
  return entries;
}

function packPart(part: Hex, { lengthBytes, unit }: PartForm): Hex {
  return concatHex([numberToHex(size(part) / unit, { size: lengthBytes }), part]);
}
