import { WithdrawalExtent } from "../../src/model/index.ts";
import {
  annulConsent,
  declineConsent,
  extendConsent,
  grantConsent,
  resumeConsent,
  suspendConsent,
  updateConsent,
  withdrawConsent,
} from "../../src/sdk/index.ts";
import type { Bench } from "../world.ts";

/** What participants do by transactions of their own. */
export async function ownChanges({ measure, advance, offer, until, scopeId, participants }: Bench): Promise<void> {
  const [first, second, third] = participants;
  if (!first || !second || !third) throw new RangeError("Too few accounts.");
  const { NoFurtherUse: extent } = WithdrawalExtent;

  await measure("first grant of all under new terms, own transaction", grantConsent(second, offer));
  await measure("first grant, own transaction", grantConsent(first, offer));
  await advance();
  await measure("update, own transaction", updateConsent(first, { ...offer, elements: offer.elements >> 1n }));
  await measure("suspend, own transaction", suspendConsent(first, { scopeId }));
  await advance();
  await measure("resume, own transaction", resumeConsent(first, { scopeId }));
  await advance();
  const { termsDigest } = offer;
  await measure("extend, own transaction", extendConsent(first, { scopeId, termsDigest, until: until + 1 }));
  await measure("withdraw, own transaction", withdrawConsent(first, { scopeId, extent }));
  await advance();
  await measure("grant after a withdrawal, own transaction", grantConsent(first, offer));
  await measure("annul, own transaction", annulConsent(first, { scopeId }));
  await measure("decline before any grant, own transaction", declineConsent(third, { scopeId }));
}
