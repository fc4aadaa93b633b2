import {
  applyChange,
  type Consent,
  encodeWord,
  isRejection,
  NO_CONSENT,
  permittedAt,
  type RegisteredTerms,
  statusAt,
} from "../../src/model/index.ts";
import type { ConsentEngine } from "./engine.ts";

/** 2026-01-01, well within uint32. */
const START = 1_767_225_600;

/** The reference model behind the engine's face. */
export function makeModelEngine(): Promise<ConsentEngine> {
  let now = START;
  const scopes = new Map<string, Map<string, RegisteredTerms & { readonly from: number }>>();
  const consents = new Map<string, Consent>();

  const termsOf = (scope: string) => scopes.get(scope) ?? new Map<string, RegisteredTerms & { from: number }>();
  const keyOf = (scope: string, participant: string): string => JSON.stringify([scope, participant]);
  const consentOf = (scope: string, participant: string): Consent =>
    consents.get(keyOf(scope, participant)) ?? NO_CONSENT;
  const startsOf = (scope: string) => (number: number) =>
    [...termsOf(scope).values()].find((terms) => terms.number === number)?.from ?? 0;

  return Promise.resolve({
    now: async () => now,
    advance: async (seconds) => {
      now += seconds;
    },
    registerTerms: async (scope, { from, reConsentBy }) => {
      const terms = termsOf(scope);
      const number = terms.size + 1;
      const digest = `0x${number.toString(16).padStart(64, "0")}`;
      scopes.set(scope, terms.set(digest, { number, from, reConsentBy }));
      return digest;
    },
    apply: async (scope, participant, change) => {
      const context = { now, scopeId: scope, terms: (digest: string) => termsOf(scope).get(digest) };
      const result = applyChange(consentOf(scope, participant), change, context);
      if (isRejection(result)) return result;
      consents.set(keyOf(scope, participant), result);
      return { ok: true };
    },
    word: async (scope, participant) => encodeWord(consentOf(scope, participant).word),
    wordAt: async (scope, participant, ordinal) => {
      const { word, history } = consentOf(scope, participant);
      const found = ordinal === word.ordinal ? word : history[ordinal];
      return found === undefined ? 0n : encodeWord(found);
    },
    status: async (scope, participant) => statusAt(consentOf(scope, participant), now, startsOf(scope)),
    permittedAt: async (scope, participant, time) => permittedAt(consentOf(scope, participant), time, startsOf(scope)),
  });
}
