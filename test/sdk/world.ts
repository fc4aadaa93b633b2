import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import {
  concat,
  encodeAbiParameters,
  type Hex,
  keccak256,
  type PrivateKeyAccount,
  toHex,
  type WalletClient,
  zeroHash,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";

import type { DeploymentRecord } from "../../src/deployments/index.ts";
import {
  BLANK_PURPOSE,
  BLANK_TERMS,
  KINDS,
  MODIFIERS,
  PERMISSIONS,
  type Purpose,
  type Terms,
} from "../../src/model/index.ts";
import {
  type AcceptedChange,
  admitInstitution,
  anchorDataset,
  BaseError,
  type ConcordClient,
  createConcordClient,
  createScope,
  institutionIdOf,
  type NewDatasetRecord,
  participantIdOf,
  publishOntologyRelease,
  publishTerms,
  type RejectedChange,
  relayConsentChanges,
  type RelayedChange,
  scopeIdOf,
  type SignedChange,
  signGrant,
} from "../../src/sdk/index.ts";
import { deployFixture } from "../support/system.ts";

type Connection = NetworkConnection<"l1">;

// A chain for each fixture, and one for all files: going back to one fixture would take the other's snapshot away.
const bareChain = await network.create({ chainType: "l1" });
const chain = await network.create({ chainType: "l1" });

/** The suite with nobody admitted, as if just deployed. */
export async function loadBareWorld(): Promise<BareWorld> {
  return present(bareChain, await bareChain.networkHelpers.loadFixture(bareWorld));
}

/** The suite with four institutions, an ontology, a scope with two terms and a dataset. */
export async function loadWorld(): Promise<World> {
  return present(chain, await chain.networkHelpers.loadFixture(world));
}

/** Mines a block at the present: going back to a fixture does not turn the clock back, and its latest block ages. */
async function present<T>({ networkHelpers }: Connection, loaded: T): Promise<T> {
  await networkHelpers.mine();
  return loaded;
}

/** A digest that stands for some document. */
export function digestOf(text: string): Hex {
  return keccak256(toHex(text));
}

async function bareWorld(connection: Connection) {
  const { record, contracts, governance, outsiders } = await deployFixture(connection);
  const publicClient = await connection.viem.getPublicClient();
  const clientFor = async ({ address }: { address: string }): Promise<ConcordClient> => {
    const walletClient: WalletClient = await connection.viem.getWalletClient(address as Hex);
    return createConcordClient({ deployment: record, publicClient, walletClient });
  };
  const [biobank, university, company, committee, relayer, stranger, participant] = outsiders;
  if (!biobank || !university || !company || !committee || !relayer || !stranger || !participant)
    throw new Error("Too few accounts.");
  return {
    connection,
    record: record satisfies DeploymentRecord,
    contracts,
    publicClient,
    clientFor,
    reader: createConcordClient({ deployment: record, publicClient }),
    registrar: await clientFor(governance),
    biobank: await clientFor(biobank),
    university: await clientFor(university),
    company: await clientFor(company),
    committee: await clientFor(committee),
    relayer: await clientFor(relayer),
    stranger: await clientFor(stranger),
    participant: await clientFor(participant),
  };
}

export const ids = {
  biobank: institutionIdOf("https://ror.org/biobank"),
  university: institutionIdOf("https://ror.org/university"),
  company: institutionIdOf("https://ror.org/company"),
  committee: institutionIdOf("https://ror.org/committee"),
  scope: scopeIdOf("Lantern study"),
};

export function addressOf(client: ConcordClient): Hex {
  const address = client.walletClient?.account?.address;
  if (address === undefined) throw new Error("A client without an account.");
  return address;
}

/** Strict ancestors of three made-up diseases, ascending: 1 is above 2 and 3, 2 is above 4. */
const ANCESTORS: Readonly<Record<number, readonly number[]>> = { 1: [], 2: [1], 3: [1], 4: [1, 2] };

function standardLeaf(types: readonly string[], values: readonly unknown[]): Hex {
  return keccak256(
    keccak256(
      encodeAbiParameters(
        types.map((type) => ({ type })),
        values,
      ),
    ),
  );
}

function pairLeaf(descendant: number, ancestor: number): Hex {
  return standardLeaf(["uint32", "uint32"], [descendant, ancestor]);
}

function lineageLeaf(term: number): Hex {
  const ancestors = ANCESTORS[term] ?? [];
  const words = concat(ancestors.map((ancestor) => toHex(ancestor, { size: 32 })));
  return standardLeaf(["uint32", "uint256", "bytes32"], [term, BigInt(ancestors.length), keccak256(words)]);
}

const terms = Object.keys(ANCESTORS).map(Number);
const tree = SimpleMerkleTree.of([
  ...terms.flatMap((term) => (ANCESTORS[term] ?? []).map((ancestor) => pairLeaf(term, ancestor))),
  ...terms.map(lineageLeaf),
]);

/** A release of four made-up diseases. */
export const ontology = {
  root: tree.root as Hex,
  release: {
    root: tree.root as Hex,
    name: "Made-up",
    version: "1",
    sourceDigest: digestOf("source"),
    terms: 4,
    pairs: 4,
  },
  provePair: (descendant: number, ancestor: number): Hex[] => tree.getProof(pairLeaf(descendant, ancestor)) as Hex[],
  witness: (term: number) => ({
    release: tree.root as Hex,
    term,
    ancestors: ANCESTORS[term] ?? [],
    proof: tree.getProof(lineageLeaf(term)) as Hex[],
  }),
};

export const generalTerms: Terms = {
  ...BLANK_TERMS,
  permissions: PERMISSIONS.GRU,
};

/** Disease 2, not-for-profit use only. */
export const diseaseTerms: Terms = {
  ...generalTerms,
  permissions: PERMISSIONS.DS,
  modifiers: MODIFIERS.NPU,
  diseases: [2],
  ontologyRelease: ontology.root,
};

export const purposeFor = (diseases: readonly number[], kinds: number = KINDS.DS): Purpose => ({
  ...BLANK_PURPOSE,
  kinds,
  diseases,
});

async function world(connection: Connection) {
  const bare = await bareWorld(connection);
  const { registrar, biobank, university, company, committee } = bare;
  const admissions = [
    { client: biobank, institutionId: ids.biobank, roles: ["custodian"], institutionType: "Biobank" },
    { client: university, institutionId: ids.university, roles: ["researcher"], institutionType: "University" },
    { client: company, institutionId: ids.company, roles: ["researcher"], institutionType: "Company" },
    { client: committee, institutionId: ids.committee, roles: ["committee"], institutionType: "EthicsBody" },
  ] as const;
  for (const { client, ...admission } of admissions) {
    const notForProfit = admission.institutionType !== "Company";
    const institutionAccount = addressOf(client);
    await admitInstitution(registrar, { ...admission, notForProfit, region: "DK", institutionAccount });
  }
  await publishOntologyRelease(registrar, ontology.release);
  await createScope(biobank, { scopeId: ids.scope, committee: ids.committee });
  const general = await publishTerms(biobank, { scopeId: ids.scope, terms: generalTerms });
  const disease = await publishTerms(committee, { scopeId: ids.scope, terms: diseaseTerms });
  const { record: dataset, datasetId } = await anchorDataset(biobank, { record: newDataset(general.digest) });
  return { ...bare, general, disease, dataset, datasetId };
}

export type BareWorld = Awaited<ReturnType<typeof bareWorld>>;
export type World = Awaited<ReturnType<typeof world>>;

export function newDataset(termsDigest: Hex, manifestRoot: Hex = digestOf("manifest")): NewDatasetRecord {
  return {
    custodian: ids.biobank,
    scopeId: ids.scope,
    contentDigest: digestOf("content"),
    manifestRoot,
    participantsRoot: digestOf("participants"),
    termsDigest,
    level: "Individual",
    deidentification: { class: "Pseudonymised", method: digestOf("method"), reviewer: zeroHash },
  };
}

export interface Person {
  readonly account: PrivateKeyAccount;
  readonly participantId: Hex;
}

/** A participant with a key of their own, by number. */
export function person(number: number): Person {
  const account = privateKeyToAccount(digestOf(`person ${number}`));
  return { account, participantId: participantIdOf(account.address) };
}

export const ALL_ELEMENTS = 0xffff_ffff_ffff_ffffn;

/** Grants for people who have not acted before, relayed. */
export async function grantFor({ reader, relayer }: World, people: readonly Person[], termsDigest: Hex): Promise<void> {
  const changes = await Promise.all(
    people.map(({ account: signer }) =>
      signGrant(reader, { signer, scopeId: ids.scope, termsDigest, elements: ALL_ELEMENTS }),
    ),
  );
  const { rejected } = await relayConsentChanges(relayer, { changes });
  expect(rejected).to.equal(0);
}

/** What a change becomes when it is stored or sent. */
export function throughJson<signed>(signed: signed): signed {
  return JSON.parse(JSON.stringify(signed)) as signed;
}

async function relayOne(relayer: ConcordClient, change: SignedChange): Promise<RelayedChange> {
  const { changes } = await relayConsentChanges(relayer, { changes: [throughJson(change)] });
  expect(changes).to.have.length(1);
  return changes[0]!;
}

/** What a relayed change has left; fails when it was refused. */
export async function accepted({ relayer }: World, change: SignedChange): Promise<AcceptedChange> {
  const relayed = await relayOne(relayer, change);
  if (!relayed.accepted) throw relayed.error;
  return relayed;
}

/** Fails unless a relayed change is refused by this name. */
export async function rejected({ relayer }: World, change: SignedChange, name: string): Promise<RejectedChange> {
  const relayed = await relayOne(relayer, change);
  if (relayed.accepted) throw new Error(`It was accepted; ${name} was expected.`);
  expect(relayed.error.name).to.equal(name);
  return relayed;
}

/** Time of the latest block (Unix seconds). */
export async function latestTime({ publicClient }: World): Promise<number> {
  return Number((await publicClient.getBlock({ blockTag: "latest" })).timestamp);
}

/** The error that a promise is rejected with; fails when there is none, or one of another name. */
export async function refusal(promise: Promise<unknown>, name: string): Promise<BaseError> {
  try {
    await promise;
  } catch (error) {
    expect(error).to.be.instanceOf(BaseError);
    const refused = error as BaseError;
    expect(refused.name, refused.message).to.equal(name);
    expect(refused.message).to.not.equal("");
    expect(refused.fix).to.match(/\.$/);
    return refused;
  }
  throw new Error(`Nothing was refused; ${name} was expected.`);
}
