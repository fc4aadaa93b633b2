import { type ConcordClient, getBlock } from "../sdk/index.ts";
import { type AccessPackage, buildAccessPackage } from "./build/access.ts";
import { claimsAt } from "./claims.ts";
import { type ParticipantArguments, readParticipant } from "./read/participant.ts";
import type { MakeErrorType } from "./read/reading.ts";

export type MakeAccessPackageParameters = ParticipantArguments;

export type MakeAccessPackageReturnType = AccessPackage;

export type MakeAccessPackageErrorType = MakeErrorType;

/**
 * What one participant is told under Art. 15 GDPR and given under Art. 20: consents with their whole history, terms in full,
 * who may use the data, and each use of which a leaf is given.
 * @throws InvalidInputError, HistoryIncompleteError, ConcordContractError ScopeUnknown, AuditLeafUnproven; NotFoundError for
 * who never acted, or an entry under no licence of the scopes
 */
export async function makeAccessPackage(
  client: ConcordClient,
  parameters: MakeAccessPackageParameters,
): Promise<MakeAccessPackageReturnType> {
  const block = await getBlock(client, { blockNumber: parameters.blockNumber });
  const { picture, given } = await readParticipant({ client, block }, parameters);
  return buildAccessPackage(picture, claimsAt(client, "access", block, given));
}
