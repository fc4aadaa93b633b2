/** How often a suite of tests found a mutant, and how long it takes. */
interface Experience {
  runs: number;
  kills: number;
  milliseconds: number;
}

/**
 * Orders suites so that a mutant is found soon: those first that have found many for the time they took. Each further
 * group is twice as large, because a mutant that the first ones do not find often nobody finds.
 */
export class SuiteOrder<Suite> {
  readonly #experiences = new Map<Suite, Experience>();
  readonly #firstGroup: number;

  constructor(suites: readonly Suite[], firstGroup = 3) {
    for (const suite of suites) this.#experiences.set(suite, { runs: 0, kills: 0, milliseconds: 0 });
    this.#firstGroup = firstGroup;
  }

  learn(suite: Suite, killed: boolean, milliseconds: number): void {
    const experience = this.#experiences.get(suite);
    if (experience === undefined) return;
    experience.runs++;
    if (killed) experience.kills++;
    experience.milliseconds += milliseconds;
  }

  groups(): Suite[][] {
    const worth = ({ runs, kills, milliseconds }: Experience): number =>
      (kills + 1) / (runs + 2) / (milliseconds / Math.max(runs, 1) + 5);
    const ordered = [...this.#experiences].sort(([, a], [, b]) => worth(b) - worth(a)).map(([suite]) => suite);
    const groups: Suite[][] = [];
    for (let size = this.#firstGroup; ordered.length > 0; size *= 2) groups.push(ordered.splice(0, size));
    return groups;
  }
}
