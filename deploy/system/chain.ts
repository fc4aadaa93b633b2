import type { NetworkConnection } from "hardhat/types/network";
import { type Hex, hexToNumber, numberToHex } from "viem";

import type { Fork } from "../../src/deployments/index.ts";
import { SystemError } from "./errors.ts";

/** What deploy/system needs of a Hardhat connection: one of any chain type will do. */
export type SystemConnection = Pick<NetworkConnection<string>, "networkConfig" | "networkName" | "provider">;

type Provider = SystemConnection["provider"];

/** Which chain this is. */
export interface Chain {
  readonly chainId: number;
  readonly genesisHash: Hex;
  /** Whether it is a development chain of Hardhat, which forgets everything when it ends. */
  readonly embedded: boolean;
}

/** Asks a node which chain it serves. @throws SystemError SystemGenesisUnknown */
export async function readChain(provider: Provider): Promise<Chain> {
  const [chainId, genesis, embedded] = await Promise.all([
    provider.request({ method: "eth_chainId" }) as Promise<Hex>,
    provider.request({ method: "eth_getBlockByNumber", params: ["0x0", false] }) as Promise<{ hash: Hex } | null>,
    isEmbedded(provider),
  ]);
  if (genesis === null) {
    throw new SystemError(
      "SystemGenesisUnknown",
      "The node does not know block 0, so its chain cannot be told from another.",
      {},
      "Use a node that serves the chain from its first block.",
    );
  }
  return { chainId: hexToNumber(chainId), genesisHash: genesis.hash, embedded };
}

/** Only Hardhat's own chain answers `hardhat_metadata` with an instance. */
async function isEmbedded(provider: Provider): Promise<boolean> {
  const metadata: unknown = await provider.request({ method: "hardhat_metadata" }).catch(() => undefined);
  return typeof metadata === "object" && metadata !== null && "instanceId" in metadata;
}

/** EIP-2537's BLS12-381 G1ADD; the sum of two points at infinity is 128 zero bytes. */
const G1ADD = numberToHex(0x0b, { size: 20 });
const G1ADD_INPUT = `0x${"00".repeat(256)}`;
const G1ADD_OUTPUT_BYTES = 128;

/** EIP-7939 (Osaka): PUSH0 CLZ POP STOP. */
const CLZ = "5f1e5000";
/** EIP-5656 (Cancun): PUSH0 PUSH0 PUSH0 MCOPY STOP. */
const MCOPY = "5f5f5f5e00";

/**
 * The newest fork whose rules the chain follows now, found by asking for what each fork brought: CLZ for Osaka, the
 * BLS12-381 precompiles for Prague, MCOPY for Cancun. The network's configuration is not asked: it may be wrong.
 *
 * @throws SystemError SystemForkUnsupported before Cancun, which the suite's code needs
 */
export async function probeFork(provider: Provider): Promise<Fork> {
  if (await runs(provider, CLZ)) return "osaka";
  const sum = await call(provider, { to: G1ADD, data: G1ADD_INPUT });
  if (sum.length === 2 + 2 * G1ADD_OUTPUT_BYTES) return "prague";
  if (await runs(provider, MCOPY)) return "cancun";
  throw new SystemError(
    "SystemForkUnsupported",
    "The chain does not follow the rules of Cancun, which the contracts need.",
    {},
    "Activate Cancun or a later fork in the chain's genesis.",
  );
}

/** Whether code of at most 32 bytes runs to its end. A CREATE around it turns an invalid opcode into a zero address. */
async function runs(provider: Provider, code: string): Promise<boolean> {
  const size = code.length / 2;
  const byte = (value: number): string => value.toString(16).padStart(2, "0");
  // PUSHn code, PUSH1 0 MSTORE, CREATE(0, 32 - n, n), PUSH1 0 MSTORE, RETURN(0, 32)
  const probe = `${byte(0x5f + size)}${code}60005260${byte(size)}60${byte(32 - size)}6000f060005260206000f3`;
  return BigInt(await call(provider, { data: `0x${probe}` })) !== 0n;
}

async function call(provider: Provider, transaction: { to?: Hex; data: string }): Promise<Hex> {
  return (await provider.request({ method: "eth_call", params: [transaction, "latest"] })) as Hex;
}
