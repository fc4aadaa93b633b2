/** Bytes in hexadecimal, as viem and ethers write them. */
export type Hex = `0x${string}`;

/** Writes bytes in lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;
}

/** The 32 bytes of a bytes32 in hexadecimal, in either case, or undefined when `value` is not one. */
export function parseBytes32(value: unknown): Uint8Array | undefined {
  return typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value) ? fromHex(value) : undefined;
}

/** The bytes of what {@link toHex} wrote. */
export function fromHex(hex: string): Uint8Array {
  return Buffer.from(hex.slice(2), "hex");
}
