import { encodeFunctionData, type Hex } from "viem";

import { consentRegistryAbi } from "../../bindings/abi.ts";
import type { InvalidInputError } from "../errors.ts";
import { type ChangeAuthorisation, wireAuthorisation } from "../internal/authorisation.ts";
import { checkedGrant, checkExtent } from "../internal/changes.ts";
import { checkId, checkObject, checkUint, refuse } from "../internal/validate.ts";

/** A change that a participant or their delegate has signed. Plain JSON: it may be stored and sent as it is. */
export type SignedChange =
  | SignedGrant
  | SignedUpdate
  | SignedExtend
  | SignedResume
  | SignedSuspend
  | SignedDecline
  | SignedWithdraw
  | SignedAnnul
  | SignedTakeOver
  | SignedVeto;

/** A verb, the change that it makes, and who has signed it. */
interface Signed<verb extends string, change extends { readonly scopeId: Hex }> {
  readonly verb: verb;
  readonly change: change;
  readonly authorisation: ChangeAuthorisation;
}

/** What a grant and an update say. */
export interface SignedAgreement {
  readonly scopeId: Hex;
  readonly termsDigest: Hex;
  /** uint64 in decimal digits: JSON has no bigint. */
  readonly elements: string;
  readonly preferences: number;
  readonly until: number;
  readonly version: number;
}

/** What a suspension, a decline and an annulment say. */
export interface SignedClosing {
  readonly scopeId: Hex;
  readonly minVersion: number;
}

export type SignedGrant = Signed<"grant", SignedAgreement>;
export type SignedUpdate = Signed<"update", SignedAgreement>;
export type SignedExtend = Signed<
  "extend",
  { readonly scopeId: Hex; readonly termsDigest: Hex; readonly until: number; readonly version: number }
>;
export type SignedResume = Signed<"resume", { readonly scopeId: Hex; readonly version: number }>;
export type SignedSuspend = Signed<"suspend", SignedClosing>;
export type SignedDecline = Signed<"decline", SignedClosing>;
export type SignedWithdraw = Signed<"withdraw", SignedClosing & { readonly extent: number }>;
export type SignedAnnul = Signed<"annul", SignedClosing>;
/** For the scope's custodian to send: nobody else can relay it. */
export type SignedTakeOver = Signed<"takeOver", { readonly scopeId: Hex; readonly attestedId: Hex }>;
export type SignedVeto = Signed<"veto", { readonly scopeId: Hex; readonly newParticipantId: Hex }>;

export type EncodeSignedChangeErrorType = InvalidInputError;

/** The registry's functions that take a change and nothing more to say of it than the lowest version. */
const CLOSINGS = { suspend: "suspendBySig", decline: "declineBySig", annul: "annulBySig" } as const;

const AGREEMENTS = { grant: "grantBySig", update: "updateBySig" } as const;

/**
 * The call of the ConsentRegistry that applies a signed change, for a transaction of its own or an item of `relay`.
 * @param signed may come from anywhere: its shape is checked, its signature is not
 * @param input how errors name it
 * @throws InvalidInputError
 */
export function encodeSignedChange(signed: SignedChange, input = "signed"): Hex {
  checkObject(input, signed);
  checkObject(`${input}.change`, signed.change);
  checkId(`${input}.change.scopeId`, signed.change.scopeId);
  const authorisation = wireAuthorisation(`${input}.authorisation`, signed.authorisation);
  const encode = { abi: consentRegistryAbi } as const;
  switch (signed.verb) {
    case "grant":
    case "update": {
      const args = [wireAgreement(`${input}.change`, signed.change), authorisation] as const;
      return encodeFunctionData({ ...encode, functionName: AGREEMENTS[signed.verb], args });
    }
    case "extend": {
      const { scopeId, termsDigest, until, version } = signed.change;
      checkId(`${input}.change.termsDigest`, termsDigest);
      checkUint(`${input}.change.until`, until, 32);
      checkUint(`${input}.change.version`, version, 16);
      const args = [{ scopeId, termsDigest, until, version }, authorisation] as const;
      return encodeFunctionData({ ...encode, functionName: "extendBySig", args });
    }
    case "resume": {
      const { scopeId, version } = signed.change;
      checkUint(`${input}.change.version`, version, 16);
      return encodeFunctionData({
        ...encode,
        functionName: "resumeBySig",
        args: [{ scopeId, version }, authorisation],
      });
    }
    case "suspend":
    case "decline":
    case "annul": {
      const { scopeId, minVersion } = signed.change;
      checkUint(`${input}.change.minVersion`, minVersion, 16);
      const args = [{ scopeId, minVersion }, authorisation] as const;
      return encodeFunctionData({ ...encode, functionName: CLOSINGS[signed.verb], args });
    }
    case "withdraw": {
      const { scopeId, extent, minVersion } = signed.change;
      checkExtent(`${input}.change.extent`, extent);
      checkUint(`${input}.change.minVersion`, minVersion, 16);
      const args = [{ scopeId, extent, minVersion }, authorisation] as const;
      return encodeFunctionData({ ...encode, functionName: "withdrawBySig", args });
    }
    case "takeOver": {
      const { scopeId, attestedId } = signed.change;
      checkId(`${input}.change.attestedId`, attestedId);
      const args = [{ scopeId, attestedId }, authorisation] as const;
      return encodeFunctionData({ ...encode, functionName: "takeOver", args });
    }
    case "veto": {
      const { scopeId, newParticipantId } = signed.change;
      checkId(`${input}.change.newParticipantId`, newParticipantId);
      const args = [{ scopeId, newParticipantId }, authorisation] as const;
      return encodeFunctionData({ ...encode, functionName: "vetoRecoveryBySig", args });
    }
    default: {
      const { verb } = signed as { readonly verb: unknown };
      const verbs = "grant, update, extend, resume, suspend, decline, withdraw, annul, takeOver or veto";
      throw refuse(`${input}.verb`, verb, "no verb", `Give ${verbs}.`);
    }
  }
}

function wireAgreement(input: string, agreement: SignedAgreement) {
  const { scopeId, termsDigest, elements, preferences, until, version } = agreement;
  if (typeof elements !== "string" || !/^\d{1,20}$/.test(elements)) {
    const fix = `Give ${input}.elements in decimal digits.`;
    throw refuse(`${input}.elements`, elements, "no uint64 in decimal digits", fix);
  }
  checkUint(`${input}.version`, version, 16);
  const grant = { scopeId, termsDigest, elements: BigInt(elements), preferences, until };
  return { ...checkedGrant(`${input}.`, grant), version };
}
