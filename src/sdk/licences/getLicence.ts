import type { Address, Hex } from "viem";

import type { Outcome, Purpose } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import {
  DATA_LEVELS,
  type DataLevel,
  DELIVERY_MODES,
  type DeliveryMode,
  type DutyKind,
  LICENCE_STATUSES,
  type LicenceStatus,
  nameOf,
  OUTCOMES,
  type Vote,
  VOTES,
} from "../internal/enums.ts";
import { findEvent } from "../internal/events.ts";
import { checkLicenceId, dutiesOf } from "../internal/licences.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";

export interface GetLicenceParameters {
  readonly licenceId: bigint;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

/** What a licence is about, fixed at the request. */
export interface LicenceSubject {
  readonly datasetId: Hex;
  readonly scopeId: Hex;
  /** Digest of the dataset's own terms. */
  readonly datasetTerms: Hex;
  readonly purposeDigest: Hex;
  /** Institutions. */
  readonly licensee: Hex;
  readonly custodian: Hex;
  readonly committee: Hex;
}

/** What has happened to a licence. Times are block times (Unix seconds), 0 for not yet. */
export interface LicenceProgress {
  readonly requestedAt: number;
  readonly decidedAt: number;
  readonly issuedAt: number;
  readonly terminatedAt: number;
  /** First second at which it no longer holds. */
  readonly until: number;
  /** What the layers that all participants share said last; undefined before they were asked. */
  readonly outcome: Outcome | undefined;
  readonly vote: Vote;
  /** Whether a refusal was appealed against. */
  readonly isAppealed: boolean;
  readonly isSuspended: boolean;
  /** How close the dataset is to a person. */
  readonly level: DataLevel;
  readonly delivery: DeliveryMode;
  /** Months that the purpose states, from the first issue; 0 for none. */
  readonly months: number;
  /** Duties that the licensee has promised, and those imposed. */
  readonly promised: readonly DutyKind[];
  readonly imposed: readonly DutyKind[];
  /** Bits of the categories and elements asked for (uint64); 0n is none in particular. */
  readonly elements: bigint;
  /** When the next duty is overdue (Unix seconds); 0 for none. */
  readonly dutyDueAt: number;
  /** The account that asked, and that the token is issued to. */
  readonly holder: Address;
}

export interface GetLicenceReturnType {
  readonly licenceId: bigint;
  readonly status: LicenceStatus;
  /** Of a sub-licence: the licence that it derives from, and its processor. */
  readonly derivation: { readonly parent: bigint; readonly processor: Hex } | undefined;
  readonly subject: LicenceSubject;
  readonly progress: LicenceProgress;
  readonly purpose: Purpose;
}

export type GetLicenceErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * A licence whole, all of one block; its purpose is from the event of its request. The status says nothing of any one
 * participant: getCoverage does.
 * @throws InvalidInputError, NotFoundError, ConcordContractError LicenceUnknown
 */
export async function getLicence(
  client: ConcordClient,
  { licenceId, blockNumber: given }: GetLicenceParameters,
): Promise<GetLicenceReturnType> {
  checkLicenceId(licenceId);
  const blockNumber = given ?? (await latestBlockNumber(client));
  const request = { contract: "licenceRegistry", args: [licenceId], blockNumber } as const;
  const [subject, progress, status, [parent, processor]] = await Promise.all([
    read(client, { ...request, functionName: "subject" }),
    read(client, { ...request, functionName: "progress" }),
    read(client, { ...request, functionName: "status" }),
    read(client, { ...request, functionName: "parentOf" }),
  ]);
  const { isSubLicence, ...begun } = progress;
  const asked = { licenceId: isSubLicence ? parent : licenceId };
  const requested = await findEvent(client, "licenceRegistry", "LicenceRequested", asked, blockNumber);
  if (requested === undefined) throw new NotFoundError("licence", { licenceId });
  return {
    licenceId,
    status: nameOf(LICENCE_STATUSES, status),
    derivation: isSubLicence ? { parent, processor } : undefined,
    subject,
    progress: {
      ...begun,
      level: nameOf(DATA_LEVELS, progress.level),
      delivery: nameOf(DELIVERY_MODES, progress.delivery),
      promised: dutiesOf(progress.promised),
      imposed: dutiesOf(progress.imposed),
      outcome: progress.decidedAt === 0 ? undefined : nameOf(OUTCOMES, progress.outcome),
      vote: nameOf(VOTES, progress.vote),
    },
    purpose: requested.args.purpose,
  };
}
