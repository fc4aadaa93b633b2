import { EMPTY_WORD } from "../../src/model/index.ts";
import {
  grantConsent,
  type SignedChange,
  signAnnul,
  signDecline,
  signExtend,
  signGrant,
  signResume,
  signSuspend,
  signUpdate,
  signWithdraw,
} from "../../src/sdk/index.ts";
import { type Bench, keyOf } from "../world.ts";

/** Numbers of keys that no other scenario uses. */
const FIRST_KEY = 5_000;

/** Every verb by signature, each in a transaction of its own; the first grant is measured elsewhere. */
export async function signedVerbs(bench: Bench): Promise<void> {
  const { measure, advance, sendAlone, offer, scopeId, until, relayer, participants } = bench;
  const { termsDigest } = offer;
  const [signer, other] = await Promise.all([0, 1].map(async (index) => keyOf(bench, FIRST_KEY + index)));
  const newcomer = participants[4];
  if (!signer || !other || !newcomer) throw new RangeError("Too few keys or accounts.");
  const send = async (verb: string, change: Promise<SignedChange>): Promise<void> => {
    await measure(`${verb}, relayed by ECDSA signature`, sendAlone(await change));
    // What opens must be signed later than what stands.
    await advance();
  };

  // Whoever is first under new terms pays for a copy of their number.
  await grantConsent(newcomer, offer);
  await sendAlone(await signGrant(relayer, { ...offer, signer, standing: EMPTY_WORD }));
  await advance();
  await send("update", signUpdate(relayer, { ...offer, elements: 1n, signer }));
  await send("extend", signExtend(relayer, { scopeId, termsDigest, until: until + 1, signer }));
  await send("suspend", signSuspend(relayer, { scopeId, signer }));
  await send("resume", signResume(relayer, { scopeId, signer }));
  await send("withdraw", signWithdraw(relayer, { scopeId, signer }));
  await send("grant after a withdrawal", signGrant(relayer, { ...offer, signer }));
  await send("annul", signAnnul(relayer, { scopeId, signer }));
  await send("decline before any grant", signDecline(relayer, { scopeId, signer: other }));
}
