import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bytesToHex, type Hex, type PublicClient, type WalletClient } from "viem";

import type { DeploymentRecord } from "../deployments/index.ts";
import { formatDisease } from "../files/index.ts";
import type { ProvDocument } from "../provenance/index.ts";
import { createConcordClient } from "../sdk/index.ts";
import { createActors } from "./actors.ts";
import { type JobContext, Recorder } from "./context.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { patientClient } from "./patientClient.ts";
import { makeDirectory, writeReport } from "./report/writeReport.ts";
import type { JobProgress, JobResult } from "./result.ts";
import { PLATE } from "./samples.ts";
import { readChain } from "./scan/chainRecord.ts";
import { scanChain, type ScanResult } from "./scan/scanChain.ts";
import { secretsOf } from "./scan/secretsOf.ts";
import { type Story, tellStory } from "./story.ts";
import { setUpStudy, type Study } from "./study.ts";

export interface RunJobParameters {
  /** Where the suite is deployed. */
  readonly deployment: DeploymentRecord;
  readonly publicClient: PublicClient;
  /** Whoever holds the roles registrar and curator; also funds the job's own accounts where gas has a price. */
  readonly registrar: WalletClient;
  /** The VCF whose samples become participants. */
  readonly vcf: string;
  /** A disease hierarchy, in the shape of examples/ontology.json. */
  readonly ontology: string;
  /** 32 bytes that every key of the job follows from; random, and held in memory only, unless told. */
  readonly seed?: Hex | undefined;
  /** A directory for a report with plots, and the provenance as PROV-JSON; none unless told. */
  readonly report?: string | undefined;
  /** Whether the chain is searched at the end for names, genotypes and digests that can be guessed. */
  readonly scan?: boolean | undefined;
  /** Whether the job's own custodian is expelled at the end, to show what is left. */
  readonly loseCustodian?: boolean | undefined;
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
}

/** Relayed changes a participant: a consent, and at most a suspension with its resumption. */
const CHANGES_EACH = 3;

/**
 * Runs the whole line once on real data: institutions, scope and terms, the anchored VCF with its samples and a mirror, a
 * signed consent of every sample's participant, licences on the whole and on what is derived, withdrawals and suspensions,
 * logged accesses, provenance, and the loss of the custodian. Every step is compared with the reference model, or with
 * what is computed anew.
 * @throws JobCheckError when chain and model disagree; JobLeakError when the chain tells what it must not; the errors of
 * the files that are read and of the SDK
 */
export async function runJob(parameters: RunJobParameters): Promise<JobResult> {
  const { onProgress, report } = parameters;
  const recorder = new Recorder(onProgress);
  if (report !== undefined) await makeDirectory(report);
  const inputs = await readInputs(parameters.vcf, parameters.ontology, recorder);
  const directory = await mkdtemp(join(tmpdir(), "concord-job-"));
  try {
    return await run(parameters, recorder, inputs, directory);
  } finally {
    // Copies and what is derived of persons' data stay no longer than the job.
    await rm(directory, { recursive: true, force: true });
  }
}

async function run(
  parameters: RunJobParameters,
  recorder: Recorder,
  inputs: Inputs,
  directory: string,
): Promise<JobResult> {
  const { deployment, registrar, report, loseCustodian = false, scan = false } = parameters;
  const publicClient = patientClient(parameters.publicClient);
  const seed = parameters.seed ?? bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
  const before = await publicClient.getBlockNumber({ cacheTime: 0 });
  const samples = inputs.vcf.samples.length;
  const context: JobContext = await recorder.time("setting up", async () => ({
    publicClient,
    recorder,
    registrar: createConcordClient({ deployment, publicClient, walletClient: registrar }),
    actors: await createActors({
      ...{ deployment, publicClient, registrar, seed },
      changes: samples * CHANGES_EACH,
      specimens: Math.min(samples, PLATE),
    }),
  }));
  const study = await recorder.time("setting up", () => setUpStudy(context, inputs, seed));
  const story = await tellStory(context, inputs, study, { directory, loseCustodian });
  const scanned = scan ? await scanJob(context, inputs, study, before + 1n) : null;
  const result = resultOf(parameters, recorder, { inputs, study, story, scanned });
  return report === undefined ? result : await reported(result, report, story.provenance.document);
}

/** Searches what the job has put on the chain. */
async function scanJob(
  { publicClient, recorder }: JobContext,
  inputs: Inputs,
  study: Study,
  fromBlock: bigint,
): Promise<ScanResult> {
  recorder.progress("Searching calldata and logs for what must not be told");
  return recorder.time("scanning", async () => {
    const toBlock = await publicClient.getBlockNumber({ cacheTime: 0 });
    return scanChain(await readChain(publicClient, fromBlock, toBlock), await secretsOf(inputs, study));
  });
}

async function reported(result: JobResult, directory: string, document: ProvDocument): Promise<JobResult> {
  return { ...result, report: await writeReport(result, directory, document) };
}

/** Puts together what is told of the run. */
function resultOf(
  { deployment }: RunJobParameters,
  recorder: Recorder,
  told: { inputs: Inputs; study: Study; story: Story; scanned: ScanResult | null },
): JobResult {
  const { inputs, study, story, scanned } = told;
  const { vcf, manifest, ontology, example } = inputs;
  const { granted, changed } = story;
  const { withdrawn, suspended, resumed } = changed;
  const gasUsed = [granted, withdrawn, suspended, resumed].reduce((sum, relayed) => sum + relayed.gasUsed, 0n);
  const describe = (disease: number): string => `${formatDisease(disease)} (${ontology.label(disease)})`;
  return {
    chain: { id: deployment.chainId, genesisHash: deployment.genesisHash },
    vcf: {
      file: vcf.file,
      fileFormat: vcf.fileFormat,
      samples: vcf.samples.length,
      variants: vcf.variants,
      withGenotypes: vcf.withGenotypes,
      sha256: vcf.sha256,
    },
    ontology: {
      file: inputs.ontologyFile,
      terms: ontology.terms.length,
      pairs: ontology.pairs,
      root: ontology.root,
      consented: describe(example.consented),
      asked: describe(example.covered),
      unrelated: describe(example.unrelated),
    },
    institutions: study.members.institutions,
    scopeId: study.scopeId,
    dataset: { datasetId: study.datasetId, chunks: manifest.chunks, manifestRoot: manifest.root },
    samples: story.samples,
    mirror: story.mirror,
    lineage: story.lineage,
    counts: story.counts,
    consents: {
      granted: granted.participants.length,
      perSecond: granted.seconds === 0 ? 0 : Math.round(granted.participants.length / granted.seconds),
      byTerms: Object.fromEntries(
        study.offers.map((offer) => [
          offer.label,
          study.participants.filter((participant) => participant.offer === offer).length,
        ]),
      ),
      withdrawn: withdrawn.participants.length,
      suspended: suspended.participants.length,
      resumed: resumed.participants.length,
    },
    refusedRequest: story.refused,
    licence: story.licence,
    licences: story.licences,
    ...story.coverages,
    sameBlock: story.sameBlock,
    accesses: story.accesses,
    provenance: story.provenance.result,
    loss: story.loss,
    scan: scanned,
    report: null,
    gas: {
      perGrant: Math.round(granted.gasEach),
      perWithdrawal: Math.round(withdrawn.gasEach),
      perSuspension: Math.round(suspended.gasEach),
      perResumption: Math.round(resumed.gasEach),
      relayed: Number(gasUsed),
    },
    seconds: recorder.seconds,
    checks: recorder.checks,
  };
}
