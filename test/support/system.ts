import hre from "hardhat";
import type { ChainType, NetworkConnection } from "hardhat/types/network";

import { deploySystem } from "../../deploy/system.ts";
import type { DeploymentRecord } from "../../src/deployments/index.ts";
import {
  AccessManager__factory,
  AuditLog__factory,
  ConcordLens__factory,
  ConsentRegistry__factory,
  DatasetRegistry__factory,
  DecisionRegistry__factory,
  DelegateRegistry__factory,
  ERC7913P256Verifier__factory,
  ERC7913WebAuthnVerifier__factory,
  FactRegistry__factory,
  InstitutionRegistry__factory,
  LicenceCard__factory,
  LicenceDuties__factory,
  LicenceLayers__factory,
  LicenceRegistry__factory,
  OntologyRegistry__factory,
  PolicyRegistry__factory,
  ProvenanceRegistry__factory,
  ScopeIndex__factory,
  TermsRegistry__factory,
} from "../../typechain-types/index.ts";

/** Every contract of a record, typed, acting for `runner`. */
export function connectContracts({ contracts }: DeploymentRecord, runner: Runner) {
  return {
    accessManager: AccessManager__factory.connect(contracts.accessManager.address, runner),
    institutionRegistry: InstitutionRegistry__factory.connect(contracts.institutionRegistry.address, runner),
    p256Verifier: ERC7913P256Verifier__factory.connect(contracts.p256Verifier.address, runner),
    webAuthnVerifier: ERC7913WebAuthnVerifier__factory.connect(contracts.webAuthnVerifier.address, runner),
    ontologyRegistry: OntologyRegistry__factory.connect(contracts.ontologyRegistry.address, runner),
    datasetRegistry: DatasetRegistry__factory.connect(contracts.datasetRegistry.address, runner),
    termsRegistry: TermsRegistry__factory.connect(contracts.termsRegistry.address, runner),
    delegateRegistry: DelegateRegistry__factory.connect(contracts.delegateRegistry.address, runner),
    scopeIndex: ScopeIndex__factory.connect(contracts.scopeIndex.address, runner),
    consentRegistry: ConsentRegistry__factory.connect(contracts.consentRegistry.address, runner),
    factRegistry: FactRegistry__factory.connect(contracts.factRegistry.address, runner),
    decisionRegistry: DecisionRegistry__factory.connect(contracts.decisionRegistry.address, runner),
    policyRegistry: PolicyRegistry__factory.connect(contracts.policyRegistry.address, runner),
    licenceCard: LicenceCard__factory.connect(contracts.licenceCard.address, runner),
    licenceDuties: LicenceDuties__factory.connect(contracts.licenceDuties.address, runner),
    licenceLayers: LicenceLayers__factory.connect(contracts.licenceLayers.address, runner),
    licenceRegistry: LicenceRegistry__factory.connect(contracts.licenceRegistry.address, runner),
    auditLog: AuditLog__factory.connect(contracts.auditLog.address, runner),
    provenanceRegistry: ProvenanceRegistry__factory.connect(contracts.provenanceRegistry.address, runner),
    concordLens: ConcordLens__factory.connect(contracts.concordLens.address, runner),
  };
}

type Runner = Parameters<typeof AccessManager__factory.connect>[1];

/**
 * The real deployment on an in-process chain, for `networkHelpers.loadFixture(deployFixture)`.
 *
 * `deployer` has no role any more; `governance` administers at once; `outsiders` have never been heard of. `contracts`
 * act for the first outsider: connect them to whoever shall act.
 */
export async function deployFixture<T extends ChainType | string>(connection: NetworkConnection<T>) {
  const { record } = await deploySystem(hre, connection, { build: false });
  const [deployer, governance, ...outsiders] = await connection.ethers.getSigners();
  const [outsider] = outsiders;
  if (deployer === undefined || governance === undefined || outsider === undefined) throw new Error("No accounts.");
  return { record, contracts: connectContracts(record, outsider), deployer, governance, outsider, outsiders };
}
