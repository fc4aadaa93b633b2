import { type Abi, encodeFunctionData, type Hex } from "viem";

import { consentRegistryAbi, delegateRegistryAbi, scopeIndexAbi } from "../../../src/bindings/abi.ts";
import type { Operation } from "../../../src/model/index.ts";

/** A signed operation's signature, as the contracts take it. */
export interface Authorisation {
  readonly signer: Hex;
  readonly participantId: string;
  readonly signedAt: number;
  readonly deadline: number;
  readonly signature: Hex;
}

const ABIS = {
  consentRegistry: consentRegistryAbi,
  delegateRegistry: delegateRegistryAbi,
  scopeIndex: scopeIndexAbi,
} as const satisfies Record<string, Abi>;

/** The contracts that operations are calls of. */
export type Target = keyof typeof ABIS;

/** A call of one of them. */
export interface Call {
  readonly target: Target;
  readonly data: Hex;
}

/** An operation as a call; an own one has no authorisation. */
export function encodeOperation(operation: Operation, registry: Hex, authorisation?: Authorisation): Call {
  const { scopeId } = operation;
  const call = (target: Target, functionName: string, ...args: readonly unknown[]): Call => {
    const abi: Abi = ABIS[target];
    return { target, data: encodeFunctionData({ abi, functionName, args }) };
  };
  /** The own form, or the signed one, whose struct has a member more. */
  const change = (target: Target, functionName: string, own: readonly unknown[], signed: unknown): Call =>
    authorisation === undefined
      ? call(target, functionName, ...own)
      : call(target, `${functionName}BySig`, signed, authorisation);

  switch (operation.verb) {
    case "grant":
    case "update":
    case "extend":
    case "resume":
      return change("consentRegistry", operation.verb, [operation], operation);
    case "suspend":
    case "decline":
    case "annul":
      return change("consentRegistry", operation.verb, [scopeId], { scopeId, ...operation.signed });
    case "withdraw": {
      const { extent, signed } = operation;
      return change("consentRegistry", "withdraw", [scopeId, extent], { scopeId, extent, ...signed });
    }
    case "import":
      return call("consentRegistry", "importConsent", { ...operation, agreed: operation });
    case "attest":
      return call("consentRegistry", "attest", operation);
    case "takeOver":
      return call("consentRegistry", "takeOver", operation, authorisation);
    case "proposeRecovery":
    case "confirmRecovery":
      return call("consentRegistry", operation.verb, scopeId, operation.participantId, operation.newParticipantId);
    case "vetoRecovery":
      return change("consentRegistry", "vetoRecovery", [scopeId], { scopeId, ...operation.signed });
    case "cancelRecovery":
    case "completeRecovery":
      return call("consentRegistry", operation.verb, scopeId, operation.participantId);
    case "appoint":
    case "dismiss":
      return change("delegateRegistry", operation.verb, [operation], operation);
    case "renounce":
      return call("delegateRegistry", "renounce", scopeId, operation.participantId);
    case "addGuardian":
      return call("delegateRegistry", "addGuardian", ...delegation(operation), operation.until);
    case "removeGuardian":
      return call("delegateRegistry", "removeGuardian", ...delegation(operation));
    case "append":
      return call("scopeIndex", "append", registry, scopeId, operation.participantIds);
  }
}

/** Calls of the registry of consents as one batch. */
export function encodeBatch(calls: readonly Call[]): Call {
  const args = [calls.map(({ data }) => data)] as const;
  return {
    target: "consentRegistry",
    data: encodeFunctionData({ abi: consentRegistryAbi, functionName: "relay", args }),
  };
}

type Delegation = Extract<Operation, { readonly delegateId: string }>;

function delegation({ scopeId, participantId, delegateId }: Delegation): readonly string[] {
  return [scopeId, participantId, delegateId];
}
