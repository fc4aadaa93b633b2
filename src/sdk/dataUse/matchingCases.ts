import { type Hex, keccak256, stringToBytes } from "viem";

import {
  ALL_ELEMENTS,
  BLANK_TERMS,
  checkDecidablePurpose,
  checkDecidableTerms,
  ConsentState,
  type Coverage,
  decide,
  EMPTY_WORD,
  encodeWord,
  type Layer,
  type LayerName,
  LAYERS,
  NO_EXPIRY,
  type Purpose,
  type Verdict,
} from "../../model/index.ts";
import type { InvalidInputError } from "../errors.ts";
import { refuse } from "../internal/validate.ts";
import { byModel, JsonFields, readText } from "./jsonFields.ts";
import {
  LAYER_FIELDS,
  PURPOSE_FIELDS,
  readElementBit,
  readLayerTerms,
  readPurposeFields,
  readTime,
  type Readings,
} from "./readFields.ts";
import { isRegionWithin, regionCode, regionName, regionsAround } from "./regions.ts";

/** A case of MATCHING.md's format, as the matchers take it. */
export interface MatchingCase {
  readonly id: string;
  /** Unix seconds (uint32). */
  readonly at: number;
  readonly layers: readonly Layer[];
  readonly purpose: Purpose;
}

/** Stand for the releases that a case's terms pin: the caller's ontology, and this package's region table. */
export const CASE_ONTOLOGY: Hex = `0x${"01".repeat(32)}`;
export const CASE_REGIONS: Hex = `0x${"02".repeat(32)}`;

const ELEMENTS = 64;

export type MatchingCasesFromJsonErrorType = InvalidInputError;

/**
 * Reads cases in MATCHING.md's format: a list of objects with `id`, `at`, `consent` or `layers`, and `purpose`. Elements
 * are bits of the data dictionary, or texts of which "A" covers "A/B".
 * @throws InvalidInputError with the JSON path of the first mistake; its name is the contracts' own error's where it has one
 */
export function matchingCasesFromJson(value: unknown): MatchingCase[] {
  if (!Array.isArray(value)) {
    throw refuse(
      "$",
      JSON.stringify(value),
      "no list of cases",
      "Give a list of objects with id, consent and purpose.",
    );
  }
  return value.map((item: unknown, index) => readCase(`$[${index}]`, item));
}

/**
 * What the reference model says of a case.
 * @param coversDisease whether a disease is a strict descendant of another; "unproven" when nothing is known of it
 */
export function decideCase(
  { layers, purpose, at }: MatchingCase,
  coversDisease: (descendant: number, ancestor: number) => Coverage,
): Verdict {
  return decide(layers, purpose, at, (release, descendant, ancestor) => {
    if (release === CASE_ONTOLOGY) return coversDisease(descendant, ancestor);
    return isRegionWithin(descendant, ancestor) ? "covered" : "notCovered";
  });
}

/**
 * The case as MatchingLens takes it.
 * @param ancestorsOf all strict ancestors of a disease; undefined when nothing is known of it
 */
export function encodeCase(
  { layers, purpose, at }: MatchingCase,
  ancestorsOf: (disease: number) => readonly number[] | undefined,
) {
  // A lineage that no layer asks for would only cost gas.
  const lists = (name: "diseases" | "regions"): boolean => layers.some(({ terms }) => (terms?.[name].length ?? 0) > 0);
  const diseases = (lists("diseases") ? purpose.diseases : []).flatMap((term) => {
    const ancestors = ancestorsOf(term);
    return ancestors === undefined ? [] : [{ release: CASE_ONTOLOGY, term, ancestors, complete: true }];
  });
  const regions = (lists("regions") ? purpose.regions : []).map((term) => {
    const ancestors = regionsAround(regionName(term)).map(regionCode);
    return { release: CASE_REGIONS, term, ancestors, complete: true };
  });
  return {
    layers: layers.map(({ name, state, until, elements, terms }) => ({
      kind: LAYERS.indexOf(name),
      // A terms number says that there are terms: what is suspended can then expire.
      word: encodeWord({ ...EMPTY_WORD, state, until, elements, terms: 1 }),
      terms: terms ?? BLANK_TERMS,
    })),
    purpose,
    time: at,
    lineages: [...diseases, ...regions],
  };
}

function readCase(path: string, value: unknown): MatchingCase {
  const fields = new JsonFields(path, value, ["id", "at", "consent", "layers", "purpose"]);
  const id = readText(fields.required("id"), fields.at("id"));
  const elements = new ElementNames();
  const readings: Readings = { institution: digestOf, person: digestOf, element: elements.bitOf };
  const purposePath = fields.at("purpose");
  const purpose = readPurposeFields(new JsonFields(purposePath, fields.required("purpose"), PURPOSE_FIELDS), readings);
  byModel(purposePath, () => {
    checkDecidablePurpose(purpose);
  });
  const layers = readLayers(fields, readings);
  const at = readTime(fields, "at", 0) ?? Math.floor(Date.now() / 1000);
  return { id, at, purpose, layers: layers.map((layer) => ({ ...layer, elements: elements.closed(layer.elements) })) };
}

function readLayers(fields: JsonFields, readings: Readings): Layer[] {
  if (fields.has("consent") === fields.has("layers")) {
    const what = fields.has("consent") ? "both consent and layers" : "neither consent nor layers";
    throw refuse(fields.path, what, "ambiguous", "Give either consent, or layers with the name of each.");
  }
  if (fields.has("consent")) return [readLayer(fields.at("consent"), fields.value("consent"), "consent", readings)];
  const layers = fields.list("layers", (item, path) => readLayer(path, item, undefined, readings));
  if (layers.length > 0) return layers;
  throw refuse(fields.at("layers"), "[]", "empty", "Give at least the consent's layer.");
}

const STATE_FIELDS = ["state", "from", "until"];

function readLayer(path: string, value: unknown, name: LayerName | undefined, readings: Readings): Layer {
  const known = [...(name === undefined ? ["layer"] : []), ...LAYER_FIELDS, ...STATE_FIELDS];
  const fields = new JsonFields(path, value, known);
  const read = readLayerTerms(fields, readings);
  const terms = {
    ...read,
    ontologyRelease: CASE_ONTOLOGY,
    regionRelease: CASE_REGIONS,
    from: readTime(fields, "from", 0) ?? 0,
    // The layer's elements are closed over categories when all of the case's are known.
    elements: ALL_ELEMENTS,
  };
  byModel(path, () => {
    checkDecidableTerms(terms);
  });
  return {
    name: name ?? readLayerName(fields),
    state: readState(fields),
    until: readTime(fields, "until", 0) ?? NO_EXPIRY,
    elements: read.elements,
    terms,
  };
}

function readLayerName(fields: JsonFields): LayerName {
  const given = readText(fields.required("layer"), fields.at("layer"));
  const name = LAYERS.find((layer) => layer === given);
  if (name !== undefined) return name;
  throw refuse(fields.at("layer"), given, "no layer", `Give one of ${LAYERS.join(", ")}.`);
}

function readState(fields: JsonFields): number {
  const given = fields.value("state") ?? "Active";
  const state = Object.entries(ConsentState).find(([name]) => name === given)?.[1];
  if (state !== undefined) return state;
  const fix = `Give one of ${Object.keys(ConsentState).join(", ")}.`;
  throw refuse(fields.at("state"), JSON.stringify(given), "no state", fix);
}

/** In a case only equality counts, so that any text may name a person or an institution. */
function digestOf(text: string): Hex {
  return keccak256(stringToBytes(text));
}

/** Elements by name within one case: each text gets a bit of its own from the last on, and "A" covers "A/B". */
class ElementNames {
  readonly #names: string[] = [];

  readonly bitOf = (item: unknown, path: string): number => {
    if (typeof item !== "string") return readElementBit(item, path);
    const name = readText(item, path);
    if (!this.#names.includes(name)) this.#names.push(name);
    const bit = ELEMENTS - 1 - this.#names.indexOf(name);
    if (bit >= 0) return bit;
    throw refuse(path, name, `beyond the ${ELEMENTS} elements that a case can tell apart`, "Name fewer elements.");
  };

  /** The elements with those of the categories among them. */
  closed(elements: bigint): bigint {
    const has = (name: string): boolean => ((elements >> BigInt(ELEMENTS - 1 - this.#names.indexOf(name))) & 1n) === 1n;
    return this.#names.reduce((mask, name, index) => {
      const isCovered = this.#names.some((category) => name.startsWith(`${category}/`) && has(category));
      return isCovered ? mask | (1n << BigInt(ELEMENTS - 1 - index)) : mask;
    }, elements);
  }
}
