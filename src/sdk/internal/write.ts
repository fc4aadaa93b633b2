import type {
  Abi,
  Account,
  Address,
  ContractFunctionArgs,
  ContractFunctionName,
  Hex,
  Log,
  ReplacementReturnType,
  TransactionReceipt,
  WalletClient,
} from "viem";

import type { ConcordClient } from "../client.ts";
import {
  type ChainMismatchError,
  type ConcordContractError,
  type InvalidInputError,
  type RequestFailedError,
  TransactionReplacedError,
  TransactionRevertedError,
  WalletMissingError,
} from "../errors.ts";
import { requireChain, requireWalletChain } from "./chain.ts";
import { abis, type Abis, addressOf, type ContractName } from "./contracts.ts";
import { toSdkError } from "./failures.ts";

/** What every writing action takes besides its own parameters. */
export interface WriteOptions<dryRun extends boolean = boolean> {
  /** Who sends; the wallet client's account unless told. An address is enough for a dry run. */
  readonly account?: Account | Address | undefined;
  /** Stop after the simulation: nothing is sent. */
  readonly dryRun?: dryRun | undefined;
}

/** What a dry run answers. */
export interface DryRun {
  readonly dryRun: true;
  /** Estimated gas. */
  readonly gas: bigint;
}

/** What every included transaction answers. */
export interface Included {
  readonly hash: Hex;
  readonly blockNumber: bigint;
  readonly gasUsed: bigint;
}

/** What a writing action answers: the estimate of a dry run, or the transaction with its results. */
export type WriteReturnType<results, dryRun extends boolean> = dryRun extends true ? DryRun : Included & results;

/** What any writing action may throw, besides its own. */
export type WriteErrorType =
  | ChainMismatchError
  | ConcordContractError
  | InvalidInputError
  | RequestFailedError
  | TransactionReplacedError
  | TransactionRevertedError
  | WalletMissingError;

export interface WriteRequest<
  contract extends ContractName,
  name extends ContractFunctionName<Abis[contract], "nonpayable">,
> {
  readonly contract: contract;
  readonly functionName: name;
  readonly args: ContractFunctionArgs<Abis[contract], "nonpayable", name>;
  /** Gas limit to simulate and send with; estimated unless told. */
  readonly gas?: bigint | undefined;
}

/** A call as viem takes it. */
interface Call {
  readonly address: Address;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: readonly unknown[];
  readonly account: Account | Address;
  readonly gas?: bigint;
}

/** EIP-7825: no transaction may have more gas, from the fork Osaka on. */
export const TRANSACTION_GAS_CAP = 16_777_216n;

/**
 * Simulates a call, sends it, waits until it is included, and reads its results from the receipt's logs.
 * @throws one of WriteErrorType
 */
export async function write<
  contract extends ContractName,
  name extends ContractFunctionName<Abis[contract], "nonpayable">,
  results extends object,
  dryRun extends boolean = false,
>(
  client: ConcordClient,
  { account: sender, dryRun }: WriteOptions<dryRun>,
  { contract, functionName, args, gas }: WriteRequest<contract, name>,
  resultsOf: (logs: readonly Log[]) => results,
): Promise<WriteReturnType<results, dryRun>> {
  const wallet = client.walletClient;
  const account = sender ?? wallet?.account;
  if (account === undefined) throw new WalletMissingError("account");
  if (wallet === undefined && dryRun !== true) throw new WalletMissingError("wallet client");
  await requireChain(client);

  const call: Call = {
    address: addressOf(client, contract),
    abi: abis[contract],
    functionName,
    args,
    account,
  } as unknown as Call;
  const limit = await simulate(client, call, dryRun === true ? undefined : gas);
  if (wallet === undefined || dryRun === true) {
    const answer: DryRun = { dryRun: true, gas: limit };
    return answer as WriteReturnType<results, dryRun>;
  }
  const receipt = await send(client, wallet, { ...call, gas: gas ?? withMargin(limit) });
  const answer: Included & results = {
    hash: receipt.transactionHash,
    blockNumber: receipt.blockNumber,
    gasUsed: receipt.gasUsed,
    ...resultsOf(receipt.logs),
  };
  return answer as WriteReturnType<results, dryRun>;
}

/** Runs a call without sending it, and answers the gas limit given or, after an estimate, the gas that it needs. */
async function simulate({ publicClient }: ConcordClient, call: Call, gas: bigint | undefined): Promise<bigint> {
  try {
    if (gas === undefined) return await publicClient.estimateContractGas(call);
    await publicClient.simulateContract({ ...call, gas });
    return gas;
  } catch (error) {
    throw toSdkError(error);
  }
}

/** A fifth more than the estimate, because the state may change before the inclusion; unused gas is given back. */
function withMargin(estimate: bigint): bigint {
  const wanted = estimate + estimate / 5n;
  return wanted > TRANSACTION_GAS_CAP && estimate <= TRANSACTION_GAS_CAP ? TRANSACTION_GAS_CAP : wanted;
}

async function send(client: ConcordClient, wallet: WalletClient, call: Call): Promise<TransactionReceipt> {
  await requireWalletChain(client, wallet);
  let replacement: ReplacementReturnType | undefined;
  let hash: Hex;
  let receipt: TransactionReceipt;
  try {
    hash = await wallet.writeContract({ ...call, chain: null });
    receipt = await client.publicClient.waitForTransactionReceipt({
      hash,
      onReplaced: (replaced) => {
        replacement = replaced;
      },
    });
  } catch (error) {
    throw toSdkError(error);
  }
  if (replacement !== undefined && replacement.reason !== "repriced") {
    throw new TransactionReplacedError(hash, receipt.transactionHash);
  }
  if (receipt.status === "reverted") {
    // What refused it most likely still does, and then tells why.
    await simulate(client, call, call.gas);
    throw new TransactionRevertedError(receipt.transactionHash);
  }
  return receipt;
}
