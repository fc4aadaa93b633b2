import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { getConsents } from "../consents/getConsents.ts";
import { InvalidInputError } from "../errors.ts";
import { randomParticipantId } from "../ids.ts";
import { completeGrant, type GrantTerms } from "./changes.ts";
import { checkId, checkObject, checkUint } from "./validate.ts";

/** A consent on paper. */
export interface PaperConsent extends Omit<GrantTerms, "scopeId"> {
  /** Unless it is the one given for all. */
  readonly scopeId?: Hex | undefined;
  /** When the paper was signed (Unix seconds, uint32); never in the future. */
  readonly signedAt: number;
  /** The id under which the custodian keeps the participant; a random one unless told. */
  readonly participantId?: Hex | undefined;
  /**
   * The exact version that this makes (uint16). Unless told: 1 for a random id, and for an id given the standing
   * version plus one, read from the chain.
   */
  readonly version?: number | undefined;
}

/** Ids up to here are no random ones: half of their bits are zero. */
const LAST_WEAK_ID = (1n << 128n) - 1n;

/** A consent on paper as the registry takes it, but for its version where none was told. */
export interface CheckedPaper {
  readonly agreed: ReturnType<typeof completeGrant>;
  readonly participantId: Hex;
  /** Whether the id was given, so that it may have a word already. */
  readonly isGiven: boolean;
  readonly signedAt: number;
  readonly version: number | undefined;
}

/**
 * @param place what names the consent in an error, for instance "consents[3]."
 * @param common the scope of one that names none
 */
export function checkedPaper(place: string, common: Hex, consent: PaperConsent): CheckedPaper {
  checkObject(place === "" ? "consent" : place.slice(0, -1), consent);
  const { signedAt, version, scopeId = common, ...terms } = consent;
  const agreed = completeGrant({ ...terms, scopeId }, place);
  checkUint(`${place}signedAt`, signedAt, 32);
  if (version !== undefined) checkUint(`${place}version`, version, 16, 1);
  const participantId = consent.participantId ?? randomParticipantId();
  checkId(`${place}participantId`, participantId);
  if (BigInt(participantId) <= LAST_WEAK_ID) {
    throw new InvalidInputError(
      `${place}participantId`,
      `${place}participantId is ${participantId}, which is no random id.`,
      "Draw 32 random bytes for each participant of a scope, or leave the id out.",
      { name: "ConsentParticipantIdWeak" },
    );
  }
  return { agreed, participantId, isGiven: consent.participantId !== undefined, signedAt, version };
}

/**
 * The papers as arguments of imports, with the next version where none was told: an id that is given twice needs its
 * versions told.
 */
export async function importArguments(client: ConcordClient, papers: readonly CheckedPaper[]) {
  const unknown = papers.filter(({ isGiven, version }) => isGiven && version === undefined);
  const standing = new Map<string, number>();
  for (const scopeId of new Set(unknown.map(({ agreed }) => agreed.scopeId))) {
    const given = unknown.filter(({ agreed }) => agreed.scopeId === scopeId);
    const participantIds = given.map(({ participantId }) => participantId);
    const { consents } = await getConsents(client, { scopeId, participantIds });
    for (const { participantId, word } of consents) standing.set(`${scopeId} ${participantId}`, word.version);
  }
  return papers.map(({ agreed, participantId, signedAt, version }) => {
    const next = version ?? (standing.get(`${agreed.scopeId} ${participantId}`) ?? 0) + 1;
    return { agreed: { ...agreed, version: next }, participantId, signedAt };
  });
}
