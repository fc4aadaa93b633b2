import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { regionCodeAt } from "../dataUse/regions.ts";
import { INSTITUTION_ROLES, INSTITUTION_TYPES, type InstitutionRole, type InstitutionType } from "../internal/enums.ts";
import { eventIn } from "../internal/events.ts";
import { checkAddress, checkBoolean, checkId, checkNonEmptyList, checkText, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AdmitInstitutionParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** keccak256 of the institution's public identifier; see institutionIdOf. */
  readonly institutionId: Hex;
  /** What it may do, at least one. */
  readonly roles: readonly InstitutionRole[];
  /** Whether it is a not-for-profit organisation (read for DUO:0000045): no Company is, and every NonProfit. */
  readonly notForProfit: boolean;
  readonly institutionType: InstitutionType;
  /** Where it is established: an ISO 3166 code, for instance "DK" or "US-CA". */
  readonly region: string;
  /** The account that acts and signs for it first. */
  readonly institutionAccount: Address;
}

export type AdmitInstitutionReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex },
  dryRun
>;

export type AdmitInstitutionErrorType = WriteErrorType;

/**
 * Admits an institution with its first account, which is its first official too. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionIdTaken, InstitutionProfitContradictory,
 * InstitutionAccountTaken, InstitutionOfficialTaken, AccessManagedUnauthorized
 */
export async function admitInstitution<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AdmitInstitutionParameters<dryRun>,
): Promise<AdmitInstitutionReturnType<dryRun>> {
  const { institutionId, roles, notForProfit, region, institutionAccount } = parameters;
  checkId("institutionId", institutionId);
  checkNonEmptyList("roles", roles);
  checkBoolean("notForProfit", notForProfit);
  const institutionType = numberOf("institutionType", INSTITUTION_TYPES, parameters.institutionType);
  checkText("region", region);
  const regionNumber = regionCodeAt("region", region);
  checkAddress("institutionAccount", institutionAccount);
  const bits = roles.reduce(
    (mask, role, index) => mask | (1 << numberOf(`roles[${index}]`, INSTITUTION_ROLES, role)),
    0,
  );
  return write(
    client,
    parameters,
    {
      contract: "institutionRegistry",
      functionName: "admit",
      args: [institutionId, { roles: bits, notForProfit, institutionType, region: regionNumber }, institutionAccount],
    },
    (logs) => ({ institutionId: eventIn(client, logs, "institutionRegistry", "InstitutionAdmitted").institutionId }),
  );
}
