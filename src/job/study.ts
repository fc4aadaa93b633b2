import { type Hex, sha256, toHex, zeroHash } from "viem";

import { participantsTree, proveChunk } from "../files/index.ts";
import {
  BLANK_PURPOSE,
  BLANK_TERMS,
  KINDS,
  MODIFIERS,
  NO_EXPIRY,
  PERMISSIONS,
  type Purpose,
  type RegisteredTerms,
  type Terms,
} from "../model/index.ts";
import {
  admitInstitution,
  type AdmitInstitutionParameters,
  anchorDataset,
  createScope,
  type DatasetRecord,
  decideScopeTerms,
  institutionIdOf,
  proveOntologyPair,
  publishOntologyRelease,
  publishTerms,
  scopeIdOf,
  isOntologyReleasePublished,
  verifyChunk,
} from "../sdk/index.ts";
import type { Actor } from "./actors.ts";
import { makeOffers, makeParticipants, type Offer, type Participant } from "./cohort.ts";
import type { JobContext } from "./context.ts";
import type { Inputs } from "./inputs.ts";

/** The members that the job admits. */
const MEMBERS = [
  { actor: "biobank", roles: ["custodian"], institutionType: "Biobank", notForProfit: true },
  { actor: "university", roles: ["researcher"], institutionType: "University", notForProfit: true },
  { actor: "company", roles: ["researcher"], institutionType: "Company", notForProfit: false },
  { actor: "committee", roles: ["committee"], institutionType: "EthicsBody", notForProfit: true },
] as const satisfies readonly ({ actor: Actor } & Pick<
  AdmitInstitutionParameters,
  "roles" | "institutionType" | "notForProfit"
>)[];

/** Where they all are. */
const REGION = "DK";

/** The method's document: what is told of the cohort is this sentence. */
const PSEUDONYMS = sha256(toHex("Each sample is known by a participant's id alone."));

export type Member = (typeof MEMBERS)[number]["actor"];

/** Everything that stands on chain before the first participant consents. */
export interface Study {
  readonly scopeId: Hex;
  readonly institutions: Readonly<Record<Member, Hex>>;
  readonly offers: readonly PublishedOffer[];
  /** The dataset's own terms. */
  readonly datasetTerms: Terms;
  readonly dataset: DatasetRecord;
  readonly datasetId: Hex;
  readonly participants: readonly Participant<PublishedOffer>[];
  /** What both researchers ask for. */
  readonly purpose: Purpose;
  /** The scope's terms, as the reference model wants them. */
  readonly terms: (digest: string) => RegisteredTerms | undefined;
}

export interface PublishedOffer extends Offer {
  readonly digest: Hex;
  readonly number: number;
}

/** Admits the members, publishes the ontology release, and anchors the VCF in a scope of its own with its terms. */
export async function setUpStudy(context: JobContext, inputs: Inputs, seed: Hex): Promise<Study> {
  const { actors, recorder } = context;
  const { biobank } = actors;
  const run = seed.slice(2, 18);
  const institutions = await admitMembers(context, run);
  await publishRelease(context, inputs);

  recorder.progress("Registering the scope and its terms");
  const scopeId = scopeIdOf(`concord-job:${run}`);
  await createScope(biobank, { scopeId, committee: institutions.committee });
  const { root } = inputs.ontology;
  const offers: PublishedOffer[] = [];
  for (const offer of makeOffers(inputs.example, root)) {
    const { digest, number } = await publishTerms(biobank, { scopeId, terms: offer.terms });
    offers.push({ ...offer, digest, number });
  }
  const datasetTerms: Terms = {
    ...BLANK_TERMS,
    permissions: PERMISSIONS.HMB,
    modifiers: MODIFIERS.NPU | MODIFIERS.NPOA,
  };
  const { digest: datasetTermsDigest } = await publishTerms(biobank, { scopeId, terms: datasetTerms });

  recorder.progress("Making the participants' keys");
  const participants = await recorder.time("deriving keys", () =>
    makeParticipants(inputs.vcf.samples.length, seed, scopeId, offers),
  );
  const { dataset, datasetId } = await anchor(context, inputs, {
    custodian: institutions.biobank,
    scopeId,
    termsDigest: datasetTermsDigest,
    participants,
  });

  const purpose: Purpose = { ...BLANK_PURPOSE, kinds: KINDS.DS, diseases: [inputs.example.covered] };
  await keepDecisions(context, inputs, scopeId, purpose);
  const registered = new Map(
    offers.map(({ digest, number }) => [digest as string, { number, reConsentBy: NO_EXPIRY }]),
  );
  return {
    scopeId,
    institutions,
    offers,
    datasetTerms,
    dataset,
    datasetId,
    participants,
    purpose,
    terms: (digest) => registered.get(digest),
  };
}

async function admitMembers({ actors, registrar, recorder }: JobContext, run: string): Promise<Record<Member, Hex>> {
  const ids: Partial<Record<Member, Hex>> = {};
  for (const [index, { actor, ...profile }] of MEMBERS.entries()) {
    recorder.progress("Admitting institutions", { done: index + 1, total: MEMBERS.length });
    const institutionAccount = actors[actor].walletClient?.account?.address ?? "0x";
    const institutionId = institutionIdOf(`concord-job:${run}:${actor}`);
    await admitInstitution(registrar, { institutionId, ...profile, region: REGION, institutionAccount });
    ids[actor] = institutionId;
  }
  return ids as Record<Member, Hex>;
}

async function publishRelease(
  { registrar, recorder }: JobContext,
  { ontology, ontologyDigest }: Inputs,
): Promise<void> {
  recorder.progress("Publishing the ontology release");
  const root = await recorder.time("hashing the ontology", () => Promise.resolve(ontology.root));
  // The same file has the same root: an earlier run on this chain may have published it.
  if (await isOntologyReleasePublished(registrar, { root })) return;
  await publishOntologyRelease(registrar, {
    root,
    name: "Ontology of the job",
    version: ontologyDigest,
    sourceDigest: ontologyDigest,
    terms: ontology.terms.length,
    pairs: ontology.pairs,
  });
}

async function anchor(
  { actors: { biobank }, recorder }: JobContext,
  { manifest }: Inputs,
  about: { custodian: Hex; scopeId: Hex; termsDigest: Hex; participants: readonly Participant[] },
): Promise<{ dataset: DatasetRecord; datasetId: Hex }> {
  recorder.progress("Anchoring the dataset");
  const { participants, ...rest } = about;
  const anchored = await anchorDataset(biobank, {
    record: {
      ...rest,
      contentDigest: manifest.contentDigest,
      manifestRoot: manifest.root,
      participantsRoot: participantsTree(participants.map(({ participantId }) => participantId)).root,
      level: "Individual",
      deidentification: { class: "Pseudonymised", method: PSEUDONYMS, reviewer: zeroHash },
    },
  });
  const [file] = manifest.files;
  if (file === undefined) throw new TypeError("A manifest has at least one file.");
  const { fileDigest, index, length, sha256, proof } = proveChunk(manifest, file.name, file.chunks - 1);
  const chunk = { file: fileDigest, index, length, digest: sha256 };
  const isProved = await verifyChunk(biobank, { record: anchored.record, chunk, proof });
  recorder.check("proof of the last chunk", true, isProved);
  return { dataset: anchored.record, datasetId: anchored.datasetId };
}

/** Proves the pair that covers the purpose's disease, and has the scope's terms answer the purpose by its lineage. */
async function keepDecisions(
  { actors: { relayer }, recorder }: JobContext,
  { ontology, example }: Inputs,
  scopeId: Hex,
  purpose: Purpose,
): Promise<void> {
  recorder.progress("Deciding the purpose against every terms");
  const { root } = ontology;
  await proveOntologyPair(relayer, { root, ...ontology.prove(example.covered, example.consented) });
  const witnesses = [{ release: root, ...ontology.proveLineage(example.covered) }];
  const { terms } = await decideScopeTerms(relayer, { scopeId, purpose, witnesses });
  for (const { number, result } of terms) recorder.check(`terms ${number} answer`, true, result !== "unproven");
}
