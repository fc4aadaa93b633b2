import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";
import { describe, it } from "mocha";
import { type Hex, keccak256, zeroHash } from "viem";

import {
  ConsentState,
  type Coverage,
  decide,
  KINDS,
  ModelError,
  NO_EXPIRY,
  outcomeOf,
  PERMISSIONS,
  reasonsOf,
  type Verdict,
} from "../../src/model/index.ts";

const CASES = 5_000;
const CASES_A_CALL = 250;
const SEED = 8;
const RELEASE: Hex = keccak256("0x01");

/** Strict ancestors of five diseases: 1 is above 2 and 3, 2 is above 4; 5 stands alone. */
const ANCESTORS: Readonly<Record<number, readonly number[]>> = { 1: [], 2: [1], 3: [1], 4: [1, 2], 5: [] };
const DISEASES = Object.keys(ANCESTORS).map(Number);

/** How much of a disease's descent is proved: nothing, its nearest ancestor, or everything. */
type Proof = "nothing" | "nearest" | "everything";

const diseases = (minLength: number) => fc.subarray(DISEASES, { minLength });
const arbitraryCase = fc
  .record({
    permissions: fc.integer({ min: 1, max: 31 }),
    modifiers: fc.integer({ min: 0, max: 15 }),
    kinds: fc.integer({ min: 1, max: 127 }),
    held: fc.integer({ min: 0, max: 1 }),
    unattested: fc.integer({ min: 0, max: 1 }),
    proofs: fc.tuple(...DISEASES.map(() => fc.constantFrom<Proof>("nothing", "nearest", "everything", "everything"))),
  })
  .chain(({ permissions, kinds, ...rest }) =>
    fc.record({
      agreed: (permissions & PERMISSIONS.DS) === 0 ? fc.constant<number[]>([]) : diseases(1),
      asked: diseases((kinds & KINDS.DS) === 0 ? 0 : 1),
      ...Object.fromEntries(
        Object.entries({ permissions, kinds, ...rest }).map(([key, value]) => [key, fc.constant(value)]),
      ),
    } as {
      agreed: fc.Arbitrary<number[]>;
      asked: fc.Arbitrary<number[]>;
      permissions: fc.Arbitrary<number>;
      modifiers: fc.Arbitrary<number>;
      kinds: fc.Arbitrary<number>;
      held: fc.Arbitrary<number>;
      unattested: fc.Arbitrary<number>;
      proofs: fc.Arbitrary<Proof[]>;
    }),
  );

type Drawn = typeof arbitraryCase extends fc.Arbitrary<infer Value> ? Value : never;

function provedAncestors(disease: number, proof: Proof): readonly number[] {
  const ancestors = ANCESTORS[disease] ?? [];
  return proof === "everything" ? ancestors : proof === "nearest" ? ancestors.slice(-1) : [];
}

/** The case as the contract takes it. */
function onChain({ permissions, modifiers, agreed, asked, kinds, held, unattested, proofs }: Drawn) {
  const ontologyRelease = agreed.length === 0 ? zeroHash : RELEASE;
  const lineages = DISEASES.flatMap((term, index) => {
    const proof = proofs[index] ?? "nothing";
    if (proof === "nothing") return [];
    const complete = proof === "everything";
    return [{ release: ontologyRelease, term, ancestors: provedAncestors(term, proof), complete }];
  });
  const terms = { permissions, modifiers, diseases: agreed, ontologyRelease, from: 0, reConsentBy: NO_EXPIRY };
  return {
    terms: { ...terms, documents: zeroHash },
    purpose: { kinds, diseases: asked, unattested },
    facts: { held },
    lineages,
  };
}

/** The reference model's verdict; undefined where the input is refused before it is matched. */
function byModel(drawn: Drawn): Verdict | undefined {
  const { terms, purpose, facts } = onChain(drawn);
  const covered = (_: string, descendant: number, ancestor: number): Coverage => {
    const proof = drawn.proofs[DISEASES.indexOf(descendant)] ?? "nothing";
    if (provedAncestors(descendant, proof).includes(ancestor)) return "covered";
    return proof === "everything" ? "notCovered" : "unproven";
  };
  try {
    const layer = { name: "consent", state: ConsentState.Active, until: NO_EXPIRY, terms } as const;
    return decide([layer], purpose, facts, 1, covered);
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

describe("the matchers in Solidity and TypeScript", () => {
  it(`agree on ${CASES} random cases, reasons included (invariant 8)`, async () => {
    const { viem } = await network.create();
    // No typings are made for mocks.
    const { decide: ask } = (await viem.deployContract("MatcherHarness")).read;
    if (ask === undefined) throw new Error("The harness decides nothing.");
    const outcomes = { APPROVE: 0, MANUAL: 0, DENY: 0 };
    const reasons = new Set<string>();
    const drawn = fc
      .sample(arbitraryCase, { numRuns: CASES, seed: SEED })
      .map((value) => ({ value, expected: byModel(value) }))
      .filter((item): item is { value: Drawn; expected: Verdict } => item.expected !== undefined);
    expect(drawn.length).to.be.greaterThan(CASES / 2);

    for (let first = 0; first < drawn.length; first += CASES_A_CALL) {
      const page = drawn.slice(first, first + CASES_A_CALL);
      const verdicts = (await ask([page.map(({ value }) => onChain(value))])) as readonly Verdict[];
      page.forEach(({ value, expected }, index) => {
        const found = verdicts[index];
        const { deny, manual } = expected;
        if (found?.deny !== deny || found.manual !== manual) {
          expect(found, JSON.stringify(value)).to.deep.equal({ deny, manual });
        }
        outcomes[outcomeOf(expected)] += 1;
        for (const reason of reasonsOf(expected)) reasons.add(reason);
      });
    }
    for (const [outcome, count] of Object.entries(outcomes)) expect(count, outcome).to.be.greaterThan(100);
    // Six kinds not permitted (every permission passes MDS somehow), UNPROVEN, DS_NOT_COVERED, three modifiers, two MANUAL.
    expect(reasons).to.have.property("size", 13);
  });
});
