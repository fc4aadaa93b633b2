import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { type Hex, keccak256, type WalletClient } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";

import { type DeployOptions, deploySystem } from "../deploy/system.ts";
import type { DeploymentRecord } from "../src/deployments/index.ts";
import { readDiseases } from "../src/files/index.ts";
import { BLANK_TERMS, PERMISSIONS, type Terms } from "../src/model/index.ts";
import {
  admitInstitution,
  type ConcordClient,
  createConcordClient,
  createScope,
  deriveParticipantKey,
  encodeSignedChange,
  institutionIdOf,
  type InstitutionRole,
  proveOntologyPair,
  publishOntologyRelease,
  publishTerms,
  scopeIdOf,
  type SignedChange,
} from "../src/sdk/index.ts";

/** Changes of a large batch. */
export const BATCH = 100;
/** What single checks of P-256 signatures are averaged over: their gas depends on the signature. */
export const SAMPLES = 10;

/** The chain's clock begins here (Unix seconds). */
const START = Date.UTC(2026, 0, 1) / 1_000;
const DAY = 24 * 60 * 60;
const FIVE_YEARS = 5 * 31_557_600;
const SEED: Hex = `0x${"11".repeat(32)}`;
const ELEMENTS = 0x7ff_ffffn;

/** When first grants are signed, so that their digests and with them their gas are the same in each run. */
export const SIGNED = { signedAt: START, deadline: START + DAY } as const;

/** What a transaction, or several, came to. */
interface Measured {
  readonly gasUsed: bigint;
}

/** A chain with the suite, institutions, a scope with terms, and what has been measured so far. */
export type Bench = Awaited<ReturnType<typeof createBench>>;

/** Sets everything up, measuring on the way. The contracts are as built before, unless told otherwise. */
export async function createBench(options: Pick<DeployOptions, "build" | "onProgress"> = { build: false }) {
  const connection = await hre.network.create({
    network: "default",
    chainType: "l1",
    override: { initialDate: new Date(START * 1_000), allowBlocksWithSameTimestamp: true },
  });
  const gas: Record<string, number> = {};
  const { record, gasUsed } = await deploySystem(hre, connection, options);
  gas["deployment of the whole suite"] = Number(gasUsed);

  const measure = measureInto(gas);
  const actors = await actorsOn(connection, record);
  return { connection, record, gas, measure, ...actors, ...(await setUp(actors, measure)) };
}

/** Notes in `gas` what a transaction used, shared out over the items that it carried. */
export function measureInto(gas: Record<string, number>) {
  return async (scenario: string, transaction: Promise<Measured>, items = 1): Promise<void> => {
    const measured = await transaction;
    gas[scenario] = Math.round(Number(measured.gasUsed) / items);
  };
}

async function actorsOn(connection: NetworkConnection<"l1">, deployment: DeploymentRecord) {
  const publicClient = await connection.viem.getPublicClient();
  const wallets = await connection.viem.getWalletClients();
  const clientOf = (walletClient: WalletClient): ConcordClient =>
    createConcordClient({ deployment, publicClient, walletClient });
  const [, registrar, biobank, university, ethics, relayer, ...participants] = wallets.map(clientOf);
  if (!registrar || !biobank || !university || !ethics || !relayer) throw new RangeError("Too few accounts.");

  /** The signed forms by themselves, outside a batch, one transaction after another. */
  const sendAlone = async (...changes: readonly SignedChange[]): Promise<Measured> => {
    let sum = 0n;
    for (const change of changes) {
      const { address: to } = deployment.contracts.consentRegistry;
      const wallet = wallets.at(-1) as (typeof wallets)[number];
      const hash = await wallet.sendTransaction({ to, data: encodeSignedChange(change) });
      const { status, gasUsed } = await publicClient.waitForTransactionReceipt({ hash });
      if (status !== "success") throw new Error(`A ${change.verb} was refused.`);
      sum += gasUsed;
    }
    return { gasUsed: sum };
  };
  /** Lets the clock go on: what opens must be signed later than what stands. */
  const advance = async (): Promise<void> => {
    await connection.networkHelpers.time.increase(1);
  };
  return { publicClient, registrar, biobank, university, ethics, relayer, participants, sendAlone, advance };
}

async function setUp(
  { registrar, biobank, university, ethics, relayer }: Awaited<ReturnType<typeof actorsOn>>,
  measure: (scenario: string, transaction: Promise<Measured>) => Promise<void>,
) {
  const admit = async (name: string, client: ConcordClient, role: InstitutionRole): Promise<Hex> => {
    const institutionId = institutionIdOf(name);
    const institutionAccount = accountOf(client);
    const profile = { roles: [role], notForProfit: true, institutionType: "ResearchInstitute", region: "DK" } as const;
    await measure(
      `admit an institution with the role ${role}`,
      admitInstitution(registrar, { institutionId, ...profile, institutionAccount }),
    );
    return institutionId;
  };
  const custodian = await admit("biobank", biobank, "custodian");
  await admit("university", university, "researcher");
  const committee = await admit("committee", ethics, "committee");
  const scopeId = scopeIdOf("bench");
  await measure("create a scope", createScope(biobank, { scopeId, committee }));

  const ontology = await readDiseases("examples/ontology.json");
  const { root } = ontology;
  const release = { root, name: "Bench", version: "1", sourceDigest: keccak256("0x01") };
  await publishOntologyRelease(registrar, { ...release, terms: ontology.terms.length, pairs: ontology.pairs });
  const [disease = 0, ancestor = 0] = ontology.terms
    .map((term) => [term, ontology.ancestors(term)[0]])
    .find(([, above]) => above !== undefined) as [number, number];
  await measure(
    "prove a pair of the ontology",
    proveOntologyPair(relayer, { root, ...ontology.prove(disease, ancestor) }),
  );

  const broad: Terms = {
    ...BLANK_TERMS,
    permissions: PERMISSIONS.GRU,
    notice: { ...BLANK_TERMS.notice, controller: keccak256("0x02") },
  };
  const specific: Terms = { ...broad, permissions: PERMISSIONS.DS, diseases: [ancestor], ontologyRelease: root };
  const { digest: termsDigest } = await publishTerms(biobank, { scopeId, terms: broad });
  await measure("publish terms", publishTerms(biobank, { scopeId, terms: specific }));
  const until = START + FIVE_YEARS;
  return {
    custodian,
    scopeId,
    until,
    disease,
    broad,
    specific,
    /** What participants agree to. */
    offer: { scopeId, termsDigest, elements: ELEMENTS, preferences: 0x1f, until },
  };
}

/** A client's own account. */
export function accountOf({ walletClient }: ConcordClient): Hex {
  const address = walletClient?.account?.address;
  if (address === undefined) throw new TypeError("A client without an account.");
  return address;
}

/** The key of a participant of the scope, by number. */
export async function keyOf({ scopeId }: Pick<Bench, "scopeId">, index: number): Promise<PrivateKeyAccount> {
  return privateKeyToAccount(await deriveParticipantKey({ seed: SEED, scopeId, index }));
}
