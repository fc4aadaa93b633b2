import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import { regionName } from "../dataUse/regions.ts";
import {
  INSTITUTION_ROLES,
  INSTITUTION_STANDINGS,
  INSTITUTION_TYPES,
  type InstitutionRole,
  type InstitutionStanding,
  type InstitutionType,
  nameOf,
} from "../internal/enums.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkAddress, checkId } from "../internal/validate.ts";

/** The institution of an id, the one that an account acts for, or the one that an official signs for. */
export type GetInstitutionParameters = {
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
} & (
  | { readonly institutionId: Hex; readonly institutionAccount?: undefined; readonly official?: undefined }
  | { readonly institutionAccount: Address; readonly institutionId?: undefined; readonly official?: undefined }
  | { readonly official: Address; readonly institutionId?: undefined; readonly institutionAccount?: undefined }
);

export interface GetInstitutionReturnType {
  readonly institutionId: Hex;
  readonly roles: readonly InstitutionRole[];
  readonly standing: InstitutionStanding;
  readonly notForProfit: boolean;
  readonly institutionType: InstitutionType;
  /** Where it is established, for instance "DK" or "US-CA". */
  readonly region: string;
  /** The institution that has taken its place. */
  readonly successor: Hex | undefined;
  /** Block time (Unix seconds). */
  readonly admittedAt: number;
}

export type GetInstitutionErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * What the consortium knows of an institution.
 * @throws InvalidInputError, NotFoundError when the account acts for none or the official signs for none, ConcordContractError InstitutionUnknown
 */
export async function getInstitution(
  client: ConcordClient,
  parameters: GetInstitutionParameters,
): Promise<GetInstitutionReturnType> {
  const institutionId = await institutionIdFor(client, parameters);
  const record = await read(client, {
    contract: "institutionRegistry",
    functionName: "institution",
    args: [institutionId],
    blockNumber: parameters.blockNumber,
  });
  const standing = nameOf(INSTITUTION_STANDINGS, record.standing);
  return {
    institutionId,
    roles: INSTITUTION_ROLES.filter((_, bit) => (record.roles & (1 << bit)) !== 0),
    standing,
    notForProfit: record.notForProfit,
    institutionType: nameOf(INSTITUTION_TYPES, record.institutionType),
    region: regionName(record.region),
    successor: standing === "Succeeded" ? await successorOf(client, institutionId, parameters.blockNumber) : undefined,
    admittedAt: record.admittedAt,
  };
}

async function institutionIdFor(client: ConcordClient, parameters: GetInstitutionParameters): Promise<Hex> {
  const { institutionId, institutionAccount, official, blockNumber } = parameters;
  if (official !== undefined) {
    checkAddress("official", official);
    const found = await institutionWith(client, "officialOf", official, blockNumber);
    if (found === undefined) throw new NotFoundError("institution with an official", { official });
    return found;
  }
  if (institutionAccount !== undefined) {
    checkAddress("institutionAccount", institutionAccount);
    const found = await institutionWith(client, "institutionOf", institutionAccount, blockNumber);
    if (found === undefined) throw new NotFoundError("institution with an account", { institutionAccount });
    return found;
  }
  checkId("institutionId", institutionId);
  return institutionId;
}

/** The institution of an address in a capacity; undefined for none. */
async function institutionWith(
  client: ConcordClient,
  functionName: "institutionOf" | "officialOf",
  address: Address,
  blockNumber: bigint | undefined,
): Promise<Hex | undefined> {
  const found = await read(client, { contract: "institutionRegistry", functionName, args: [address], blockNumber });
  return BigInt(found) === 0n ? undefined : found;
}

async function successorOf(client: ConcordClient, institutionId: Hex, blockNumber: bigint | undefined): Promise<Hex> {
  const args = [institutionId] as const;
  return read(client, { contract: "institutionRegistry", functionName: "successorOf", args, blockNumber });
}
