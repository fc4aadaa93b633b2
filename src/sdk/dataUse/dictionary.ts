import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import type { Hex } from "viem";

import type { InvalidInputError } from "../errors.ts";
import { refuse } from "../internal/validate.ts";
import { JsonFields, readText } from "./jsonFields.ts";
import { readElementBit } from "./readFields.ts";

/** A data element: the finest that a participant can share or keep back. */
export interface DataElement {
  /** Its bit in a consent's and a purpose's elements, 0 to 63. */
  readonly bit: number;
  readonly name: string;
}

/** A data category; sharing it shares its elements. */
export interface DataCategory extends DataElement {
  readonly elements: readonly DataElement[];
}

/** The published list of a scope's data categories and elements. */
export interface DataDictionary {
  readonly categories: readonly DataCategory[];
}

export type DictionaryFromJsonErrorType = InvalidInputError;
export type ElementsOfNamesErrorType = InvalidInputError;

/**
 * Reads a data dictionary of the shape of examples/dictionary.json. A name stands once among the categories, or among a
 * category's elements, and each bit once.
 * @throws InvalidInputError with the JSON path of the first mistake
 */
export function dictionaryFromJson(value: unknown): DataDictionary {
  const fields = new JsonFields("$", value, ["categories"]);
  fields.required("categories");
  const bits = new Set<number>();
  const names = new Set<string>();
  const readElement = (element: JsonFields, siblings: Set<string>): DataElement => {
    const bit = readElementBit(element.required("bit"), element.at("bit"));
    const name = readText(element.required("name"), element.at("name"));
    if (bits.has(bit)) throw refuse(element.at("bit"), bit, "the bit of another", "Give each its own bit.");
    if (siblings.has(name)) throw refuse(element.at("name"), name, "another's name", "Give each its own name.");
    if (name.includes("/") || name !== name.trim()) {
      const fix = "Leave out slashes, which stand between a category and its element, and spaces at the ends.";
      throw refuse(element.at("name"), name, "no name", fix);
    }
    bits.add(bit);
    siblings.add(name);
    return { bit, name };
  };
  const categories = fields.list("categories", (item, path): DataCategory => {
    const category = new JsonFields(path, item, ["bit", "name", "elements"]);
    const own = readElement(category, names);
    const elementNames = new Set<string>();
    const elements = category.list("elements", (element, at) =>
      readElement(new JsonFields(at, element, ["bit", "name"]), elementNames),
    );
    return { ...own, elements };
  });
  if (categories.length > 0) return { categories };
  throw refuse(fields.at("categories"), "[]", "empty", "Give at least one category.");
}

/**
 * The root of a dictionary's release: OpenZeppelin's standard tree over a leaf (uint8 bit, uint8 bit of the category, string
 * name) for each category and element. A text in it makes each leaf longer than any of an ontology, so that none passes for
 * another.
 */
export function dictionaryRoot({ categories }: DataDictionary): Hex {
  const leaves = categories.flatMap(({ bit: category, name, elements }) => [
    [category, category, name],
    ...elements.map((element) => [element.bit, category, element.name]),
  ]);
  return StandardMerkleTree.of(leaves, ["uint8", "uint8", "string"]).root as Hex;
}

/** The elements with all those of the categories among them: what whoever agrees to a category agrees to. */
export function closeElements(elements: bigint, { categories }: DataDictionary): bigint {
  return categories
    .filter(({ bit }) => hasBit(elements, bit))
    .flatMap((category) => category.elements)
    .reduce((mask, { bit }) => mask | maskOfBit(bit), elements);
}

/**
 * The bits of categories ("Laboratory") and elements ("Laboratory/Blood count") by name, categories not closed over; see
 * {@link closeElements}.
 * @throws InvalidInputError when the dictionary has no such name
 */
export function elementsOfNames(names: readonly string[], dictionary: DataDictionary): bigint {
  const bits = new Map(named(dictionary).map(({ bit, name }) => [name, bit]));
  return names.reduce((mask, name, index) => {
    const bit = bits.get(name);
    if (bit !== undefined) return mask | maskOfBit(bit);
    const fix = "Give a category's name, or category/element, as the dictionary writes them.";
    throw refuse(`names[${index}]`, name, "not in the dictionary", fix);
  }, 0n);
}

/** The names of the dictionary's categories and elements among some bits, in its order; other bits have none. */
export function namesOfElements(elements: bigint, dictionary: DataDictionary): string[] {
  return named(dictionary).flatMap(({ bit, name }) => (hasBit(elements, bit) ? [name] : []));
}

function named({ categories }: DataDictionary): DataElement[] {
  return categories.flatMap(({ bit, name, elements }) => [
    { bit, name },
    ...elements.map((element) => ({ bit: element.bit, name: `${name}/${element.name}` })),
  ]);
}

function maskOfBit(bit: number): bigint {
  return 1n << BigInt(bit);
}

function hasBit(elements: bigint, bit: number): boolean {
  return (elements & maskOfBit(bit)) !== 0n;
}
