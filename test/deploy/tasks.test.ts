import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import hre, { network } from "hardhat";
import { after, before, describe, it } from "mocha";

import { deploySystem, loadSystem } from "../../deploy/system.ts";
import { parseDeploymentRecord } from "../../src/deployments/index.ts";
import { errorReport } from "../../tasks/support/runTask.ts";
import { errorOf, hardhat, hardhatOn, root, runTask } from "../support/command.ts";
import { blockNumber, systemError, withDirectory } from "./support.ts";

const GOVERNANCE = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

// Nothing here writes below deploy/deployments.
describe("hardhat system", () => {
  const servers: Awaited<ReturnType<typeof network.createServer>>[] = [];
  let url = "";
  let otherUrl = "";

  before(async () => {
    const start = async (): Promise<string> => {
      const server = await network.createServer("node", "127.0.0.1");
      servers.push(server);
      return `http://127.0.0.1:${(await server.listen()).port}`;
    };
    url = await start();
    otherUrl = await start();
  });
  after(async () => {
    for (const server of servers) await server.close();
  });

  it("describes itself", async () => {
    const { code, stdout } = await hardhat(["system"]);
    expect(code).to.equal(0);
    for (const name of ["deploy", "status", "verify", "export"]) expect(stdout).to.contain(`system ${name}`);
  });

  it("prints one JSON document on stdout, and progress on stderr", async () => {
    const deployed = await hardhat(["system", "deploy", "--json"]);
    expect(deployed.code).to.equal(0);
    const { record, transactions } = JSON.parse(deployed.stdout) as { record: unknown; transactions: number };
    expect(parseDeploymentRecord(record).network).to.equal("default");
    expect(transactions).to.be.greaterThan(0);
    expect(deployed.stderr).to.contain("Deploying");
  });

  it("sends nothing with --dry-run", async () => {
    const { code, stdout } = await runTask(await hardhatOn("localhost", url), "system deploy", {
      dryRun: true,
      json: true,
    });
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ dryRun: true, deployed: false });
    const connection = await network.create({ network: "localhost", override: { url } });
    expect(await blockNumber(connection)).to.equal(0);
    await connection.close();
  });

  it("shows the status of a network without its key", async () => {
    const result = await runTask(await hardhatOn("consortium", url), "system status", { json: true });
    expect(result.code).to.equal(0);
    expect(JSON.parse(result.stdout)).to.include({
      network: "consortium",
      state: "none",
      embedded: true,
      fork: "prague",
    });
  });

  it("refuses with exit code 1 and the error as JSON, or in words", async () => {
    expect(errorOf(await runTask(hre, "system export", { json: true })).name).to.equal("SystemNotDeployed");
    const words = await hardhat(["system", "export"]);
    expect(words).to.include({ code: 1, stdout: "" });
    expect(words.stderr).to.contain("SystemNotDeployed: ").and.to.contain("npm start");
  });

  it("asks for a network's key only to write", async () => {
    const error = errorOf(
      await hardhat(["system", "deploy", "--json", "--network", "consortium"], { CONCORD_RPC_URL: url }),
    );
    expect(error).to.deep.include({ name: "HHE7", args: { name: "CONCORD_KEY" } });
  });

  it("refuses the key's own account as governance", async () => {
    await withDirectory(async (directory) => {
      const file = join(directory, "parameters.json");
      writeFileSync(file, JSON.stringify({ governance: GOVERNANCE, executionDelay: 0 }));
      const key = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
      const environment = { CONCORD_RPC_URL: url, CONCORD_KEY: key };
      const command = ["system", "deploy", "--json", "--network", "consortium", "--parameters", file];
      expect(errorOf(await hardhat(command, environment)).name).to.equal("SystemGovernanceIsDeployer");
      expect(existsSync(join(root, "deploy/deployments/consortium"))).to.be.false;
    });
  });

  it("says when there is no node", async () => {
    const nobody = await hardhatOn("localhost", "http://127.0.0.1:1");
    expect(errorOf(await runTask(nobody, "system status", { json: true })).name).to.match(/^HHE/);
  });

  it("discards over HTTP what an ended embedded chain left", async () => {
    await withDirectory(async (deployments) => {
      const options = { deployments, build: false };
      const first = await network.create({ network: "localhost", override: { url } });
      const { record } = await deploySystem(hre, first, options);
      expect(await loadSystem(hre, first, options)).to.deep.equal(record);
      expect((await deploySystem(hre, first, options)).transactions).to.equal(0);
      await first.close();

      const second = await network.create({ network: "localhost", override: { url: otherUrl } });
      const stale = await loadSystem(hre, second, options).catch((error: unknown) => error);
      // Two chains that began in the same second share their genesis block, but not their contracts.
      expect(errorReport(stale).name).to.be.oneOf(["SystemGenesisMismatch", "SystemCodeMismatch"]);
      const anew = await deploySystem(hre, second, options);
      expect(anew.transactions).to.be.greaterThan(0);
      expect(await loadSystem(hre, second, options)).to.deep.equal(anew.record);
      await second.close();
    });
  });
});

describe("errorReport", () => {
  it("takes name, args, message and fix from an error of the project", async () => {
    const connection = await network.create();
    const error = await systemError("SystemNotDeployed", loadSystem(hre, connection));
    const { name, args, message, fix } = error;
    expect(errorReport(error)).to.deep.equal({ name, args, message, fix });
    await connection.close();
  });

  it("makes a report of anything that is thrown", () => {
    for (const thrown of [new TypeError("no"), "text", undefined, null, 7, { name: "object" }]) {
      expect(errorReport(thrown)).to.have.all.keys("name", "args", "message", "fix");
    }
  });
});
