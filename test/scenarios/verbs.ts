import { expect } from "chai";
import { describe, it } from "mocha";

import {
  type ChangeOperation,
  ConsentState,
  type ConsentWord,
  NOT_ENDED,
  type Verb,
  WithdrawalExtent,
} from "../../src/model/index.ts";
import { STATES } from "./states.ts";
import { accepted, type By, DAY, FORMS, type Story } from "./story.ts";

const { Active, Suspended, Declined, Withdrawn, Annulled } = ConsentState;
const { NoFurtherContact, NoFurtherAccess, NoFurtherUse } = WithdrawalExtent;

/** The openings that each state allows; it refuses all others. */
const ALLOWED: Readonly<Record<string, readonly Verb[]>> = {
  None: ["grant"],
  Active: ["update", "extend"],
  Scheduled: ["update", "extend"],
  Expired: ["grant"],
  Suspended: ["update", "extend", "resume"],
  "Suspended, never granted": ["grant"],
  "Expired while suspended": ["grant"],
  Declined: ["grant"],
  "Declined, never granted": ["grant"],
  "Withdrawn from further contact": ["grant"],
  "Withdrawn from further access": ["grant"],
  "Withdrawn from further use": ["grant"],
  "Withdrawn, never granted": ["grant"],
  Annulled: ["grant"],
  "Annulled, never granted": ["grant"],
};

/** What the participant says, and what shall come of it. */
interface Act {
  readonly name: string;
  readonly verb: Verb;
  readonly say: (story: Story, by: By) => ChangeOperation | Promise<ChangeOperation>;
  /** Of an opening that the state allows: what it changes of the word, besides what every opening does. */
  readonly opens?: (now: number) => Partial<ConsentWord>;
  /** Of a closing: what it aims at, and the states that are at least as strong. */
  readonly closes?: Pick<ConsentWord, "state" | "extent">;
}

/** What a grant and an update agree to here. */
const agreedAt = (now: number) => ({ preferences: 0b11, elements: 0b101n, until: now + 2 * DAY });
const laterAt = (now: number) => ({ until: now + 2 * DAY });

const ACTS: readonly Act[] = [
  {
    name: "granted",
    verb: "grant",
    say: (story, by) => story.grant(agreedAt(story.now), by),
    opens: (now) => ({ ...agreedAt(now), state: Active, extent: 0, terms: 1 }),
  },
  {
    name: "updated",
    verb: "update",
    say: (story, by) => story.update({ ...agreedAt(story.now), elements: 0b1n }, by),
    opens: (now) => ({ ...agreedAt(now), elements: 0b1n }),
  },
  {
    name: "extended",
    verb: "extend",
    say: (story, by) => story.extend(laterAt(story.now), by),
    opens: laterAt,
  },
  { name: "resumed", verb: "resume", say: (story, by) => story.resume({}, by), opens: () => ({ state: Active }) },
  {
    name: "suspended",
    verb: "suspend",
    say: (story, by) => story.suspend(by),
    closes: { state: Suspended, extent: 0 },
  },
  { name: "declined", verb: "decline", say: (story, by) => story.decline(by), closes: { state: Declined, extent: 0 } },
  { name: "annulled", verb: "annul", say: (story, by) => story.annul(by), closes: { state: Annulled, extent: 0 } },
  ...[NoFurtherContact, NoFurtherAccess, NoFurtherUse].map((extent) => ({
    name: `withdrawn to extent ${extent}`,
    verb: "withdraw" as const,
    say: (story: Story, by: By) => story.withdraw(extent, by),
    closes: { state: Withdrawn, extent },
  })),
];

/** From the weakest to the strongest. Of two closings the stronger stands. */
const STRENGTHS = ["3 0", "1 0", "5 0", "4 1", "4 2", "4 3"];

/** Every verb, in every state, in every form. */
export function shouldBehaveLikeVerbs(begin: () => Promise<Story>): void {
  for (const [state, { reads, reach }] of Object.entries(STATES)) {
    describe(`given a consent that is ${state}`, () => {
      it(`reads as ${reads}`, async () => {
        const story = await reach(await begin());
        expect(await story.status()).to.equal(reads);
        const permitted = reads === "Active";
        expect(await story.permittedAt(story.now)).to.deep.equal({ permitted, version: permitted ? 1 : 0 });
      });

      for (const act of ACTS) {
        const isRefused = act.opens !== undefined && !ALLOWED[state]?.includes(act.verb);
        it(`when ${act.name}, ${isRefused ? "refuses" : act.opens ? "opens a new word" : "ends it, never weaker"}`, async () => {
          const first = await begin();
          for (const form of FORMS) {
            const story = await reach(await first.withParticipant(form));
            const [before, { now }] = [await story.word(), story];
            const applied = await story.applyAs(form, (by) => act.say(story, by));
            const after = await story.word();
            if (isRefused) {
              expect(applied, form).to.deep.equal(refusalOf(act.verb, reads));
              expect(after, form).to.deep.equal(before);
              continue;
            }
            expect(after, form).to.deep.equal(expectedWord(act, before, now));
            const [event, ...others] = accepted(applied);
            expect(event?.args, form).to.deep.equal({ scopeId: story.scopeId, participantId: story.id, word: after });
            expect(others, form).to.be.empty;
            expect((await story.permittedAt(now)).permitted, form).to.equal((await story.status()) === "Active");
            if (act.opens && before.version !== 0) {
              expect(await story.wordAt(before.ordinal), form).to.deep.equal(before);
            }
          }
        });
      }

      it("when withdrawn to no extent, refuses", async () => {
        const first = await begin();
        for (const form of FORMS) {
          const story = await reach(await first.withParticipant(form));
          const before = await story.word();
          const applied = await story.applyAs(form, (by) => story.withdraw(0, by));
          expect(applied, form).to.deep.equal({ error: "ConsentExtentInvalid", args: [] });
          expect(await story.word(), form).to.deep.equal(before);
        }
      });

      it("when closed twice in one second by own transactions, applies both", async () => {
        const story = await reach(await begin());
        const { version } = await story.word();
        await story.accept(story.suspend());
        await story.accept(story.withdraw(NoFurtherUse));
        expect(await story.word()).to.include({ state: Withdrawn, extent: NoFurtherUse, version: version + 2 });
      });
    });
  }
}

function expectedWord(act: Act, before: ConsentWord, now: number): ConsentWord {
  const isFirst = before.version === 0;
  const changed = { ...before, version: before.version + 1, signedAt: now };
  if (act.opens !== undefined) {
    const opened = { ...changed, ordinal: isFirst ? 0 : before.ordinal + 1, opened: now, ...act.opens(now) };
    return { ...opened, ended: opened.state === Active ? NOT_ENDED : now };
  }
  const strengthOf = ({ state, extent }: Pick<ConsentWord, "state" | "extent">): number =>
    STRENGTHS.indexOf(`${state} ${extent}`);
  const strengthens = act.closes !== undefined && strengthOf(act.closes) > strengthOf(before);
  return {
    ...changed,
    ...(strengthens ? act.closes : {}),
    opened: isFirst ? now : before.opened,
    ended: isFirst || before.ended === NOT_ENDED ? now : before.ended,
  };
}

function refusalOf(verb: Verb, reads: string): { readonly error: string; readonly args: readonly string[] } {
  if (verb === "grant") return { error: "ConsentAlreadyGranted", args: [] };
  // None of them asks when the terms begin.
  const status = reads === "Scheduled" ? "Active" : reads;
  return { error: verb === "resume" ? "ConsentNotSuspended" : "ConsentNotStanding", args: [status] };
}
