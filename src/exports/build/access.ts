import { formatTime, type GetCoverageReturnType } from "../../sdk/index.ts";
import type { ExportClaims } from "../claims.ts";
import type { AccessPicture } from "../read/accesses.ts";
import { type ConsentPicture, controllerOf } from "../read/consents.ts";
import type { Institutions } from "../read/institutions.ts";
import type { LicencePicture, ScopeData } from "../read/licences.ts";
import {
  eventJson,
  institutionJson,
  legalBasisOf,
  licenceJson,
  sharedElements,
  termsPartJson,
  timeOrNull,
  wordJson,
} from "./parts.ts";
import { AUTOMATED_DECISIONS, RIGHTS, SAFEGUARDS } from "./statements.ts";

/** A licence, and what it lets its holder do with one participant's data. */
export interface Recipient {
  readonly licence: LicencePicture;
  readonly coverage: GetCoverageReturnType;
}

/** One participant's consents in the scopes asked for, who may use the data, and who did. */
export interface AccessPackagePicture {
  readonly consents: readonly ConsentOfScope[];
  readonly accesses: readonly AccessPicture[];
  readonly institutions: Institutions;
}

export interface ConsentOfScope {
  readonly consent: ConsentPicture;
  readonly data: ScopeData;
  readonly recipients: readonly Recipient[];
}

/** What a participant is told and given under Art. 15 and 20 GDPR. */
export type AccessPackage = ReturnType<typeof buildAccessPackage>;

/** Makes the package. Fields are named after the letters of Art. 15(1) and the paragraphs after it. */
export function buildAccessPackage(picture: AccessPackagePicture, claims: ExportClaims) {
  const { consents, accesses, institutions } = picture;
  return {
    title: "Data package of a participant (GDPR Art. 15 and 20)",
    asOf: formatTime(claims.block.time),
    article15: {
      controllers: consents.map(({ consent }) => ({
        scopeId: consent.scopeId,
        controller: institutionJson(institutions, controllerOf(consent.scope, standingTerms(consent))),
      })),
      purposes: consents.map(({ consent }) => {
        const registered = standingTerms(consent);
        return {
          scopeId: consent.scopeId,
          legalBasis: legalBasisOf(registered)?.text ?? null,
          uses: registered === undefined ? [] : termsPartJson(registered).codes,
        };
      }),
      categories: consents.map(({ consent }) => ({
        scopeId: consent.scopeId,
        elements: sharedElements(consent.word, standingTerms(consent)),
      })),
      recipients: consents.flatMap(({ recipients }) =>
        recipients.map(({ licence, coverage }) => ({
          ...licenceJson(licence, institutions),
          coversYou: coverage.isEffective,
          reasonsAgainst: coverage.reasons,
        })),
      ),
      accesses: accesses.map((access) => accessJson(access, institutions)),
      entriesWithoutLeaf: entriesWithoutLeaf(picture),
      retention: consents.map(({ consent }) => ({
        scopeId: consent.scopeId,
        monthsAfterTheEnd: standingTerms(consent)?.terms.notice.retentionMonths || null,
        consentUntil: timeOrNull(consent.word.until),
        reConsentBy: timeOrNull(standingTerms(consent)?.terms.reConsentBy),
      })),
      rights: RIGHTS.map(({ right, how }) => ({ right, how })),
      source: consents.map(({ consent }) => ({ scopeId: consent.scopeId, source: sourceOf(consent) })),
      automatedDecisions: AUTOMATED_DECISIONS,
      safeguards: SAFEGUARDS,
    },
    article20: {
      consents: consents.map(({ consent }) => ({
        scopeId: consent.scopeId,
        participantId: consent.participantId,
        status: consent.status,
        continuesAs: consent.continuesAs ?? null,
        standing: wordJson(consent.word),
        words: consent.words.map(wordJson),
        events: consent.events.map(eventJson),
        terms: [...consent.terms.values()].map(termsPartJson),
      })),
    },
    concord: claims,
  };
}

/** The terms of the standing word; undefined for who never agreed to any. */
function standingTerms({ terms, word }: ConsentPicture) {
  return terms.get(word.terms);
}

/** A proved use of the participant's data. */
export function accessJson({ logged, licence, leaf, time, lawfulness }: AccessPicture, institutions: Institutions) {
  const { index, entry } = logged;
  return {
    entry: index.toString(),
    licence: licence.licenceId.toString(),
    recipient: institutionJson(institutions, licence.subject.licensee),
    time: timeOrNull(time),
    claimedBlock: entry.batch.claimedBlock.toString(),
    loggedAt: formatTime(entry.loggedAt),
    loggedBy: entry.custodian,
    agent: entry.batch.agent,
    workflow: entry.batch.workflow,
    scopeId: leaf.scopeId,
    participantId: leaf.participantId,
    versionReliedOn: leaf.version,
    lawfulness: lawfulness ?? "HeaderUnavailable",
  };
}

/** Accesses under these licences of which no leaf was given: whether they were to this participant's data is not told. */
export function entriesWithoutLeaf({ consents, accesses }: AccessPackagePicture): string[] {
  const proved = new Set(accesses.map(({ logged }) => logged.index));
  const entries = consents.flatMap(({ data }) => data.licences.flatMap((licence) => licence.entries));
  const indices = new Set(entries.map(({ index }) => index).filter((index) => !proved.has(index)));
  return [...indices].map(String);
}

/** Art. 15(1)(g): where what the chain holds came from. */
function sourceOf({ events }: ConsentPicture): string {
  const kinds = new Set(events.map(({ actor }) => actor.kind));
  const own = kinds.has("Participant") ? ["the participant's own signatures"] : [];
  const delegates = kinds.has("Delegate") ? ["signatures of a guardian or proxy"] : [];
  const papers = kinds.has("Custodian") ? ["papers that the custodian attested"] : [];
  return [...own, ...delegates, ...papers].join(", ");
}
