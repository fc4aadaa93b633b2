import type { ContractName } from "./compiler.ts";

/** A source to put mistakes into. */
export interface Target {
  /** Its name on the command line and in reports. */
  readonly name: string;
  readonly source: string;
  /** Contracts that contain its code, and the tests that do: they are compiled anew with every mistake. */
  readonly contracts: readonly ContractName[];
}

const REGISTRY = contract("contracts/consent/ConsentRegistry.sol");
const DELEGATES = contract("contracts/identity/DelegateRegistry.sol");
const DECISIONS = contract("contracts/licence/DecisionRegistry.sol");
const LICENCES = contract("contracts/licence/LicenceRegistry.sol");
const LENS = contract("contracts/lens/MatchingLens.sol");
const TYPED_DATA_TEST = test("test/libraries/TypedData.t.sol");

function contract(path: string): ContractName {
  return { source: `project/${path}`, name: path.replace(/^.*\/(\w+)\.sol$/, "$1") };
}

function test(path: string): ContractName {
  return { source: `project/${path}`, name: path.replace(/^.*\/([\w.]+)\.t\.sol$/, "$1Test").replace(".", "") };
}

function target(path: string, contracts: readonly ContractName[] = [contract(path)]): Target {
  return { name: contract(path).name, source: `project/${path}`, contracts };
}

/** Every contract that keeps something, and the libraries that they and every decision are made of. */
export const TARGETS: readonly Target[] = [
  target("contracts/consent/ConsentRegistry.sol"),
  target("contracts/consent/ConsentAuthority.sol", [REGISTRY]),
  target("contracts/consent/ConsentMoves.sol", [REGISTRY]),
  target("contracts/consent/ConsentStore.sol", [REGISTRY]),
  target("contracts/consent/TermsRegistry.sol"),
  target("contracts/consent/ScopeIndex.sol"),
  target("contracts/identity/DelegateRegistry.sol"),
  target("contracts/identity/InstitutionRegistry.sol"),
  target("contracts/dataset/DatasetRegistry.sol"),
  target("contracts/dataset/OntologyRegistry.sol"),
  target("contracts/licence/DecisionRegistry.sol"),
  target("contracts/licence/FactRegistry.sol"),
  target("contracts/licence/PolicyRegistry.sol"),
  target("contracts/licence/LicenceLayers.sol"),
  target("contracts/licence/LicenceRegistry.sol"),
  target("contracts/licence/LicenceStore.sol", [LICENCES]),
  target("contracts/licence/LicenceDuties.sol"),
  target("contracts/licence/LicenceCard.sol"),
  target("contracts/audit/AuditLog.sol"),
  target("contracts/audit/ProvenanceRegistry.sol"),
  target("contracts/libraries/Ancestors.sol", [contract("contracts/dataset/DatasetRegistry.sol")]),
  target("contracts/libraries/CalendarMonths.sol", [LICENCES, test("test/libraries/CalendarMonths.t.sol")]),
  target("contracts/libraries/ConsentWordLib.sol", [
    REGISTRY,
    contract("contracts/licence/LicenceLayers.sol"),
    test("test/libraries/ConsentWordLib.t.sol"),
  ]),
  target("contracts/libraries/SignerLib.sol", [REGISTRY, DELEGATES, test("test/libraries/SignerLib.t.sol")]),
  target("contracts/libraries/ConsentTypedData.sol", [REGISTRY, TYPED_DATA_TEST]),
  target("contracts/libraries/DelegateTypedData.sol", [DELEGATES, TYPED_DATA_TEST]),
  target("contracts/libraries/HalfYear.sol", [DELEGATES, test("test/libraries/HalfYear.t.sol")]),
  target("contracts/libraries/DataUse.sol", [
    ...[contract("contracts/consent/TermsRegistry.sol"), LENS],
    test("test/libraries/DataUse.t.sol"),
  ]),
  target("contracts/libraries/DataUseMatcher.sol", [DECISIONS, LENS, test("test/libraries/DataUseMatcher.t.sol")]),
  target("contracts/libraries/Verdicts.sol", [
    ...[DECISIONS, LENS, contract("contracts/licence/LicenceLayers.sol")],
    test("test/libraries/Verdicts.t.sol"),
  ]),
  target("contracts/libraries/MerkleLeaves.sol", [
    contract("contracts/dataset/OntologyRegistry.sol"),
    test("test/libraries/MerkleLeaves.t.sol"),
  ]),
  target("contracts/libraries/ParticipantSeries.sol", [REGISTRY, test("test/libraries/ParticipantSeries.t.sol")]),
];
