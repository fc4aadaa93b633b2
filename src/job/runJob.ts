import { bytesToHex, type Hex, type PublicClient, type WalletClient } from "viem";

import type { DeploymentRecord } from "../deployments/index.ts";
import { formatDisease } from "../files/index.ts";
import { createConcordClient, getLicence } from "../sdk/index.ts";
import { accessData } from "./access.ts";
import { createActors } from "./actors.ts";
import { changeMinds, checkConsents, collectConsents } from "./consents.ts";
import { type JobContext, Recorder } from "./context.ts";
import { readCoverage } from "./coverage.ts";
import { readInputs } from "./inputs.ts";
import { obtainLicence } from "./licence.ts";
import type { AccessResult, JobProgress, JobResult } from "./result.ts";
import { setUpStudy } from "./study.ts";

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
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
}

/** Relayed changes a participant: a consent, and at most a suspension with its resumption. */
const CHANGES_EACH = 3;

/**
 * Runs the whole line once on real data: institutions, scope and terms, the anchored VCF, a signed consent of every
 * sample's participant, a licence, withdrawals and suspensions, and logged accesses. Every step is compared with the
 * reference model.
 * @throws JobCheckError when chain and model disagree; the errors of the files that are read and of the SDK
 */
export async function runJob(parameters: RunJobParameters): Promise<JobResult> {
  const { deployment, publicClient, registrar, onProgress } = parameters;
  const seed = parameters.seed ?? bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
  const recorder = new Recorder(onProgress);
  const inputs = await readInputs(parameters.vcf, parameters.ontology, recorder);

  const context: JobContext = await recorder.time("setting up", async () => ({
    publicClient,
    recorder,
    registrar: createConcordClient({ deployment, publicClient, walletClient: registrar }),
    actors: await createActors({
      deployment,
      publicClient,
      registrar,
      seed,
      changes: inputs.vcf.samples.length * CHANGES_EACH,
    }),
  }));
  const study = await recorder.time("setting up", () => setUpStudy(context, inputs, seed));
  const granted = await collectConsents(context, study);
  await checkConsents(context, study);
  const { licenceId, refused, issued } = await obtainLicence(context, inputs, study);
  const before = await readCoverage(context, inputs, study, licenceId);

  const accesses: AccessResult[] = [];
  const [witness] = before.covered;
  if (witness !== undefined) accesses.push(await accessData(context, study, licenceId, before.covered, witness));
  const { withdrawn, suspended, resumed } = await changeMinds(context, study);
  await checkConsents(context, study);
  const after = await readCoverage(context, inputs, study, licenceId);
  const gone = before.covered.find((participant) => withdrawn.participants.includes(participant));
  if (gone !== undefined) {
    accesses.push(await accessData(context, study, licenceId, [gone, ...after.covered], gone));
  }
  const { status } = await getLicence(context.actors.university, { licenceId });
  recorder.check("status of the licence at the end", "Effective", status);

  const { vcf, manifest, ontology, example } = inputs;
  const gasUsed = [granted, withdrawn, suspended, resumed].reduce((sum, relayed) => sum + relayed.gasUsed, 0n);
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
    institutions: study.institutions,
    scopeId: study.scopeId,
    dataset: { datasetId: study.datasetId, chunks: manifest.chunks, manifestRoot: manifest.root },
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
    refusedRequest: refused,
    licence: { ...issued, status },
    coverage: { before: before.count, after: after.count },
    accesses,
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

  function describe(disease: number): string {
    return `${formatDisease(disease)} (${ontology.label(disease)})`;
  }
}
