import {
  type AbiEvent,
  type ContractEventName,
  type GetContractEventsParameters,
  type GetEventArgs,
  type Log,
  parseEventLogs,
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

/** An event as it was found. */
export interface FoundEvent<args> {
  readonly args: args;
  /** Name of the event. */
  readonly name: string;
  /** Number of the block that holds it. */
  readonly blockNumber: bigint;
}

/** A contract's events of the names given among a receipt's logs, in order. */
export function eventsIn<contract extends ContractName, name extends ContractEventName<Abis[contract]>>(
  client: ConcordClient,
  logs: readonly Log[],
  contract: contract,
  names: readonly name[],
): FoundEvent<EventArguments<contract, name>>[] {
  const address = addressOf(client, contract).toLowerCase();
  const own = logs.filter((log) => log.address.toLowerCase() === address);
  const parsed = parseEventLogs({ abi: abis[contract] as readonly AbiEvent[], eventName: [...names], logs: own });
  return parsed.map(({ args, eventName, blockNumber }) => ({
    args: args as EventArguments<contract, name>,
    name: eventName,
    blockNumber: blockNumber ?? 0n,
  }));
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
  return event.args;
}

/** The first event on the chain with the indexed arguments given; undefined when there is none. */
export async function findEvent<contract extends ContractName, name extends ContractEventName<Abis[contract]>>(
  client: ConcordClient,
  contract: contract,
  name: name,
  filter: EventFilter<contract, name>,
): Promise<FoundEvent<EventArguments<contract, name>> | undefined> {
  await requireChain(client);
  const request = {
    address: addressOf(client, contract),
    abi: abis[contract] as readonly AbiEvent[],
    eventName: name,
    args: filter,
    fromBlock: BigInt(client.deployment.contracts[contract].startBlock),
    toBlock: "latest",
  };
  const logs = await client.publicClient
    .getContractEvents(request as unknown as GetContractEventsParameters)
    .catch((error: unknown) => {
      throw toSdkError(error);
    });
  return eventsIn(client, logs, contract, [name])[0];
}
