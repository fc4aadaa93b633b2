import type { CoverageChange } from "../result.ts";
import { element, label, PALE, picture, type Svg } from "./svg.ts";

const LEFT = 250;
const BARS = 480;
const RIGHT = 90;
const TOP = 70;
const BAR = 16;
const ROW = 50;
const COLOURS = { before: "#7a9cc6", after: "#1f4e86" };

/** How many participants are covered, and how many each reason stands against, before and after, as bars. */
export function coverageBars(title: string, { before, after }: CoverageChange): Svg {
  const reasons = [...new Set([...Object.keys(before.byReason), ...Object.keys(after.byReason)])].sort();
  const rows = [
    { name: "covered", before: before.covered, after: after.covered },
    ...reasons.map((name) => ({ name, before: before.byReason[name] ?? 0, after: after.byReason[name] ?? 0 })),
  ];
  const most = Math.max(1, before.participants);
  const told = rows.map((row) => `${row.name}: ${row.before} before, ${row.after} after`).join("; ");
  const size = { width: LEFT + BARS + RIGHT, height: TOP + rows.length * ROW };
  return picture(
    { title, description: `Of ${before.participants} participants, ${told}.`, ...size },
    label(16, 24, title, { "font-weight": "bold" }),
    label(16, 46, `Participants, of ${before.participants}; one may have several reasons.`, { fill: PALE }),
    ...rows.flatMap((row, index) => {
      const y = TOP + index * ROW;
      return [
        label(LEFT - 12, y + BAR + 5, row.name, { "text-anchor": "end" }),
        ...bar(y, "before", row.before, most),
        ...bar(y + BAR + 2, "after", row.after, most),
      ];
    }),
  );
}

function bar(y: number, when: keyof typeof COLOURS, count: number, most: number): Svg[] {
  const width = Math.round((count / most) * BARS);
  return [
    element("rect", { x: LEFT, y, width, height: BAR, fill: COLOURS[when] }),
    label(LEFT + width + 6, y + BAR - 3, `${count} ${when}`),
  ];
}
