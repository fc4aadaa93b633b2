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

/**
 * What a contract pays to call another: the first time in a transaction, and a second time, when every account and slot is
 * warm (EIP-2929). A program that makes the call twice and returns what each took is run as if it were to be deployed.
 */
export async function callGas(
  publicClient: PublicClient,
  to: Address,
  data: Hex,
): Promise<{ readonly cold: bigint; readonly warm: bigint }> {
  // Fails if the call does: the program below would not notice.
  await publicClient.call({ to, data });
  const length = numberToHex(size(data), { size: 2 });
  // GAS, STATICCALL(GAS, to, 0, length, 0, 0), POP, GAS, SWAP1, SUB
  const once = concatHex(["0x5a5f5f61", length, "0x5f73", to, "0x5afa505a9003"]);
  // MSTORE(32, second), MSTORE(0, first), RETURN(0, 64)
  const end = "0x6020525f5260405ff3";
  // CODECOPY(0, …, length) fetches the calldata, which stands behind the program.
  const begin = (offset: Hex): Hex => concatHex(["0x61", length, "0x61", offset, "0x5f39"]);
  const offset = numberToHex(size(begin("0x0000")) + 2 * size(once) + size(end), { size: 2 });
  const { data: took = "0x" } = await publicClient.call({ data: concatHex([begin(offset), once, once, end, data]) });
  return {
    cold: hexToBigInt(sliceHex(took, 0, 32)) - OVERHEAD,
    warm: hexToBigInt(sliceHex(took, 32, 64)) - OVERHEAD,
  };
}
