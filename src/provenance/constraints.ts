import { EventOrder, type Precedence, type ProvEvent } from "./ordering.ts";
import { PROV_OBJECTS, PROV_RELATIONS, type ProvDocument } from "./provJson.ts";
import { readStatements, type Statement, type StatementsByKind } from "./statements.ts";

/**
 * The constraints of https://www.w3.org/TR/2013/REC-prov-constraints-20130430/ that the exported kinds of statements can
 * violate, by their number there. The others are about statements that are never made here.
 */
export const PROV_CONSTRAINTS = {
  22: "key-object",
  23: "key-properties",
  24: "unique-generation",
  25: "unique-invalidation",
  30: "start-precedes-end",
  33: "usage-within-activity",
  34: "generation-within-activity",
  36: "generation-precedes-invalidation",
  37: "generation-precedes-usage",
  38: "usage-precedes-invalidation",
  39: "generation-generation-ordering",
  40: "invalidation-invalidation-ordering",
  41: "derivation-usage-generation-ordering",
  42: "derivation-generation-generation-ordering",
  47: "wasAssociatedWith-ordering",
  48: "wasAttributedTo-ordering",
  49: "actedOnBehalfOf-ordering",
  51: "impossible-unspecified-derivation-generation-use",
  53: "impossible-property-overlap",
  54: "impossible-object-property-overlap",
  55: "entity-activity-disjoint",
} as const;

export type ProvConstraint = keyof typeof PROV_CONSTRAINTS;

/** A constraint that a document violates. */
export interface ProvViolation {
  /** Its number in the recommendation. */
  readonly constraint: ProvConstraint;
  readonly name: (typeof PROV_CONSTRAINTS)[ProvConstraint];
  readonly message: string;
}

/**
 * Checks a document against PROV-CONSTRAINTS. Beyond the recommendation, which leaves clocks aside, the times stated must
 * agree with the order of events: all times of a deployment are of one clock.
 * @returns every violation found; a document without any is valid
 * @throws ProvenanceError ProvDocumentMalformed, ProvRelationUnsupported
 */
export function checkProvConstraints(document: ProvDocument): ProvViolation[] {
  const statements = readStatements(document);
  return [
    ...keyViolations(statements),
    ...uniquenessViolations(statements),
    ...impossibilities(statements),
    ...typeViolations(statements),
    ...orderViolations(statements),
  ];
}

function violation(constraint: ProvConstraint, message: string): ProvViolation {
  return { constraint, name: PROV_CONSTRAINTS[constraint], message };
}

/** One identifier stands for one statement: what is said under it twice must agree. */
function keyViolations(statements: StatementsByKind): ProvViolation[] {
  return [...PROV_OBJECTS, ...PROV_RELATIONS].flatMap((kind) => {
    const constraint = PROV_OBJECTS.some((object) => object === kind) ? 22 : 23;
    const groups = groupBy<Statement>(statements[kind], ({ id }) => id);
    return [...groups].flatMap(([id, group]) =>
      agree(group) ? [] : [violation(constraint, `${kind} ${id} is stated in ways that contradict each other.`)],
    );
  });
}

/** Whether no two statements name different values for one parameter. */
function agree(statements: readonly Statement[]): boolean {
  const said: Record<string, string> = {};
  return statements.every(({ says }) =>
    Object.entries(says).every(([parameter, value]) => (said[parameter] ??= value) === value),
  );
}

/** One activity generates an entity once, and invalidates it once. */
function uniquenessViolations({ wasGeneratedBy, wasInvalidatedBy }: StatementsByKind): ProvViolation[] {
  const check = (constraint: 24 | 25, list: readonly Statement<"wasGeneratedBy" | "wasInvalidatedBy">[]) => {
    // Unnamed activities may all be different ones.
    const named = list.filter(({ says }) => says.activity !== undefined);
    const groups = groupBy(named, ({ says }) => placeOf(says.activity, says.entity));
    return [...groups.values()].flatMap((group) => {
      const names = new Set(group.map(({ id }) => id).filter((id) => !id.startsWith("_:")));
      if (names.size <= 1 && agree(group)) return [];
      const { entity, activity } = group[0]?.says ?? {};
      const verb = constraint === 24 ? "generates" : "invalidates";
      return [violation(constraint, `${activity} ${verb} ${entity} several times.`)];
    });
  };
  return [...check(24, wasGeneratedBy), ...check(25, wasInvalidatedBy)];
}

function impossibilities(statements: StatementsByKind): ProvViolation[] {
  const unspecified = statements.wasDerivedFrom
    .filter(({ says }) => says.activity === undefined && (says.generation ?? says.usage) !== undefined)
    .map(({ id }) => violation(51, `The derivation ${id} names a generation or usage, but no activity.`));
  const relations = new Map<string, string>();
  const overlaps: ProvViolation[] = [];
  const objects = new Set(PROV_OBJECTS.flatMap((kind) => statements[kind].map(({ id }) => id)));
  for (const kind of PROV_RELATIONS) {
    for (const id of new Set<string>(statements[kind].map((statement) => statement.id))) {
      const other = relations.get(id);
      if (other !== undefined) overlaps.push(violation(53, `${id} names a ${other} and a ${kind}.`));
      if (objects.has(id)) overlaps.push(violation(54, `${id} names an object and a ${kind}.`));
      relations.set(id, kind);
    }
  }
  return [...unspecified, ...overlaps];
}

/** Nothing is an entity and an activity, by declaration or by its place in a relation (constraint 50). */
function typeViolations(statements: StatementsByKind): ProvViolation[] {
  const { entity, activity, used, wasGeneratedBy, wasInvalidatedBy, wasDerivedFrom } = statements;
  const { wasAttributedTo, wasAssociatedWith, actedOnBehalfOf } = statements;
  const entities = new Set([
    ...entity.map(({ id }) => id),
    ...[...used, ...wasGeneratedBy, ...wasInvalidatedBy, ...wasAttributedTo].map(({ says }) => says.entity),
    ...wasDerivedFrom.flatMap(({ says }) => [says.generatedEntity, says.usedEntity]),
    ...wasAssociatedWith.map(({ says }) => says.plan),
  ]);
  const activities = new Set([
    ...activity.map(({ id }) => id),
    ...[...used, ...wasGeneratedBy, ...wasInvalidatedBy].map(({ says }) => says.activity),
    ...[...wasDerivedFrom, ...wasAssociatedWith, ...actedOnBehalfOf].map(({ says }) => says.activity),
  ]);
  return [...entities]
    .filter((id) => id !== undefined && activities.has(id))
    .map((id) => violation(55, `${id} is both an entity and an activity.`));
}

function orderViolations(statements: StatementsByKind): ProvViolation[] {
  const order = orderOf(statements);
  const circles = order
    .circles()
    .map(({ first, second, constraint }) =>
      violation(constraint, `${first.label} comes both before and after ${second.label}.`),
    );
  return [...circles, ...order.contradictions().map(contradictionOf)];
}

function contradictionOf({ first, second, constraint, isStrict }: Precedence<ProvConstraint>): ProvViolation {
  const bound = isStrict ? "must be before" : "must not be after";
  return violation(constraint, `${shown(first)} ${bound} ${shown(second)}.`);
}

function shown({ label, time }: ProvEvent): string {
  return time === undefined ? label : `${label} (${new Date(time).toISOString()})`;
}

/** What happens to an activity, entity or agent. */
interface Life {
  readonly starts: ProvEvent[];
  readonly ends: ProvEvent[];
  readonly generations: ProvEvent[];
  readonly usages: ProvEvent[];
  readonly invalidations: ProvEvent[];
}

/** Puts every event in the order that the constraints ask for. */
function orderOf(statements: StatementsByKind): EventOrder<ProvConstraint> {
  const order = new EventOrder<ProvConstraint>();
  const { lives, usages, generations } = eventsOf(statements);
  const lifeOf = (id: string | undefined): Life => lives.get(id ?? "") ?? NO_LIFE;
  const precede = (
    firsts: readonly ProvEvent[],
    seconds: readonly ProvEvent[],
    constraint: ProvConstraint,
    isStrict = false,
  ): void => {
    for (const first of firsts) {
      for (const second of seconds) {
        if (first !== second || isStrict) order.require(first, second, constraint, isStrict);
      }
    }
  };

  for (const { starts, ends, generations, usages, invalidations } of lives.values()) {
    precede(starts, ends, 30);
    precede(generations, invalidations, 36);
    precede(generations, usages, 37);
    precede(usages, invalidations, 38);
    precede(generations, generations, 39);
    precede(invalidations, invalidations, 40);
  }
  for (const [constraint, happenings] of [
    [33, usages],
    [34, generations],
  ] as const) {
    for (const { activity, event } of happenings) {
      precede(lifeOf(activity).starts, [event], constraint);
      precede([event], lifeOf(activity).ends, constraint);
    }
  }
  const usagesAt = groupBy(usages, ({ activity, entity }) => placeOf(activity, entity));
  const generationsAt = groupBy(generations, ({ activity, entity }) => placeOf(activity, entity));
  for (const { says } of statements.wasDerivedFrom) {
    const { generatedEntity, usedEntity, activity } = says;
    precede(lifeOf(usedEntity).generations, lifeOf(generatedEntity).generations, 42, true);
    if (activity === undefined) continue;
    // Inference 11: the activity used the one and generated the other.
    precede(
      (usagesAt.get(placeOf(activity, usedEntity)) ?? []).map(({ event }) => event),
      (generationsAt.get(placeOf(activity, generatedEntity)) ?? []).map(({ event }) => event),
      41,
    );
  }
  for (const { says } of statements.wasAssociatedWith) {
    const [activity, agent] = [lifeOf(says.activity), lifeOf(says.agent)];
    precede(activity.starts, agent.invalidations, 47);
    precede(agent.generations, activity.ends, 47);
    precede(activity.starts, agent.ends, 47);
    precede(agent.starts, activity.ends, 47);
  }
  for (const { says } of statements.wasAttributedTo) {
    const [entity, agent] = [lifeOf(says.entity), lifeOf(says.agent)];
    precede([...agent.generations, ...agent.starts], entity.generations, 48);
  }
  for (const { says } of statements.actedOnBehalfOf) {
    const [responsible, delegate] = [lifeOf(says.responsible), lifeOf(says.delegate)];
    precede(responsible.generations, delegate.invalidations, 49);
    precede(responsible.starts, delegate.ends, 49);
  }
  return order;
}

const NO_LIFE: Life = { starts: [], ends: [], generations: [], usages: [], invalidations: [] };

/** That an activity used, generated or invalidated an entity. */
interface Happening {
  readonly activity: string | undefined;
  readonly entity: string | undefined;
  readonly event: ProvEvent;
}

/** The events that the statements tell of, and those that must have been (inferences 7 and 8). */
interface Events {
  /** By activity, entity or agent. */
  readonly lives: ReadonlyMap<string, Life>;
  readonly usages: readonly Happening[];
  readonly generations: readonly Happening[];
}

function eventsOf(statements: StatementsByKind): Events {
  const lives = new Map<string, Life>();
  const lifeOf = (id: string): Life => {
    const life = lives.get(id) ?? { starts: [], ends: [], generations: [], usages: [], invalidations: [] };
    lives.set(id, life);
    return life;
  };
  for (const [id, list] of groupBy(statements.activity, (each) => each.id)) {
    const [startTime] = list.flatMap(({ says }) => says.startTime ?? []);
    const [endTime] = list.flatMap(({ says }) => says.endTime ?? []);
    lifeOf(id).starts.push({ label: `the start of ${id}`, time: timeOf(startTime) });
    lifeOf(id).ends.push({ label: `the end of ${id}`, time: timeOf(endTime) });
  }
  const happen = (
    list: readonly Statement<"used" | "wasGeneratedBy" | "wasInvalidatedBy">[],
    part: "usages" | "generations" | "invalidations",
    word: string,
  ): Happening[] =>
    list.map(({ says: { activity, entity, time } }) => {
      const event = { label: `the ${word} of ${entity ?? "something"}`, time: timeOf(time) };
      if (entity !== undefined) lifeOf(entity)[part].push(event);
      return { activity, entity, event };
    });
  const usages = happen(statements.used, "usages", "usage");
  const generations = happen(statements.wasGeneratedBy, "generations", "generation");
  happen(statements.wasInvalidatedBy, "invalidations", "invalidation");
  const derived = statements.wasDerivedFrom.flatMap(({ says }) => [says.generatedEntity, says.usedEntity]);
  for (const id of [...statements.entity.map((each) => each.id), ...derived]) {
    if (id === undefined) continue;
    const life = lifeOf(id);
    if (life.generations.length === 0) life.generations.push({ label: `the generation of ${id}`, time: undefined });
  }
  return { lives, usages, generations };
}

function placeOf(activity: string | undefined, entity: string | undefined): string {
  return JSON.stringify([activity, entity]);
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

/** Lists by a key, in the order given. */
function groupBy<item>(items: readonly item[], keyOf: (item: item) => string): Map<string, item[]> {
  const groups = new Map<string, item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
