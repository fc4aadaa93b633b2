import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import {
  INSTITUTION_ROLES,
  INSTITUTION_STANDINGS,
  type InstitutionRole,
  type InstitutionStanding,
  nameOf,
} from "../internal/enums.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkAddress, checkId } from "../internal/validate.ts";

/** The institution of an id, or the one that an account acts for. */
export type GetInstitutionParameters =
  | { readonly institutionId: Hex; readonly institutionAccount?: undefined }
  | { readonly institutionAccount: Address; readonly institutionId?: undefined };

export interface GetInstitutionReturnType {
  readonly institutionId: Hex;
  readonly roles: readonly InstitutionRole[];
  readonly standing: InstitutionStanding;
  readonly notForProfit: boolean;
  /** Block time (Unix seconds). */
  readonly admittedAt: number;
}

export type GetInstitutionErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * What the consortium knows of an institution.
 * @throws InvalidInputError, NotFoundError when the account acts for none, ConcordContractError InstitutionUnknown
 */
export async function getInstitution(
  client: ConcordClient,
  parameters: GetInstitutionParameters,
): Promise<GetInstitutionReturnType> {
  const institutionId = await institutionIdFor(client, parameters);
  const { roles, standing, notForProfit, admittedAt } = await read(client, {
    contract: "institutionRegistry",
    functionName: "institution",
    args: [institutionId],
  });
  return {
    institutionId,
    roles: INSTITUTION_ROLES.filter((_, bit) => (roles & (1 << bit)) !== 0),
    standing: nameOf(INSTITUTION_STANDINGS, standing),
    notForProfit,
    admittedAt,
  };
}

async function institutionIdFor(client: ConcordClient, parameters: GetInstitutionParameters): Promise<Hex> {
  const { institutionId, institutionAccount } = parameters;
  if (institutionAccount === undefined) {
    checkId("institutionId", institutionId);
    return institutionId;
  }
  checkAddress("institutionAccount", institutionAccount);
  const found = await read(client, {
    contract: "institutionRegistry",
    functionName: "institutionOf",
    args: [institutionAccount],
  });
  if (BigInt(found) === 0n) throw new NotFoundError("institution with an account", { institutionAccount });
  return found;
}
