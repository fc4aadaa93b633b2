import { createRequire } from "node:module";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import viem from "@nomicfoundation/hardhat-viem";
import { configVariable, defineConfig } from "hardhat/config";

import { concordPlugin } from "./scripts/hardhat/index.ts";
import { tasks } from "./tasks/index.ts";

const soljson = createRequire(import.meta.url).resolve("solc/soljson.js");

// OpenZeppelin 5.7 needs MCOPY (Cancun); the consortium's engine runs Prague.
const compiler = {
  version: "0.8.37",
  path: soljson,
  settings: {
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 1_000 },
    // The hash would depend on which other files are compiled along; without it the same source gives the same code.
    metadata: { bytecodeHash: "none" },
    // The generated documents and error texts are made from the NatSpec.
    outputSelection: { "*": { "*": ["devdoc", "userdoc"] } },
  },
};

/**
 * For Solidity tests alone: they call what the default profile made of the contracts, so their own code need not be good,
 * and compiles in a third of the time.
 */
const testProfile = { compilers: [{ ...compiler, settings: { ...compiler.settings, optimizer: { enabled: false } } }] };

const throughIr = { ...compiler, settings: { ...compiler.settings, viaIR: true } };

/**
 * The registry on every participant's path is compiled through the intermediate representation, which saves them 500 to
 * 2,500 gas a change, so is the one that walks up a tree of 19 levels, and so are the licences, which are too large for a
 * contract otherwise; for all contracts that would double the time of every build.
 */
const profile = {
  compilers: [compiler],
  overrides: {
    "contracts/consent/ConsentRegistry.sol": throughIr,
    "contracts/dataset/OntologyRegistry.sol": throughIr,
    "contracts/licence/LicenceRegistry.sol": throughIr,
  },
};

/** Random tests are short at one's desk and longer where CI runs; campaigns as long as one likes by CONCORD_INVARIANT_RUNS. */
const fuzzRuns = process.env.CI ? 256 : 64;
const invariantRuns = Number(process.env.CONCORD_INVARIANT_RUNS ?? (process.env.CI ? 256 : 16));

const embedded = { type: "edr-simulated", chainType: "l1", hardfork: "prague" } as const;

export default defineConfig({
  plugins: [toolbox, viem, concordPlugin],
  solidity: {
    // Ignition's command line builds with "production", the gate of the Solidity tests with "tests", all else with "default".
    profiles: { default: profile, production: profile, tests: testProfile },
    splitTestsCompilation: true,
    npmFilesToBuild: [
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913P256Verifier.sol",
      "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier.sol",
    ],
  },
  // Blocks of the consortium's chain are final at once.
  ignition: { requiredConfirmations: 1 },
  paths: { ignition: "deploy", tests: { mocha: "test", solidity: "test" } },
  typechain: { outDir: "typechain-types", dontOverrideCompile: true },
  test: {
    mocha: { forbidOnly: true, timeout: 120_000 },
    solidity: {
      fsPermissions: { readFile: ["test/fixtures/webauthn.json"] },
      fuzz: { runs: fuzzRuns },
      invariant: { runs: invariantRuns, depth: 64, failOnRevert: true },
    },
  },
  coverage: { skipFiles: ["contracts/mocks/**"] },
  networks: {
    default: embedded,
    // The node behind `npm start`: many transactions within a second must not run the chain's clock ahead.
    node: { ...embedded, allowBlocksWithSameTimestamp: true },
    localhost: { type: "http", chainType: "l1", url: process.env.CONCORD_RPC_URL ?? "http://127.0.0.1:8545" },
    consortium: {
      type: "http",
      chainType: "l1",
      url: configVariable("CONCORD_RPC_URL"),
      accounts: [configVariable("CONCORD_KEY")],
    },
  },
  tasks,
});
