import { type Abi, decodeErrorResult, type Hex, size, slice } from "viem";

import {
  accessManagerAbi,
  auditLogAbi,
  concordLensAbi,
  consentRegistryAbi,
  datasetRegistryAbi,
  decisionRegistryAbi,
  delegateRegistryAbi,
  factRegistryAbi,
  institutionRegistryAbi,
  licenceDutiesAbi,
  licenceRegistryAbi,
  ontologyRegistryAbi,
  policyRegistryAbi,
  provenanceRegistryAbi,
  scopeIndexAbi,
  termsRegistryAbi,
} from "../bindings/abi.ts";
import { errorTexts, type ErrorText } from "../bindings/errors.ts";

/** What an error is about, by name. Values may be bigints; everything else in them is plain JSON. */
export type ErrorArguments = Readonly<Record<string, unknown>>;

interface ErrorDetails {
  readonly name?: string;
  readonly args?: ErrorArguments;
  readonly cause?: unknown;
}

/** What every error of the SDK is: a name, a short message, what it is about, and what to do. */
export class BaseError extends Error {
  override readonly name: string;
  readonly args: ErrorArguments;
  /** What to do, as one imperative sentence. */
  readonly fix: string;

  constructor(message: string, fix: string, { name = "BaseError", args = {}, cause }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = name;
    this.args = args;
    this.fix = fix;
  }
}

/**
 * The caller's input is refused before anything is sent. `args.input` names the parameter. Terms and purposes that are
 * not well formed bear the name of the contracts' own error, for instance DataUseNotAscending.
 */
export class InvalidInputError extends BaseError {
  constructor(input: string, message: string, fix: string, details: ErrorDetails = {}) {
    super(message, fix, { name: "InvalidInput", ...details, args: { input, ...details.args } });
  }
}

/** The action writes or signs, but there is nobody to do it for. */
export class WalletMissingError extends BaseError {
  constructor(what: string) {
    super(
      `There is no ${what} to act with.`,
      "Give createConcordClient a walletClient with an account, or name the account in the parameters.",
      { name: "WalletMissing" },
    );
  }
}

/** A node or wallet is on another chain than the deployment. */
export class ChainMismatchError extends BaseError {
  constructor(who: "node" | "wallet", expected: number, given: number) {
    super(
      `The ${who} is on chain ${given}; the deployment is on chain ${expected}.`,
      who === "node" ? "Connect to a node of the deployment's chain." : "Switch the wallet to the deployment's chain.",
      { name: "ChainMismatch", args: { who, expected, given } },
    );
  }
}

/** The node, the wallet or the way to them failed; the cause is viem's error. */
export class RequestFailedError extends BaseError {
  constructor(message: string, fix: string, cause: unknown) {
    super(message, fix, { name: "RequestFailed", cause });
  }
}

/** A transaction was included, but reverted without telling why; it has changed nothing. */
export class TransactionRevertedError extends BaseError {
  constructor(hash: Hex) {
    super(
      `The transaction ${hash} was included but reverted.`,
      "Something came between the simulation and the inclusion: read the state again and repeat what is still meant.",
      { name: "TransactionReverted", args: { hash } },
    );
  }
}

/** Another transaction of the same account took the place of the one sent. */
export class TransactionReplacedError extends BaseError {
  constructor(hash: Hex, replacement: Hex) {
    super(
      `The transaction ${hash} was replaced by ${replacement}.`,
      "It changed nothing; send it again if it is still meant.",
      { name: "TransactionReplaced", args: { hash, replacement } },
    );
  }
}

/** Nothing on the chain answers to the id given. */
export class NotFoundError extends BaseError {
  constructor(what: string, args: ErrorArguments) {
    super(`There is no ${what} of that id.`, "Check the id, and that the node has the deployment's whole history.", {
      name: "NotFound",
      args,
    });
  }
}

/** The node's events do not add up to the consent that stands. */
export class HistoryIncompleteError extends BaseError {
  constructor(scopeId: Hex, participantId: Hex) {
    super(
      "The node does not give all events of the participant's consent in the scope.",
      "Use a node that keeps the logs of the whole chain, and check the record's startBlock.",
      { name: "HistoryIncomplete", args: { scopeId, participantId } },
    );
  }
}

/** The node's events do not tell of every activity that the registry has counted. */
export class ProvenanceIncompleteError extends BaseError {
  constructor(activities: number) {
    super(
      `The node does not give the events of all ${activities} activities.`,
      "Use a node that keeps the logs of the whole chain, and check the record's startBlock.",
      { name: "ProvenanceIncomplete", args: { activities } },
    );
  }
}

/** A block's header cannot be rebuilt from what the node tells of the block. */
export class HeaderMismatchError extends BaseError {
  constructor(blockNumber: bigint, expected: Hex, given: Hex) {
    super(
      `The header of block ${blockNumber}, rebuilt from the node's answer, does not have the block's hash.`,
      "Use a node that gives every header field of the fork it runs, on a chain whose block hash covers the whole header.",
      { name: "HeaderMismatch", args: { blockNumber, expected, given } },
    );
  }
}

/** The node proves nothing of the state that a block has left. */
export class StateProofUnavailableError extends BaseError {
  constructor(blockNumber: bigint, cause: Error) {
    const { details = cause.message } = cause as { details?: string };
    super(
      `The node gives no proof of the state after block ${blockNumber}: ${details}`,
      "Use a node that answers eth_getProof and keeps the states of the past (an archive node), or ask while the block is young.",
      { name: "StateProofUnavailable", args: { blockNumber }, cause },
    );
  }
}

/**
 * Why a lawfulness proof is refused: `ProofMalformed` when it is no document of the kind, `ProofBlockUntrusted` when it
 * stands on a block whose hash is not given or another, `ProofInvalid` when what it says does not follow from the blocks.
 */
export type LawfulnessProofErrorName = "ProofMalformed" | "ProofBlockUntrusted" | "ProofInvalid";

const PROOF_FIXES: Readonly<Record<LawfulnessProofErrorName, string>> = {
  ProofMalformed: "Give the document that makeLawfulnessProof has made, unchanged.",
  ProofBlockUntrusted: "Take the block's hash from a source that you trust, and give it under the block's number.",
  ProofInvalid: "Do not rely on it: have the proof made again from the chain.",
};

/** A lawfulness proof does not hold. `args.path` is the place in it, as a JSON path. */
export class LawfulnessProofError extends BaseError {
  constructor(name: LawfulnessProofErrorName, path: string, problem: string, args: ErrorArguments = {}) {
    super(`${path} ${problem}.`, PROOF_FIXES[name], { name, args: { path, ...args } });
  }
}

/** A contract refused the call. Its name and arguments are those of the contract's error. */
export class ConcordContractError extends BaseError {
  /** The revert data; "0x" when the contract gave none. */
  readonly data: Hex;

  constructor(name: string, message: string, fix: string, args: ErrorArguments, data: Hex, cause?: unknown) {
    super(message, fix, { name, args, cause });
    this.data = data;
  }
}

const ERRORS: Abi = [
  accessManagerAbi,
  auditLogAbi,
  concordLensAbi,
  consentRegistryAbi,
  datasetRegistryAbi,
  decisionRegistryAbi,
  delegateRegistryAbi,
  factRegistryAbi,
  institutionRegistryAbi,
  licenceDutiesAbi,
  licenceRegistryAbi,
  ontologyRegistryAbi,
  policyRegistryAbi,
  provenanceRegistryAbi,
  scopeIndexAbi,
  termsRegistryAbi,
].flatMap((abi: Abi) => abi.filter(({ type }) => type === "error"));

const TEXTS: Readonly<Record<string, ErrorText>> = errorTexts;

const SELECTOR_BYTES = 4;

/** The contract's error that revert data stands for. Total: data that means nothing becomes ContractErrorUnknown. */
export function decodeContractError(data: Hex, cause?: unknown): ConcordContractError {
  if (size(data) < SELECTOR_BYTES) {
    const message = "The contract refused the call without saying why.";
    const fix = "Check that the call is well formed, and that it has gas enough.";
    return new ConcordContractError("ContractErrorEmpty", message, fix, {}, data, cause);
  }
  const decoded = tryDecode(data);
  if (decoded === undefined) {
    const message = `The contract refused the call with an unknown error ${slice(data, 0, SELECTOR_BYTES)}.`;
    const fix = "Check that the deployment is of this version of the suite.";
    return new ConcordContractError("ContractErrorUnknown", message, fix, { data }, data, cause);
  }
  const { name, args } = decoded;
  const text = TEXTS[name] ?? {
    message: "The contract's own code failed.",
    fix: "Report it with the transaction and this error: it is a defect.",
  };
  return new ConcordContractError(name, sentence(text.message, args), text.fix, args, data, cause);
}

function tryDecode(data: Hex): { name: string; args: ErrorArguments } | undefined {
  try {
    const { abiItem, args = [], errorName } = decodeErrorResult({ abi: ERRORS, data });
    const inputs = abiItem.type === "error" ? abiItem.inputs : [];
    const entries = inputs.map(({ name }, index): [string, unknown] => [name || String(index), args[index]]);
    return { name: errorName, args: Object.fromEntries(entries) };
  } catch {
    return undefined;
  }
}

/** The text for one occurrence: NatSpec's "Thrown when" goes, the values come. */
function sentence(message: string, args: ErrorArguments): string {
  const text = message.replace(/^Thrown when /, "").replace(/\.$/, "");
  const values = Object.entries(args).map(([name, value]) => `${name} ${String(value)}`);
  const told = values.length === 0 ? "" : ` (${values.join(", ")})`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${told}.`;
}
