import type { Purpose } from "../../src/model/index.ts";
import {
  admitInstitution,
  type ConcordClient,
  decideLicence,
  decidePurpose,
  institutionIdOf,
  issueLicence,
  requestLicence,
  type RequestLicenceParameters,
  voteLicence,
} from "../../src/sdk/index.ts";
import {
  addressOf,
  digestOf,
  diseaseTerms,
  generalTerms,
  latestTime,
  ontology,
  purposeFor,
  type World,
} from "./world.ts";

/** The committee's reasons, in digest. */
export const explanation = digestOf("minutes of the meeting");

/** Research into disease 4, which both terms of the world permit. */
export const purpose = purposeFor([4]);

/** A second committee, which no scope has. */
export const REVIEWERS = institutionIdOf("https://ror.org/reviewers");

/** Admits the second committee, for which the stranger acts. */
export async function admitReviewers({ registrar, stranger }: World): Promise<ConcordClient> {
  await admitInstitution(registrar, {
    ...{ institutionId: REVIEWERS, roles: ["committee"], institutionType: "EthicsBody" },
    ...{ notForProfit: true, region: "SE", institutionAccount: addressOf(stranger) },
  });
  return stranger;
}

/** An end well after now (Unix seconds). */
export async function later(world: World, seconds = 1_000_000): Promise<number> {
  return (await latestTime(world)) + seconds;
}

/** Who asks, and for what; the university for disease 4 unless told. */
type Ask = Partial<Omit<RequestLicenceParameters<false>, "dataset">> & { readonly client?: ConcordClient };

/** A request on the world's dataset. */
export async function requested(world: World, { client = world.university, ...ask }: Ask = {}): Promise<bigint> {
  const until = await later(world);
  const { licenceId } = await requestLicence(client, { dataset: world.dataset, purpose, until, ...ask });
  return licenceId;
}

/** A request that was decided, all answers kept. */
export async function decided(world: World, ask: Ask = {}): Promise<bigint> {
  const licenceId = await requested(world, ask);
  await decideAll(world, ask.purpose ?? purpose);
  await decideLicence(world.relayer, { licenceId });
  return licenceId;
}

export async function approved(world: World, ask: Ask = {}): Promise<bigint> {
  const licenceId = await decided(world, ask);
  await voteLicence(world.committee, { licenceId, vote: "Approve", explanation });
  return licenceId;
}

/** A request that the scope's committee has refused. */
export async function refused(world: World, ask: Ask = {}): Promise<bigint> {
  const licenceId = await decided(world, ask);
  await voteLicence(world.committee, { licenceId, vote: "Refuse", explanation });
  return licenceId;
}

export async function issued(world: World, ask: Ask = {}): Promise<bigint> {
  const licenceId = await approved(world, ask);
  await issueLicence(world.biobank, { licenceId, agreementDigest: digestOf("agreement") });
  return licenceId;
}

async function decideAll({ relayer }: World, asked: Purpose): Promise<void> {
  const witnesses = asked.diseases.map((disease) => ontology.witness(disease));
  await decidePurpose(relayer, { terms: generalTerms, purpose: asked });
  await decidePurpose(relayer, { terms: diseaseTerms, purpose: asked, witnesses });
}
