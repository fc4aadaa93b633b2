import { type Hex, keccak256, sliceHex, stringToHex, zeroHash } from "viem";

import { EMPTY_WORD } from "../../src/model/index.ts";
import {
  admitInstitution,
  appendToIndex,
  buildAccessTree,
  importConsents,
  institutionIdOf,
  logAccess,
  participantIdInSeries,
  participantIdOf,
  publishTerms,
  relayConsentChanges,
  signGrant,
  stateFacts,
} from "../../src/sdk/index.ts";
import { BATCH, type Bench, keyOf, SIGNED } from "../world.ts";
import { anchorDerived, collectSpecimen, deriveLicence, type Ground, licenseDataset } from "./ground.ts";

/** Numbers of keys from here on are those of loaded participants. */
const FIRST_KEY = 20_000;
/** In use, it is drawn at random. */
const SERIES = `0x${"6c".repeat(16)}${"00".repeat(16)}` as const;
/** Of so many batches, the first is signed, and of the others every second is a series. */
const CYCLE = 5;

/** Loads one batch of consents, and one more of all else whose number something could depend on. */
export async function loadBatch(bench: Bench, ground: Ground, batch: number): Promise<void> {
  const place = batch % CYCLE;
  if (place === 0) await loadSigned(bench, batch);
  else await loadPapers(bench, batch, place % 2 === 0);
  await loadMember(bench, batch);
  await loadUse(bench, ground, batch);
}

async function loadSigned(bench: Bench, batch: number): Promise<void> {
  const { offer, scopeId, relayer } = bench;
  const keys = await Promise.all(numbersOf(batch).map(async (number) => keyOf(bench, FIRST_KEY + number)));
  const changes = await Promise.all(
    keys.map(async (signer) => signGrant(relayer, { ...offer, ...SIGNED, signer, standing: EMPTY_WORD })),
  );
  const { rejected } = await relayConsentChanges(relayer, { changes });
  if (rejected !== 0) throw new Error(`${rejected} loaded grants were refused.`);
  await appendToIndex(relayer, { scopeId, participantIds: keys.map(({ address }) => participantIdOf(address)) });
}

async function loadPapers({ offer, scopeId, biobank }: Bench, batch: number, isSeries: boolean): Promise<void> {
  const idOf = (number: number): Hex =>
    isSeries ? participantIdInSeries(SERIES, number) : keccak256(stringToHex(`loaded ${number}`));
  const consents = numbersOf(batch).map((number) => ({
    ...offer,
    signedAt: SIGNED.signedAt,
    participantId: idOf(number),
    version: 1,
  }));
  const { rejected } = await importConsents(biobank, { scopeId, consents });
  if (rejected !== 0) throw new Error(`${rejected} loaded imports were refused.`);
}

/** An institution more, and terms that nobody has agreed to yet. */
async function loadMember({ registrar, biobank, scopeId, broad }: Bench, batch: number): Promise<void> {
  await admitInstitution(registrar, {
    institutionId: institutionIdOf(`member ${batch}`),
    roles: ["researcher"],
    notForProfit: true,
    institutionType: "ResearchInstitute",
    region: "DK",
    institutionAccount: sliceHex(keccak256(stringToHex(`account ${batch}`)), 0, 20),
  });
  const controller = keccak256(stringToHex(`controller ${batch}`));
  await publishTerms(biobank, { scopeId, terms: { ...broad, notice: { ...broad.notice, controller } } });
}

/** A dataset more that derives from the first, a licence on it, an access, a sub-licence, a statement and a specimen. */
async function loadUse(bench: Bench, ground: Ground, batch: number): Promise<void> {
  const { publicClient, biobank, university, scopeId } = bench;
  const { purpose, participantId } = ground;
  const dataset = await anchorDerived(bench, `loaded ${batch}`, ground.dataset);
  const licenceId = await licenseDataset(bench, { dataset, purpose });
  const { root, count } = buildAccessTree([{ scopeId, participantId, version: 1 }]);
  const claimedBlock = await publicClient.getBlockNumber();
  await logAccess(biobank, { licenceId, root, count, claimedBlock, agent: zeroHash, workflow: zeroHash });
  await deriveLicence(bench, ground);
  const document = keccak256(stringToHex(`statement ${batch}`));
  await stateFacts(university, { purposeDigest: document, facts: [], document });
  await collectSpecimen(bench, `loaded ${batch}`);
}

function numbersOf(batch: number): number[] {
  return Array.from({ length: BATCH }, (_, index) => batch * BATCH + index);
}
