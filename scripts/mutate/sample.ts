/** `count` of the values, or all if there are fewer, in their order; the same ones for the same seed. */
export function sample<Value>(values: readonly Value[], count: number, seed: number): Value[] {
  const next = mulberry32(seed);
  const draws = values.map((_, place) => ({ place, draw: next() })).sort((a, b) => a.draw - b.draw);
  const chosen = new Set(draws.slice(0, count).map(({ place }) => place));
  return values.filter((_, place) => chosen.has(place));
}

/** Tommy Ettinger's generator: 32 bits of state, numbers from 0 up to 1. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
