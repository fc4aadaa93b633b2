import hre from "hardhat";
import type { Hex, WalletClient } from "viem";

import { type DeployOptions, deploySystem } from "../../deploy/system.ts";
import { BLANK_TERMS, PERMISSIONS, type Terms } from "../../src/model/index.ts";
import {
  admitInstitution,
  type ConcordClient,
  createConcordClient,
  createScope,
  institutionIdOf,
  type InstitutionRole,
  publishTerms,
} from "../../src/sdk/index.ts";
import { accountOf } from "../world.ts";
import { scopeOf } from "./plan.ts";

/** What patients of every study agree to: general research use, without end. */
export const TERMS: Terms = { ...BLANK_TERMS, permissions: PERMISSIONS.GRU };

/** A chain with the suite, on which a custodian is about to bring consents in. */
export type Site = Awaited<ReturnType<typeof openSite>>;

/**
 * Starts an in-process chain, deploys the suite, and admits a custodian and a committee.
 * @param time when the chain begins (Unix seconds)
 */
export async function openSite(time: number, options: Pick<DeployOptions, "build" | "onProgress">) {
  const connection = await hre.network.create({
    network: "default",
    chainType: "l1",
    override: { initialDate: new Date(time * 1_000), allowBlocksWithSameTimestamp: true },
  });
  const { record, gasUsed: deployGas } = await deploySystem(hre, connection, options);
  const publicClient = await connection.viem.getPublicClient();
  const wallets = await connection.viem.getWalletClients();
  const clientOf = (walletClient: WalletClient): ConcordClient =>
    createConcordClient({ deployment: record, publicClient, walletClient });
  const [, registrar, custodian, committee] = wallets.map(clientOf);
  if (!registrar || !custodian || !committee) throw new RangeError("Too few accounts.");
  const admit = async (role: InstitutionRole, client: ConcordClient): Promise<Hex> => {
    const institutionId = institutionIdOf(role);
    const institutionAccount = accountOf(client);
    const profile = { roles: [role], notForProfit: true, institutionType: "Hospital", region: "DK" } as const;
    await admitInstitution(registrar, { institutionId, ...profile, institutionAccount });
    return institutionId;
  };
  await admit("custodian", custodian);
  const committeeId = await admit("committee", committee);

  /** Makes the studies' scopes, all under the same terms. */
  const createStudies = async (studies: readonly number[]): Promise<void> => {
    for (const studyId of studies) {
      const scopeId = scopeOf(studyId);
      await createScope(custodian, { scopeId, committee: committeeId });
      await publishTerms(custodian, { scopeId, terms: TERMS });
    }
  };
  return { connection, record, publicClient, custodian, deployGas, createStudies };
}
