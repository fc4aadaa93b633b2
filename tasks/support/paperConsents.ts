import type { Hex } from "viem";

import { formatCsv, readTable, type TableRow } from "../../src/files/table.ts";
import { NO_EXPIRY } from "../../src/model/index.ts";
import { participantIdInSeries, randomParticipantSeries } from "../../src/sdk/index.ts";
import { UsageError } from "./errors.ts";
import { invalid, parseBytes32, parseElements, parseEnd, parseTerms, parseWhen, type TermsReference } from "./parse.ts";
import { parsePreferences } from "./preferences.ts";

/** The columns of a file of consents on paper. */
export const paperColumns = {
  required: ["reference", "terms", "elements", "signed"],
  optional: ["preferences", "until", "participant"],
} as const;

const LAST_WEAK_ID = (1n << 128n) - 1n;

type Row = TableRow<(typeof paperColumns.required)[number], (typeof paperColumns.optional)[number]>;

/** One consent on paper, as the custodian has written it down. */
export interface WrittenConsent {
  /** The custodian's own name for the participant, which never leaves the custodian. */
  readonly reference: string;
  /** Drawn, or what an earlier import has drawn. */
  readonly participantId: Hex;
  readonly terms: TermsReference;
  readonly elements: bigint;
  readonly preferences: number;
  readonly until: number;
  readonly signedAt: number;
  /** Where it stands in the file. */
  readonly place: string;
}

/** Consents on paper, and the link table that says who is who. */
export interface PaperConsents {
  readonly consents: readonly WrittenConsent[];
  /** How many ids were drawn: the file did not have them. */
  readonly drawn: number;
  /** The file's rows with every participant's id, as CSV: it can be imported again. */
  readonly links: string;
}

/**
 * Reads consents on paper from a CSV or JSON file; docs/how-to/paper-consents.md has its format. Draws a series of ids
 * for rows without one: an id says on which row its participant stood, as the order of import does.
 * @throws TableError; UsageError RowsInvalid, which names every wrong row
 */
export async function readPaperConsents(file: string): Promise<PaperConsents> {
  const rows = await readTable(file, paperColumns);
  const problems: RowProblem[] = [];
  const seen = new Map<string, string>();
  const series = randomParticipantSeries();
  const consents = rows.flatMap((row, number): WrittenConsent[] => {
    try {
      const consent = parseRow(row, () => participantIdInSeries(series, number));
      for (const [column, value] of [
        ["reference", consent.reference],
        ["participant", consent.participantId],
      ] as const) {
        const key = `${column} ${value}`;
        const before = seen.get(key);
        if (before !== undefined) {
          const fix = "Give each participant one row.";
          throw new UsageError("ArgumentInvalid", `the ${column} stands in ${before} already.`, {}, fix);
        }
        seen.set(key, row.place);
      }
      return [consent];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push({ place: row.place, message: error.message, fix: error.fix });
      return [];
    }
  });
  refuseRows(file, problems);
  return {
    consents,
    drawn: rows.filter(({ values }) => values.participant === undefined).length,
    links: linkTableOf(rows, consents),
  };
}

/**
 * Refuses consents that the chain would refuse at a time (Unix seconds): signed later, or ended by then.
 * @throws UsageError RowsInvalid, which names every wrong row
 */
export function requireTimely(file: string, consents: readonly WrittenConsent[], now: number): void {
  const problems = consents.flatMap(({ place, signedAt, until }): RowProblem[] => {
    if (signedAt > now) {
      return [{ place, message: "it was signed in the future.", fix: "Give the day on which the paper was signed." }];
    }
    if (until <= now) return [{ place, message: "it has ended already.", fix: "Leave out what no longer holds." }];
    return [];
  });
  refuseRows(file, problems);
}

interface RowProblem {
  readonly place: string;
  readonly message: string;
  readonly fix: string;
}

function refuseRows(file: string, problems: readonly RowProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const others = problems.length === 1 ? "" : ` ${problems.length - 1} more rows are wrong, too.`;
  throw new UsageError("RowsInvalid", `${first.place}: ${first.message}${others}`, { file, problems }, first.fix);
}

function parseRow({ place, values }: Row, draw: () => Hex): WrittenConsent {
  const { reference, terms, elements, preferences, until, signed, participant } = values;
  return {
    reference,
    participantId: participant === undefined ? draw() : parseRandomId("participant", participant),
    terms: parseTerms("terms", terms),
    elements: parseElements("elements", elements),
    preferences: preferences === undefined ? 0 : parsePreferences("preferences", preferences),
    until: until === undefined ? NO_EXPIRY : parseEnd("until", until),
    signedAt: parseWhen("signed", signed),
    place,
  };
}

/** The registry takes no id whose upper half is zero: it was not drawn. */
function parseRandomId(column: string, text: string): Hex {
  const id = parseBytes32(column, text);
  if (BigInt(id) > LAST_WEAK_ID) return id;
  throw invalid(column, text, "no random id", "Leave it out to have one drawn, or give what an import has drawn.");
}

function linkTableOf(rows: readonly Row[], consents: readonly WrittenConsent[]): string {
  const columns = ["participant", ...paperColumns.required, "preferences", "until"] as const;
  const linked = rows.map(({ values }, index) => ({ ...values, participant: consents[index]?.participantId }));
  return formatCsv(columns, linked);
}
