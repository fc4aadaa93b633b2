import { type Hex, zeroHash } from "viem";

import { LONGEST_SIGNER } from "./signerBytes.ts";
import { checkBytes, checkBytes32, checkObject, checkUint } from "./validate.ts";

/** What makes a signed change act for its participant. */
export interface ChangeAuthorisation {
  /** The signer bytes: an account's address, an ERC-7913 verifier with its key, or a group. */
  readonly signer: Hex;
  /** Whose consent it is when a delegate signs; left out when the participant does. */
  readonly participantId?: Hex | undefined;
  /** When it was signed (Unix seconds). */
  readonly signedAt: number;
  /** The last second at which the signature may be used (Unix seconds). */
  readonly deadline: number;
  /** The signature, in the form of the signer's kind. */
  readonly signature: Hex;
}

/** Nodes take no transaction that is longer. */
const LONGEST_TRANSACTION = 131_072;

/** An authorisation as the contracts take it. */
export function wireAuthorisation(input: string, authorisation: ChangeAuthorisation) {
  checkObject(input, authorisation);
  const { signer, participantId = zeroHash, signedAt, deadline, signature } = authorisation;
  checkBytes(`${input}.signer`, signer, 1, LONGEST_SIGNER);
  checkBytes32(`${input}.participantId`, participantId);
  checkUint(`${input}.signedAt`, signedAt, 32);
  checkUint(`${input}.deadline`, deadline, 32);
  checkBytes(`${input}.signature`, signature, 1, LONGEST_TRANSACTION);
  return { signer, participantId, signedAt, deadline, signature };
}
