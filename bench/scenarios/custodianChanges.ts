import { keccak256, stringToHex } from "viem";

import {
  attestClosing,
  importConsents,
  type PaperConsent,
  participantIdInSeries,
  signTakeOver,
  takeOverConsent,
} from "../../src/sdk/index.ts";
import { BATCH, type Bench, keyOf, SIGNED } from "../world.ts";

/** Number of a key that no other scenario uses. */
const FRESH_KEY = 3_000;

/** In use, it is drawn at random. */
const SERIES = `0x${"5e".repeat(16)}${"00".repeat(16)}` as const;

/** What a custodian brings in on paper, and what becomes of it. */
export async function custodianChanges(bench: Bench): Promise<void> {
  const { measure, advance, offer, scopeId, biobank } = bench;
  const { signedAt } = SIGNED;
  const paper = (number: number) => ({ ...offer, signedAt, participantId: keccak256(stringToHex(`paper ${number}`)) });
  const [single, withdrawn] = [paper(0), paper(1)];
  const papers = Array.from({ length: BATCH }, (_, index) => paper(index + 1));
  const imports = (consents: readonly PaperConsent[]) => importConsents(biobank, { scopeId, consents });

  await measure(`import of consents on paper in a batch of ${BATCH}, each`, imports(papers), BATCH);
  await measure("import of a consent on paper", imports([single]));
  const serial = papers.map((each, number) => ({ ...each, participantId: participantIdInSeries(SERIES, number) }));
  await measure(`import of a series on paper in a batch of ${BATCH}, each`, imports(serial), BATCH);

  const { participantId } = withdrawn;
  await measure("withdrawal, attested", attestClosing(biobank, { scopeId, participantId, state: "Withdrawn" }));

  await advance();
  const signer = await keyOf(bench, FRESH_KEY);
  const signed = await signTakeOver(biobank, { scopeId, attestedId: single.participantId, signer });
  await measure("takeover of an imported consent", takeOverConsent(biobank, { signed }));
}
