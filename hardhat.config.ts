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

const embedded = { type: "edr-simulated", chainType: "l1", hardfork: "prague" } as const;

export default defineConfig({
  plugins: [toolbox, viem, concordPlugin],
  solidity: {
    // One setting for both profiles: Ignition's command line builds with "production", everything else with "default".
    profiles: { default: { compilers: [compiler] }, production: { compilers: [compiler] } },
    npmFilesToBuild: ["@openzeppelin/contracts/access/manager/AccessManager.sol"],
  },
  // Blocks of the consortium's chain are final at once.
  ignition: { requiredConfirmations: 1 },
  paths: { ignition: "deploy", tests: { mocha: "test", solidity: "test" } },
  typechain: { outDir: "typechain-types", dontOverrideCompile: true },
  test: {
    mocha: { forbidOnly: true, timeout: 120_000 },
    solidity: { fuzz: { runs: 256 }, invariant: { runs: 64, depth: 64, failOnRevert: true } },
  },
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
