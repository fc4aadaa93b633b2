/** The ontologies whose terms have numbers on chain: their names by the prefix of their ids. */
export const ONTOLOGIES = { MONDO: "Mondo", DUO: "DUO" } as const;

/** What the ids of an ontology begin with, before the colon. */
export type OntologyPrefix = keyof typeof ONTOLOGIES;

/** The greatest number of a term. */
export const LAST_TERM = 9_999_999;

const TERM_ID = /^([A-Z]+):([0-9]{7})$/;

/** The OWL file of DUO's release 2021-02-23 writes one id with a digit too many; its table does not. */
const MISPRINTS: ReadonlyMap<string, string> = new Map([["DUO:00000044", "DUO:0000044"]]);

/** The id that is meant: `id` itself, unless a release of its ontology is known to misprint it so. */
export function meantId(id: string): string {
  return MISPRINTS.get(id) ?? id;
}

/** The number of a term, the seven digits of its id ("DUO:0000007" is 7); undefined when it is no id of the ontology. */
export function termNumber(prefix: OntologyPrefix, id: string): number | undefined {
  const [, before, digits] = TERM_ID.exec(meantId(id)) ?? [];
  return before === prefix ? Number(digits) : undefined;
}

/** A term's id; of a number that is none, since others may have written it, the number itself. */
export function termName(prefix: OntologyPrefix, term: number): string {
  return term <= LAST_TERM ? `${prefix}:${String(term).padStart(7, "0")}` : String(term);
}
