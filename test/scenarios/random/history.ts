import { isDeepStrictEqual } from "node:util";

import { expect } from "chai";

import {
  applyOperation,
  ConsentBook,
  type ConsentOperation,
  isRejection,
  NO_ID,
  type Operation,
  type OperationOutcome,
} from "../../../src/model/index.ts";
import type { Applied } from "../engine.ts";
import { Dice } from "./dice.ts";
import { Director, type Step } from "./director.ts";
import type { Reached } from "./reached.ts";
import type { Stage } from "./stage.ts";

/** The most items that a batch takes. */
const BATCH = 12;
/** How far back past times are asked about. */
const PAST = 90 * 86_400;
/** How many operations a failure tells of. */
const TOLD = 25;
const INDEX_PAGE = 7;

/** An operation that waits for its batch, and what the model says comes of it. */
interface Item {
  readonly operation: ConsentOperation;
  readonly outcome: OperationOutcome;
}

/** One random history: every outcome, event, word and answer of the engine must be the model's. */
export class History {
  readonly #stage: Stage;
  readonly #reached: Reached;
  /** Ids that were acted for, by scope. */
  readonly #touched = new Map<string, Set<string>>();
  readonly #mandates = new Map<string, readonly [scopeId: string, participantId: string, delegateId: string]>();
  readonly #told: string[] = [];
  #book = ConsentBook.EMPTY;
  #batch: Item[] = [];
  /** For whom own items of the batch act. */
  #sender: string | undefined;

  constructor(stage: Stage, reached: Reached) {
    this.#stage = stage;
    this.#reached = reached;
    for (const institution of Object.values(stage.institutions)) stage.registers.setStanding(institution, true);
  }

  /** Plays what chance decides, on an engine on whose stage nothing has happened yet. */
  async play(shown: readonly (readonly number[])[]): Promise<void> {
    try {
      const [casting = [], ...steps] = shown;
      const director = new Director(this.#stage, new Dice(casting));
      for (const each of steps) await this.#playStep(director, new Dice(each));
      await this.#flush();
      await this.#compareEverything();
    } catch (error) {
      const told = this.#told.slice(-TOLD).join("\n");
      throw new Error(`${String(error)}\nThe last operations:\n${told}`, { cause: error });
    }
  }

  async #playStep(director: Director, dice: Dice): Promise<void> {
    const { engine } = this.#stage;
    const seconds = director.pause(dice, engine.now());
    if (seconds > 0) {
      await this.#flush();
      await engine.advance(seconds);
    }
    await this.#do(director.next(dice, this.#book, engine.now()));
    await this.#askSomething(dice);
  }

  async #do(step: Step): Promise<void> {
    const { engine, registers } = this.#stage;
    switch (step.kind) {
      case "operation":
        return this.#operate(step.operation, step.wantsBatch);
      case "standing":
        await this.#flush();
        await engine.setStanding(step.institution, step.isInStanding);
        registers.setStanding(step.institution, step.isInStanding);
        return;
      case "ageing": {
        await this.#flush();
        const { scopeId, participantId, word } = step;
        await engine.setWord(scopeId, participantId, word);
        const entry = this.#book.entryOf(scopeId, participantId);
        this.#book = this.#book.withEntry(scopeId, participantId, { ...entry, consent: { ...entry.consent, word } });
      }
    }
  }

  async #operate(operation: Operation, wantsBatch: boolean): Promise<void> {
    const { engine, registers } = this.#stage;
    const isBatched = wantsBatch && isOfConsents(operation);
    if (!isBatched || !this.#fits(operation)) await this.#flush();
    this.#note(operation);
    const outcome = applyOperation(this.#book, operation, registers.contextAt(engine.now()));
    this.#reached.countOutcome(operation, outcome, isBatched, this.#stage);
    if (!isRejection(outcome)) this.#book = outcome.book;
    if (!isBatched) return this.#compare(operation, await engine.apply(operation), outcome);
    this.#batch.push({ operation, outcome });
    this.#sender ??= senderOf(operation);
  }

  /** Whether the batch takes the operation: it has room, and is sent by whoever sends that. */
  #fits(operation: ConsentOperation): boolean {
    const sender = senderOf(operation);
    const isTheirs = sender === undefined || this.#sender === undefined || sender === this.#sender;
    return this.#batch.length < BATCH && isTheirs;
  }

  /** Sends the batch, and compares what comes of each item. */
  async #flush(): Promise<void> {
    const [batch, sender] = [this.#batch, this.#sender];
    [this.#batch, this.#sender] = [[], undefined];
    if (batch.length === 0) return;
    const applied = await this.#stage.engine.relay(
      batch.map(({ operation }) => operation),
      sender,
    );
    expect(applied).to.have.length(batch.length);
    for (const [index, { operation, outcome }] of batch.entries()) {
      this.#compare(operation, applied[index] ?? { events: [] }, outcome);
    }
  }

  #compare(operation: Operation, applied: Applied, outcome: OperationOutcome): void {
    const expected = isRejection(outcome) ? outcome : { events: outcome.events };
    if (isDeepStrictEqual(applied, expected)) return;
    expect(applied, `${operation.verb} in the ${this.#told.length}th operation or before`).to.deep.equal(expected);
  }

  /** What somebody who was acted for reads as, and whether use was permitted at a past time. */
  async #askSomething(dice: Dice): Promise<void> {
    const { engine, registers, scopes } = this.#stage;
    const { id: scopeId } = dice.pick(scopes);
    const [first, ...others] = this.#touched.get(scopeId) ?? [];
    if (first === undefined || this.#batch.length > 0) return;
    const id = dice.pick([first, ...others]);
    const time = Math.max(0, engine.now() - (dice.oneIn(2) ? dice.below(30) : dice.below(PAST)));
    if (dice.oneIn(4)) await this.#compareStatus(scopeId, id);
    const answer = await engine.permittedAt(scopeId, id, time);
    const expected = this.#book.permittedAt(scopeId, id, time, registers.startOf(scopeId));
    expect(answer, `permitted at ${time}: ${id}`).to.deep.equal(expected);
  }

  async #compareStatus(scopeId: string, id: string): Promise<void> {
    const { engine, registers } = this.#stage;
    const status = await engine.statusOf(scopeId, id);
    this.#reached.count(`reads ${status}`);
    expect(status, id).to.equal(this.#book.statusOf(scopeId, id, engine.now(), registers.startOf(scopeId)));
  }

  /** Everything that the engine keeps. */
  async #compareEverything(): Promise<void> {
    const [{ engine }, book] = [this.#stage, this.#book];
    for (const [scopeId, ids] of this.#touched) {
      for (const id of ids) {
        await this.#compareStatus(scopeId, id);
        expect(await engine.lastWordOf(scopeId, id), id).to.deep.equal(book.lastWordOf(scopeId, id));
        expect(await engine.wordOf(scopeId, id), id).to.deep.equal(book.wordOf(scopeId, id));
        expect(await engine.forwardOf(scopeId, id), id).to.equal(book.forwardOf(scopeId, id));
        expect(await engine.isIndexed(scopeId, id), id).to.equal(book.isIndexed(scopeId, id));
        const recovery = book.recoveryOf(scopeId, id);
        expect({ ...(await engine.recoveryOf(scopeId, id)), proposer: recovery.proposer }, id).to.deep.equal(recovery);
        const { ordinal } = book.lastWordOf(scopeId, id);
        for (let each = 0; each <= ordinal; each += 1) {
          expect(await engine.wordAt(scopeId, id, each), id).to.deep.equal(book.wordAt(scopeId, id, each));
        }
      }
      await this.#compareIndex(scopeId);
    }
    for (const ids of this.#mandates.values()) {
      expect(await engine.mandateOf(...ids), ids.join()).to.deep.equal(book.mandateOf(...ids));
    }
  }

  /** All pages of a scope's index, and one from nowhere. */
  async #compareIndex(scopeId: string): Promise<void> {
    const { engine, nowhere } = this.#stage;
    for (let cursor = NO_ID, isFirst = true; isFirst || cursor !== NO_ID; isFirst = false) {
      const page = this.#book.indexPage(scopeId, cursor, INDEX_PAGE);
      if (isRejection(page)) throw new Error(page.error);
      expect(await engine.indexPage(scopeId, cursor, INDEX_PAGE)).to.deep.equal(page);
      cursor = page.next;
    }
    const refused = this.#book.indexPage(scopeId, nowhere, INDEX_PAGE);
    expect(await engine.indexPage(scopeId, nowhere, INDEX_PAGE)).to.deep.equal(refused);
    if (isRejection(refused)) this.#reached.count(refused.error);
  }

  #note(operation: Operation): void {
    const { scopeId } = operation;
    const ids = this.#touched.get(scopeId) ?? new Set<string>();
    this.#touched.set(scopeId, ids);
    for (const [name, value] of Object.entries(operation)) {
      if (name === "participantId" || name === "newParticipantId" || name === "attestedId") ids.add(String(value));
    }
    if ("delegateId" in operation) {
      const key = [scopeId, operation.participantId, operation.delegateId] as const;
      this.#mandates.set(key.join(), key);
    }
    const shown = JSON.stringify(operation, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
    this.#told.push(`at ${this.#stage.engine.now()}: ${shown}`);
  }
}

/** What a batch takes. */
function isOfConsents(operation: Operation): operation is ConsentOperation {
  return operation.verb !== "append" && !("delegateId" in operation);
}

/** Whose transaction an operation has to be: a participant's own, an institution's, or anybody's. */
function senderOf(operation: ConsentOperation): string | undefined {
  if ("sender" in operation) return operation.sender;
  if (operation.verb === "completeRecovery" || operation.signed !== undefined) return undefined;
  return operation.participantId;
}
