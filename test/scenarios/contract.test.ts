import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { id } from "ethers";
import { network } from "hardhat";

import {
  AccessManager__factory,
  ConsentRegistry__factory,
  InstitutionRegistry__factory,
  OntologyRegistry__factory,
  TermsRegistry__factory,
} from "../../typechain-types/index.js";
import { shouldBehaveLikeConsent } from "./consent.ts";
import { type DeployedConsent, makeContractEngine } from "./contractEngine.ts";
import { shouldBehaveLikeModel } from "./randomBehaviour.ts";

const ADMIN = 0;
const CUSTODIAN = 1;
const COMMITTEE = 8;

// The network of `npm start`: blocks may share a second, as on a consortium's chain.
const { ethers, networkHelpers } = await network.create("node");

/** The registries that consents need, with one institution that is both custodian and committee. */
async function deployConsent(): Promise<DeployedConsent> {
  const [governance, custodian, relayer] = (await ethers.getSigners()) as [
    HardhatEthersSigner,
    HardhatEthersSigner,
    HardhatEthersSigner,
  ];
  const institution = id("institution");
  const manager = await new AccessManager__factory(governance).deploy(governance);
  const institutions = await new InstitutionRegistry__factory(governance).deploy(manager);
  const ontologies = await new OntologyRegistry__factory(governance).deploy(manager);
  const terms = await new TermsRegistry__factory(governance).deploy(manager, institutions, ontologies);
  const consents = await new ConsentRegistry__factory(governance).deploy(terms);
  await manager.grantRole(ADMIN, institutions, 0);
  await manager.grantRole(ADMIN, custodian, 0);
  await institutions.admit(institution, CUSTODIAN | COMMITTEE, true, custodian);
  return {
    ethers,
    networkHelpers,
    terms: terms.connect(custodian),
    consents: consents.connect(relayer),
    committee: institution,
  };
}

const makeEngine = async () => makeContractEngine(await networkHelpers.loadFixture(deployConsent));

shouldBehaveLikeConsent("ConsentRegistry", makeEngine);
shouldBehaveLikeModel("ConsentRegistry, beside the reference model", makeEngine, { seeds: [1], length: 400 });
