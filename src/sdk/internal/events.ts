import {
  type Abi,
  type AbiEvent,
  type ContractEventName,
  encodeEventTopics,
  type EncodeEventTopicsParameters,
  formatLog,
  getAbiItem,
  type GetEventArgs,
  type Hex,
  type Log,
  numberToHex,
  parseEventLogs,
  type RpcLog,
  toEventSelector,
} from "viem";

import type { ConcordClient } from "../client.ts";
import { requireChain } from "./chain.ts";
import { abis, type Abis, addressOf, type ContractName } from "./contracts.ts";
import { toSdkError } from "./failures.ts";

/** Arguments of an event, all of them there. */
export type EventArguments<
  contract extends ContractName,
  name extends ContractEventName<Abis[contract]>,
> = GetEventArgs<Abis[contract], name, { EnableUnion: false; IndexedOnly: false; Required: true }>;

/** Indexed arguments to look for. */
export type EventFilter<contract extends ContractName, name extends ContractEventName<Abis[contract]>> = GetEventArgs<
  Abis[contract],
  name,
  { EnableUnion: false; IndexedOnly: true; Required: false }
>;

/** An event as it was found; among several names, each has its own arguments. */
export type FoundEvent<contract extends ContractName, name extends ContractEventName<Abis[contract]>> = {
  readonly [one in name]: {
    readonly name: one;
    readonly args: EventArguments<contract, one>;
    readonly blockNumber: bigint;
    readonly transactionHash: Hex;
    /** Place among all logs of the block. */
    readonly logIndex: number;
    /** Block time (Unix seconds), where the node tells it with the log. */
    readonly time: number | undefined;
  };
}[name];

/** A contract's events of the names given among some logs, in order. */
export function eventsIn<contract extends ContractName, name extends ContractEventName<Abis[contract]>>(
  client: ConcordClient,
  logs: readonly Log[],
  contract: contract,
  names: readonly name[],
): FoundEvent<contract, name>[] {
  const address = addressOf(client, contract).toLowerCase();
  const own = logs.filter((log) => log.address.toLowerCase() === address);
  const parsed = parseEventLogs({ abi: abis[contract] as readonly AbiEvent[], eventName: [...names], logs: own });
  return parsed.map((log) => {
    const { args, eventName, blockNumber, transactionHash, logIndex, blockTimestamp } = log;
    const time = typeof blockTimestamp === "bigint" ? Number(blockTimestamp) : undefined;
    return { name: eventName, args, blockNumber, transactionHash, logIndex, time } as FoundEvent<contract, name>;
  });
}

/** The one event of its kind that an included call always leaves. */
export function eventIn<contract extends ContractName, name extends ContractEventName<Abis[contract]>>(
  client: ConcordClient,
  logs: readonly Log[],
  contract: contract,
  name: name,
): EventArguments<contract, name> {
  const event = eventsIn(client, logs, contract, [name])[0];
  if (event === undefined) throw new TypeError(`The receipt lacks ${name}: the bindings are not of this contract.`);
  return event.args as EventArguments<contract, name>;
}

/** The first event on the chain, up to a block if one is named, with the indexed arguments given; undefined when there is none. */
export async function findEvent<contract extends ContractName, name extends ContractEventName<Abis[contract]>>(
  client: ConcordClient,
  contract: contract,
  name: name,
  filter: EventFilter<contract, name>,
  toBlock?: bigint,
): Promise<FoundEvent<contract, name> | undefined> {
  const topics = encodeEventTopics({
    abi: abis[contract],
    eventName: name,
    args: filter,
  } as EncodeEventTopicsParameters);
  return (await findEvents(client, contract, [name], { topics: topics.slice(1), toBlock }))[0];
}

/** What {@link findEvents} looks for. */
export interface EventSearch {
  /** The indexed arguments in order, each as its 32 bytes, as several of which one matches, or null for any. */
  readonly topics: readonly (Hex | Hex[] | null)[];
  /** The last block to look into; the latest unless told. */
  readonly toBlock?: bigint | undefined;
}

/** All events on the chain of the names given, in order: one request, whatever the number of names. */
export async function findEvents<contract extends ContractName, name extends ContractEventName<Abis[contract]>>(
  client: ConcordClient,
  contract: contract,
  names: readonly name[],
  { topics, toBlock }: EventSearch,
): Promise<FoundEvent<contract, name>[]> {
  await requireChain(client);
  const abi = abis[contract] as Abi;
  const selectors = names.map((name) => toEventSelector(getAbiItem({ abi, name: name as string }) as AbiEvent));
  const filter = {
    address: addressOf(client, contract),
    topics: [selectors, ...topics],
    fromBlock: numberToHex(client.deployment.contracts[contract].startBlock),
    toBlock: toBlock === undefined ? ("latest" as const) : numberToHex(toBlock),
  };
  try {
    // viem's own actions filter by one event or by its arguments, not by several events' common arguments.
    const logs = (await client.publicClient.request({ method: "eth_getLogs", params: [filter] })) as RpcLog[];
    return eventsIn(
      client,
      logs.map((log) => formatLog(log)),
      contract,
      names,
    );
  } catch (error) {
    throw toSdkError(error);
  }
}
