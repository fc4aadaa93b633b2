import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { expect } from "chai";
import hre, { network } from "hardhat";
import { after, before, describe, it } from "mocha";
import { SaxesParser } from "saxes";
import { createPublicClient, custom, type Hex, type PublicClient, type WalletClient } from "viem";

import { deploySystem } from "../../deploy/system.ts";
import type { DeploymentRecord } from "../../src/deployments/index.ts";
import { VcfError } from "../../src/files/index.ts";
import { JobCheckError, JobReportError, type JobResult, runJob, type RunJobParameters } from "../../src/job/index.ts";

import { checkProvConstraints, type ProvDocument } from "../../src/provenance/index.ts";

const ONTOLOGY = "examples/ontology.json";
const COHORT = "examples/cohort.vcf";
const COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";

describe("runJob", () => {
  const directory = mkdtempSync(join(tmpdir(), "concord-job-"));
  let deployment: DeploymentRecord;
  let publicClient: PublicClient;
  let registrar: WalletClient;
  const report = join(directory, "report");
  const steps = new Set<string>();
  let result: JobResult;

  before(async () => {
    const connection = await network.create("node");
    deployment = (await deploySystem(hre, connection, { build: false })).record;
    publicClient = await connection.viem.getPublicClient();
    registrar = await connection.viem.getWalletClient(deployment.parameters.governance);
    result = await run(COHORT, { onProgress: ({ step }) => steps.add(step), report, loseCustodian: true });
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  async function run(vcf: string, more: { client?: PublicClient } & Partial<RunJobParameters> = {}) {
    const { client = publicClient, ...options } = more;
    return runJob({ deployment, publicClient: client, registrar, vcf, ontology: ONTOLOGY, ...options });
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

    it("proves one access lawful, the one after the withdrawal unlawful, and one without whoever left lawful", () => {
      const told = result.accesses.map(({ lawfulness, participants }) => [lawfulness, participants]);
      expect(told).to.deep.equal([
        ["Lawful", 32],
        ["NotPermitted", 28],
        ["Lawful", 27],
      ]);
      expect(result.accesses[0]?.participantId).to.equal(result.accesses[1]?.participantId);
    });

    it("follows the specimens of the plate to the VCF, and the VCF to the counts", () => {
      expect(result.samples).to.deep.equal({ of: 40, specimens: 40, aliquots: 80, transferred: 40, sequenced: 1 });
      expect(result.lineage.map(({ level, depth, minimumCell }) => [level, depth, minimumCell])).to.deep.equal([
        ["Individual", 0, 0],
        ["Individual", 1, 0],
        ["Aggregate", 2, 10],
      ]);
      const [vcf, subset, counts] = result.lineage;
      expect([vcf?.parents, subset?.parents]).to.deep.equal([[], [vcf?.datasetId]]);
      expect(counts?.parents).to.deep.equal([subset?.datasetId]);
      expect(result.provenance.violations).to.equal(0);
      expect(result.provenance.activities).to.equal(40 * 3 + 2);
    });

    it("counts alleles of the covered alone, and tells none that fewer than ten have or have not", () => {
      expect(result.counts).to.include({ participants: 32, alleles: 66 });
      expect(result.counts?.smallestCell).to.be.at.least(10);
      expect(result.counts?.suppressed).to.be.greaterThan(0).and.lessThan(66);
    });

    it("loses who withdrew in the licence, the sub-licence and the derived licence in one block", () => {
      const { coverage, subLicenceCoverage, derivedCoverage, sameBlock } = result;
      expect(subLicenceCoverage).to.deep.equal(coverage);
      expect(derivedCoverage?.before).to.deep.equal({ participants: 32, covered: 32, byReason: {} });
      expect(derivedCoverage?.after).to.deep.equal({
        participants: 32,
        covered: 27,
        byReason: { "consent:STATE_SUSPENDED": 1, "consent:STATE_WITHDRAWN": 4 },
      });
      expect(sameBlock?.licences).to.deep.equal(["the whole", "the cloud's sub-licence", "the subset"]);
      expect(sameBlock?.participantId).to.equal(result.accesses[1]?.participantId);
    });

    it("licenses the counts on appeal, for all who were counted", () => {
      expect(result.countsCoverage).to.deep.equal({ participants: 32, covered: 32, byReason: {} });
    });

    it("tells each licence's life", () => {
      const lives = result.licences.map(({ statuses }) => statuses.map(({ status }) => status));
      const begun = ["Requested", "AwaitingVote", "Approved", "Effective"];
      expect(lives).to.deep.equal([
        [...begun, "Suspended", "Effective", "EthicsLapsed", "Effective", "Terminated"],
        ["Effective", "Suspended", "Effective", "EthicsLapsed", "Effective", "Terminated"],
        [...begun, "Effective", "EthicsLapsed", "Effective", "Effective"],
        ["Requested", "AwaitingVote", "Refused", "UnderAppeal", "Approved", "Effective"],
        [...begun, "Effective", "Effective"],
      ]);
      expect(result.licences.map(({ delivery, elements }) => `${delivery} ${elements}`)).to.deep.equal(
        result.licences.map(() => "InPlace 0xff"),
      );
    });

    it("keeps the data, its proofs and the renewal when the custodian is expelled", () => {
      expect(result.loss).to.deep.include({ lost: result.institutions.biobank, freshMirrors: 1 });
      expect(result.loss?.claimedBy).to.equal(result.institutions.archive);
      expect(result.mirror.institutionId).to.equal(result.institutions.archive);
      expect(result.licences.at(-1)?.statuses.at(-1)).to.include({ event: "the custodian was expelled" });
    });

    it("writes a report whose plots are well-formed and say in words what they show", () => {
      expect(result.report?.map((file) => basename(file)).sort()).to.deep.equal(
        ["coverage-derived.svg", "coverage.svg", "licences.svg", "lineage.svg"].concat(
          ...["provenance.json", "report.md", "result.json"],
        ),
      );
      const page = readFileSync(join(report, "report.md"), "utf8");
      for (const file of result.report ?? []) {
        if (!file.endsWith("report.md")) expect(page).to.contain(`](${basename(file)})`);
        if (file.endsWith(".svg")) expect(textsIn(readFileSync(file, "utf8"))).to.include.keys("title", "desc", "text");
      }
      expect(textsIn(readFileSync(join(report, "coverage.svg"), "utf8")).get("text")).to.include.members([
        "32 before",
        "27 after",
        "consent:STATE_WITHDRAWN",
      ]);
      expect(textsIn(readFileSync(join(report, "licences.svg"), "utf8")).get("text")).to.include("Terminated");
      const provenance = JSON.parse(readFileSync(join(report, "provenance.json"), "utf8")) as ProvDocument;
      expect(checkProvConstraints(provenance)).to.deep.equal([]);
      expect(JSON.parse(readFileSync(join(report, "result.json"), "utf8"))).to.deep.equal(result);
    });

    it("compares every answer with the model, tells its progress, and gives plain JSON", () => {
      expect(result.checks).to.be.greaterThan(900);
      expect([...steps]).to.include.members(["Reading the VCF", "Signing consents", "Relaying withdrawals"]);
      expect(JSON.parse(JSON.stringify(result))).to.deep.equal(result);
    });
  });

  it("runs again on the same chain, with people of its own, and tells nothing of the input", async () => {
    const again = await run(COHORT, { scan: true });
    expect(again.scopeId).to.not.equal(result.scopeId);
    expect(again.coverage).to.deep.equal(result.coverage);
    expect(again.loss).to.equal(null);
    const { scan } = again;
    expect(scan?.calldatas).to.be.greaterThan(100);
    expect(scan?.logs).to.be.greaterThan(300);
    expect(scan?.words).to.be.greaterThan(100_000);
    expect(scan?.texts).to.be.greaterThan(100);
    expect(scan?.digests).to.be.greaterThan(4_000_000);
    // Ids of institutions and scopes are digests of public names: whoever knows the name shall find the id.
    const allowed = [again.scopeId, ...Object.values(again.institutions)];
    expect(Object.values(scan?.publicIds ?? {})).to.have.members(allowed);
  });

  it("refuses a report where none can be written, before it sends anything", async () => {
    const block = await publicClient.getBlockNumber({ cacheTime: 0 });
    const error = await failure(run(COHORT, { report: COHORT }));
    expect(error).to.be.instanceOf(JobReportError);
    expect((error as JobReportError).args).to.deep.equal({ directory: COHORT, code: "EEXIST" });
    expect(await publicClient.getBlockNumber({ cacheTime: 0 })).to.equal(block);
  });

  it("anchors a VCF of sites only, with nobody to ask", async () => {
    const sites = vcfOf("sites.vcf", [COLUMNS, "1\t100\t.\tA\tG\t.\tPASS\t."]);
    const { consents, coverage, accesses, ...told } = await run(sites, { report: join(directory, "sites") });
    expect(consents).to.include({ granted: 0, withdrawn: 0, suspended: 0, resumed: 0 });
    expect(coverage.before).to.deep.equal({ participants: 0, covered: 0, byReason: {} });
    expect(accesses).to.deep.equal([]);
    expect(told.samples).to.include({ specimens: 0, sequenced: 0 });
    expect(told).to.include({ counts: null, derivedCoverage: null, sameBlock: null });
    expect(told.report).to.have.length(6);
  });

  it("takes a VCF of one sample with an odd id and no genotypes", async () => {
    const lines = [`${COLUMNS}\tFORMAT\t Ünï cøde/1 `, "1\t100\t.\tA\tG\t.\tPASS\t.\tDP\t12"];
    const { vcf, consents, coverage, counts } = await run(vcfOf("one.vcf", lines));
    expect(counts).to.include({ participants: 1, alleles: 1, suppressed: 1, smallestCell: null });
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
    const transport = custom({ request }, { retryCount: 0 });
    const client = createPublicClient({ chain: publicClient.chain, transport });
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

/** The texts of a picture by their element, however deep; fails where it is not well-formed. */
function textsIn(svg: string): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  const open: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name }) => open.push(name));
  parser.on("closetag", () => open.pop());
  parser.on("text", (text) => {
    const name = open.at(-1);
    if (name !== undefined && text.trim() !== "") texts.set(name, [...(texts.get(name) ?? []), text]);
  });
  parser.write(svg).close();
  return texts;
}

/** The last consent's status, turned from Active to Declined. */
function withLastWordTurned(answer: Hex): Hex {
  return `${answer.slice(0, -1)}1` as Hex;
}
