import { encodeFunctionData, type Hex } from "viem";

import { consentRegistryAbi } from "../../bindings/abi.ts";
import type { InvalidInputError } from "../errors.ts";
import { checkExtent, completeGrant } from "../internal/changes.ts";
import { checkBytes, checkId, checkObject, checkUint, refuse } from "../internal/validate.ts";

/** A change that a participant has signed, for anyone to relay. Plain JSON: it may be stored and sent as it is. */
export type SignedChange = SignedGrant | SignedResume | SignedSuspend | SignedWithdraw;

export interface SignedGrant {
  readonly verb: "grant";
  readonly change: {
    readonly scopeId: Hex;
    readonly termsDigest: Hex;
    /** uint64 in decimal digits: JSON has no bigint. */
    readonly elements: string;
    readonly preferences: number;
    readonly until: number;
    readonly version: number;
  };
  readonly authorisation: ChangeAuthorisation;
}

export interface SignedResume {
  readonly verb: "resume";
  readonly change: { readonly scopeId: Hex; readonly version: number };
  readonly authorisation: ChangeAuthorisation;
}

export interface SignedSuspend {
  readonly verb: "suspend";
  readonly change: { readonly scopeId: Hex; readonly minVersion: number };
  readonly authorisation: ChangeAuthorisation;
}

export interface SignedWithdraw {
  readonly verb: "withdraw";
  readonly change: { readonly scopeId: Hex; readonly extent: number; readonly minVersion: number };
  readonly authorisation: ChangeAuthorisation;
}

/** What makes a signed change act for its participant. */
export interface ChangeAuthorisation {
  /** The participant's signer bytes: an account's address. */
  readonly signer: Hex;
  /** When the participant signed (Unix seconds). */
  readonly signedAt: number;
  /** The last second at which the signature may be used (Unix seconds). */
  readonly deadline: number;
  readonly signature: Hex;
}

export type EncodeSignedChangeErrorType = InvalidInputError;

/**
 * The call of the ConsentRegistry that applies a signed change, for a transaction of its own or an item of `relay`.
 * @param signed may come from anywhere: its shape is checked, its signature is not
 * @param input how errors name it
 * @throws InvalidInputError
 */
export function encodeSignedChange(signed: SignedChange, input = "signed"): Hex {
  checkObject(input, signed);
  const { verb, change } = signed;
  checkObject(`${input}.change`, change);
  checkId(`${input}.change.scopeId`, change.scopeId);
  const authorisation = checkedAuthorisation(`${input}.authorisation`, signed.authorisation);
  const encode = { abi: consentRegistryAbi } as const;
  switch (verb) {
    case "grant": {
      const { scopeId, termsDigest, elements, preferences, until, version } = change;
      if (typeof elements !== "string" || !/^\d{1,20}$/.test(elements)) {
        const fix = `Give ${input}.change.elements in decimal digits.`;
        throw refuse(`${input}.change.elements`, elements, "no uint64 in decimal digits", fix);
      }
      checkUint(`${input}.change.version`, version, 16);
      const grant = completeGrant({ scopeId, termsDigest, elements: BigInt(elements), preferences, until });
      return encodeFunctionData({
        ...encode,
        functionName: "grantBySig",
        args: [{ ...grant, version }, authorisation],
      });
    }
    case "resume": {
      const { scopeId, version } = change;
      checkUint(`${input}.change.version`, version, 16);
      return encodeFunctionData({
        ...encode,
        functionName: "resumeBySig",
        args: [{ scopeId, version }, authorisation],
      });
    }
    case "suspend": {
      const { scopeId, minVersion } = change;
      checkUint(`${input}.change.minVersion`, minVersion, 16);
      const args = [{ scopeId, minVersion }, authorisation] as const;
      return encodeFunctionData({ ...encode, functionName: "suspendBySig", args });
    }
    case "withdraw": {
      const { scopeId, extent, minVersion } = change;
      checkExtent(`${input}.change.extent`, extent);
      checkUint(`${input}.change.minVersion`, minVersion, 16);
      const args = [{ scopeId, extent, minVersion }, authorisation] as const;
      return encodeFunctionData({ ...encode, functionName: "withdrawBySig", args });
    }
    default:
      throw refuse(`${input}.verb`, verb, "no verb", "Give grant, resume, suspend or withdraw.");
  }
}

function checkedAuthorisation(input: string, authorisation: ChangeAuthorisation): ChangeAuthorisation {
  checkObject(input, authorisation);
  const { signer, signedAt, deadline, signature } = authorisation;
  checkBytes(`${input}.signer`, signer, 1);
  checkUint(`${input}.signedAt`, signedAt, 32);
  checkUint(`${input}.deadline`, deadline, 32);
  checkBytes(`${input}.signature`, signature, 1);
  return { signer, signedAt, deadline, signature };
}
