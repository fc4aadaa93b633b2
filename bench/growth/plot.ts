import { element, escapeXml, INK, label, LINE, picture, type Svg } from "../../src/job/report/svg.ts";
import type { GrowthPoint } from "./run.ts";

/** One curve: gas at each size. */
interface Series {
  readonly name: string;
  readonly gas: readonly number[];
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const PANEL = { width: 530, height: 330 } as const;
const HEAD = 44;
/** Where a panel's curves are; the rest is for labels. */
const PLOT = { left: 62, top: 34, width: 190, height: 246 } as const;
/** Curves whose names would stand nearer to each other than this go without; their tooltips tell. */
const LABEL_GAP = 10;
const SMALL = { "font-size": 9 } as const;
const COLOURS = ["#1b6ca8", "#c0392b", "#2e7d32", "#8e44ad", "#b9770e", "#0f766e"] as const;

/** Every figure against the number of consents loaded, as an SVG document of three panels. */
export function plotGrowth(points: readonly GrowthPoint[]): Svg {
  const sizes = points.map(({ consents }) => consents);
  const all = Object.keys(points[0]?.gas ?? {}).map((name) => ({ name, gas: points.map(({ gas }) => gas[name] ?? 0) }));
  const kinds = [
    ["Transactions", "transaction"],
    ["Reads of one", "read"],
    ["Pages of 100", "page"],
  ] as const;
  const title = "Gas of every verb and view against the number of consents loaded";
  return picture(
    {
      ...{ title, description: `${all.length} curves from ${sizes.map(number).join(", ")} consents.` },
      ...{ width: kinds.length * PANEL.width, height: PANEL.height + HEAD },
    },
    label(16, 26, title, { "font-weight": "bold" }),
    ...kinds.map(([heading, kind], place) => {
      const series = all.filter(({ name }) => kindOf(name) === kind);
      return panel(heading, sizes, series, { x: place * PANEL.width, y: HEAD });
    }),
  );
}

/** What is read is named by how, and by what besides. */
function kindOf(name: string): "transaction" | "read" | "page" {
  if (name.startsWith("page of ")) return "page";
  return /, (cold|warm)$|^check of |^read /.test(name) ? "read" : "transaction";
}

function panel(title: string, sizes: readonly number[], series: readonly Series[], at: Place): Svg {
  const gas = series.flatMap((each) => each.gas);
  const [least, most] = [Math.min(...gas), Math.max(...gas)];
  const right = PLOT.left + PLOT.width;
  const bottom = PLOT.top + PLOT.height;
  const x = scale(Math.max(1, sizes[0] ?? 1), Math.max(10, sizes.at(-1) ?? 10), PLOT.left, right);
  const y = scale(least * 0.9, most * 1.1, bottom, PLOT.top);
  const [middle, centre] = [PLOT.left + PLOT.width / 2, PLOT.top + PLOT.height / 2];
  return element(
    "g",
    { transform: `translate(${at.x} ${at.y})` },
    label(PLOT.left, 20, title),
    ...ticksBetween(least, most).flatMap((tick) => [
      line({ x: PLOT.left, y: y(tick) }, { x: right, y: y(tick) }, LINE),
      small({ x: PLOT.left - 5, y: y(tick) + 3 }, number(tick), { "text-anchor": "end" }),
    ]),
    ...sizes.flatMap((size) => [
      line({ x: x(size), y: bottom }, { x: x(size), y: bottom + 4 }, INK),
      small({ x: x(size), y: bottom + 15 }, number(size), { "text-anchor": "middle" }),
    ]),
    line({ x: PLOT.left, y: bottom }, { x: right, y: bottom }, INK),
    line({ x: PLOT.left, y: PLOT.top }, { x: PLOT.left, y: bottom }, INK),
    small({ x: middle, y: bottom + 32 }, "consents loaded (log scale)", { "text-anchor": "middle" }),
    small({ x: 12, y: centre }, "gas (log scale)", { "text-anchor": "middle", transform: `rotate(-90 12 ${centre})` }),
    ...curves(sizes, series, x, y),
  );
}

function curves(
  sizes: readonly number[],
  series: readonly Series[],
  x: (size: number) => number,
  y: (gas: number) => number,
): Svg[] {
  let lowest = Number.POSITIVE_INFINITY;
  const ascending = series.toSorted((a, b) => (a.gas.at(-1) ?? 0) - (b.gas.at(-1) ?? 0));
  return ascending.flatMap(({ name, gas }, index) => {
    const stroke = COLOURS[index % COLOURS.length] ?? INK;
    const points = gas.map((each, place) => `${round(x(sizes[place] ?? 0))},${round(y(each))}`).join(" ");
    const end = y(gas.at(-1) ?? 0);
    const hasRoom = end <= lowest - LABEL_GAP;
    if (hasRoom) lowest = end;
    const told = element("title", {}, escapeXml(`${name}: ${gas.map(number).join(", ")}`));
    return [
      element("polyline", { points, fill: "none", stroke, "stroke-width": "1.2" }, told),
      ...(hasRoom ? [small({ x: PLOT.left + PLOT.width + 6, y: end + 3 }, name, { fill: stroke })] : []),
    ];
  });
}

/** Numbers from `from` to `to`, and below, on a logarithmic axis from one end to the other. */
function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  const [low, high] = [Math.log10(Math.max(1, from)), Math.log10(Math.max(1, to))];
  return (value) => start + ((Math.log10(Math.max(1, value)) - low) / (high - low || 1)) * (end - start);
}

/** 1, 2 and 5 of each power of ten. */
function ticksBetween(least: number, most: number): number[] {
  const powers = Array.from({ length: 12 }, (_, exponent) => 10 ** exponent);
  return powers.flatMap((power) => [power, 2 * power, 5 * power]).filter((tick) => tick >= least && tick <= most);
}

function line(from: Place, to: Place, stroke: string): Svg {
  return element("line", { x1: round(from.x), y1: round(from.y), x2: round(to.x), y2: round(to.y), stroke });
}

function small({ x, y }: Place, content: string, attributes: Readonly<Record<string, string>>): Svg {
  return label(Number(round(x)), Number(round(y)), content, { ...SMALL, ...attributes });
}

function round(value: number): string {
  return value.toFixed(1);
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}
