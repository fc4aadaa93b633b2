import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import hre from "hardhat";
import { after, before, describe, it } from "mocha";

import type { JobResult } from "../../src/job/index.ts";
import { Command, errorOf, runTask } from "../support/command.ts";

/** Two samples at one place: what the node does is the same with any VCF, and takes less time with this one. */
const PAIR = [
  "##fileformat=VCFv4.3",
  "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tone\ttwo",
  "1\t10\t.\tA\tG\t.\t.\t.\tGT\t0/1\t0/0\n",
].join("\n");

describe("hardhat start", () => {
  const temporary = mkdtempSync(join(tmpdir(), "concord-start-test-"));
  const started: Command[] = [];
  const start = (args: readonly string[], environment?: NodeJS.ProcessEnv): Command => {
    const child = new Command(["start", ...args], environment);
    started.push(child);
    return child;
  };

  after(async () => {
    for (const child of started) child.signal("SIGKILL");
    for (const child of started) await child.ended();
    rmSync(temporary, { recursive: true });
  });

  it("runs the job once, with one JSON document on stdout, and ends", async () => {
    const directory = join(temporary, "report");
    const { code, stdout, stderr } = await start(["--once", "--json", "--port", "0", "--report", directory]).ended();
    expect(code, stderr).to.equal(0);
    const { consents, checks, loss, scan, report } = JSON.parse(stdout) as JobResult;
    expect(consents.granted).to.equal(40);
    expect(checks).to.be.greaterThan(900);
    expect(loss).to.have.property("freshMirrors", 1);
    expect(scan).to.equal(null);
    expect(report).to.include(join(directory, "report.md"));
    expect(readdirSync(directory)).to.have.length(7);
    expect(stderr).to.contain("Deploying").and.contain("Signing consents");
  });

  it("refuses a broken VCF with its line", async () => {
    const vcf = join(temporary, "broken.vcf");
    writeFileSync(
      vcf,
      "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n1\tten\t.\tA\tG\t.\t.\t.\n",
    );
    const { name, message } = errorOf(await runTask(hre, "start", { once: true, json: true, port: 0, vcf }));
    expect(name).to.equal("VcfError");
    expect(message).to.contain("line 3");
  });

  it("refuses a report where none can be written", async () => {
    const { name, fix } = errorOf(
      await runTask(hre, "start", { once: true, json: true, port: 0, report: "README.md" }),
    );
    expect(name).to.equal("JobReportNotWritten");
    expect(fix).to.contain("directory");
  });

  describe("given a port in use", () => {
    let server: Server;
    let port = "";
    before(async () => {
      server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      port = String((server.address() as { port: number }).port);
    });
    after(() => {
      server.close();
    });

    it("says so, and how to choose another", async () => {
      const error = errorOf(await start(["--json", "--port", port]).ended());
      expect(error).to.deep.include({ name: "StartPortInUse", args: { port: Number(port) } });
      expect(error.fix).to.contain("--port");
    });
  });

  it("refuses a number that is no port", async () => {
    const error = errorOf(await runTask(hre, "start", { json: true, port: 65_536 }));
    expect(error).to.include({ name: "StartPortInvalid" });
  });

  describe("given a deployment directory", () => {
    const deployments = join(temporary, "deployments");
    const record = join(deployments, "localhost", "concord.json");
    const vcf = join(temporary, "pair.vcf");
    let stale = "";
    before(() => {
      writeFileSync(vcf, PAIR);
    });

    it("ends at once when it is stopped during the job", async () => {
      const child = start(["--port", "0", "--vcf", vcf, "--deployments", deployments]);
      await child.says(/Admitting institutions/);
      child.signal("SIGINT");
      const { code, stderr } = await child.ended();
      expect(code).to.equal("SIGINT");
      expect(stderr).to.not.contain("The node is up");
      stale = readFileSync(record, "utf8");
    });

    it("discards the stale record, keeps the node up for a job on the named network, and leaves nothing at Ctrl-C", async () => {
      const child = start(["--port", "0", "--vcf", vcf, "--deployments", deployments]);
      const [, url = ""] = await child.says(/The node is up at (http:\S+)/);
      expect(child.stderr).to.contain("Discarding a stale deployment");
      const fresh = readFileSync(record, "utf8");
      expect(fresh).to.not.equal(stale);
      expect(child.stderr).to.contain((JSON.parse(fresh) as Located).contracts.consentRegistry.address);
      const block = await blockNumber(url);
      expect(block).to.be.greaterThan(20);

      const args = ["--json", "--network", "localhost", "--vcf", vcf, "--deployments", deployments];
      const named = await start(args, { CONCORD_RPC_URL: url }).ended();
      expect(named.code, named.stderr).to.equal(0);
      expect(named.stderr).to.contain("The suite is deployed already");
      const { loss } = JSON.parse(named.stdout) as JobResult;
      expect(loss, "a chain that is there keeps its institutions").to.equal(null);
      expect(await blockNumber(url)).to.be.greaterThan(block);

      child.signal("SIGINT");
      const { code, stderr } = await child.ended();
      expect(code, stderr).to.equal(0);
      expect(await blockNumber(url).catch(() => "gone")).to.equal("gone");
    });
  });
});

interface Located {
  readonly contracts: { readonly consentRegistry: { readonly address: string } };
}

async function blockNumber(url: string): Promise<number> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_blockNumber", params: [] });
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  return Number(((await response.json()) as { result: string }).result);
}
