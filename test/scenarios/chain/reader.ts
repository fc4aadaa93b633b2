import { type Abi, decodeFunctionResult, encodeFunctionData, type Hex } from "viem";

import { consentRegistryAbi, delegateRegistryAbi, scopeIndexAbi } from "../../../src/bindings/abi.ts";
import {
  type ConsentStatus,
  type ConsentWord,
  decodeWord,
  type IndexPage,
  type Mandate,
  type Permitted,
  type Recovery,
  type Rejection,
} from "../../../src/model/index.ts";
import type { ConsentEngine } from "../engine.ts";
import type { Chain } from "./chain.ts";
import { decodeRejection, revertDataOf, statusOf } from "./decode.ts";
import type { Target } from "./encodeOperation.ts";

type Reading = Pick<
  ConsentEngine,
  | "wordOf"
  | "lastWordOf"
  | "wordAt"
  | "forwardOf"
  | "statusOf"
  | "permittedAt"
  | "recoveryOf"
  | "mandateOf"
  | "isIndexed"
  | "indexPage"
>;

/** The reading half of an engine. */
export function makeReader(chain: Chain, addressOf: (target: Target) => Hex): Reading {
  const registry = addressOf("consentRegistry");
  const reader =
    (target: Target, abi: Abi) =>
    async (functionName: string, ...args: readonly unknown[]): Promise<unknown> => {
      const data = await chain.call(addressOf(target), encodeFunctionData({ abi, functionName, args }));
      return decodeFunctionResult({ abi, functionName, args, data });
    };
  const consents = reader("consentRegistry", consentRegistryAbi);
  const delegates = reader("delegateRegistry", delegateRegistryAbi);
  const index = reader("scopeIndex", scopeIndexAbi);
  const wordFrom = async (functionName: string, ...args: readonly unknown[]): Promise<ConsentWord> =>
    decodeWord((await consents(functionName, ...args)) as bigint);

  return {
    wordOf: (...ids) => wordFrom("wordOf", ...ids),
    lastWordOf: (...ids) => wordFrom("lastWordOf", ...ids),
    wordAt: (...ids) => wordFrom("wordAt", ...ids),
    forwardOf: async (...ids): Promise<string> => (await consents("forwardOf", ...ids)) as string,
    statusOf: async (...ids): Promise<ConsentStatus> => statusOf((await consents("statusOf", ...ids)) as number),
    permittedAt: async (scopeId, participantId, time): Promise<Permitted> => {
      const [permitted, version] = (await consents("permittedAt", scopeId, participantId, BigInt(time))) as [
        boolean,
        number,
      ];
      return { permitted, version };
    },
    recoveryOf: async (...ids) => (await consents("recoveryOf", ...ids)) as Omit<Recovery, "proposer">,
    mandateOf: async (...ids) => (await delegates("mandateOf", ...ids)) as Mandate,
    isIndexed: async (...ids) => (await index("isIndexed", registry, ...ids)) as boolean,
    indexPage: async (scopeId, cursor, limit): Promise<IndexPage | Rejection> => {
      try {
        const answer = await index("page", registry, scopeId, cursor, BigInt(limit));
        const [participantIds, next] = answer as [readonly string[], string];
        return { participantIds, next };
      } catch (error) {
        return decodeRejection(revertDataOf(error));
      }
    },
  };
}
