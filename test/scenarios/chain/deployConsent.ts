import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import type { Hex } from "viem";

import type { DeploymentRecord } from "../../../src/deployments/index.ts";
import type { InstitutionRegistry, TermsRegistry } from "../../../typechain-types/index.js";
import { deployFixture } from "../../support/system.ts";
import type { Institution } from "../engine.ts";
import { idOf } from "../ids.ts";

/** The suite as deployed, with two member institutions. */
export interface DeployedConsent {
  readonly connection: NetworkConnection<"l1">;
  readonly contracts: DeploymentRecord["contracts"];
  /** Acting for the registrar. */
  readonly institutions: InstitutionRegistry;
  /** Acting for the custodian. */
  readonly terms: TermsRegistry;
  /** A custodian and committee. */
  readonly custodian: Institution;
  /** A committee only. */
  readonly second: Institution;
  readonly relayer: Hex;
  readonly stranger: Hex;
}

const CUSTODIAN = 1 << 0;
const COMMITTEE = 1 << 3;

/** A fork that consents are tested on. */
export type Fork = "prague" | "osaka";

/**
 * Loads the suite onto a fresh chain of a fork. Its blocks may share a second, as a consortium's may, and gas costs nothing
 * there, so that participants need no means.
 */
export function makeConsentLoader(hardfork: Fork): () => Promise<DeployedConsent> {
  const override = { initialBaseFeePerGas: 0, hardfork };
  const chain = network.create({ network: "node", chainType: "l1", override });
  return async () => (await chain).networkHelpers.loadFixture(deployConsent);
}

async function deployConsent(connection: NetworkConnection<"l1">): Promise<DeployedConsent> {
  const { record, contracts, governance, outsiders } = await deployFixture(connection);
  const [first, other, relayer, stranger] = outsiders;
  if (!first || !other || !relayer || !stranger) throw new Error("Too few accounts.");
  const institutions = contracts.institutionRegistry.connect(governance);
  const admit = async (name: string, roles: number, { address }: { address: string }): Promise<Institution> => {
    const institution = { id: idOf(name), account: address.toLowerCase() };
    const profile = { roles, notForProfit: true, institutionType: 0, region: 1 };
    await institutions.admit(institution.id, profile, institution.account);
    return institution;
  };
  return {
    connection,
    contracts: record.contracts,
    institutions,
    terms: contracts.termsRegistry.connect(first),
    custodian: await admit("the custodian", CUSTODIAN | COMMITTEE, first),
    second: await admit("the second institution", COMMITTEE, other),
    relayer: relayer.address.toLowerCase() as Hex,
    stranger: stranger.address.toLowerCase() as Hex,
  };
}
