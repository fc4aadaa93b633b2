import fc from "fast-check";

/** How many dice an operation may use; more show 0. */
const DICE = 32;
const SIDES = 0xffff;

/** What chance decides of one operation. 0 is the plain choice everywhere. */
export class Dice {
  readonly #shown: readonly number[];
  #next = 0;

  constructor(shown: readonly number[]) {
    this.#shown = shown;
  }

  /** A number below `count`. */
  below(count: number): number {
    const shown = this.#shown[this.#next] ?? 0;
    this.#next += 1;
    return shown % count;
  }

  /** Something that happens once in `count` times. */
  oneIn(count: number): boolean {
    return this.below(count) === count - 1;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  /** `count` of the choices, at least one. */
  some<T>(choices: readonly [T, ...T[]], count: number): [T, ...T[]] {
    const left = [...choices];
    const picked = Array.from({ length: count - 1 }, () => left.splice(this.below(left.length), 1)).flat();
    return [left[this.below(left.length)] ?? choices[0], ...picked];
  }

  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.entries(weights).flatMap(([name, weight]) =>
      Array.from({ length: weight as number }, () => name as Name),
    );
    const [first, ...others] = names;
    if (first === undefined) throw new RangeError("nothing to choose from");
    return this.pick([first, ...others]);
  }
}

/** What chance decides of a history of `length` operations. */
export function arbitraryDice(length: number): fc.Arbitrary<number[][]> {
  const shown = fc.array(fc.nat({ max: SIDES }), { minLength: DICE, maxLength: DICE });
  return fc.noBias(fc.array(shown, { minLength: length, maxLength: length, size: "max" }));
}
