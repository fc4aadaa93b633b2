import type { Hex } from "viem";

import {
  AFTER_DEATH,
  ALL_ELEMENTS,
  CONSENT_STATUSES,
  ConsentAuthor,
  type ConsentWord,
  diseaseName,
  isZero,
  NO_EXPIRY,
  namesOf,
  NOT_ENDED,
  PERMISSIONS,
  PREFERENCES,
  WithdrawalExtent,
} from "../../model/index.ts";
import {
  type ConsentEvent,
  formatTime,
  LEGAL_BASES,
  namesOfElements,
  purposeDigest,
  purposeToJson,
  termsToCodes,
  termsToJson,
} from "../../sdk/index.ts";
import type { TermsPicture } from "../read/consents.ts";
import type { InstitutionPicture, Institutions } from "../read/institutions.ts";
import type { LicencePicture } from "../read/licences.ts";

// Pieces that several documents have in common, as plain JSON.

/** ISO 8601; null for the sentinels of "not" and "never". */
export function timeOrNull(seconds: number | undefined): string | null {
  return seconds === undefined || seconds === 0 || seconds === NO_EXPIRY ? null : formatTime(seconds);
}

/** An institution as far as chain and directory know it. */
export function institutionJson(institutions: Institutions, id: Hex): InstitutionPicture {
  const found = institutions.get(id.toLowerCase() as Hex);
  if (found === undefined) throw new TypeError(`The picture lacks institution ${id}.`);
  return found;
}

/** A word for people and programs. */
export function wordJson(word: ConsentWord) {
  return {
    state: CONSENT_STATUSES[word.state] ?? String(word.state),
    extent: nameOf(WithdrawalExtent, word.extent),
    openedBy: nameOf(ConsentAuthor, word.author),
    dissent: word.dissent,
    preferences: preferencesJson(word.preferences),
    locked: word.locked,
    forwarded: word.forwarded,
    terms: word.terms === 0 ? null : word.terms,
    version: word.version,
    ordinal: word.ordinal,
    opened: timeOrNull(word.opened),
    ended: word.ended === NOT_ENDED ? null : timeOrNull(word.ended),
    signedAt: timeOrNull(word.signedAt),
    until: timeOrNull(word.until),
    elements: elementsJson(word.elements, undefined),
  };
}

export function preferencesJson(preferences: number) {
  const allowed = namesOf(PREFERENCES, preferences);
  const optIns = Object.keys(PREFERENCES).map((name) => [name, allowed.some((one) => one === name)] as const);
  return {
    ...(Object.fromEntries(optIns) as Record<keyof typeof PREFERENCES, boolean>),
    afterDeath: nameOf(AFTER_DEATH, preferences & AFTER_DEATH_BITS),
  };
}

const AFTER_DEATH_BITS = 0x30;

function nameOf(table: Readonly<Record<string, number>>, number: number): string {
  return Object.keys(table).find((name) => table[name] === number) ?? String(number);
}

/** A category or element of a data dictionary; its name where a dictionary is given. */
export interface ElementJson {
  readonly bit: number;
  readonly name?: string;
}

/** Categories and elements one by one; "all" for all that the scope has. */
export function elementsJson(elements: bigint, registered: TermsPicture | undefined): "all" | ElementJson[] {
  if (registered?.dictionary === undefined) {
    return elements === ALL_ELEMENTS ? "all" : bitsOf(elements).map((bit) => ({ bit }));
  }
  const { dictionary } = registered;
  return bitsOf(elements).flatMap((bit): ElementJson[] => {
    const [name] = namesOfElements(1n << BigInt(bit), dictionary);
    return name === undefined ? [] : [{ bit, name }];
  });
}

/** What a word allows of the data: its own elements among those of its terms. */
export function sharedElements(word: ConsentWord, registered: TermsPicture | undefined): "all" | ElementJson[] {
  return elementsJson(word.elements & (registered?.terms.elements ?? 0n), registered);
}

function bitsOf(elements: bigint): number[] {
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => ((elements >> BigInt(bit)) & 1n) === 1n);
}

/** The codes of terms, those that permit apart from those that narrow. */
export function codesOf({ terms }: TermsPicture) {
  const codes = termsToCodes(terms);
  const { length } = namesOf(PERMISSIONS, terms.permissions);
  return { permissions: codes.slice(0, length), conditions: codes.slice(length) };
}

/** Terms whole: their own JSON, and each code with its sentence. */
export function termsPartJson(registered: TermsPicture) {
  const { number, digest, publisher, terms } = registered;
  return {
    number,
    digest,
    publisher,
    codes: termsToCodes(terms).map(({ curie, label, sentence }) => ({ code: curie, label, sentence })),
    elements: elementsJson(terms.elements, registered),
    legalBasis: legalBasisOf(registered)?.text ?? null,
    retentionMonths: terms.notice.retentionMonths === 0 ? null : terms.notice.retentionMonths,
    reConsentBy: timeOrNull(terms.reConsentBy),
    terms: termsToJson(terms),
  };
}

/** A legal basis in the words of the GDPR, and its concepts in DPV's extension for the GDPR. */
export interface LegalBasis {
  readonly text: string;
  readonly concepts: readonly string[];
}

/** By LEGAL_BASES. */
const BASES: Readonly<Record<(typeof LEGAL_BASES)[number], LegalBasis>> = {
  consent: {
    text: "explicit consent: GDPR Art. 6(1)(a) and 9(2)(a)",
    concepts: ["A6-1-a-explicit-consent", "A9-2-a"],
  },
  publicInterestResearch: {
    text: "research in the public interest: GDPR Art. 6(1)(e) and 9(2)(j)",
    concepts: ["A6-1-e", "A9-2-j"],
  },
  publicHealth: {
    text: "public health: GDPR Art. 6(1)(e) and 9(2)(i)",
    concepts: ["A6-1-e", "A9-2-i"],
  },
  legitimateInterestResearch: {
    text: "research in a legitimate interest: GDPR Art. 6(1)(f) and 9(2)(j)",
    concepts: ["A6-1-f", "A9-2-j"],
  },
  healthCare: {
    text: "health care: GDPR Art. 6(1)(c) or (e) and 9(2)(h)",
    concepts: ["A9-2-h"],
  },
};

/** What terms state as the legal basis; undefined where they state none. */
export function legalBasisOf(registered: TermsPicture | undefined): LegalBasis | undefined {
  const name = LEGAL_BASES[(registered?.terms.notice.legalBasis ?? 0) - 1];
  return name === undefined ? undefined : BASES[name];
}

/** Something that happened to a consent. */
export function eventJson({ name, time, blockNumber, transactionHash, actor, word, ...details }: ConsentEvent) {
  return {
    event: name,
    time: formatTime(time),
    block: Number(blockNumber),
    transaction: transactionHash,
    by: actor.kind,
    ...("delegateId" in actor ? { delegateId: actor.delegateId } : {}),
    ...("institution" in actor ? { institution: actor.institution } : {}),
    ...(details.saidAt === undefined ? {} : { saidAt: formatTime(details.saidAt) }),
    ...(details.otherId === undefined ? {} : { otherId: details.otherId }),
    ...(details.readyAt === undefined ? {} : { readyAt: formatTime(details.readyAt) }),
    word: wordJson(word),
  };
}

/** A licence: who may use what for what, and until when. */
export function licenceJson(licence: LicencePicture, institutions: Institutions) {
  const { licenceId, status, subject, progress, purpose, dataset, derivation } = licence;
  return {
    licence: licenceId.toString(),
    status,
    licensee: institutionJson(institutions, subject.licensee),
    custodian: subject.custodian,
    committee: subject.committee,
    scopeId: subject.scopeId,
    dataset: {
      datasetId: subject.datasetId,
      level: dataset.record.level,
      version: dataset.version,
      contentDigest: dataset.record.contentDigest,
      isStanding: dataset.isStanding,
    },
    // Of a sub-licence: the licence that it derives from, and whose processor works under it.
    derivesFrom: derivation === undefined ? null : derivation.parent.toString(),
    processor: derivation === undefined ? null : institutionJson(institutions, derivation.processor),
    purpose: purposeToJson(purpose),
    purposeDigest: purposeDigest(purpose),
    delivery: progress.delivery,
    duties: progress.imposed,
    isSuspended: progress.isSuspended,
    requestedAt: timeOrNull(progress.requestedAt),
    issuedAt: timeOrNull(progress.issuedAt),
    until: timeOrNull(progress.until),
    terminatedAt: timeOrNull(progress.terminatedAt),
    vote: progress.vote,
  };
}

/** IRI of a Mondo term. */
export function mondoIri(disease: number): string {
  return `http://purl.obolibrary.org/obo/${diseaseName(disease).replace(":", "_")}`;
}

/** IRI of a data-use code; the suite's own extensions are URNs. */
export function codeIri(curie: string): string {
  return curie.startsWith("DUO:")
    ? `http://purl.obolibrary.org/obo/${curie.replace(":", "_")}`
    : `urn:concord:code:${curie.replace(/^X:/, "")}`;
}

/** IRI of a category or element of a release of a dictionary. */
export function elementIri(registered: TermsPicture, bit: number): string {
  const { dictionaryRelease } = registered.terms;
  const release = isZero(dictionaryRelease) ? `scope:${registered.digest}` : dictionaryRelease;
  return `urn:concord:element:${release}:${bit}`;
}
