/**
 * Gas of the named scenarios, as one JSON object on stdout: {"scenario": gas}. Exact, but for a few calldata bytes of
 * signatures and times that happen to be zero.
 *
 *     npx hardhat run bench/gas.ts
 */
import hre from "hardhat";
import { type Hex, keccak256, toHex, type WalletClient, zeroHash } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";

import { deploySystem } from "../deploy/system.ts";
import { readOntology } from "../src/files/index.ts";
import {
  EMPTY_WORD,
  KINDS,
  NO_EXPIRY,
  PERMISSIONS,
  type Purpose,
  type Terms,
  WithdrawalExtent,
} from "../src/model/index.ts";
import {
  admitInstitution,
  anchorDataset,
  buildAccessTree,
  type ConcordClient,
  createConcordClient,
  createScope,
  decideLicence,
  decidePurpose,
  deriveParticipantKey,
  encodeSignedChange,
  grantConsent,
  institutionIdOf,
  type InstitutionRole,
  issueLicence,
  logAccess,
  participantIdOf,
  proveOntologyPair,
  publishOntologyRelease,
  publishTerms,
  relayConsentChanges,
  requestLicence,
  resumeConsent,
  scopeIdOf,
  type SignedChange,
  signGrant,
  signWithdraw,
  suspendConsent,
  voteLicence,
  withdrawConsent,
} from "../src/sdk/index.ts";

const BATCH = 100;
const SEED: Hex = `0x${"11".repeat(32)}`;
const ELEMENTS = 0x7ff_ffffn;
const FIVE_YEARS = 5 * 31_557_600;

const gas: Record<string, number> = {};

/** Notes what a transaction used, shared out over the items that it carried. */
async function measure(scenario: string, transaction: Promise<{ gasUsed: bigint }>, items = 1): Promise<void> {
  const { gasUsed } = await transaction;
  gas[scenario] = Math.round(Number(gasUsed) / items);
}

const connection = await hre.network.create({
  network: "default",
  override: { initialDate: "2026-01-01T00:00:00Z", allowBlocksWithSameTimestamp: true },
});
const { record, gasUsed: deployGas } = await deploySystem(hre, connection, { build: false });
gas["deployment of the whole suite"] = Number(deployGas);

const publicClient = await connection.viem.getPublicClient();
const wallets = await connection.viem.getWalletClients();
function clientOf(wallet: WalletClient | undefined): ConcordClient {
  if (wallet === undefined) throw new RangeError("Too few accounts.");
  return createConcordClient({ deployment: record, publicClient, walletClient: wallet });
}
const [, registrar, biobank, university, committee, relayer, first, second] = wallets.map(clientOf);
if (!registrar || !biobank || !university || !committee || !relayer || !first || !second)
  throw new RangeError("Too few accounts.");

async function admit(name: string, client: ConcordClient, role: InstitutionRole): Promise<Hex> {
  const institutionId = institutionIdOf(name);
  const institutionAccount = client.walletClient?.account?.address ?? "0x";
  const admission = admitInstitution(registrar as ConcordClient, {
    institutionId,
    roles: [role],
    notForProfit: true,
    institutionAccount,
  });
  await measure(`admit an institution with the role ${role}`, admission);
  return institutionId;
}

const custodian = await admit("biobank", biobank, "custodian");
await admit("university", university, "researcher");
const committeeId = await admit("committee", committee, "committee");
const scopeId = scopeIdOf("bench");
await measure("create a scope", createScope(biobank, { scopeId, committee: committeeId }));

const ontology = await readOntology("examples/ontology.json");
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
  permissions: PERMISSIONS.GRU,
  modifiers: 0,
  diseases: [],
  ontologyRelease: zeroHash,
  from: 0,
  reConsentBy: NO_EXPIRY,
  documents: keccak256("0x02"),
};
const specific: Terms = { ...broad, permissions: PERMISSIONS.DS, diseases: [ancestor], ontologyRelease: root };
const { digest: termsDigest } = await publishTerms(biobank, { scopeId, terms: broad });
await measure("publish terms", publishTerms(biobank, { scopeId, terms: specific }));

const now = Number((await publicClient.getBlock()).timestamp);
const offer = { scopeId, termsDigest, elements: ELEMENTS, preferences: 0x1f, until: now + FIVE_YEARS };
await measure("first grant of all under new terms, own transaction", grantConsent(second, offer));
await measure("first grant, own transaction", grantConsent(first, offer));
await measure("suspend, own transaction", suspendConsent(first, { scopeId }));
await connection.networkHelpers.time.increase(1);
await measure("resume, own transaction", resumeConsent(first, { scopeId }));
const { NoFurtherUse: extent } = WithdrawalExtent;
await measure("withdraw, own transaction", withdrawConsent(first, { scopeId, extent }));
await connection.networkHelpers.time.increase(1);
await measure("grant after a withdrawal, own transaction", grantConsent(first, offer));

const keys: PrivateKeyAccount[] = [];
for (let index = 0; index <= BATCH; index += 1) {
  keys.push(privateKeyToAccount(await deriveParticipantKey({ seed: SEED, scopeId, index })));
}
const grants: SignedChange[] = [];
for (const signer of keys) grants.push(await signGrant(relayer, { ...offer, signer, standing: EMPTY_WORD }));
const [single, ...batch] = grants;
if (single === undefined) throw new RangeError("No grant was signed.");

/** The signed form by itself, outside a batch. */
async function sendAlone(signed: SignedChange): Promise<{ gasUsed: bigint }> {
  const wallet = wallets.at(-1);
  if (wallet === undefined) throw new RangeError("Too few accounts.");
  const { address: to } = record.contracts.consentRegistry;
  return publicClient.waitForTransactionReceipt({
    hash: await wallet.sendTransaction({ to, data: encodeSignedChange(signed) }),
  });
}
await measure("first grant, relayed by ECDSA signature", sendAlone(single));
await measure("first grant, relayed in a batch of 100, each", relayConsentChanges(relayer, { changes: batch }), BATCH);
const withdrawals: SignedChange[] = [];
for (const signer of keys.slice(1)) withdrawals.push(await signWithdraw(relayer, { scopeId, extent, signer }));
await measure(
  "withdraw, relayed in a batch of 100, each",
  relayConsentChanges(relayer, { changes: withdrawals }),
  BATCH,
);

const dataset = {
  custodian,
  scopeId,
  contentDigest: keccak256("0x03"),
  manifestRoot: keccak256("0x04"),
  participantsRoot: keccak256("0x05"),
  termsDigest,
  level: "Individual",
} as const;
const anchored = anchorDataset(biobank, { record: dataset });
await measure("anchor a dataset", anchored);
const purpose: Purpose = { kinds: KINDS.DS, diseases: [disease], unattested: 0 };
await measure("decide a purpose against terms, once", decidePurpose(relayer, { terms: specific, purpose }));
await decidePurpose(relayer, { terms: broad, purpose });
const request = requestLicence(university, { dataset: (await anchored).record, purpose, until: now + FIVE_YEARS });
await measure("request a licence", request);
const { licenceId } = await request;
await measure("decide a request", decideLicence(relayer, { licenceId }));
const explanation = keccak256(toHex("approved"));
await measure("vote on a request", voteLicence(committee, { licenceId, vote: "Approve", explanation }));
await measure("issue a licence", issueLicence(biobank, { licenceId, agreementDigest: keccak256("0x06") }));
const leaf = { scopeId, participantId: participantIdOf(first.walletClient?.account?.address ?? "0x"), version: 5 };
const claimedBlock = await publicClient.getBlockNumber();
const tree = buildAccessTree([leaf]);
const access = { licenceId, root: tree.root, count: tree.count, claimedBlock, agent: zeroHash, workflow: zeroHash };
await measure("log an access", logAccess(biobank, access));

console.log(JSON.stringify(gas, null, 2));
await connection.close();
