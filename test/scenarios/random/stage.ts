import { MAX_FORWARDS, NO_EXPIRY } from "../../../src/model/index.ts";
import type { Actor, ConsentEngine, Institutions, ScenarioTerms } from "../engine.ts";
import { idInSeries, idOf } from "../ids.ts";
import { Registers } from "../registers.ts";
import { DAY } from "../story.ts";

/** A scope with its terms. */
export interface Scope {
  readonly id: string;
  /** Of its terms, by number from 1. */
  readonly digests: readonly [string, ...string[]];
}

/** Who plays in every random history, and what they play with. */
export interface Stage {
  readonly engine: ConsentEngine;
  /** What the model asks of other registries: the same as the engine has. */
  readonly registers: Registers;
  readonly institutions: Institutions;
  readonly stranger: string;
  readonly scopes: readonly [Scope, ...Scope[]];
  /** A scope that nobody has created. */
  readonly nowhere: string;
  /** By id: everybody who can sign. */
  readonly actors: ReadonlyMap<string, Actor>;
  /** Participants with keys of every kind. */
  readonly participants: readonly [Actor, ...Actor[]];
  /** Ids without a key, of participants on paper: a random one, and two of a series. */
  readonly papers: readonly [string, ...string[]];
  /** Keys that consents move to. */
  readonly freshKeys: readonly [Actor, ...Actor[]];
  /** Keys of somebody who loses one after the other. */
  readonly lostKeys: readonly [Actor, ...Actor[]];
  /** Guardians and proxies. */
  readonly delegates: readonly [Actor, ...Actor[]];
}

/** Terms of the first scope, at a start of `now`: for good, from later on, to an end; and those narrower than the first. */
function termsAt(now: number): readonly ScenarioTerms[] {
  return [
    { from: 0, reConsentBy: NO_EXPIRY },
    { from: now + 400 * DAY, reConsentBy: now + 900 * DAY },
    { from: 0, reConsentBy: now + 60 * DAY },
    { from: 0, reConsentBy: NO_EXPIRY },
  ];
}

const FRESH_KEYS = 8;

/** The narrower first. */
const NARROWER_PAIRS = [
  [4, 1],
  [3, 1],
  [3, 4],
] as const;

/** Sets the stage on an engine on which nothing has happened. */
export async function setStage(engine: ConsentEngine): Promise<Stage> {
  const registers = new Registers();
  const { institutions, stranger } = engine;
  for (const institution of Object.values(institutions)) registers.admit(institution);

  const makeScope = async (name: string, terms: readonly ScenarioTerms[]): Promise<Scope> => {
    const id = idOf(name);
    const digests: string[] = [];
    for (const registered of terms) {
      const digest = await engine.registerTerms(id, registered);
      registers.addTerms(id, institutions.custodian, digest, registered);
      digests.push(digest);
    }
    const [first, ...others] = digests;
    if (first === undefined) throw new Error("a scope without terms");
    return { id, digests: [first, ...others] };
  };
  const first = await makeScope("a study", termsAt(engine.now()));
  for (const [narrower, broader] of NARROWER_PAIRS) {
    await engine.registerNarrower(first.id, narrower, broader);
    registers.addNarrower(first.id, narrower, broader);
  }
  const second = await makeScope("another study", [{ from: 0, reConsentBy: NO_EXPIRY }]);

  const actors = new Map<string, Actor>();
  const introduce = async (made: Promise<Actor>): Promise<Actor> => {
    const actor = await made;
    actors.set(actor.id, actor);
    registers.addSigner(actor.id, actor.signer);
    return actor;
  };
  const actor = (kind: Parameters<ConsentEngine["actor"]>[0], name: string) => introduce(engine.actor(kind, name));
  const [mother, father, brother] = [
    await actor("account", "a mother"),
    await actor("passkey", "a father"),
    await actor("unlisted key", "a brother"),
  ] as const;
  const accounts = async (name: string, count: number): Promise<Actor[]> => {
    const made: Actor[] = [];
    for (let index = 0; index < count; index += 1) made.push(await actor("account", `${name} ${index}`));
    return made;
  };
  return {
    engine,
    registers,
    institutions,
    stranger,
    scopes: [first, second],
    nowhere: idOf("no study"),
    actors,
    participants: [
      await actor("account", "Anna"),
      await actor("account", "Bo"),
      await actor("account", "Lea"),
      await actor("account", "Max"),
      await actor("delegated account", "Cleo"),
      await actor("smart account", "Dan"),
      await actor("P-256 key", "Eve"),
      await actor("passkey", "Finn"),
      await actor("unlisted key", "Gil"),
      await introduce(engine.group(2, [mother, father, brother])),
    ],
    papers: [idOf("paper 1"), idInSeries(0), idInSeries(1)],
    freshKeys: [await actor("passkey", "a fresh passkey"), ...(await accounts("fresh key", FRESH_KEYS))],
    lostKeys: [await actor("P-256 key", "a lost key"), ...(await accounts("lost key", MAX_FORWARDS + 1))],
    delegates: [
      await actor("account", "Hal"),
      await actor("smart account", "Ida"),
      await actor("P-256 key", "Jo"),
      await introduce(engine.group(1, [mother, father])),
      await actor("unlisted key", "Kit"),
    ],
  };
}
