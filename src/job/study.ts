import type { Hex } from "viem";

import type { ParticipantsTree } from "../files/index.ts";
import {
  BLANK_PURPOSE,
  BLANK_TERMS,
  FACTS,
  KINDS,
  MODIFIERS,
  NO_EXPIRY,
  PERMISSIONS,
  type Purpose,
  type RegisteredTerms,
  type Terms,
} from "../model/index.ts";
import {
  createScope,
  decideScopeTerms,
  isOntologyReleasePublished,
  proveOntologyPair,
  publishOntologyRelease,
  publishTerms,
  scopeIdOf,
  setReviewCommittee,
} from "../sdk/index.ts";
import { makeOffers, makeParticipants, type Offer, type Participant } from "./cohort.ts";
import type { JobContext } from "./context.ts";
import { type About, type Anchored, anchorVcf } from "./dataset.ts";
import type { Inputs } from "./inputs.ts";
import { admitMembers, type Members } from "./members.ts";

/** The elements that the researchers ask for, by bit. */
const NINE_ELEMENTS = 0x1ffn;

/** Everything that stands on chain before the first participant consents. */
export interface Study extends Anchored {
  /** The name that the scope's id is made of: public. */
  readonly scopeName: string;
  readonly scopeId: Hex;
  readonly members: Members;
  readonly offers: readonly PublishedOffer[];
  /** The dataset's own terms. */
  readonly datasetTerms: Terms;
  /** Those of what is counted from it, which whoever uses it has to publish. */
  readonly countsTerms: KeptTerms;
  /** What the dataset's record and those of the datasets derived from it say alike. */
  readonly about: About;
  readonly participantsTree: ParticipantsTree;
  readonly participants: readonly Participant<PublishedOffer>[];
  /** What both researchers ask for: nine elements, and they promise to publish. */
  readonly purpose: Purpose;
  /** The scope's terms, as the reference model wants them. */
  readonly terms: (digest: string) => RegisteredTerms | undefined;
}

/** Terms and the digest under which they are registered. */
export interface KeptTerms {
  readonly terms: Terms;
  readonly digest: Hex;
}

export interface PublishedOffer extends Offer {
  readonly digest: Hex;
  readonly number: number;
}

/** Admits the members, publishes the ontology release, and anchors the VCF in a scope of its own with its terms. */
export async function setUpStudy(context: JobContext, inputs: Inputs, seed: Hex): Promise<Study> {
  const { actors, registrar, recorder } = context;
  const { biobank } = actors;
  const run = seed.slice(2, 18);
  const members = await admitMembers(context, run, seed);
  const { institutions } = members;
  await publishRelease(context, inputs);

  recorder.progress("Registering the scope and its terms");
  const scopeName = `concord-job:${run}`;
  const scopeId = scopeIdOf(scopeName);
  await createScope(biobank, { scopeId, committee: institutions.committee });
  await setReviewCommittee(registrar, { scopeId, committee: institutions.reviewers });
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
  const countsTerms: Terms = { ...BLANK_TERMS, permissions: PERMISSIONS.HMB, modifiers: MODIFIERS.PUB };
  const { digest: countsTermsDigest } = await publishTerms(biobank, { scopeId, terms: countsTerms });

  recorder.progress("Making the participants' keys");
  const participants = await recorder.time("deriving keys", () =>
    makeParticipants(inputs.vcf.samples.length, seed, scopeId, offers),
  );
  const about: About = {
    custodian: institutions.biobank,
    successor: institutions.archive,
    scopeId,
    termsDigest: datasetTermsDigest,
  };
  const anchored = await anchorVcf(context, inputs, { ...about, participants });

  const purpose: Purpose = {
    ...BLANK_PURPOSE,
    kinds: KINDS.DS,
    diseases: [inputs.example.covered],
    stated: FACTS.publication,
    elements: NINE_ELEMENTS,
  };
  await keepDecisions(context, inputs, scopeId, purpose);
  const registered = new Map(
    offers.map(({ digest, number }) => [digest as string, { number, reConsentBy: NO_EXPIRY }]),
  );
  return {
    scopeId,
    scopeName,
    members,
    offers,
    datasetTerms,
    countsTerms: { terms: countsTerms, digest: countsTermsDigest },
    about,
    ...anchored,
    participants,
    purpose,
    terms: (digest) => registered.get(digest),
  };
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
