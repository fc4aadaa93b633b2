import { type Address, concatHex, type Hex, hexToBigInt, hexToBytes, numberToHex, size, sliceHex } from "viem";
import type { PublicClient } from "viem";

/** Gas of any transaction, and of a zero and another byte of its calldata (EIP-2028). */
const BASE_GAS = 21_000n;
const ZERO_BYTE_GAS = 4n;
const BYTE_GAS = 16n;

/** A transaction's gas above its base and calldata: what the contracts themselves use. */
export function executionGas(total: bigint, data: Hex): bigint {
  const calldata = hexToBytes(data).reduce((sum, byte) => sum + (byte === 0 ? ZERO_BYTE_GAS : BYTE_GAS), 0n);
  return total - BASE_GAS - calldata;
}

/** Opcodes between two readings of the gas left, but for the call itself. */
const OVERHEAD = 18n;
const WORD_BYTES = 32;

/**
 * What a contract pays for each of several calls of another in one transaction: every account and slot is cold until one of
 * them has touched it (EIP-2929). A program that makes the calls and returns what each took is run as if it were to be
 * deployed.
 */
export async function callGas(
  publicClient: PublicClient,
  to: Address,
  calls: readonly Hex[],
): Promise<readonly bigint[]> {
  // Fails if a call does: the program below would not notice.
  await Promise.all(calls.map((data) => publicClient.call({ to, data })));
  const programOf = (start: number): Hex => {
    const steps = calls.map((data, index) => {
      const offset = start + calls.slice(0, index).reduce((sum, before) => sum + size(before), 0);
      const length = numberToHex(size(data), { size: 2 });
      // CODECOPY(0, offset, length): the calldata stand behind the program.
      const fetch = concatHex(["0x61", length, "0x61", numberToHex(offset, { size: 2 }), "0x5f39"]);
      // GAS, STATICCALL(GAS, to, 0, length, 0, 0), POP, GAS, SWAP1, SUB
      return concatHex([fetch, "0x5a5f5f61", length, "0x5f73", to, "0x5afa505a9003"]);
    });
    // MSTORE each, the last first; RETURN(0, …)
    const stores = calls.map((_, index) => concatHex(["0x60", wordAt(calls.length - 1 - index), "0x52"]));
    return concatHex([...steps, ...stores, "0x60", wordAt(calls.length), "0x5ff3"]);
  };
  const program = programOf(size(programOf(0)));
  const { data: took = "0x" } = await publicClient.call({ data: concatHex([program, ...calls]) });
  return calls.map((_, index) => {
    const word = sliceHex(took, index * WORD_BYTES, (index + 1) * WORD_BYTES);
    return hexToBigInt(word) - OVERHEAD;
  });
}

function wordAt(index: number): Hex {
  return numberToHex(index * WORD_BYTES, { size: 1 });
}
