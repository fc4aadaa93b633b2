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

const PANEL = { width: 500, height: 330 } as const;
/** Where a panel's curves are; the rest is for labels. */
const PLOT = { left: 62, top: 34, width: 190, height: 246 } as const;
/** Curves whose names would stand nearer to each other than this go without; their tooltips tell. */
const LABEL_GAP = 10;
const COLOURS = ["#1b6ca8", "#c0392b", "#2e7d32", "#8e44ad", "#b9770e", "#0f766e"] as const;

/** Every figure against the number of consents loaded, as an SVG document of three panels. */
export function plotGrowth(points: readonly GrowthPoint[]): string {
  const sizes = points.map(({ consents }) => consents);
  const all = Object.keys(points[0]?.gas ?? {}).map((name) => ({ name, gas: points.map(({ gas }) => gas[name] ?? 0) }));
  const panels = [
    panel(
      "Transactions",
      sizes,
      all.filter(({ name }) => kindOf(name) === "transaction"),
      { x: 0, y: 44 },
    ),
    panel(
      "Reads of one",
      sizes,
      all.filter(({ name }) => kindOf(name) === "read"),
      { x: PANEL.width, y: 44 },
    ),
    panel(
      "Pages of 100",
      sizes,
      all.filter(({ name }) => kindOf(name) === "page"),
      { x: 2 * PANEL.width, y: 44 },
    ),
  ];
  const [width, height] = [3 * PANEL.width, PANEL.height + 44];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"`,
    `  aria-labelledby="title desc" font-family="sans-serif" font-size="9" fill="#333">`,
    `<title id="title">Gas of every verb and view against the number of consents loaded</title>`,
    `<desc id="desc">${all.length} curves from ${sizes.map(number).join(", ")} consents.</desc>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text({ x: 16, y: 26 }, "Gas of every verb and view against the number of consents loaded", { "font-size": 15 }),
    ...panels,
    "</svg>",
    "",
  ].join("\n");
}

/** What is read is named by how, and by what besides. */
function kindOf(name: string): "transaction" | "read" | "page" {
  if (name.startsWith("page of ")) return "page";
  return /, (cold|warm)$|^check of |^read /.test(name) ? "read" : "transaction";
}

function panel(title: string, sizes: readonly number[], series: readonly Series[], at: Place): string {
  const gas = series.flatMap((each) => each.gas);
  const [least, most] = [Math.min(...gas), Math.max(...gas)];
  const x = scale(Math.max(1, sizes[0] ?? 1), Math.max(10, sizes.at(-1) ?? 10), PLOT.left, PLOT.left + PLOT.width);
  const y = scale(least * 0.9, most * 1.1, PLOT.top + PLOT.height, PLOT.top);
  const bottom = PLOT.top + PLOT.height;
  const gasTicks = ticksBetween(least, most);
  return [
    `<g transform="translate(${at.x} ${at.y})">`,
    text({ x: PLOT.left, y: 20 }, title, { "font-size": 12 }),
    ...gasTicks.map((tick) =>
      [
        line({ x: PLOT.left, y: y(tick) }, { x: PLOT.left + PLOT.width, y: y(tick) }, "#ddd"),
        text({ x: PLOT.left - 5, y: y(tick) + 3 }, number(tick), { "text-anchor": "end" }),
      ].join("\n"),
    ),
    ...sizes.map((size) =>
      [
        line({ x: x(size), y: bottom }, { x: x(size), y: bottom + 4 }, "#333"),
        text({ x: x(size), y: bottom + 15 }, number(size), { "text-anchor": "middle" }),
      ].join("\n"),
    ),
    line({ x: PLOT.left, y: bottom }, { x: PLOT.left + PLOT.width, y: bottom }, "#333"),
    line({ x: PLOT.left, y: PLOT.top }, { x: PLOT.left, y: bottom }, "#333"),
    text({ x: PLOT.left + PLOT.width / 2, y: bottom + 32 }, "consents loaded (log scale)", { "text-anchor": "middle" }),
    text({ x: 12, y: PLOT.top + PLOT.height / 2 }, "gas (log scale)", {
      "text-anchor": "middle",
      transform: `rotate(-90 12 ${PLOT.top + PLOT.height / 2})`,
    }),
    ...curves(sizes, series, x, y),
    "</g>",
  ].join("\n");
}

function curves(
  sizes: readonly number[],
  series: readonly Series[],
  x: (size: number) => number,
  y: (gas: number) => number,
): string[] {
  let lowest = Number.POSITIVE_INFINITY;
  const ascending = series.toSorted((a, b) => (a.gas.at(-1) ?? 0) - (b.gas.at(-1) ?? 0));
  return ascending.map(({ name, gas }, index) => {
    const colour = COLOURS[index % COLOURS.length] ?? "#333";
    const places = gas.map((each, place) => `${round(x(sizes[place] ?? 0))},${round(y(each))}`).join(" ");
    const end = y(gas.at(-1) ?? 0);
    const hasRoom = end <= lowest - LABEL_GAP;
    if (hasRoom) lowest = end;
    const told = `${name}: ${gas.map(number).join(", ")}`;
    const label = { x: PLOT.left + PLOT.width + 6, y: end + 3 };
    return [
      `<polyline points="${places}" fill="none" stroke="${colour}" stroke-width="1.2"><title>${escape(told)}</title></polyline>`,
      ...(hasRoom ? [text(label, name, { fill: colour })] : []),
    ].join("\n");
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

function line(from: Place, to: Place, colour: string): string {
  return `<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}" stroke="${colour}"/>`;
}

function text({ x, y }: Place, content: string, attributes: Readonly<Record<string, string | number>> = {}): string {
  const others = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<text x="${round(x)}" y="${round(y)}"${others.join("")}>${escape(content)}</text>`;
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function round(value: number): string {
  return value.toFixed(1);
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}
