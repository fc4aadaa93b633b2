import {
  type ConsentBook,
  type ConsentWord,
  halfYearFrom,
  LAST_VERSION,
  type Operation,
  RECOVERY_DELAY,
} from "../../../src/model/index.ts";
import type { Institution } from "../engine.ts";
import { DAY } from "../story.ts";
import type { Dice } from "./dice.ts";
import { inventOperation } from "./inventions.ts";
import type { Scene } from "./people.ts";
import { type Planned, type Plot, PLOTS, tellOfManyKeys } from "./plots.ts";
import type { Stage } from "./stage.ts";

/** What happens next in a random history. */
export type Step =
  | { readonly kind: "operation"; readonly operation: Operation; readonly wantsBatch: boolean }
  /** An institution is suspended or reinstated. */
  | { readonly kind: "standing"; readonly institution: Institution; readonly isInStanding: boolean }
  /** A consent comes near its last version. */
  | { readonly kind: "ageing"; readonly scopeId: string; readonly participantId: string; readonly word: ConsentWord };

/** How many participants have a part in one history, so that enough happens to each. */
const LEADS = 4;
const STEPS = { invented: 89, replayed: 5, standing: 2, ageing: 1, plot: 3 } as const;
/** How many of the last signed operations are replayed. */
const MEMORY = 10;
const SECONDS = 15;
/** About how many steps an institution stays suspended. */
const SUSPENDED_FOR = 4;
/** How near the last version a consent may come at a stroke. */
const LAST_STEPS = 3;

/** Makes steps of dice: close calls most of them, by what the book says at the moment. */
export class Director {
  readonly #stage: Stage;
  /** What plots want to happen yet. */
  readonly #plan: Planned[];
  readonly #remembered: Operation[] = [];
  #suspended: Institution | undefined;

  /** @param casting decides who has a part */
  constructor(stage: Stage, casting: Dice) {
    this.#stage = { ...stage, participants: casting.some(stage.participants, LEADS) };
    this.#plan = casting.oneIn(3) ? [...tellOfManyKeys(stage)] : [];
  }

  /** Seconds that pass before the next step. */
  pause(dice: Dice, now: number): number {
    const [planned] = this.#plan;
    // What is planned comes soon, but not always next.
    if (planned !== undefined && !dice.oneIn(4)) return planned.after;
    switch (dice.weighted({ none: 120, seconds: 72, days: 5, delay: 2, halfYear: 1 })) {
      case "none":
        return 0;
      case "seconds":
        return 1 + dice.below(SECONDS);
      case "days":
        return (1 + dice.below(3)) * DAY;
      case "delay":
        return RECOVERY_DELAY;
      case "halfYear":
        // The last second before it, or the first.
        return halfYearFrom(now + 2) - now - dice.below(2);
    }
  }

  /** The step that the dice show, at the time after the pause. */
  next(dice: Dice, book: ConsentBook, now: number): Step {
    const scene = { stage: this.#stage, dice, book, now };
    if (this.#suspended !== undefined && dice.oneIn(SUSPENDED_FOR)) return this.#changeStanding(dice);
    const kind = dice.weighted(STEPS);
    switch (kind) {
      case "standing":
        return this.#changeStanding(dice);
      case "ageing":
        return this.#age(scene) ?? this.#operate(scene);
      case "plot":
        this.#plan.push(...pickPlot(dice)(scene));
        return this.#operate(scene);
      case "replayed": {
        const [first, ...others] = this.#remembered;
        return first === undefined
          ? this.#operate(scene)
          : { kind: "operation", operation: dice.pick([first, ...others]), wantsBatch: dice.oneIn(2) };
      }
      case "invented":
        return this.#operate(scene);
    }
  }

  #operate(scene: Scene): Step {
    const planned = scene.dice.oneIn(4) ? undefined : this.#plan.shift();
    const operation = planned === undefined ? inventOperation(scene) : planned.make(scene);
    if ("signed" in operation && operation.signed !== undefined) this.#remember(operation);
    return { kind: "operation", operation, wantsBatch: scene.dice.oneIn(2) };
  }

  #remember(operation: Operation): void {
    this.#remembered.push(operation);
    if (this.#remembered.length > MEMORY) this.#remembered.shift();
  }

  #changeStanding(dice: Dice): Step {
    if (this.#suspended !== undefined) {
      const institution = this.#suspended;
      this.#suspended = undefined;
      return { kind: "standing", institution, isInStanding: true };
    }
    const { custodian, second } = this.#stage.institutions;
    this.#suspended = dice.pick([custodian, second]);
    return { kind: "standing", institution: this.#suspended, isInStanding: false };
  }

  /** A participant whose consent stands comes near the last version. */
  #age({ dice, book }: Scene): Step | undefined {
    const { id: scopeId } = dice.pick(this.#stage.scopes);
    const { id: participantId } = dice.pick(this.#stage.participants);
    const word = book.lastWordOf(scopeId, participantId);
    if (word.version === 0) return undefined;
    const version = Math.max(word.version, LAST_VERSION - dice.below(LAST_STEPS));
    return { kind: "ageing", scopeId, participantId, word: { ...word, version } };
  }
}

function pickPlot(dice: Dice): Plot {
  const plots = PLOTS.flatMap(([weight, plot]) => Array.from({ length: weight }, () => plot));
  const [first, ...others] = plots;
  if (first === undefined) throw new Error("there is no plot");
  return dice.pick([first, ...others]);
}
