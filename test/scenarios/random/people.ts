import { type ConsentBook, ConsentState, type ConsentWord, DelegateKind, NO_ID } from "../../../src/model/index.ts";
import type { Actor } from "../engine.ts";
import type { Dice } from "./dice.ts";
import type { Scope, Stage } from "./stage.ts";

/** The moment at which an operation is made. */
export interface Scene {
  readonly stage: Stage;
  readonly dice: Dice;
  readonly book: ConsentBook;
  readonly now: number;
}

/** A participant in a scope. */
export interface Ids {
  readonly scopeId: string;
  readonly participantId: string;
}

/** Once in so many times anybody comes instead of somebody who suits. */
const ANYBODY = 6;

export function scopeOf({ scopes }: Stage, dice: Dice): Scope {
  return dice.oneIn(6) ? dice.pick(scopes) : scopes[0];
}

/** Anybody whose consent there might be. */
export function someone({ stage, dice }: Scene): Ids {
  const others = [dice.pick(stage.papers), dice.pick(stage.freshKeys).id] as const;
  const keyed = stage.participants.map(({ id }) => id);
  return { scopeId: scopeOf(stage, dice).id, participantId: dice.pick([...others, ...keyed, ...keyed]) };
}

/** Mostly somebody of whom something holds in the first scope, if there is anybody; else anybody. */
export function someoneWho(scene: Scene, holds: (ids: Ids, word: ConsentWord) => boolean): Ids {
  const { stage, dice, book } = scene;
  const [{ id: scopeId }] = stage.scopes;
  const keyed = [...stage.participants, ...stage.freshKeys, ...stage.lostKeys].map(({ id }) => id);
  const [first, ...others] = [...keyed, ...stage.papers].filter((participantId) =>
    holds({ scopeId, participantId }, book.lastWordOf(scopeId, participantId)),
  );
  if (first === undefined || dice.oneIn(ANYBODY)) return someone(scene);
  return { scopeId, participantId: dice.pick([first, ...others]) };
}

/** Somebody who has answered, and whose consent is there. */
export function hasAnswered(_: Ids, { version, forwarded, locked }: ConsentWord): boolean {
  return version !== 0 && !forwarded && !locked;
}

/** Somebody whose consent could be updated, extended or resumed. */
export function standsAt(now: number) {
  return (ids: Ids, word: ConsentWord): boolean =>
    hasAnswered(ids, word) &&
    (word.state === ConsentState.Active || word.state === ConsentState.Suspended) &&
    now < word.until;
}

/** Somebody whose consent is about to move. */
export function isMoving({ book }: Scene) {
  return ({ scopeId, participantId }: Ids): boolean =>
    book.recoveryOf(scopeId, participantId).newParticipantId !== NO_ID;
}

/** Somebody with a key who has not acted in the scope, if there is anybody. */
export function newcomerIn({ stage, dice, book }: Scene, scopeId: string): Actor {
  const isNew = ({ id }: Actor): boolean => book.lastWordOf(scopeId, id).version === 0;
  const [first, ...others] = [...stage.freshKeys, ...stage.participants].filter(isNew);
  return first === undefined || dice.oneIn(ANYBODY) ? dice.pick(stage.freshKeys) : dice.pick([first, ...others]);
}

/** Everybody who has a mandate. */
export function delegatesOf({ stage, book }: Scene, { scopeId, participantId }: Ids): readonly Actor[] {
  return stage.delegates.filter(({ id }) => book.mandateOf(scopeId, participantId, id).kind !== DelegateKind.None);
}

/** Mostly somebody who has a mandate, if there is anybody. */
export function delegateFor(scene: Scene, ids: Ids): Actor {
  const { stage, dice } = scene;
  const [first, ...others] = delegatesOf(scene, ids);
  return first === undefined || dice.oneIn(ANYBODY) ? dice.pick(stage.delegates) : dice.pick([first, ...others]);
}

/** Whoever has the key of an id; somebody else where nobody has. */
export function ownerOf({ stage, dice }: Scene, { scopeId, participantId }: Ids): { actor: Actor; ids: Ids } {
  const actor = stage.actors.get(participantId) ?? dice.pick(stage.participants);
  return { actor, ids: { scopeId, participantId: actor.id } };
}

export function sendsTransactions({ signer }: Actor): boolean {
  return signer.kind === "account";
}
