import { env } from "node:process";

import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";
import { describe, it } from "mocha";

import {
  type Bytes,
  decide,
  DENY_REASONS,
  encodeWord,
  EMPTY_WORD,
  LAYERS,
  MANUAL_REASONS,
  outcomeOf,
  reasonsOf,
  type Verdict,
} from "../../src/model/index.ts";
import { askMatchingLens, matchingCasesFromJson } from "../../src/sdk/index.ts";
import {
  arbitraryCase,
  AT,
  type Case,
  coveredBy,
  isComplete,
  ONTOLOGY,
  provedAncestors,
  REGIONS,
  TERMS,
} from "../model/arbitraryMatching.ts";
import { MATCHING_CASES, MATCHING_ROWS, ROW_ANCESTORS, written } from "../model/matchingRows.ts";

/** More of them in one call fill the memory of the EVM, and take longer each. */
const CASES_A_CALL = 10;
/** What one case may take, on a machine that has other things to do. */
const PATIENCE_MS = 20;

/** How many cases: by command any number, else what a check can spare. */
const cases = Number(env.CONCORD_CASES ?? (env.CI === undefined ? 3_000 : 200_000));
const seed = Number(env.CONCORD_SEED ?? 8);
/** A run by command says how far it is each time it has asked this many. */
const PROGRESS_EVERY = 100_000;

/** The case as the contract takes it. */
function onChain({ layers, purpose, proofs }: Case) {
  const lineagesIn = (release: Bytes) =>
    TERMS.filter((term) => isComplete(term, proofs) || provedAncestors(term, proofs).length > 0).map((term) => ({
      release,
      term,
      ancestors: provedAncestors(term, proofs),
      complete: isComplete(term, proofs),
    }));
  return {
    layers: layers.map(({ name, state, until, elements, terms }) => ({
      kind: LAYERS.indexOf(name),
      word: encodeWord({ ...EMPTY_WORD, state, until, elements, terms: 1 }),
      terms,
    })),
    purpose,
    time: AT,
    lineages: [...lineagesIn(ONTOLOGY), ...lineagesIn(REGIONS)],
  };
}

function byModel({ layers, purpose, proofs }: Case): Verdict {
  return decide(layers, purpose, AT, coveredBy(proofs));
}

describe("the matchers in Solidity and TypeScript", () => {
  it("agree on every row of MATCHING.md's table", async () => {
    const { viem } = await network.create();
    const { address } = await viem.deployContract("MatchingLens");
    const verdicts = await askMatchingLens(await viem.getPublicClient(), {
      address,
      cases: matchingCasesFromJson(MATCHING_CASES),
      ancestorsOf: (disease) => ROW_ANCESTORS[disease],
    });
    const found = verdicts.map((verdict, index) => [
      MATCHING_ROWS[index]?.[0],
      written(outcomeOf(verdict), reasonsOf(verdict)),
    ]);
    expect(found).to.deep.equal(MATCHING_ROWS.map(([name, , , expected]) => [name, expected]));
  });

  it(`agree on ${cases} random cases, reasons included (invariant 8; seed ${seed})`, async function () {
    this.timeout(60_000 + cases * PATIENCE_MS);
    const { viem } = await network.create();
    const { decide: ask } = (await viem.deployContract("MatchingLens")).read;
    if (ask === undefined) throw new Error("The lens decides nothing.");
    const outcomes = { APPROVE: 0, MANUAL: 0, DENY: 0 };
    const reached = new Set<string>();
    for (let first = 0; first < cases; first += CASES_A_CALL) {
      const numRuns = Math.min(CASES_A_CALL, cases - first);
      const page = fc.sample(arbitraryCase, { numRuns, seed: seed * cases + first });
      const verdicts = (await ask([page.map(onChain)])) as readonly Verdict[];
      page.forEach((drawn, index) => {
        const found = verdicts[index];
        const { deny, manual } = byModel(drawn);
        if (found?.deny !== deny || found.manual !== manual) {
          const shown = JSON.stringify(drawn, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
          expect(found, shown).to.deep.equal({ deny, manual });
        }
        outcomes[outcomeOf({ deny, manual })] += 1;
        for (const reason of reasonsOf({ deny, manual })) reached.add(reason.split(":")[1] ?? "");
      });
      if (env.CONCORD_CASES !== undefined && first > 0 && first % PROGRESS_EVERY === 0) {
        console.error(`      ${first} of ${cases} cases agree`);
      }
    }
    for (const [outcome, count] of Object.entries(outcomes)) expect(count, outcome).to.be.greaterThan(cases / 100);
    const all = [...DENY_REASONS, ...MANUAL_REASONS].filter((reason) => reason !== undefined);
    // Every permission passes MDS where its diseases are covered, so that kind is never just not permitted. That a model's
    // consent has ended, the licence's layers say.
    const notTheMatchers = ["MDS_NOT_PERMITTED", "MODEL_CONSENT_ENDED"];
    expect(all.filter((reason) => !reached.has(reason))).to.deep.equal(
      notTheMatchers.filter((reason) => !reached.has(reason)),
    );
  });
});
