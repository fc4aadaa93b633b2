import {
  type Address,
  createPublicClient,
  createWalletClient,
  custom,
  type CustomTransport,
  type Hex,
  type PublicClient,
  type WalletClient,
} from "viem";

import { InvalidInputError } from "./errors.ts";

// The parts of ethers v6 that are used, by structure: the package's types must compile where ethers is not installed.

/** An ethers v6 provider that speaks JSON-RPC: a JsonRpcProvider, a BrowserProvider, a WebSocketProvider. */
export interface EthersProvider {
  send(method: string, params: unknown[]): Promise<unknown>;
}

/** An ethers v6 signer: a Wallet, a JsonRpcSigner. */
export interface EthersSigner {
  readonly provider: unknown;
  getAddress(): Promise<string>;
  sendTransaction(transaction: EthersTransaction): Promise<{ readonly hash: string }>;
  signTypedData(
    domain: { name?: string; version?: string; chainId?: number; verifyingContract?: string },
    types: Record<string, { name: string; type: string }[]>,
    value: Record<string, unknown>,
  ): Promise<string>;
}

interface EthersTransaction {
  to?: string;
  data?: string;
  value?: string;
  nonce?: number;
  gasLimit?: string;
  gasPrice?: string;
  maxFeePerGas?: string;
  maxPriorityFeePerGas?: string;
}

/** What createConcordClient takes besides the deployment. */
export interface FromEthersReturnType {
  readonly publicClient: PublicClient;
  /** Undefined when a provider was given. */
  readonly walletClient: WalletClient | undefined;
}

export type FromEthersErrorType = InvalidInputError;

/**
 * Lets an ethers v6 signer or provider drive the SDK. Its own way of sending, signing and filling in fees is used.
 * @param signerOrProvider a signer that is connected to a provider, or a provider; the provider must speak JSON-RPC
 * @throws InvalidInputError when it is neither
 */
export async function fromEthers(signerOrProvider: EthersSigner | EthersProvider): Promise<FromEthersReturnType> {
  if (!isSigner(signerOrProvider)) {
    return { publicClient: createPublicClient({ transport: readThrough(signerOrProvider) }), walletClient: undefined };
  }
  const signer = signerOrProvider;
  const account = (await signer.getAddress()) as Address;
  return {
    publicClient: createPublicClient({ transport: readThrough(signer.provider) }),
    walletClient: createWalletClient({ account, transport: actThrough(signer, signer.provider) }),
  };
}

/** Whether it signs as ethers signers do. */
export function isSigner(value: unknown): value is EthersSigner {
  return typeof value === "object" && value !== null && "getAddress" in value && "signTypedData" in value;
}

/** ethers tries again by itself; viem would take every refusal of a contract for a failing line. */
const NO_RETRIES = { retryCount: 0 };

type Request = (request: { method: string; params?: unknown }) => Promise<unknown>;

function readThrough(provider: unknown): CustomTransport {
  return custom({ request: requestOf(provider) }, NO_RETRIES);
}

/** What an account does goes to the signer, everything else to its provider. */
function actThrough(signer: EthersSigner, provider: unknown): CustomTransport {
  const read = requestOf(provider);
  const request: Request = async ({ method, params }) => {
    const [first, second] = (params ?? []) as [unknown, unknown];
    switch (method) {
      case "eth_accounts":
      case "eth_requestAccounts":
        return [await signer.getAddress()];
      case "eth_sendTransaction":
        return (await signer.sendTransaction(ethersTransaction(first as RpcTransaction)).catch(rethrow)).hash;
      case "eth_signTypedData_v4":
        return signTypedData(signer, second as string).catch(rethrow);
      default:
        return read({ method, params });
    }
  };
  return custom({ request }, NO_RETRIES);
}

function requestOf(provider: unknown): Request {
  if (!speaksJsonRpc(provider)) {
    throw new InvalidInputError(
      "signerOrProvider",
      "signerOrProvider is no ethers provider that speaks JSON-RPC, nor a signer connected to one.",
      "Give a JsonRpcProvider or BrowserProvider of ethers v6, or a signer connected to one.",
    );
  }
  return ({ method, params }) => provider.send(method, (params ?? []) as unknown[]).catch(rethrow);
}

function speaksJsonRpc(provider: unknown): provider is EthersProvider {
  return typeof (provider as Partial<EthersProvider> | null | undefined)?.send === "function";
}

interface RpcTransaction {
  to?: string;
  data?: string;
  value?: string;
  nonce?: Hex;
  gas?: string;
  gasPrice?: string;
  maxFeePerGas?: string;
  maxPriorityFeePerGas?: string;
}

/** JSON-RPC says gas where ethers says gasLimit, and ethers wants absent fields left out. */
function ethersTransaction({ gas, nonce, to, data, value, gasPrice, ...fees }: RpcTransaction): EthersTransaction {
  const { maxFeePerGas, maxPriorityFeePerGas } = fees;
  const fields = {
    to,
    data,
    value,
    gasPrice,
    maxFeePerGas,
    maxPriorityFeePerGas,
    gasLimit: gas,
    nonce: nonce === undefined ? undefined : Number(nonce),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined));
}

async function signTypedData(signer: EthersSigner, typedData: string): Promise<string> {
  const { domain, types, message } = JSON.parse(typedData) as {
    domain: Parameters<EthersSigner["signTypedData"]>[0];
    types: Parameters<EthersSigner["signTypedData"]>[1];
    message: Record<string, unknown>;
  };
  // ethers derives the domain's own type by itself, and refuses to be told.
  const structs = Object.entries(types).filter(([name]) => name !== "EIP712Domain");
  return signer.signTypedData(domain, Object.fromEntries(structs), message);
}

/** ethers wraps what the node has said, under a code of its own; viem reads the node's. */
function rethrow(error: unknown): never {
  const said = (error as { info?: { error?: { code?: number; message?: string; data?: unknown } } }).info?.error;
  if (said?.message === undefined) throw error;
  throw Object.assign(new Error(said.message, { cause: error }), { code: said.code, data: said.data });
}
