import { type Hex, hexToBigInt, keccak256, numberToHex, toRlp } from "viem";

import type { ConcordClient } from "../client.ts";
import { HeaderMismatchError, type InvalidInputError, NotFoundError } from "../errors.ts";
import { requireChain } from "../internal/chain.ts";
import { toSdkError } from "../internal/failures.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkBigUint } from "../internal/validate.ts";

export interface BuildBlockHeaderParameters {
  readonly blockNumber: bigint;
}

export interface BuildBlockHeaderReturnType {
  /** RLP encoding of the header; its keccak256 is the hash. */
  readonly header: Hex;
  readonly hash: Hex;
  /** Block time (Unix seconds). */
  readonly timestamp: number;
}

export type BuildBlockHeaderErrorType = HeaderMismatchError | InvalidInputError | NotFoundError | ReadErrorType;

type Field = readonly [name: string, kind: "bytes" | "quantity"];

/** A header's fields in their order (Yellow Paper, section 4.4.3), and the EIPs that added the later ones. */
const FIELDS: readonly Field[] = [
  ["parentHash", "bytes"],
  ["sha3Uncles", "bytes"],
  ["miner", "bytes"],
  ["stateRoot", "bytes"],
  ["transactionsRoot", "bytes"],
  ["receiptsRoot", "bytes"],
  ["logsBloom", "bytes"],
  ["difficulty", "quantity"],
  ["number", "quantity"],
  ["gasLimit", "quantity"],
  ["gasUsed", "quantity"],
  ["timestamp", "quantity"],
  ["extraData", "bytes"],
  ["mixHash", "bytes"],
  ["nonce", "bytes"],
  ["baseFeePerGas", "quantity"], // EIP-1559
  ["withdrawalsRoot", "bytes"], // EIP-4895
  ["blobGasUsed", "quantity"], // EIP-4844
  ["excessBlobGas", "quantity"], // EIP-4844
  ["parentBeaconBlockRoot", "bytes"], // EIP-4788
  ["requestsHash", "bytes"], // EIP-7685
];

type RpcBlock = Readonly<Record<string, unknown>> & { readonly hash: Hex; readonly timestamp: Hex };

/**
 * Rebuilds a block's header from what the node tells of the block, and checks it against the block's hash.
 * @throws InvalidInputError, NotFoundError, HeaderMismatchError when the node leaves a field out, or runs a fork with
 * fields that are not known here
 */
export async function buildBlockHeader(
  client: ConcordClient,
  { blockNumber }: BuildBlockHeaderParameters,
): Promise<BuildBlockHeaderReturnType> {
  checkBigUint("blockNumber", blockNumber, 64);
  await requireChain(client);
  const params = [numberToHex(blockNumber), false] as const;
  const block = (await client.publicClient
    .request({ method: "eth_getBlockByNumber", params: [...params] })
    .catch((error: unknown) => {
      throw toSdkError(error);
    })) as RpcBlock | null;
  if (block === null) throw new NotFoundError("block", { blockNumber });

  const header = toRlp(
    FIELDS.filter(([name]) => block[name] !== undefined && block[name] !== null).map(([name, kind]) =>
      kind === "bytes" ? (block[name] as Hex) : shortest(block[name] as Hex),
    ),
  );
  const hash = keccak256(header);
  if (hash !== block.hash) throw new HeaderMismatchError(blockNumber, block.hash, hash);
  return { header, hash, timestamp: Number(block.timestamp) };
}

/** RLP writes numbers without leading zeros, and zero as no bytes at all. */
function shortest(quantity: Hex): Hex {
  const value = hexToBigInt(quantity);
  if (value === 0n) return "0x";
  const digits = value.toString(16);
  return `0x${digits.length % 2 === 0 ? "" : "0"}${digits}`;
}
