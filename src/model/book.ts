import { type Consent, NO_CONSENT, type Permitted, permittedAt, type StartOf, statusAt } from "./consent.ts";
import { type Mandate, NO_MANDATE } from "./delegates.ts";
import { NO_ID } from "./ids.ts";
import { reject, type Rejection } from "./rejections.ts";
import type { ConsentStatus } from "./status.ts";
import { type ConsentWord, EMPTY_WORD } from "./word.ts";

/** The move of a consent to a new key. Times in Unix seconds (uint32). */
export interface Recovery {
  /** NO_ID when none is pending. */
  readonly newParticipantId: string;
  /** The institution that asked for it. */
  readonly proposer: string;
  readonly proposedAt: number;
  /** From when it may be completed; 0 until a second institution has confirmed it. */
  readonly readyAt: number;
  /** When the participant last vetoed one; 0 when never. */
  readonly vetoedAt: number;
}

/** Everything that is kept under one participant id of one scope. */
export interface Entry {
  readonly consent: Consent;
  readonly recovery: Recovery;
  /** How many moves the consent has behind it. */
  readonly moves: number;
  /** Where it goes on, once it is forwarded. */
  readonly forward?: string;
}

/** Nothing is pending, and nothing was ever vetoed. */
export const NO_RECOVERY: Recovery = Object.freeze({
  newParticipantId: NO_ID,
  proposer: NO_ID,
  proposedAt: 0,
  readyAt: 0,
  vetoedAt: 0,
});

const NO_ENTRY: Entry = Object.freeze({ consent: NO_CONSENT, recovery: NO_RECOVERY, moves: 0 });

/** A page of a scope's index, newest first. */
export interface IndexPage {
  readonly participantIds: readonly string[];
  /** Where the next page begins; NO_ID after the last. */
  readonly next: string;
}

interface Pages {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly mandates: ReadonlyMap<string, Mandate>;
  readonly indexes: ReadonlyMap<string, readonly string[]>;
}

/**
 * All consents, mandates and indexes of the scopes: an immutable value, which applyOperation changes into the next. Read
 * it as the contracts are read. Ids are 32 bytes in lower-case hex.
 */
export class ConsentBook {
  /** The book in which nobody has answered. */
  static readonly EMPTY = new ConsentBook({ entries: new Map(), mandates: new Map(), indexes: new Map() });

  readonly #pages: Pages;

  private constructor(pages: Pages) {
    this.#pages = pages;
  }

  /** What is kept under the very id. */
  entryOf(scopeId: string, participantId: string): Entry {
    return this.#pages.entries.get(keyOf(scopeId, participantId)) ?? NO_ENTRY;
  }

  /** The id under which the consent goes on: the given one unless it forwards to another. */
  forwardOf(scopeId: string, participantId: string): string {
    const { forward } = this.entryOf(scopeId, participantId);
    return forward === undefined ? participantId : this.forwardOf(scopeId, forward);
  }

  /** The standing word of a participant, or of the id that theirs forwards to. */
  wordOf(scopeId: string, participantId: string): ConsentWord {
    return this.lastWordOf(scopeId, this.forwardOf(scopeId, participantId));
  }

  /** The last word of the very id, whether or not it forwards to another. */
  lastWordOf(scopeId: string, participantId: string): ConsentWord {
    return this.entryOf(scopeId, participantId).consent.word;
  }

  /** The very id's word of an ordinal; the empty word beyond the last. */
  wordAt(scopeId: string, participantId: string, ordinal: number): ConsentWord {
    const { word, history } = this.entryOf(scopeId, participantId).consent;
    return (ordinal === word.ordinal ? word : history[ordinal]) ?? EMPTY_WORD;
  }

  /** What a reader sees at `now` (Unix seconds, uint32). */
  statusOf(scopeId: string, participantId: string, now: number, startOf?: StartOf): ConsentStatus {
    return statusAt({ word: this.wordOf(scopeId, participantId) }, now, startOf);
  }

  /** Whether use was permitted at `time` (Unix seconds, uint32), and by which version, wherever the consent stood then. */
  permittedAt(scopeId: string, participantId: string, time: number, startOf?: StartOf): Permitted {
    const { consent, forward } = this.entryOf(scopeId, participantId);
    const answer = permittedAt(consent, time, startOf);
    // An id's own words end where it begins to forward, so no two ids permit the same time.
    return answer.permitted || forward === undefined ? answer : this.permittedAt(scopeId, forward, time, startOf);
  }

  /** The pending move of a consent to a new key; without one, only when the last was vetoed. */
  recoveryOf(scopeId: string, participantId: string): Recovery {
    return this.entryOf(scopeId, participantId).recovery;
  }

  /** The mandate that stands. */
  mandateOf(scopeId: string, participantId: string, delegateId: string): Mandate {
    return this.#pages.mandates.get(keyOf(scopeId, participantId, delegateId)) ?? NO_MANDATE;
  }

  /** Whether a participant stands in the scope's index. */
  isIndexed(scopeId: string, participantId: string): boolean {
    return this.#indexOf(scopeId).includes(participantId);
  }

  /**
   * A page of the scope's index, newest first.
   * @param cursor where to begin; NO_ID for the newest
   * @param limit the most that the page may hold
   */
  indexPage(scopeId: string, cursor: string, limit: number): IndexPage | Rejection {
    const newestFirst = this.#indexOf(scopeId).toReversed();
    const start = cursor === NO_ID ? 0 : newestFirst.indexOf(cursor);
    if (start < 0) return reject("ScopeIndexCursorUnknown", scopeId, cursor);
    return {
      participantIds: newestFirst.slice(start, start + limit),
      next: newestFirst[start + limit] ?? NO_ID,
    };
  }

  /** The book with another entry for the id. */
  withEntry(scopeId: string, participantId: string, entry: Entry): ConsentBook {
    const entries = new Map(this.#pages.entries).set(keyOf(scopeId, participantId), Object.freeze(entry));
    return new ConsentBook({ ...this.#pages, entries });
  }

  /** The book with another mandate. */
  withMandate(scopeId: string, participantId: string, delegateId: string, mandate: Mandate): ConsentBook {
    const mandates = new Map(this.#pages.mandates).set(keyOf(scopeId, participantId, delegateId), mandate);
    return new ConsentBook({ ...this.#pages, mandates });
  }

  /** The book with a participant in the scope's index, who was not in it. */
  withIndexed(scopeId: string, participantId: string): ConsentBook {
    const index = Object.freeze([...this.#indexOf(scopeId), participantId]);
    return new ConsentBook({ ...this.#pages, indexes: new Map(this.#pages.indexes).set(scopeId, index) });
  }

  /** Oldest first. */
  #indexOf(scopeId: string): readonly string[] {
    return this.#pages.indexes.get(scopeId) ?? [];
  }
}

function keyOf(...ids: readonly string[]): string {
  return ids.join(" ");
}
