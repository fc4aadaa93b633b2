import type { JobResult } from "../result.ts";
import { element, FONT, label, LINE, PALE, picture, type Svg } from "./svg.ts";

const BOX = { width: 260, height: 96 };
const GAP = 70;
const LEFT = 16;
const TOP = 60;

interface Node {
  readonly name: string;
  readonly lines: readonly string[];
}

/** What came from what: samples, the VCF and what was derived from it, and below the VCF its mirror. */
export function lineageGraph({ samples, lineage, mirror, counts }: JobResult): Svg {
  const title = "Lineage: what came from what";
  const nodes: Node[] = [
    {
      name: `${samples.specimens} specimens`,
      lines: [
        `of ${samples.of} participants`,
        `${samples.aliquots} aliquots`,
        `${samples.transferred} sent to the laboratory`,
      ],
    },
    ...lineage.map(({ name, level, deidentification, minimumCell, datasetId }) => ({
      name,
      lines: [
        `${level}, ${deidentification}`,
        minimumCell === 0 ? `${short(datasetId)}` : `${short(datasetId)}, cells of at least ${minimumCell}`,
        ...(minimumCell === 0 || counts === null ? [] : [`${counts.alleles} alleles, ${counts.suppressed} suppressed`]),
      ],
    })),
  ];
  const below = TOP + BOX.height + GAP;
  const beside = LEFT + BOX.width + GAP;
  const told = nodes.map(({ name, lines }) => `${name} (${lines.join("; ")})`).join(", then ");
  return picture(
    {
      ...{ title, description: `${told}. An encrypted copy of the VCF is mirrored by another institution.` },
      ...{ width: LEFT * 2 + nodes.length * BOX.width + (nodes.length - 1) * GAP, height: below + BOX.height + 16 },
    },
    element(
      "defs",
      {},
      element(
        "marker",
        { id: "arrow", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
        element("path", { d: "M0 0 L8 4 L0 8 z", fill: PALE }),
      ),
    ),
    label(LEFT, 24, title, { "font-weight": "bold" }),
    label(LEFT, 44, "An arrow leads to what was made of it.", { fill: PALE }),
    ...nodes.flatMap((node, index) => {
      const x = LEFT + index * (BOX.width + GAP);
      const middle = TOP + BOX.height / 2;
      return [...boxOf(node, x, TOP), ...(index === 0 ? [] : [arrow(x - GAP, middle, x, middle)])];
    }),
    ...boxOf(
      { name: "encrypted copy", lines: [`${mirror.bytes} bytes`, short(mirror.copyDigest), "held by the archive"] },
      beside,
      below,
    ),
    arrow(beside + BOX.width / 2, TOP + BOX.height, beside + BOX.width / 2, below),
  );
}

function boxOf({ name, lines }: Node, x: number, y: number): Svg[] {
  return [
    element("rect", { x, y, ...BOX, rx: 6, fill: "#f6f6fa", stroke: LINE }),
    label(x + 12, y + 24, name, { "font-weight": "bold" }),
    ...lines.map((line, row) => label(x + 12, y + 46 + row * (FONT + 5), line)),
  ];
}

function arrow(x1: number, y1: number, x2: number, y2: number): Svg {
  return element("line", { x1, y1, x2, y2, stroke: PALE, "stroke-width": 1.5, "marker-end": "url(#arrow)" });
}

function short(digest: string): string {
  return `${digest.slice(0, 10)}…`;
}
