import { concat, domainSeparator, hashStruct, type Hex, keccak256, type TypedData } from "viem";

import {
  type ConsentDomain,
  type ConsentPrimaryType,
  consentTypes,
  type DelegateDomain,
  type DelegatePrimaryType,
  delegateTypes,
} from "../../../src/eip712/index.ts";
import type { Operation } from "../../../src/model/index.ts";

/** An operation that somebody signs. */
export type SignedOperation = Extract<Operation, { readonly signed?: object }>;

const TYPES: TypedData = { ...consentTypes, ...delegateTypes };

/** The EIP-712 struct of each signed operation. */
const PRIMARY_TYPES = {
  grant: "Grant",
  update: "Update",
  extend: "Extend",
  resume: "Resume",
  suspend: "Suspend",
  decline: "Decline",
  withdraw: "Withdraw",
  annul: "Annul",
  takeOver: "TakeOver",
  vetoRecovery: "Veto",
  appoint: "Appoint",
  dismiss: "Dismiss",
} as const satisfies Record<SignedOperation["verb"], ConsentPrimaryType | DelegatePrimaryType>;

/** What is signed of an operation, on one contract of one chain. */
export function makeDigestOf(domain: ConsentDomain | DelegateDomain): (operation: SignedOperation) => Hex {
  const separator = domainSeparator({ domain });
  return (operation) => {
    const primaryType = PRIMARY_TYPES[operation.verb];
    // Of the operation and its signature together, the struct takes the members that it has.
    const data = { ...operation, ...operation.signed };
    return keccak256(concat(["0x1901", separator, hashStruct({ data, primaryType, types: TYPES })]));
  };
}
