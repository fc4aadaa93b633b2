import {
  applyBatch,
  applyOperation,
  ConsentBook,
  isRejection,
  type OperationOutcome,
  type Signer,
} from "../../src/model/index.ts";
import type { Actor, Applied, ConsentEngine, KeyKind } from "./engine.ts";
import { accountOf, idOf } from "./ids.ts";
import { Registers } from "./registers.ts";

/** 2026-01-01 and a bit, well within uint32. */
const START = 1_767_225_600 + 1_000;

const institution = (name: string) => ({ id: idOf(name), account: accountOf(name) });

/** The reference model behind the engine's face. */
export function makeModelEngine(): Promise<ConsentEngine> {
  const institutions = { custodian: institution("the custodian"), second: institution("the second institution") };
  const registers = new Registers();
  for (const member of Object.values(institutions)) registers.admit(member);
  let now = START;
  let book = ConsentBook.EMPTY;

  const introduce = (kind: Actor["kind"], id: string, signer: Signer): Actor => {
    registers.addSigner(id, signer);
    return { kind, id, signer };
  };
  const accept = (outcome: OperationOutcome): Applied => {
    if (isRejection(outcome)) return outcome;
    ({ book } = outcome);
    return { events: outcome.events };
  };

  return Promise.resolve<ConsentEngine>({
    institutions,
    stranger: accountOf("a stranger"),
    now: () => now,
    advance: async (seconds) => {
      now += seconds;
    },
    checkpoint: async () => {
      const [thenNow, thenBook, restoreStandings] = [now, book, registers.markStandings()];
      return async () => {
        [now, book] = [thenNow, thenBook];
        restoreStandings();
      };
    },
    actor: async (kind, name) => introduce(kind, idOf(`${kind} of ${name}`), signerOf(kind)),
    group: async (threshold, members) => {
      const id = idOf(["group", threshold, ...members.map((member) => member.id)].join(" "));
      const signers = new Map(members.map((member) => [member.id, member.signer]));
      return introduce("group", id, { kind: "group", threshold, members: signers });
    },
    registerTerms: async (scopeId, terms) => {
      const digest = idOf(`terms ${registers.termsCount(scopeId) + 1} of ${scopeId}`);
      registers.addTerms(scopeId, institutions.custodian, digest, terms);
      return digest;
    },
    registerNarrower: async (scopeId, narrower, broader) => registers.addNarrower(scopeId, narrower, broader),
    setStanding: async (member, isInStanding) => registers.setStanding(member, isInStanding),
    apply: async (operation) => accept(applyOperation(book, operation, registers.contextAt(now))),
    relay: async (items) => {
      const batch = applyBatch(book, items, registers.contextAt(now));
      ({ book } = batch);
      return batch.outcomes.map((outcome) => (isRejection(outcome) ? outcome : { events: outcome.events }));
    },
    setWord: async (scopeId, participantId, word) => {
      const entry = book.entryOf(scopeId, participantId);
      book = book.withEntry(scopeId, participantId, { ...entry, consent: { ...entry.consent, word } });
    },

    wordOf: async (scopeId, participantId) => book.wordOf(scopeId, participantId),
    lastWordOf: async (scopeId, participantId) => book.lastWordOf(scopeId, participantId),
    wordAt: async (scopeId, participantId, ordinal) => book.wordAt(scopeId, participantId, ordinal),
    forwardOf: async (scopeId, participantId) => book.forwardOf(scopeId, participantId),
    statusOf: async (scopeId, participantId) => book.statusOf(scopeId, participantId, now, registers.startOf(scopeId)),
    permittedAt: async (scopeId, participantId, time) =>
      book.permittedAt(scopeId, participantId, time, registers.startOf(scopeId)),
    recoveryOf: async (scopeId, participantId) => {
      const { newParticipantId, proposedAt, readyAt, vetoedAt } = book.recoveryOf(scopeId, participantId);
      return { newParticipantId, proposedAt, readyAt, vetoedAt };
    },
    mandateOf: async (scopeId, participantId, delegateId) => book.mandateOf(scopeId, participantId, delegateId),
    isIndexed: async (scopeId, participantId) => book.isIndexed(scopeId, participantId),
    indexPage: async (scopeId, cursor, limit) => book.indexPage(scopeId, cursor, limit),
  });
}

function signerOf(kind: KeyKind): Signer {
  switch (kind) {
    case "account":
    case "delegated account":
    case "smart account":
      return { kind: "account" };
    case "P-256 key":
    case "passkey":
    case "unlisted key":
      return { kind: "key", verifier: accountOf(kind), isListed: kind !== "unlisted key" };
  }
}
