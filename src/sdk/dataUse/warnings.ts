import { NO_EXPIRY, type Terms } from "../../model/index.ts";
import { dayOf } from "./duo.ts";

/** With fewer participants than this under the same terms, who agrees to them may be guessed: a group's usual least size. */
export const FEW_PARTICIPANTS = 20;

export type TermsWarningName =
  "TermsOfFew" | "DocumentsMissing" | "ReConsentAfterApproval" | "ApprovalWithoutEnd" | "ListOfOne";

/** Something about terms that is allowed, but is likely to be a mistake or to give a participant away. */
export interface TermsWarning {
  /** For programs. */
  readonly name: TermsWarningName;
  /** For people, as plain sentences. */
  readonly message: string;
}

export interface WarningsOfTermsOptions {
  /** How many participants are known to have these terms, or would have them; nothing is said of it unless given. */
  readonly participants?: number | undefined;
}

/** What to think about before terms are published, since they then stand for ever. */
export function warningsOfTerms(terms: Terms, { participants }: WarningsOfTermsOptions = {}): TermsWarning[] {
  const { notice, reConsentBy, users, projects } = terms;
  const warnings: TermsWarning[] = [];
  const warn = (name: TermsWarningName, message: string): void => {
    warnings.push({ name, message });
  };
  if (participants !== undefined && participants < FEW_PARTICIPANTS) {
    warn(
      "TermsOfFew",
      `Participants known to have these terms: ${participants}, fewer than ${FEW_PARTICIPANTS}. Who they are may be guessed.`,
    );
  }
  if (notice.texts.length === 0) {
    warn("DocumentsMissing", "There is no consent form or information sheet in any language.");
  }
  const { ethicsUntil } = notice;
  if (ethicsUntil === NO_EXPIRY) {
    warn("ApprovalWithoutEnd", "The ethics approval is given without an end.");
  } else if (ethicsUntil > 0 && reConsentBy > ethicsUntil) {
    const ends = reConsentBy === NO_EXPIRY ? "never end" : `end on ${dayOf(reConsentBy)}`;
    warn(
      "ReConsentAfterApproval",
      `Consents under these terms ${ends}, after the ethics approval, which ends on ${dayOf(ethicsUntil)}.`,
    );
  }
  for (const [code, list] of Object.entries({ users, projects })) {
    if (list.length === 1)
      warn("ListOfOne", `There is one alone among the ${code}: who or what that is may be guessed.`);
  }
  return warnings;
}
