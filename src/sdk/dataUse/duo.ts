import {
  diseaseName,
  meantId,
  MODIFIERS,
  type Modifier,
  namesOf,
  PERMISSIONS,
  type Permission,
  type Terms,
} from "../../model/index.ts";
import type { InvalidInputError } from "../errors.ts";
import { checkText, refuse } from "../internal/validate.ts";
import { formatTime } from "../time.ts";
import { termsToJson } from "./json.ts";

/** A permission or a modifier, by the short name that the model and MATCHING.md use. */
export type DataUseCode = Permission | Modifier;

/** One code that terms carry. */
export interface TermsCode {
  readonly name: DataUseCode;
  /** The compact URI in DUO; Concord's own extensions stand in the namespace X. */
  readonly curie: string;
  /** The label in DUO, release 2021-02-23. */
  readonly label: string;
  /** What it says to a participant, with its parameters. */
  readonly sentence: string;
}

/** What a code's sentence is made of, beside the terms. */
export interface DataUseNames {
  /** A disease's label, by its Mondo number; undefined when it is not known. */
  readonly labelOf?: ((disease: number) => string | undefined) | undefined;
}

interface Entry {
  readonly curie: string;
  readonly label: string;
  readonly sentence: (terms: ReturnType<typeof termsToJson>, diseases: string) => string;
  /** The fields of terms that the code cannot do without. */
  readonly needs?: readonly string[];
}

const duo = (digits: string): string => `DUO:${digits}`;
const list = (items: readonly string[] | undefined): string => (items ?? []).join(", ");

/** All codes, permissions first, each group in the order of its bits. Labels are those of DUO, release 2021-02-23. */
const CODES: Readonly<Record<DataUseCode, Entry>> = {
  NRES: {
    curie: duo("0000004"),
    label: "no restriction",
    sentence: () => "For any use, research or not.",
  },
  GRU: {
    curie: duo("0000042"),
    label: "general research use",
    sentence: () => "For research of any kind.",
  },
  HMB: {
    curie: duo("0000006"),
    label: "health or medical or biomedical research",
    sentence: () => "For health, medical or biomedical research, but not for research into origins or ancestry.",
  },
  DS: {
    curie: duo("0000007"),
    label: "disease specific research",
    sentence: (_, diseases) => `Only for research into ${diseases}.`,
    needs: ["diseases"],
  },
  POA: {
    curie: duo("0000011"),
    label: "population origins or ancestry research only",
    sentence: () => "Only for research into population origins or ancestry.",
  },
  CC: {
    curie: duo("0000043"),
    label: "clinical care use",
    sentence: () => "Also for clinical care.",
  },
  NMDS: {
    curie: duo("0000015"),
    label: "no general methods research",
    sentence: () => "Not for the development of methods, such as software or algorithms.",
  },
  NPOA: {
    curie: duo("0000044"),
    label: "population origins or ancestry research prohibited",
    sentence: () => "Not for research into population origins or ancestry.",
  },
  NPU: {
    curie: duo("0000045"),
    label: "not for profit organisation use only",
    sentence: () => "Only by organisations that do not work for profit.",
  },
  NCU: {
    curie: duo("0000046"),
    label: "non-commercial use only",
    sentence: () => "Only for uses that are not commercial.",
  },
  NPUNCU: {
    curie: duo("0000018"),
    label: "not for profit, non commercial use only",
    sentence: () => "Only by organisations that do not work for profit, and only for uses that are not commercial.",
  },
  IRB: {
    curie: duo("0000021"),
    label: "ethics approval required",
    sentence: () => "Only while an ethics committee's approval of the use stands.",
  },
  COL: {
    curie: duo("0000020"),
    label: "collaboration required",
    sentence: ({ investigators }) =>
      investigators === undefined
        ? "Only in collaboration with the investigators of the study."
        : `Only in collaboration with one of these investigators: ${list(investigators)}.`,
  },
  PUB: {
    curie: duo("0000019"),
    label: "publication required",
    sentence: () => "Only if the results are published.",
  },
  RTN: {
    curie: duo("0000029"),
    label: "return to database or resource",
    sentence: () => "Only if data derived from it is given back.",
  },
  GSO: {
    curie: duo("0000016"),
    label: "genetic studies only",
    sentence: () => "Only for genetic studies, not for studies of traits or illness alone.",
  },
  GS: {
    curie: duo("0000022"),
    label: "geographical restriction",
    sentence: ({ regions }) => `Only stored, computed on and seen in these regions: ${list(regions)}.`,
    needs: ["regions"],
  },
  IS: {
    curie: duo("0000028"),
    label: "institution specific restriction",
    sentence: ({ institutions }) => `Only by these institutions: ${list(institutions)}.`,
    needs: ["institutions"],
  },
  US: {
    curie: duo("0000026"),
    label: "user specific restriction",
    sentence: ({ users }) => `Only by these users, whose names are kept off the chain: ${list(users)}.`,
    needs: ["users"],
  },
  PS: {
    curie: duo("0000027"),
    label: "project specific restriction",
    sentence: ({ projects }) => `Only for these projects, whose names are kept off the chain: ${list(projects)}.`,
    needs: ["projects"],
  },
  RS: {
    curie: duo("0000012"),
    label: "research specific restrictions",
    sentence: ({ researchTypes }) => `Only for research of these types: ${list(researchTypes)}.`,
    needs: ["researchTypes"],
  },
  TS: {
    curie: duo("0000025"),
    label: "time limit on use",
    sentence: ({ months }) => `Only for ${months} ${months === 1 ? "month" : "months"} from the first licence on.`,
    needs: ["months"],
  },
  MOR: {
    curie: duo("0000024"),
    label: "publication moratorium",
    sentence: ({ moratoriumUntil }) => `Only if no results are published before ${dayOf(moratoriumUntil ?? 0)}.`,
    needs: ["moratoriumUntil"],
  },
  "X:NRI": {
    curie: "X:NRI",
    label: "no re-identification",
    sentence: () => "Only if nobody tries to find out who the participants are.",
  },
  "X:NRL": {
    curie: "X:NRL",
    label: "no record linkage",
    sentence: () => "Only if the data is not linked with other records about the participants.",
  },
  "X:NMT": {
    curie: "X:NMT",
    label: "no training of models",
    sentence: () => "Only if no model is trained on the data.",
  },
};

/** The codes that terms carry, permissions first, each with a plain sentence. */
export function termsToCodes(terms: Terms, names: DataUseNames = {}): TermsCode[] {
  const written = termsToJson(terms);
  const diseases = diseasesInWords(terms.diseases, names);
  return [...namesOf(PERMISSIONS, terms.permissions), ...namesOf(MODIFIERS, terms.modifiers)].map((name) => {
    const { curie, label, sentence } = CODES[name];
    return { name, curie, label, sentence: sentence(written, diseases) };
  });
}

/** A draft of terms in the shape that termsFromJson reads, without what its codes still need. */
export interface TermsDraft {
  readonly permissions: readonly Permission[];
  readonly modifiers: readonly Modifier[];
}

/** A parameter that a code cannot do without. */
export interface MissingParameter {
  /** The field of the terms' JSON; "permissions" when no code permits anything. */
  readonly field: string;
  /** The code that needs it, where one does. */
  readonly curie?: string;
}

export interface TermsFromCodesReturnType {
  readonly terms: TermsDraft;
  /** What is still to be given before the terms can be read. */
  readonly missing: readonly MissingParameter[];
}

export type TermsFromCodesErrorType = InvalidInputError;

/**
 * A draft of terms that carry some codes.
 * @param codes compact URIs (DUO:0000007), or short names (DS); one that is named twice counts once
 * @throws InvalidInputError DataUseUnknownBits when a code is none of those that the matcher knows
 */
export function termsFromCodes(codes: readonly string[]): TermsFromCodesReturnType {
  const carried = new Set(codes.map((code, index) => readCode(`codes[${index}]`, code)));
  const permissions = namesIn(PERMISSIONS).filter((name) => carried.has(name));
  const modifiers = namesIn(MODIFIERS).filter((name) => carried.has(name));
  const missing: MissingParameter[] = permissions.length === 0 ? [{ field: "permissions" }] : [];
  for (const name of [...permissions, ...modifiers]) {
    const { curie, needs = [] } = CODES[name];
    missing.push(...needs.map((field) => ({ field, curie })));
  }
  return { terms: { permissions, modifiers }, missing };
}

function readCode(input: string, code: string): DataUseCode {
  checkText(input, code);
  const text = code.trim();
  const name = namesIn(CODES).find((candidate) => candidate === text || CODES[candidate].curie === meantId(text));
  if (name !== undefined) return name;
  const fix = `Give some of ${Object.values(CODES)
    .map(({ curie }) => curie)
    .join(", ")}.`;
  throw refuse(input, text, "no code that the matcher knows", fix, "DataUseUnknownBits");
}

function namesIn<Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(table) as Name[];
}

/** Diseases as part of a sentence: "cancer (MONDO:0004992), asthma (MONDO:0004979) and diseases below them". */
export function diseasesInWords(diseases: readonly number[], { labelOf }: DataUseNames = {}): string {
  const named = diseases.map((disease) => {
    const label = labelOf?.(disease);
    return label === undefined ? diseaseName(disease) : `${label} (${diseaseName(disease)})`;
  });
  return `${named.join(", ")} and diseases below ${diseases.length === 1 ? "it" : "them"}`;
}

/** Unix seconds in words: the day in UTC, with the time of day where it is not the day's first second. */
export function dayOf(seconds: number): string {
  return formatTime(seconds).replace("T00:00:00Z", "");
}
