import { expect } from "chai";
import { describe, it } from "mocha";

import { diffReleases, parseOntology, widening } from "../../src/files/index.ts";
import type { Ontology } from "../../src/files/index.ts";

/** A release from `child: parents`. */
function release(terms: Readonly<Record<number, readonly number[]>>): Ontology {
  const id = (term: number | string): string => String(term).padStart(7, "0");
  const entries = Object.entries(terms).map(([term, parents]) => [id(term), ["label", parents.map(id)]]);
  return parseOntology({ terms: Object.fromEntries(entries) as unknown });
}

const OLDER = release({ 1: [], 2: [1], 3: [2], 4: [1], 5: [4] });

describe("diffReleases", () => {
  it("finds nothing between a release and itself", () => {
    expect(diffReleases(OLDER, OLDER)).to.deep.equal({ added: [], removed: [], changed: [] });
  });

  it("finds terms added and removed, and ancestors gained and lost, those of descendants too", () => {
    const newer = release({ 1: [], 2: [1], 3: [4], 4: [1], 6: [3] });
    expect(diffReleases(OLDER, newer)).to.deep.equal({
      added: [6],
      removed: [5],
      changed: [{ term: 3, gained: [4], lost: [2] }],
    });
    expect(diffReleases(newer, OLDER)).to.deep.equal({
      added: [5],
      removed: [6],
      changed: [{ term: 3, gained: [2], lost: [4] }],
    });
  });
});

describe("widening", () => {
  it("names what is newly below a listed disease, moved or added", () => {
    const newer = release({ 1: [], 2: [1], 3: [2], 4: [2], 5: [4], 6: [3] });
    expect(widening(OLDER, newer, [2])).to.deep.equal([4, 5, 6]);
    expect(widening(OLDER, newer, [3])).to.deep.equal([6]);
    expect(widening(OLDER, newer, [2, 4])).to.deep.equal([6]);
  });

  it("names nothing where the newer release only covers less", () => {
    const newer = release({ 1: [], 2: [1], 3: [1], 4: [1] });
    expect(widening(OLDER, newer, [2])).to.deep.equal([]);
    expect(widening(OLDER, newer, [4])).to.deep.equal([]);
    expect(widening(OLDER, OLDER, [1, 2, 3, 4, 5])).to.deep.equal([]);
  });

  it("does not take a disease for newly covered that was listed before any release had it", () => {
    expect(widening(OLDER, release({ 1: [], 9: [1] }), [9])).to.deep.equal([]);
  });
});
