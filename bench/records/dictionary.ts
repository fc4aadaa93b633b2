import type { ConsentRecord, ConsentRecords } from "./readRecords.ts";

/** A file's data dictionary on the bits of a consent word: its categories first, its elements after them. */
export class Dictionary {
  readonly #categories: readonly string[];
  readonly #elements: readonly string[];

  constructor({ categories, elements }: Pick<ConsentRecords, "categories" | "elements">) {
    this.#categories = categories;
    this.#elements = elements;
  }

  /** The bits of what a record names. */
  bitsOf({ categories, elements }: Pick<ConsentRecord, "categories" | "elements">): bigint {
    const bits = [
      ...categories.map((category) => this.#categoryBit(category)),
      ...elements.map((element) => this.#elementBit(element)),
    ];
    return bits.reduce((all, bit) => all | bit, 0n);
  }

  /** What a word's bits name. */
  namedBy(bits: bigint): Pick<ConsentRecord, "categories" | "elements"> {
    const isNamed = (bit: bigint): boolean => (bits & bit) !== 0n;
    return {
      categories: [...this.#categories.keys()].filter((category) => isNamed(this.#categoryBit(category))),
      elements: [...this.#elements.keys()].filter((element) => isNamed(this.#elementBit(element))),
    };
  }

  /** Of each of these masks a consent must have a bit: an element is covered by itself or by its category. */
  needsOf({ categories, elements }: Pick<ConsentRecord, "categories" | "elements">): bigint[] {
    return [
      ...categories.map((category) => this.#categoryBit(category)),
      ...elements.map((element) => this.#elementBit(element) | this.#bitOfItsCategory(element)),
    ];
  }

  #categoryBit(category: number): bigint {
    return 1n << BigInt(category);
  }

  #elementBit(element: number): bigint {
    return 1n << BigInt(this.#categories.length + element);
  }

  #bitOfItsCategory(element: number): bigint {
    const code = codeOf(this.#elements[element] as string);
    const category = this.#categories.findIndex((name) => codeOf(name) === code);
    return category === -1 ? 0n : this.#categoryBit(category);
  }
}

/** What comes before the first underscore: the same for a category and its elements. */
function codeOf(name: string): string {
  return name.split("_", 1)[0] as string;
}
