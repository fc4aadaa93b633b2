import type { GrowthResult } from "./run.ts";

/** A result as Markdown: a table of every figure at every size, the cascade's, and what the load took. */
export function reportGrowth({ points, cascade, grown }: GrowthResult): string {
  const sizes = points.map(({ consents }) => number(consents));
  const first = points[0]?.gas ?? {};
  const figures = Object.keys(first).map((name) => points.map(({ gas }) => gas[name] ?? Number.NaN));
  return [
    `Gas with so many consents loaded; a transaction's base is left out of what is read.`,
    "",
    ...table(
      ["scenario", ...sizes],
      Object.keys(first).map((name, index) => [name, ...(figures[index] ?? []).map(number)]),
    ),
    "",
    `The largest change of a figure from one size to another is ${largestChange(figures)}.`,
    "",
    "Gas with as many datasets derived one from the other, each with a licence on it, on the chain of the last size:",
    "",
    ...table(
      ["depth", "withdrawal", "licences ended", "retraction", "coverage, cold", "warm", "status, cold", "warm"],
      cascade.map(({ depth, withdrawal, licencesEnded, retraction, coverage, status }) =>
        [depth, withdrawal, licencesEnded, retraction, coverage.cold, coverage.warm, status.cold, status.warm].map(
          number,
        ),
      ),
    ),
    "",
    "Seconds that the load took, a thousand consents and all that came with them, good for comparing within a run only:",
    "",
    ...table(["up to", "seconds a thousand"], loadRows(points)),
    "",
    grown.length === 0 ? "Nothing grows." : "It grows:",
    ...grown.map((sentence) => `- ${sentence}`),
  ].join("\n");
}

/** The largest distance between two of a scenario's figures, of all scenarios: "12 gas (0.03 %)". */
export function largestChange(figures: readonly (readonly number[])[]): string {
  const changes = figures.map((row) => {
    const [least, most] = [Math.min(...row), Math.max(...row)];
    return { gas: most - least, share: (most - least) / Math.max(least, 1) };
  });
  const largest = changes.reduce((a, b) => (b.share > a.share ? b : a), { gas: 0, share: 0 });
  return `${number(largest.gas)} gas (${(largest.share * 100).toFixed(2)} %)`;
}

function loadRows(points: GrowthResult["points"]): string[][] {
  return points.flatMap(({ consents, loadSeconds }, index) => {
    const added = consents - (points[index - 1]?.consents ?? 0);
    return added === 0 ? [] : [[number(consents), ((loadSeconds / added) * 1_000).toFixed(2)]];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)];
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}
