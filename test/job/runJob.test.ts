import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import hre, { network } from "hardhat";
import { after, before, describe, it } from "mocha";
import { createPublicClient, custom, type Hex, type PublicClient, type WalletClient } from "viem";

import { deploySystem } from "../../deploy/system.ts";
import type { DeploymentRecord } from "../../src/deployments/index.ts";
import { VcfError } from "../../src/files/index.ts";
import { JobCheckError, type JobProgress, type JobResult, runJob } from "../../src/job/index.ts";

const ONTOLOGY = "examples/ontology.json";
const COHORT = "examples/cohort.vcf";
const COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";

describe("runJob", () => {
  const directory = mkdtempSync(join(tmpdir(), "concord-job-"));
  let deployment: DeploymentRecord;
  let publicClient: PublicClient;
  let registrar: WalletClient;
  const steps = new Set<string>();
  let result: JobResult;

  before(async () => {
    const connection = await network.create("node");
    deployment = (await deploySystem(hre, connection, { build: false })).record;
    publicClient = await connection.viem.getPublicClient();
    registrar = await connection.viem.getWalletClient(deployment.parameters.governance);
    result = await run(COHORT, { onProgress: ({ step }) => steps.add(step) });
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  async function run(vcf: string, more: { client?: PublicClient; onProgress?: (event: JobProgress) => void } = {}) {
    const { client = publicClient, onProgress } = more;
    return runJob({ deployment, publicClient: client, registrar, vcf, ontology: ONTOLOGY, onProgress });
  }

  function vcfOf(name: string, lines: readonly string[]): string {
    const path = join(directory, name);
    writeFileSync(path, ["##fileformat=VCFv4.3", ...lines, ""].join("\n"));
    return path;
  }

  describe("given the example cohort", () => {
    it("takes a consent of every sample", () => {
      expect(result.vcf.samples).to.equal(40);
      expect(result.consents.granted).to.equal(40);
      expect(Object.values(result.consents.byTerms)).to.deep.equal([16, 8, 8, 4, 4]);
    });

    it("counts the coverage by reason before and after participants changed their minds", () => {
      expect(result.coverage.before).to.deep.equal({
        participants: 40,
        covered: 32,
        byReason: { "consent:DS_NOT_COVERED": 4, "consent:DS_NOT_PERMITTED": 4 },
      });
      expect(result.consents).to.include({ withdrawn: 4, suspended: 2, resumed: 1 });
      expect(result.coverage.after).to.deep.equal({
        participants: 40,
        covered: 27,
        byReason: {
          "consent:DS_NOT_COVERED": 4,
          "consent:DS_NOT_PERMITTED": 4,
          "consent:STATE_SUSPENDED": 1,
          "consent:STATE_WITHDRAWN": 4,
        },
      });
    });

    it("refuses the company, and issues the university's licence", () => {
      expect(result.refusedRequest).to.include({ outcome: "DENY" });
      expect(result.refusedRequest.reasons).to.deep.equal(["dataset:NPU_NOT_FOR_PROFIT"]);
      expect(result.licence).to.include({ outcome: "APPROVE", status: "Effective" });
    });

    it("proves one access lawful, and the one after the withdrawal unlawful", () => {
      expect(result.accesses.map(({ lawfulness }) => lawfulness)).to.deep.equal(["Lawful", "NotPermitted"]);
      expect(result.accesses[0]?.participantId).to.equal(result.accesses[1]?.participantId);
    });

    it("compares every answer with the model, tells its progress, and gives plain JSON", () => {
      expect(result.checks).to.be.greaterThan(300);
      expect([...steps]).to.include.members(["Reading the VCF", "Signing consents", "Relaying withdrawals"]);
      expect(JSON.parse(JSON.stringify(result))).to.deep.equal(result);
    });
  });

  it("runs again on the same chain, with people of its own", async () => {
    const again = await run(COHORT);
    expect(again.scopeId).to.not.equal(result.scopeId);
    expect(again.coverage).to.deep.equal(result.coverage);
  });

  it("anchors a VCF of sites only, with nobody to ask", async () => {
    const { consents, coverage, accesses } = await run(vcfOf("sites.vcf", [COLUMNS, "1\t100\t.\tA\tG\t.\tPASS\t."]));
    expect(consents).to.include({ granted: 0, withdrawn: 0, suspended: 0, resumed: 0 });
    expect(coverage.before).to.deep.equal({ participants: 0, covered: 0, byReason: {} });
    expect(accesses).to.deep.equal([]);
  });

  it("takes a VCF of one sample with an odd id and no genotypes", async () => {
    const lines = [`${COLUMNS}\tFORMAT\t Ünï cøde/1 `, "1\t100\t.\tA\tG\t.\tPASS\t.\tDP\t12"];
    const { vcf, consents, coverage } = await run(vcfOf("one.vcf", lines));
    expect(vcf).to.include({ samples: 1, withGenotypes: false });
    expect(consents).to.include({ granted: 1, withdrawn: 1, suspended: 0 });
    expect(coverage.after.byReason).to.deep.equal({ "consent:STATE_WITHDRAWN": 1 });
  });

  it("refuses a broken VCF with its line, before it sends anything", async () => {
    const block = await publicClient.getBlockNumber();
    const file = vcfOf("broken.vcf", [`${COLUMNS}\tFORMAT\ta\tb`, "1\t100\t.\tA\tG\t.\tPASS\t.\tGT\t0/1"]);
    const error = await failure(run(file));
    if (!(error instanceof VcfError)) throw error;
    expect(error.line).to.equal(3);
    expect(await publicClient.getBlockNumber()).to.equal(block);
  });

  it("fails loudly when the chain's answer is not the model's", async () => {
    const lens = deployment.contracts.concordLens.address.toLowerCase();
    let turned = 0;
    const request = async (asked: { method: string; params?: unknown }): Promise<unknown> => {
      const answer: unknown = await publicClient.request(asked as never);
      const [call] = (asked.params ?? []) as { to?: string }[];
      if (asked.method !== "eth_call" || call?.to?.toLowerCase() !== lens) return answer;
      turned += 1;
      return withLastWordTurned(answer as Hex);
    };
    const client = createPublicClient({ chain: publicClient.chain, transport: custom({ request }) });
    const error = await failure(run(COHORT, { client }));
    expect(turned).to.be.greaterThan(0);
    expect(error).to.be.instanceOf(JobCheckError);
    expect((error as JobCheckError).args).to.include.keys("step", "expected", "found");
  });
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}

/** The last consent's status, turned from Active to Declined. */
function withLastWordTurned(answer: Hex): Hex {
  return `${answer.slice(0, -1)}1` as Hex;
}
