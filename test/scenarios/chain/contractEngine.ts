import { encodeAbiParameters, type Hex, keccak256, numberToHex } from "viem";

import { consentDomain, delegateDomain } from "../../../src/eip712/index.ts";
import {
  type ConsentOperation,
  encodeWord,
  BLANK_TERMS,
  MODIFIERS,
  NO_ID,
  type Operation,
  PERMISSIONS,
} from "../../../src/model/index.ts";
import type { TermsStruct } from "../../../typechain-types/contracts/consent/TermsRegistry.ts";
import type { Actor, Applied, ConsentEngine } from "../engine.ts";
import { idOf } from "../ids.ts";
import { groupKey, type Key } from "../signing/keys.ts";
import { makeDigestOf, type SignedOperation } from "../signing/typedData.ts";
import { Chain } from "./chain.ts";
import { decodeBatch, decodeEvents, decodeRejection, type RawLog, revertDataOf } from "./decode.ts";
import type { DeployedConsent } from "./deployConsent.ts";
import { type Authorisation, type Call, encodeBatch, encodeOperation, type Target } from "./encodeOperation.ts";
import { Keyring } from "./keyring.ts";
import { makeReader } from "./reader.ts";

/** Where the words of the registry of consents lie: nothing comes before. */
const WORDS_SLOT = 0n;

/** The contracts behind the engine's face: each operation is one transaction in a block of its own. */
export async function makeContractEngine(deployed: DeployedConsent): Promise<ConsentEngine> {
  const { connection, contracts, institutions, terms, custodian, second, relayer, stranger } = deployed;
  const chain = await Chain.connect(connection.provider);
  const keyring = new Keyring(deployed, chain);
  const addressOf = (target: Target): Hex => contracts[target].address;
  const registry = addressOf("consentRegistry");
  const chainId = Number(await chain.request("eth_chainId"));
  const consentDigest = makeDigestOf(consentDomain(chainId, registry));
  const delegateDigest = makeDigestOf(delegateDomain(chainId, addressOf("delegateRegistry")));
  /** By id. */
  const keys = new Map<string, Key>();
  /** By kind and name. */
  const actors = new Map<string, Actor>();
  const scopes = new Set<string>();
  let published = 0;

  const introduce = (kind: Actor["kind"], key: Key): Actor => {
    keys.set(key.id, key);
    return { kind, id: key.id, signer: key.model };
  };
  const keyOf = (id: string): Key => {
    const key = keys.get(id);
    if (key === undefined) throw new Error(`${id} is no actor of this engine`);
    return key;
  };
  const accountOf = (id: string): string => {
    const { account } = keyOf(id);
    if (account === undefined) throw new Error(`${id} is a key that sends no transactions`);
    return account;
  };

  const authorise = async (operation: SignedOperation): Promise<Authorisation | undefined> => {
    const { participantId, signed, signerId = participantId, signatories = [signerId] } = operation;
    if (signed === undefined) return undefined;
    const isOfDelegates = operation.verb === "appoint" || operation.verb === "dismiss";
    const digest = (isOfDelegates ? delegateDigest : consentDigest)(operation);
    const key = keyOf(signerId);
    return {
      signer: key.signer,
      participantId: operation.signerId === undefined ? NO_ID : participantId,
      signedAt: signed.signedAt,
      deadline: signed.deadline,
      signature: await key.sign(digest, signatories.map(keyOf)),
    };
  };
  const encode = async (operation: Operation): Promise<Call> =>
    encodeOperation(operation, registry, isSigned(operation) ? await authorise(operation) : undefined);

  /** Whoever sends an operation: the participant an own one, an institution its own, a relayer all others. */
  const senderOf = (operation: Operation): string => {
    if ("sender" in operation) return operation.sender;
    if (operation.verb === "renounce") return accountOf(operation.delegateId);
    return isSigned(operation) && operation.signed === undefined ? accountOf(operation.participantId) : relayer;
  };
  const send = async (from: string, { target, data }: Call, decode: (logs: readonly RawLog[]) => Applied) => {
    try {
      return decode(await chain.send(from, addressOf(target), data));
    } catch (error) {
      return decodeRejection(revertDataOf(error));
    }
  };

  return {
    institutions: { custodian, second },
    stranger,
    now: () => chain.now,
    advance: async (seconds) => chain.advance(seconds),
    checkpoint: () => chain.checkpoint(),
    actor: async (kind, name) => {
      const label = `${kind} of ${name}`;
      const actor = actors.get(label) ?? introduce(kind, await keyring.make(kind, idOf(label)));
      actors.set(label, actor);
      return actor;
    },
    group: async (threshold, members) =>
      introduce(
        "group",
        groupKey(
          threshold,
          members.map((member) => keyOf(member.id)),
        ),
      ),
    registerTerms: async (scopeId, { from, reConsentBy }) => {
      if (!scopes.has(scopeId)) {
        await chain.atNow(() => terms.createScope(scopeId, custodian.id));
        scopes.add(scopeId);
      }
      const registered = {
        ...BLANK_TERMS,
        permissions: PERMISSIONS.GRU,
        modifiers: MODIFIERS.NPU,
        from,
        reConsentBy,
        notice: { ...BLANK_TERMS.notice, controller: idOf(`controller ${(published += 1)}`) },
      };
      // TypeChain's structs take no readonly lists.
      const struct = registered as unknown as TermsStruct;
      await chain.atNow(() => terms.publish(scopeId, struct));
      return terms.digestOf(struct);
    },
    registerNarrower: async (scopeId, narrower, broader) => {
      await chain.atNow(() => terms.registerNarrower(scopeId, narrower, broader));
    },
    setStanding: async ({ id }, isInStanding) => {
      await chain.atNow(() => (isInStanding ? institutions.reinstate(id) : institutions.suspend(id)));
    },
    apply: async (operation) =>
      send(senderOf(operation), await encode(operation), (logs) => ({ events: decodeEvents(logs) })),
    relay: async (items: readonly ConsentOperation[], sender) => {
      const calls: Call[] = [];
      for (const item of items) calls.push(await encode(item));
      const { target, data } = encodeBatch(calls);
      return decodeBatch(
        await chain.send(
          sender === undefined ? relayer : (keys.get(sender)?.account ?? sender),
          addressOf(target),
          data,
        ),
      );
    },
    setWord: async (scopeId, participantId, word) => {
      const consentId = keccak256(pairOf(scopeId, participantId));
      const slot = keccak256(pairOf(consentId, numberToHex(WORDS_SLOT, { size: 32 })));
      await chain.request("hardhat_setStorageAt", registry, slot, numberToHex(encodeWord(word), { size: 32 }));
    },
    ...makeReader(chain, addressOf),
  };
}

function isSigned(operation: Operation): operation is SignedOperation {
  switch (operation.verb) {
    case "import":
    case "attest":
    case "proposeRecovery":
    case "confirmRecovery":
    case "cancelRecovery":
    case "completeRecovery":
    case "renounce":
    case "addGuardian":
    case "removeGuardian":
    case "append":
      return false;
    default:
      return true;
  }
}

function pairOf(first: string, second: string): Hex {
  return encodeAbiParameters([{ type: "bytes32" }, { type: "bytes32" }], [first as Hex, second as Hex]);
}
