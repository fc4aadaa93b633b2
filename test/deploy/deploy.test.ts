import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import hre from "hardhat";
import { describe, it } from "mocha";
import { getAddress, keccak256, toHex } from "viem";

import {
  type DeployOptions,
  deploySystem,
  exportSystem,
  loadSystem,
  readChain,
  rehearseSystem,
  type SystemConnection,
  systemStatus,
} from "../../deploy/system.ts";
import { contractKeys, type DeploymentRecord, parseDeploymentRecord } from "../../src/deployments/index.ts";
import { FIRST, governed, onChain, onLeftovers, onSuite, SECOND } from "./chains.ts";
import { accountsOf, asForeignChain, blockNumber, intercepted, nonceOf, systemError } from "./support.ts";

/** 21 contracts, one wiring of the roles' administrators, eight of functions' roles, one handover. */
const TRANSACTIONS = 32;

function readWritten(directory: string): DeploymentRecord {
  return parseDeploymentRecord(JSON.parse(readFileSync(join(directory, "concord.json"), "utf8")));
}

describe("deploySystem", () => {
  it("writes a record that is true of the chain", async () => {
    await onChain(async ({ connection, options, place }) => {
      const { record, transactions, file } = await deploySystem(hre, connection, options);
      expect(transactions).to.equal(TRANSACTIONS);
      expect(file).to.equal(join(place(), "concord.json"));
      expect(readWritten(place())).to.deep.equal(record);
      expect(readdirSync(place()).filter((name) => name.endsWith(".tmp"))).to.be.empty;

      const [deployer, governance] = await accountsOf(connection);
      expect(record.parameters).to.deep.equal({ governance: getAddress(governance!), executionDelay: 0 });
      expect(record.contracts.accessManager.constructorArguments).to.deep.equal([getAddress(deployer!)]);
      expect(record).to.include({ network: "default", chainId: 31_337, fork: "prague", startBlock: 1 });
      for (const key of contractKeys) {
        const { address, codeHash, startBlock } = record.contracts[key];
        const code = async (block: number) =>
          (await connection.provider.request({
            method: "eth_getCode",
            params: [address, toHex(block)],
          })) as `0x${string}`;
        expect(keccak256(await code(startBlock))).to.equal(codeHash);
        expect(await code(startBlock - 1)).to.equal("0x");
      }
    });
  });

  it("writes nothing for an in-process chain without a place of its own", async () => {
    await onChain(async ({ connection }) => {
      expect((await deploySystem(hre, connection, { build: false })).file).to.be.undefined;
    });
  });

  it("hands over in the last transaction", async () => {
    await onSuite("embedded", async ({ connection, deployed: { record } }) => {
      const block = (await connection.provider.request({
        method: "eth_getBlockByNumber",
        params: ["latest", true],
      })) as { number: string; transactions: { to: string; nonce: string }[] };
      expect(Number(block.transactions[0]?.nonce)).to.equal(TRANSACTIONS - 1);
      expect(getAddress(block.transactions[0]!.to)).to.equal(record.contracts.accessManager.address);
      const logs = (await connection.provider.request({
        method: "eth_getLogs",
        params: [{ fromBlock: block.number, toBlock: "latest" }],
      })) as { topics: string[] }[];
      expect(logs.at(-1)?.topics[0]).to.equal(keccak256(toHex("RoleRevoked(uint64,address)")));
    });
  });

  it("sends nothing when run again", async () => {
    await onSuite("embedded", async ({ connection, options, place, deployed: { record } }) => {
      const [deployer] = await accountsOf(connection);
      const before = [await nonceOf(connection, deployer!), await blockNumber(connection)];
      const second = await deploySystem(hre, connection, options);
      expect(second).to.deep.include({ record, transactions: 0, file: join(place(), "concord.json") });
      expect([await nonceOf(connection, deployer!), await blockNumber(connection)]).to.deep.equal(before);
    });
  });

  it("writes the record again from the journal, without a transaction", async () => {
    await onSuite("embedded", async ({ connection, options, place, deployed: { record } }) => {
      rmSync(join(place(), "concord.json"));
      expect(await deploySystem(hre, connection, options)).to.deep.include({ record, transactions: 0 });
      expect(readWritten(place())).to.deep.equal(record);
    });
  });

  for (const sent of [1, 9, TRANSACTIONS - 1]) {
    it(`resumes after an interruption at transaction ${sent + 1}`, async () => {
      await onChain(async ({ connection, options, place }) => {
        let count = 0;
        const failing = intercepted(connection, ({ method }) => {
          if (method === "eth_sendTransaction" && ++count > sent) throw new Error("The connection broke.");
        });
        const error = await systemError("SystemDeploymentFailed", deploySystem(hre, failing, options));
        expect(error.message).to.contain("The connection broke.");
        expect(existsSync(join(place(), "concord.json"))).to.be.false;
        expect((await systemStatus(hre, connection, options)).state).to.equal("interrupted");
        await systemError("SystemNotDeployed", loadSystem(hre, connection, options));

        const { record, transactions } = await deploySystem(hre, connection, options);
        const [deployer] = await accountsOf(connection);
        expect(transactions).to.equal(TRANSACTIONS - sent);
        expect(await nonceOf(connection, deployer!)).to.equal(TRANSACTIONS);
        expect(await loadSystem(hre, connection, options)).to.deep.equal(record);
      });
    });
  }

  it("finds a transaction that was sent when the connection broke, and does not send it twice", async () => {
    await onChain(async ({ connection, options }) => {
      let count = 0;
      const failing = intercepted(connection, async (request) => {
        if (request.method !== "eth_sendTransaction" || ++count !== 10) return undefined;
        await connection.provider.request(request);
        throw new Error("The connection broke.");
      });
      await systemError("SystemDeploymentFailed", deploySystem(hre, failing, options));
      const sent = await nonceOf(connection, (await accountsOf(connection))[0]!);
      const { transactions } = await deploySystem(hre, connection, options);
      expect(sent + transactions).to.equal(TRANSACTIONS);
      expect((await systemStatus(hre, connection, options)).state).to.equal("deployed");
    });
  });

  it("goes on after a step failed, once its cause is gone", async () => {
    await onChain(async ({ connection, options }) => {
      let estimates = 0;
      const failing = intercepted(connection, ({ method }) => {
        if (method === "eth_estimateGas" && ++estimates === 6) throw new Error("sender doesn't have enough funds");
      });
      await systemError("SystemDeploymentFailed", deploySystem(hre, failing, options));
      await deploySystem(hre, connection, options);
      expect((await systemStatus(hre, connection, options)).state).to.equal("deployed");
    });
  });

  it("resumes on a foreign chain only with the parameters that it was begun with", async () => {
    await onSuite("foreign", async ({ connection, options, place }) => {
      const elsewhere = asForeignChain(connection);
      const parameters = await governed(connection);
      rmSync(join(place("elsewhere"), "concord.json"));
      const hasty = { ...parameters, executionDelay: 1 };
      await systemError("SystemJournalMismatch", deploySystem(hre, elsewhere, { ...options, parameters: hasty }));
      expect((await deploySystem(hre, elsewhere, { ...options, parameters })).transactions).to.equal(0);
    });
  });
});

describe("deploySystem, parameters", () => {
  it("needs a governance on a chain that is not embedded", async () => {
    await onChain(async ({ connection, options }) => {
      const error = await systemError(
        "SystemParametersMissing",
        deploySystem(hre, asForeignChain(connection), options),
      );
      expect(error.fix).to.contain(join("deploy", "parameters", "elsewhere.json"));
      expect(await blockNumber(connection)).to.equal(0);
    });
  });

  it("refuses the deployer as governance", async () => {
    await onChain(async ({ connection, options }) => {
      const [deployer] = await accountsOf(connection);
      const parameters = { governance: deployer!, executionDelay: 0 };
      await systemError("SystemGovernanceIsDeployer", deploySystem(hre, connection, { ...options, parameters }));
      expect(await blockNumber(connection)).to.equal(0);
    });
  });

  const invalid: readonly [string, unknown][] = [
    ["no address", { governance: "0x12", executionDelay: 0 }],
    ["the zero address", { governance: `0x${"0".repeat(40)}`, executionDelay: 0 }],
    ["a wrong checksum", { governance: "0x70997970c51812dc3A010C7d01b50e0d17dc79C8", executionDelay: 0 }],
    ["no delay", { governance: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" }],
    ["a negative delay", { governance: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", executionDelay: -1 }],
    ["a delay beyond uint32", { governance: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", executionDelay: 2 ** 32 }],
    ["an unknown parameter", { governance: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", executionDelay: 0, pause: 1 }],
    ["nothing", null],
  ];
  for (const [what, parameters] of invalid) {
    it(`refuses ${what}`, async () => {
      await onChain(async ({ connection, options }) => {
        const given = { ...options, parameters } as DeployOptions;
        await systemError("SystemParametersInvalid", deploySystem(hre, connection, given));
      });
    });
  }

  it("refuses other parameters for a suite that is there", async () => {
    await onSuite("embedded", async ({ connection, options, deployed: { record } }) => {
      const parameters = { ...record.parameters, executionDelay: 60 };
      await systemError("SystemParametersChanged", deploySystem(hre, connection, { ...options, parameters }));
      await deploySystem(hre, connection, { ...options, parameters: record.parameters });
    });
  });

  it("needs an account to deploy with", async () => {
    await onChain(async ({ connection, options }) => {
      const without = intercepted(connection, ({ method }) => (method === "eth_accounts" ? [] : undefined));
      await systemError("SystemDeployerMissing", deploySystem(hre, without, options));
    });
  });
});

describe("deploySystem, what an earlier chain left", () => {
  it("discards the record and the journal of an ended embedded chain", async () => {
    await onLeftovers("embedded", async (deployments, first) => {
      await onChain(
        async ({ connection, options }) => {
          expect((await systemStatus(hre, connection, options)).problem?.name).to.equal("SystemGenesisMismatch");
          await systemError("SystemGenesisMismatch", exportSystem(hre, connection, options));
          const { record, transactions } = await deploySystem(hre, connection, options);
          expect(transactions).to.equal(TRANSACTIONS);
          expect(record.genesisHash).not.to.equal(first.genesisHash);
          expect(await loadSystem(hre, connection, options)).to.deep.equal(record);
        },
        SECOND,
        deployments,
      );
    });
  });

  it("discards the journal of an ended embedded chain that has no record", async () => {
    await onLeftovers("embedded", async (deployments, { network: name }) => {
      rmSync(join(deployments, name, "concord.json"));
      for (const date of [SECOND, FIRST] as const) {
        await onChain(
          async ({ connection, options, place }) => {
            expect((await deploySystem(hre, connection, options)).transactions).to.equal(TRANSACTIONS);
            rmSync(join(place(), "concord.json"));
          },
          date,
          deployments,
        );
      }
    });
  });

  it("refuses the record of another chain where it is not known to be worthless", async () => {
    await onLeftovers("foreign", async (deployments) => {
      await onChain(
        async ({ connection, options, place }) => {
          const parameters = await governed(connection);
          const record = readFileSync(join(place("elsewhere"), "concord.json"), "utf8");
          // An embedded chain under the name of a real network must not cost the real network its record.
          for (const other of [asForeignChain(connection), { ...pickNamed(connection), networkName: "elsewhere" }]) {
            const error = await systemError(
              "SystemGenesisMismatch",
              deploySystem(hre, other, { ...options, parameters }),
            );
            expect(error.fix).to.contain(place("elsewhere"));
          }
          expect(readFileSync(join(place("elsewhere"), "concord.json"), "utf8")).to.equal(record);

          rmSync(join(place("elsewhere"), "concord.json"));
          const again = deploySystem(hre, asForeignChain(connection), { ...options, parameters });
          await systemError("SystemGenesisMismatch", again);
          rmSync(join(place("elsewhere"), "chain.json"));
          const unknown = deploySystem(hre, asForeignChain(connection), { ...options, parameters });
          await systemError("SystemJournalUnknown", unknown);
          expect(await blockNumber(connection)).to.equal(0);
        },
        SECOND,
        deployments,
      );
    });
  });

  it("refuses a chain of the same genesis that has lost the contracts", async () => {
    await onLeftovers("foreign", async (deployments, record) => {
      await onChain(
        async ({ connection, options, place }) => {
          const elsewhere = asForeignChain(connection);
          const parameters = await governed(connection);
          expect((await readChain(connection.provider)).genesisHash).to.equal(record.genesisHash);

          const again = deploySystem(hre, elsewhere, { ...options, parameters });
          const error = await systemError("SystemCodeMismatch", again);
          expect(error.message).to.contain("no code").and.to.contain("19 more");
          const status = await systemStatus(hre, elsewhere, options);
          expect(status.state).to.equal("mismatch");
          expect(status.contracts.map(({ code }) => code)).to.have.members(contractKeys.map(() => "absent"));

          rmSync(join(place("elsewhere"), "concord.json"));
          await systemError("SystemCodeMismatch", deploySystem(hre, elsewhere, { ...options, parameters }));
          expect(await blockNumber(connection)).to.equal(0);
        },
        FIRST,
        deployments,
      );
    });
  });

  it("refuses a record whose address or code hash was edited", async () => {
    await onSuite("foreign", async ({ connection, options, place, deployed: { record } }) => {
      const elsewhere = asForeignChain(connection);
      const edits: ((contract: { address: string; codeHash: string }) => void)[] = [
        (contract) => void (contract.address = `0x${"12".repeat(20)}`),
        (contract) => void (contract.codeHash = `0x${"12".repeat(32)}`),
      ];
      for (const edit of edits) {
        const edited = structuredClone(record);
        edit(edited.contracts.auditLog);
        writeFileSync(join(place("elsewhere"), "concord.json"), JSON.stringify(edited));
        const error = await systemError("SystemCodeMismatch", deploySystem(hre, elsewhere, options));
        expect(error.message).to.contain("auditLog");
        await systemError("SystemCodeMismatch", loadSystem(hre, elsewhere, options));
      }
    });
  });

  const corrupt: readonly [string, string][] = [
    ["empty", ""],
    ["cut off", '{"format": 1, "suite'],
    ["not a record", "[]"],
    ["binary", "\u0000\u0001\ufffd"],
  ];
  for (const [what, text] of corrupt) {
    it(`refuses a record that is ${what}, naming the file`, async () => {
      await onChain(async ({ connection, options, place }) => {
        const elsewhere = asForeignChain(connection);
        mkdirSync(place("elsewhere"), { recursive: true });
        writeFileSync(join(place("elsewhere"), "concord.json"), text);
        for (const attempt of [deploySystem, systemStatus, exportSystem]) {
          const error = await systemError("SystemRecordCorrupt", attempt(hre, elsewhere, options));
          expect(error.message).to.contain(join("elsewhere", "concord.json"));
        }
        expect(readFileSync(join(place("elsewhere"), "concord.json"), "utf8")).to.equal(text);
      });
    });
  }

  it("refuses a damaged journal", async () => {
    await onSuite("foreign", async ({ connection, options, place }) => {
      const elsewhere = asForeignChain(connection);
      const parameters = await governed(connection);
      rmSync(join(place("elsewhere"), "concord.json"));
      const journal = join(place("elsewhere"), "journal.jsonl");
      writeFileSync(journal, readFileSync(journal, "utf8").slice(0, -20));
      await systemError("SystemJournalCorrupt", deploySystem(hre, elsewhere, { ...options, parameters }));
      await systemError("SystemJournalCorrupt", systemStatus(hre, elsewhere, options));
    });
  });

  it("refuses a deployment of other sources, but deploys anew on the embedded chain", async () => {
    await onSuite("foreign", async ({ connection, options, place }) => {
      const readArtifact = async (name: string) => {
        const artifact = await hre.artifacts.readArtifact(name);
        // The last bytes of creation code are metadata, which no opcode runs.
        return name === "ConcordLens" ? { ...artifact, bytecode: `${artifact.bytecode.slice(0, -2)}ff` } : artifact;
      };
      const changed = { ...hre, artifacts: { ...hre.artifacts, readArtifact } } as typeof hre;
      const elsewhere = asForeignChain(connection);
      const error = await systemError("SystemSourcesChanged", deploySystem(changed, elsewhere, options));
      expect(error.args).to.deep.include({ contracts: ["ConcordLens"] });
      expect(readWritten(place("elsewhere")).network).to.equal("elsewhere");

      await deploySystem(hre, connection, options);
      const { transactions, record } = await deploySystem(changed, connection, options);
      expect(transactions).to.equal(TRANSACTIONS);
      expect(await loadSystem(hre, connection, options)).to.deep.equal(record);
    });
  });
});

describe("rehearseSystem", () => {
  it("counts transactions and gas and sends nothing", async () => {
    await onChain(async ({ connection, options, place }) => {
      const result = await rehearseSystem(hre, connection, options);
      expect(result).to.include({ dryRun: true, deployed: false, transactions: TRANSACTIONS });
      expect(existsSync(place())).to.be.false;
      expect(await blockNumber(connection)).to.equal(0);
      const { gasUsed } = await deploySystem(hre, connection, options);
      expect(Math.abs(Number(result.gas - gasUsed))).to.be.lessThan(Number(gasUsed) / 100);
      expect(await rehearseSystem(hre, connection, options)).to.include({ deployed: true, transactions: 0, gas: 0n });
    });
  });

  it("refuses what deploySystem refuses", async () => {
    await onChain(async ({ connection, options }) => {
      await systemError("SystemParametersMissing", rehearseSystem(hre, asForeignChain(connection), options));
    });
  });
});

function pickNamed({ networkConfig, networkName, provider }: SystemConnection): SystemConnection {
  return { networkConfig, networkName, provider };
}
