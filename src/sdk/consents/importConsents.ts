import { encodeFunctionData, type Hex } from "viem";

import { consentRegistryAbi } from "../../bindings/abi.ts";
import type { ConcordClient } from "../client.ts";
import { InvalidInputError } from "../errors.ts";
import { randomParticipantId } from "../ids.ts";
import { completeGrant, type GrantTerms } from "../internal/changes.ts";
import { CHANGE_GAS } from "../internal/itemGas.ts";
import { type RelayInterruptedError, relayItems, type RelayOptions, type RelaySummary } from "../internal/relaying.ts";
import { checkId, checkNonEmptyList, checkObject, checkUint } from "../internal/validate.ts";
import type { DryRun, WriteErrorType } from "../internal/write.ts";
import { getConsents } from "./getConsents.ts";

/** A consent on paper. */
export interface PaperConsent extends Omit<GrantTerms, "scopeId"> {
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

export interface ImportConsentsParameters<dryRun extends boolean = boolean> extends RelayOptions<dryRun> {
  readonly scopeId: Hex;
  /** At least one; applied in order. */
  readonly consents: readonly PaperConsent[];
}

export type ImportConsentsReturnType<dryRun extends boolean = boolean> = dryRun extends true ? DryRun : ImportSummary;

export interface ImportSummary extends RelaySummary {
  /**
   * The ids of the consents, in the order given, those of refused ones included. Keep them with who they stand for:
   * nothing else does.
   */
  readonly participantIds: readonly Hex[];
}

export type ImportConsentsErrorType = RelayInterruptedError | WriteErrorType;

/** Ids up to here are no random ones: half of their bits are zero. */
const LAST_WEAK_ID = (1n << 128n) - 1n;

/**
 * Brings consents on paper in, in batches, one transaction after another; a first import appends itself to the scope's
 * index. A refused one is reported with its reason and spoils nothing else. For an account of the scope's custodian, in
 * good standing. Whoever must not lose track of ids when a batch is interrupted draws them beforehand, with
 * randomParticipantId.
 * @throws InvalidInputError before anything is sent; RelayInterruptedError when a batch after the first could not be
 * sent; WriteErrorType when the first could not
 */
export async function importConsents<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ImportConsentsParameters<dryRun>,
): Promise<ImportConsentsReturnType<dryRun>> {
  const { scopeId, consents } = parameters;
  checkId("scopeId", scopeId);
  checkNonEmptyList("consents", consents);
  const papers = consents.map((consent, index) => checkedPaper(`consents[${index}].`, scopeId, consent));
  const versions = await nextVersions(client, scopeId, papers);
  const items = papers.map(({ agreed, participantId, signedAt, version }) => {
    const next = version ?? versions.get(participantId) ?? 1;
    const args = [{ agreed: { ...agreed, version: next }, participantId, signedAt }] as const;
    return {
      call: encodeFunctionData({ abi: consentRegistryAbi, functionName: "importConsent", args }),
      gas: CHANGE_GAS,
    };
  });
  const answer = await relayItems(client, items, parameters);
  const participantIds = papers.map(({ participantId }) => participantId);
  return { ...answer, ...(parameters.dryRun === true ? {} : { participantIds }) } as ImportConsentsReturnType<dryRun>;
}

function checkedPaper(place: string, scopeId: Hex, consent: PaperConsent) {
  checkObject(place.slice(0, -1), consent);
  const { signedAt, version, ...terms } = consent;
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

type CheckedPaper = ReturnType<typeof checkedPaper>;

/** The next version of each id that was given without one. An id that is given twice needs its versions told. */
async function nextVersions(
  client: ConcordClient,
  scopeId: Hex,
  papers: readonly CheckedPaper[],
): Promise<Map<Hex, number>> {
  const participantIds = papers
    .filter(({ isGiven, version }) => isGiven && version === undefined)
    .map(({ participantId }) => participantId);
  if (participantIds.length === 0) return new Map();
  const { consents } = await getConsents(client, { scopeId, participantIds });
  return new Map(consents.map(({ participantId, word }) => [participantId, word.version + 1]));
}
