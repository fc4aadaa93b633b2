import type { Hex } from "viem";

import { BaseError, type ConcordContractError, decodeContractError, RequestFailedError } from "../errors.ts";

/** What to do about viem's errors, by name; the first that is in the chain of causes counts. */
const FIXES: Readonly<Record<string, string>> = {
  HttpRequestError: "Check that a node answers at the URL.",
  WebSocketRequestError: "Check that a node answers at the URL.",
  TimeoutError: "Check that the node answers, or give the transport a longer timeout.",
  UserRejectedRequestError: "Confirm the request in the wallet.",
  InsufficientFundsError: "Give the account funds for gas.",
  NonceTooLowError: "Send one transaction of an account at a time, or give its viem account a nonceManager.",
  ContractFunctionZeroDataError: "Check that the deployment record is of this chain: no contract is at the address.",
  WaitForTransactionReceiptTimeoutError: "Look the transaction up by its hash before sending anything again.",
};
const ANY_FIX = "Check the node and the account, and try again.";

const NO_REASON: Hex = "0x";

/** Any error as one of the SDK's: a contract's refusal decoded, a failed request named. */
export function toSdkError(error: unknown): BaseError {
  if (error instanceof BaseError) return error;
  const refusal = contractErrorOf(error);
  if (refusal !== undefined) return refusal;
  const names = causesOf(error).map((cause) => (cause instanceof Error ? cause.name : ""));
  const known = names.find((name) => Object.hasOwn(FIXES, name));
  return new RequestFailedError(shortMessageOf(error), FIXES[known ?? ""] ?? ANY_FIX, error);
}

/** The contract's refusal that an error of viem or of a node carries; undefined when it is about something else. */
function contractErrorOf(error: unknown): ConcordContractError | undefined {
  const causes = causesOf(error);
  const data = causes.map(revertDataOf).find((found) => found !== undefined);
  if (data !== undefined) return decodeContractError(data, error);
  const isRevert = causes.some(
    (cause) => cause instanceof Error && /^(ExecutionReverted|ContractFunctionReverted)Error$/.test(cause.name),
  );
  return isRevert ? decodeContractError(NO_REASON, error) : undefined;
}

/** Nodes give revert data as `data`, or as `data.data`; viem keeps it as `raw` too. */
function revertDataOf(cause: unknown): Hex | undefined {
  const { raw, data } = cause as { raw?: unknown; data?: unknown };
  const nested = typeof data === "object" && data !== null ? (data as { data?: unknown }).data : undefined;
  return [raw, data, nested].find(isRevertData);
}

function isRevertData(value: unknown): value is Hex {
  return typeof value === "string" && /^0x([0-9a-f]{2}){4,}$/i.test(value);
}

function causesOf(error: unknown): object[] {
  const causes: object[] = [];
  for (let cause = error; typeof cause === "object" && cause !== null; cause = (cause as Error).cause) {
    if (causes.includes(cause)) break;
    causes.push(cause);
  }
  return causes;
}

function shortMessageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { shortMessage, details } = error as { shortMessage?: string; details?: string };
  const text = shortMessage ?? error.message;
  return details === undefined || details === "" || text.includes(details) ? text : `${text} ${details}`;
}
