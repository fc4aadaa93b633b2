import { formatDisease } from "../../src/files/index.ts";
import { NO_EXPIRY, type Purpose, type Terms } from "../../src/model/index.ts";
import { codesOfPurpose, codesOfTerms } from "../../src/sdk/dataUseCodes.ts";
import { type Line, listed, when } from "./print.ts";

/** Terms as examples/terms.json writes them, with the release that they pin. */
export function readableTerms(terms: Terms) {
  const { diseases, ontologyRelease, from, reConsentBy, documents } = terms;
  return {
    ...codesOfTerms(terms),
    diseases: diseases.map(diseaseId),
    ontologyRelease,
    from: from === 0 ? null : from,
    reConsentBy: reConsentBy === NO_EXPIRY ? null : reConsentBy,
    documents,
  };
}

/** A purpose as examples/purpose.json writes it. */
export function readablePurpose(purpose: Purpose) {
  return { ...codesOfPurpose(purpose), diseases: purpose.diseases.map(diseaseId) };
}

export function termsLines(terms: Terms): Line[] {
  const { permissions, modifiers } = codesOfTerms(terms);
  const { diseases, ontologyRelease, from, reConsentBy, documents } = terms;
  return [
    ["Permissions", listed(permissions)],
    ["Modifiers", listed(modifiers)],
    ["Diseases", listed(diseases.map(diseaseId))],
    ...(diseases.length === 0 ? [] : [["Release", ontologyRelease] as const]),
    ["From", from === 0 ? "at once" : when(from)],
    ["Re-consent by", when(reConsentBy)],
    ["Documents", BigInt(documents) === 0n ? "none" : documents],
  ];
}

export function purposeLines(purpose: Purpose): Line[] {
  const { kinds, unattested } = codesOfPurpose(purpose);
  return [
    ["Kinds", listed(kinds)],
    ["Diseases", listed(purpose.diseases.map(diseaseId))],
    ["Unattested", listed(unattested)],
  ];
}

const LAST_MONDO = 9_999_999;

/** Others than these tasks may have written a number that is no Mondo id. */
function diseaseId(disease: number): string {
  return disease <= LAST_MONDO ? formatDisease(disease) : String(disease);
}
