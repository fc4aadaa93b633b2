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
    expect(diffReleases(OLDER, OLDER)).to.deep.equal({
      added: [],
      removed: [],
      obsoleted: [],
      moved: [],
      changed: [],
    });
  });

  it("finds terms added and removed, and ancestors gained and lost, those of descendants too", () => {
    const newer = release({ 1: [], 2: [1], 3: [4], 4: [1], 6: [3] });
    expect(diffReleases(OLDER, newer)).to.deep.equal({
      added: [6],
      removed: [5],
      obsoleted: [],
      moved: [{ term: 3, from: [2], to: [4] }],
      changed: [{ term: 3, gained: [4], lost: [2] }],
    });
    expect(diffReleases(newer, OLDER)).to.deep.equal({
      added: [5],
      removed: [6],
      obsoleted: [],
      moved: [{ term: 3, from: [4], to: [2] }],
      changed: [{ term: 3, gained: [2], lost: [4] }],
    });
  });
});

describe("diffReleases of data uses", () => {
  const duo = (...terms: readonly (readonly [term: number, label: string, ...parents: number[]])[]): Ontology => {
    const id = (term: number): string => `DUO:000000${term}`;
    return parseOntology(terms.map(([term, label, ...up]) => ({ id: id(term), label, parents: up.map(id) })));
  };
  const older = duo([1, "a"], [2, "b", 1], [3, "c", 2], [4, "d", 3], [5, "e", 1], [6, "obsolete f"]);

  it("tells a term that is made obsolete from one that is gone, and a moved one from what lies below it", () => {
    const newer = duo([1, "a"], [2, "b", 1], [3, "c", 1], [4, "d", 3], [5, "obsolete e"], [7, "g", 1]);
    expect(diffReleases(older, newer)).to.deep.equal({
      added: [7],
      removed: [],
      obsoleted: [5],
      moved: [{ term: 3, from: [2], to: [1] }],
      changed: [
        { term: 3, gained: [], lost: [2] },
        { term: 4, gained: [], lost: [2] },
      ],
    });
    expect(diffReleases(newer, older)).to.deep.include({ added: [5], removed: [7], obsoleted: [] });
  });

  it("takes a term that loses its obsolete parent for moved", () => {
    const newer = duo([1, "a"], [2, "obsolete b"], [3, "c", 2], [4, "d", 3], [5, "e", 1]);
    const { obsoleted, moved } = diffReleases(older, newer);
    expect({ obsoleted, moved }).to.deep.equal({ obsoleted: [2], moved: [{ term: 3, from: [2], to: [] }] });
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
