import { CONSENT_ERRORS, rejectTimes } from "./authority.ts";
import { type Change, checkChange, isClosing } from "./changes.ts";
import { closeConsent, rejectSignedClosing } from "./closings.ts";
import type { Consent } from "./consent.ts";
import type { ChangeContext } from "./context.ts";
import { checkUint, ModelError } from "./errors.ts";
import { openConsent } from "./openings.ts";
import type { Rejection } from "./rejections.ts";
import { ConsentAuthor } from "./word.ts";
import { actOf } from "./wordChanges.ts";

/**
 * Applies one change of the participant's own as the contract does at block time `context.now`. Signatures are taken to
 * be theirs. For delegates, custodians and moves see applyOperation. The given consent stays as it is.
 * @returns the consent after the change, or why it was refused
 * @throws ModelError ValueOutOfRange, or TimeRunsBack when `now` is before the standing word was opened
 */
export function applyChange(consent: Consent, change: Change, context: ChangeContext): Consent | Rejection {
  const { now } = context;
  checkChange(change);
  checkTime(consent, now);
  const late = change.signed && rejectTimes(change.signed, CONSENT_ERRORS, now);
  if (late !== undefined) return late;
  const act = actOf(ConsentAuthor.Participant, change.signed?.signedAt ?? now);
  if (!isClosing(change)) return openConsent(consent, change, act, { ...context, isNarrower: () => false });
  return rejectSignedClosing(consent.word, change) ?? closeConsent(consent, change, act, now);
}

/** @throws ModelError ValueOutOfRange, TimeRunsBack */
export function checkTime({ word }: Pick<Consent, "word">, now: number): void {
  checkUint("now", now, 32);
  if (now >= word.opened) return;
  throw new ModelError(
    "TimeRunsBack",
    `now is ${now}, but the standing word was opened at ${word.opened}`,
    "Apply changes in the order of their block times.",
  );
}
