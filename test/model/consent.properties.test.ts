import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import { type Change, ConsentState, encodeWord, LAST_VERSION, permittedAt } from "../../src/model/index.ts";
import { apply, START, stories } from "./stories.ts";

const CLOSINGS: readonly string[] = ["suspend", "decline", "withdraw", "annul"];
const isClosing = ({ verb }: Change): boolean => CLOSINGS.includes(verb);
const RUNS = { numRuns: 300 };

describe("the consent state machine, in any history", () => {
  it("a closing that is applied always closes, for now and for later (invariant 1)", () => {
    fc.assert(
      fc.property(stories, fc.nat({ max: 10_000 }), (steps, later) => {
        for (const { change, after, isApplied, now } of steps) {
          if (!isApplied || !isClosing(change)) continue;
          expect(permittedAt(after, now).permitted).to.equal(false);
          expect(permittedAt(after, now + later).permitted).to.equal(false);
        }
      }),
      RUNS,
    );
  });

  it("an own closing with an extent is never refused (invariant 4)", () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 3 }), (steps, extent) => {
        for (const { after, now } of steps) {
          expect(apply(after, { verb: "withdraw", extent }, now).isApplied).to.equal(true);
          for (const verb of ["suspend", "decline", "annul"] as const) {
            expect(apply(after, { verb }, now).isApplied).to.equal(true);
          }
        }
      }),
      RUNS,
    );
  });

  it("what was permitted at a past time never changes (invariant 7)", () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const answers = new Map<number, { permitted: boolean; version: number }>();
        let asked = START;
        for (const { before, after, now } of steps) {
          // Everything before the block of a change is past, and what the consent before said of it stands.
          for (; asked < now; asked++) answers.set(asked, permittedAt(before, asked));
          const answersNow = [...answers.keys()].map((time) => permittedAt(after, time));
          expect(answersNow).to.deep.equal([...answers.values()]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("a signed change that took effect never does so again (invariant 3)", () => {
    fc.assert(
      fc.property(stories, (steps) => {
        steps.forEach((step, index) => {
          if (!step.isApplied || step.change.signed === undefined) return;
          for (const { after, now } of steps.slice(index)) {
            expect(apply(after, step.change, now).isApplied).to.equal(false);
          }
        });
      }),
      RUNS,
    );
  });

  it("a closing kills every opening signed before it (invariant 3)", () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 5 }), (steps, ahead) => {
        steps.forEach(({ before, change, after, now, isApplied }) => {
          if (!isApplied || !isClosing(change)) return;
          // Signed no later than the closing, for the next version as it stood or any other; relayed after it.
          const signed = { signedAt: after.word.signedAt, deadline: now };
          const version = Math.min(before.word.version + ahead, LAST_VERSION);
          const pending: Change[] = [
            { verb: "resume", version, signed },
            { verb: "extend", termsDigest: "0x01", until: now + 9, version, signed },
            { verb: "update", termsDigest: "0x01", elements: 1n, preferences: 0, until: now + 9, version, signed },
            { verb: "grant", termsDigest: "0x01", elements: 1n, preferences: 0, until: now + 9, version, signed },
          ];
          for (const opening of pending) expect(apply(after, opening, now).isApplied).to.equal(false);
        });
      }),
      RUNS,
    );
  });

  it("the version rises by one with every change, the ordinal with every opening of a standing word", () => {
    fc.assert(
      fc.property(stories, (steps) => {
        for (const { before, after, change, isApplied } of steps) {
          if (!isApplied) continue;
          expect(after.word.version).to.equal(before.word.version + 1);
          const isReplacing = !isClosing(change) && before.word.version !== 0;
          expect(after.word.ordinal).to.equal(before.word.ordinal + (isReplacing ? 1 : 0));
          expect(after.history.length).to.equal(after.word.ordinal);
        }
      }),
      RUNS,
    );
  });

  it("history only grows, and times of opening never run back", () => {
    fc.assert(
      fc.property(stories, (steps) => {
        for (const { before, after } of steps) {
          expect(after.history.slice(0, before.history.length)).to.deep.equal(before.history);
          const opened = [...after.history, after.word].map((word) => word.opened);
          expect(opened).to.deep.equal(opened.toSorted((a, b) => a - b));
        }
      }),
      RUNS,
    );
  });

  it("the strength of a withdrawal only rises until a new grant", () => {
    fc.assert(
      fc.property(stories, (steps) => {
        for (const { before, after, change } of steps) {
          if (before.word.state !== ConsentState.Withdrawn || change.verb === "grant") continue;
          expect(after.word.state).to.equal(ConsentState.Withdrawn);
          expect(after.word.extent).to.be.at.least(before.word.extent);
        }
      }),
      RUNS,
    );
  });

  it("every word fits its 256 bits", () => {
    fc.assert(
      fc.property(stories, (steps) => {
        for (const { after } of steps) expect(encodeWord(after.word) >> 256n).to.equal(0n);
      }),
      RUNS,
    );
  });
});
