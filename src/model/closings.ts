import type { Closing, SignedClosing } from "./changes.ts";
import { type Consent, consentOf } from "./consent.ts";
import { reject, type Rejection } from "./rejections.ts";
import { ConsentState, type ConsentWord, WithdrawalExtent } from "./word.ts";
import { type Act, closedWord, strengthOf, type Target } from "./wordChanges.ts";

/** Ends the standing word in place, for whoever `act` names. An extent that is none is all that it refuses. */
export function closeConsent({ word, history }: Consent, change: Closing, act: Act, now: number): Consent | Rejection {
  if (change.verb === "withdraw" && change.extent === WithdrawalExtent.None) return reject("ConsentExtentInvalid");
  return consentOf(closedWord(word, targetOf(change), act, now), history);
}

/** A signed closing names the lowest version of the very id; where that forwards, its time alone counts. */
export function rejectSignedClosing(word: ConsentWord, change: Closing, forwards = false): Rejection | undefined {
  const { signed } = change;
  if (signed === undefined) return undefined;
  if (!forwards && word.version < signed.minVersion) {
    return reject("ConsentVersionTooLow", signed.minVersion, word.version);
  }
  return rejectSuperseded(word, change, signed);
}

/** Strictly later, or as late and stronger: so a closing works once, and no later opening falls to it. */
function rejectSuperseded(word: ConsentWord, change: Closing, { signedAt }: SignedClosing): Rejection | undefined {
  const strengthens = strengthOf(targetOf(change)) > strengthOf(word);
  const applies = signedAt > word.signedAt || (signedAt === word.signedAt && strengthens);
  return applies ? undefined : reject("ConsentClosingSuperseded", signedAt, word.signedAt);
}

function targetOf(change: Closing): Target {
  switch (change.verb) {
    case "suspend":
      return { state: ConsentState.Suspended, extent: WithdrawalExtent.None };
    case "decline":
      return { state: ConsentState.Declined, extent: WithdrawalExtent.None };
    case "annul":
      return { state: ConsentState.Annulled, extent: WithdrawalExtent.None };
    case "withdraw":
      return { state: ConsentState.Withdrawn, extent: change.extent };
  }
}
