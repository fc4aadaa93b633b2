import type { LicenceResult } from "../result.ts";
import { element, FONT, INK, label, LINE, PALE, picture, type Svg, wrap } from "./svg.ts";

const LEFT = 16;
const STEP = 136;
const BOX = { width: 120, height: 26 };
const LANE = 150;
const TOP = 60;
/** Characters of a line below a box. */
const LETTERS = 18;

/** What a status means for the data: it may be used, not yet, rests, or no more. */
const FILLS: Readonly<Record<string, string>> = {
  Effective: "#cfe8d5",
  Suspended: "#fbe3b5",
  EthicsLapsed: "#fbe3b5",
  Terminated: "#e3e3e8",
  Denied: "#f4cfcf",
  Refused: "#f4cfcf",
};
const WAITING = "#dbe7f6";

/** Each licence's life as a line of statuses, one box after each thing that was done to it. */
export function licenceTimeline(licences: readonly LicenceResult[]): Svg {
  const title = "Licences: their status after each step";
  const steps = Math.max(1, ...licences.map(({ statuses }) => statuses.length));
  const lives = licences.map(
    ({ licenceId, name, statuses }) =>
      `${licenceId} (${name}): ${statuses.map(({ event, status }) => `${status} when ${event}`).join(", ")}`,
  );
  return picture(
    {
      ...{ title, description: `${lives.join(". ")}.` },
      ...{ width: LEFT * 2 + steps * STEP, height: TOP + licences.length * LANE },
    },
    label(LEFT, 24, title, { "font-weight": "bold" }),
    label(LEFT, 44, "Steps from left to right, each with its block; not to the scale of time.", { fill: PALE }),
    ...licences.flatMap((licence, lane) => lifeOf(licence, TOP + lane * LANE)),
  );
}

function lifeOf({ licenceId, name, holder, statuses }: LicenceResult, y: number): Svg[] {
  const middle = y + 24 + BOX.height / 2;
  const end = LEFT + (statuses.length - 1) * STEP + BOX.width / 2;
  return [
    label(LEFT, y + 14, `Licence ${licenceId}, ${name}, held by the ${holder}`),
    element("line", { x1: LEFT, y1: middle, x2: end, y2: middle, stroke: LINE, "stroke-width": 2 }),
    ...statuses.flatMap(({ event, status, block }, index) => {
      const x = LEFT + index * STEP;
      const lines = [...wrap(event, LETTERS), `block ${block}`];
      return [
        element("rect", { x, y: y + 24, ...BOX, rx: 4, fill: FILLS[status] ?? WAITING, stroke: LINE }),
        label(x + BOX.width / 2, middle + 5, status, { "text-anchor": "middle", "font-weight": "bold", fill: INK }),
        ...lines.map((line, row) => label(x, y + 68 + row * (FONT + 3), line, { "font-size": FONT - 1, fill: PALE })),
      ];
    }),
  ];
}
