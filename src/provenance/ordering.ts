/** An instantaneous event of PROV: a start, an end, a usage, a generation or an invalidation. */
export interface ProvEvent {
  /** In words, for a message. */
  readonly label: string;
  /** Milliseconds of the Unix clock; undefined when it is not stated. */
  readonly time: number | undefined;
}

/** That one event comes no later than another; strictly before it, where `isStrict`. */
export interface Precedence<constraint> {
  readonly first: ProvEvent;
  readonly second: ProvEvent;
  readonly isStrict: boolean;
  readonly constraint: constraint;
}

/** Events and the order that constraints put them in. */
export class EventOrder<constraint> {
  readonly #after = new Map<ProvEvent, Precedence<constraint>[]>();

  require(first: ProvEvent, second: ProvEvent, constraint: constraint, isStrict = false): void {
    const precedence = { first, second, isStrict, constraint };
    const list = this.#after.get(first);
    if (list === undefined) this.#after.set(first, [precedence]);
    else list.push(precedence);
    if (!this.#after.has(second)) this.#after.set(second, []);
  }

  /** The strict precedences that lie on a circle: they cannot hold, whatever the times. */
  circles(): Precedence<constraint>[] {
    const component = this.#components();
    return this.#all().filter(
      ({ first, second, isStrict }) => isStrict && component.get(first) === component.get(second),
    );
  }

  /** The precedences that the stated times contradict, by way of events without a time, too. */
  contradictions(): Precedence<constraint>[] {
    const earliest = this.#earliest();
    return this.#all().filter(({ first, second, isStrict }) => {
      const before = earliest.get(first);
      if (before === undefined || second.time === undefined) return false;
      return isStrict ? before >= second.time : before > second.time;
    });
  }

  #all(): Precedence<constraint>[] {
    return [...this.#after.values()].flat();
  }

  /** The stated time of each event, or the latest that must have come before. */
  #earliest(): Map<ProvEvent, number> {
    const earliest = new Map<ProvEvent, number>();
    const changed: ProvEvent[] = [];
    for (const event of this.#after.keys()) {
      if (event.time === undefined) continue;
      earliest.set(event, event.time);
      changed.push(event);
    }
    for (let event = changed.pop(); event !== undefined; event = changed.pop()) {
      const time = earliest.get(event) ?? -Infinity;
      for (const { second } of this.#after.get(event) ?? []) {
        if (second.time !== undefined || (earliest.get(second) ?? -Infinity) >= time) continue;
        earliest.set(second, time);
        changed.push(second);
      }
    }
    return earliest;
  }

  /** Events that come before each other have one number (Kosaraju's algorithm, without recursion). */
  #components(): Map<ProvEvent, number> {
    const before = new Map<ProvEvent, ProvEvent[]>([...this.#after.keys()].map((event) => [event, []]));
    for (const { first, second } of this.#all()) before.get(second)?.push(first);
    const component = new Map<ProvEvent, number>();
    let count = 0;
    for (const event of this.#byFinish().reverse()) {
      if (component.has(event)) continue;
      count += 1;
      const open = [event];
      component.set(event, count);
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const previous of before.get(next) ?? []) {
          if (component.has(previous)) continue;
          component.set(previous, count);
          open.push(previous);
        }
      }
    }
    return component;
  }

  /** All events, each after those that can be reached from it first. */
  #byFinish(): ProvEvent[] {
    const finished: ProvEvent[] = [];
    const seen = new Set<ProvEvent>();
    for (const start of this.#after.keys()) {
      if (seen.has(start)) continue;
      seen.add(start);
      const path = [{ event: start, next: 0 }];
      for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
        const step = this.#after.get(top.event)?.[top.next];
        top.next += 1;
        if (step === undefined) {
          finished.push(top.event);
          path.pop();
        } else if (!seen.has(step.second)) {
          seen.add(step.second);
          path.push({ event: step.second, next: 0 });
        }
      }
    }
    return finished;
  }
}
