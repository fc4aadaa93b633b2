import { keccak256, stringToHex } from "viem";

import {
  attestClosing,
  ATTESTED_CLOSINGS,
  completeRecovery,
  confirmRecovery,
  importConsent,
  participantIdOf,
  proposeRecovery,
  signVeto,
} from "../../src/sdk/index.ts";
import { type Bench, keyOf, SIGNED } from "../world.ts";
import type { Ground } from "./ground.ts";

/** Numbers of keys that no other scenario uses. */
const FIRST_KEY = 6_000;
/** After a proposal has been confirmed, and after a veto (seconds). */
const RECOVERY_DELAY = 14 * 24 * 60 * 60;

/** What custodians attest besides withdrawals, and a key that is lost: with the participant who was first of all. */
export async function othersChanges(bench: Bench, { participantId }: Ground): Promise<void> {
  const { connection, measure, offer, scopeId, biobank, university, relayer, sendAlone } = bench;
  const { signedAt } = SIGNED;
  for (const [index, state] of ATTESTED_CLOSINGS.entries()) {
    const paper = { ...offer, scopeId, signedAt, participantId: keccak256(stringToHex(`closing ${index}`)) };
    await importConsent(biobank, paper);
    await measure(`attested: ${state}`, attestClosing(biobank, { scopeId, participantId: paper.participantId, state }));
  }
  const first = { scopeId, participantId: keccak256(stringToHex("first closing")) };
  await measure("attested before any other word", attestClosing(biobank, { ...first, state: "Declined" }));

  const [lost, found] = await Promise.all([0, 1].map(async (index) => keyOf(bench, FIRST_KEY + index)));
  if (!lost || !found) throw new RangeError("Too few keys.");
  const move = { scopeId, participantId, newParticipantId: participantIdOf(found.address) };
  await measure("propose a recovery", proposeRecovery(biobank, move));
  await measure("confirm a recovery", confirmRecovery(university, move));
  await connection.networkHelpers.time.increase(RECOVERY_DELAY);
  await measure("complete a recovery", completeRecovery(relayer, move));
  const next = { ...move, participantId: move.newParticipantId, newParticipantId: participantIdOf(lost.address) };
  await proposeRecovery(biobank, next);
  await measure(
    "veto a recovery, relayed by ECDSA signature",
    sendAlone(await signVeto(relayer, { scopeId, signer: found })),
  );
}
