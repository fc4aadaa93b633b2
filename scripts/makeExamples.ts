// Writes the example data that the package ships: `node scripts/makeExamples.ts [FOLDER]` (default: examples/). Everything in
// it is made up here, from fixed seeds, so running it again gives the same bytes.
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const SAMPLES = 40;
const VARIANTS = 60;
const CONTIG = "synthetic1";
const CONTIG_LENGTH = 250_000;
const BASES = ["A", "C", "G", "T"] as const;
const MISSING_SHARE = 0.01;

/** A number from 0 up to 1, the same for the same words. */
function chance(...words: (string | number)[]): number {
  return createHash("sha256").update(words.join("/")).digest().readUInt32BE() / 2 ** 32;
}

function pick<T>(items: readonly T[], at: number): T {
  const item = items[Math.floor(at * items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

/** A VCF of 40 made-up people and 60 made-up variants, in Hardy-Weinberg proportions. */
export function exampleCohort(): string {
  const samples = Array.from({ length: SAMPLES }, (_, i) => `CONC-${String(i + 1).padStart(4, "0")}`);
  const header = [
    "##fileformat=VCFv4.3",
    "##source=Concord scripts/makeExamples.ts: synthetic data, no person's",
    "##reference=synthetic",
    `##contig=<ID=${CONTIG},length=${CONTIG_LENGTH},assembly=synthetic>`,
    '##INFO=<ID=AC,Number=A,Type=Integer,Description="Alternative alleles in called genotypes">',
    '##INFO=<ID=AN,Number=1,Type=Integer,Description="Alleles in called genotypes">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", ...samples].join("\t"),
  ];
  const step = Math.floor(CONTIG_LENGTH / VARIANTS);
  const lines = Array.from({ length: VARIANTS }, (_, v) => {
    const position = 1 + v * step + Math.floor(chance("position", v) * step);
    const reference = pick(BASES, chance("reference", v));
    const others = BASES.filter((base) => base !== reference);
    // Every tenth variant has two alternative alleles.
    const first = pick(others, chance("alternative", v));
    const alternatives = v % 10 === 9 ? others.filter((base) => base !== first).slice(0, 1) : [];
    const alleles = [first, ...alternatives];
    const frequency = 0.02 + 0.48 * chance("frequency", v);
    const counts = alleles.map(() => 0);
    let called = 0;
    const genotypes = samples.map((sample) => {
      if (chance("missing", v, sample) < MISSING_SHARE) return "./.";
      return [0, 1]
        .map((copy) => {
          called += 1;
          if (chance("allele", v, sample, copy) >= frequency) return 0;
          const allele = Math.floor(chance("which", v, sample, copy) * alleles.length);
          counts[allele] = (counts[allele] ?? 0) + 1;
          return allele + 1;
        })
        .sort()
        .join("/");
    });
    const info = `AC=${counts.join(",")};AN=${called}`;
    return [CONTIG, position, `syn${v + 1}`, reference, alleles.join(","), ".", "PASS", info, "GT", ...genotypes].join(
      "\t",
    );
  });
  return [...header, ...lines].join("\n") + "\n";
}

// Ids from 9900001 on lie outside what Mondo has given out.
const DISEASES: readonly (readonly [id: string, label: string, parents: readonly string[]])[] = [
  ["9900001", "made-up disease", []],
  ["9900002", "made-up disease of the lantern organ", ["9900001"]],
  ["9900003", "made-up growth", ["9900001"]],
  ["9900004", "made-up inherited disease", ["9900001"]],
  ["9900005", "made-up disease of the compass organ", ["9900001"]],
  ["9900006", "made-up infection", ["9900001"]],
  ["9900007", "lantern dimming", ["9900002"]],
  ["9900008", "slow lantern dimming", ["9900007"]],
  ["9900009", "sudden lantern dimming", ["9900007"]],
  ["9900010", "slow lantern dimming, early form", ["9900008", "9900004"]],
  ["9900011", "lantern growth", ["9900002", "9900003"]],
  ["9900012", "harmless lantern growth", ["9900011"]],
  ["9900013", "harmful lantern growth", ["9900011"]],
  ["9900014", "harmful lantern growth, spiral type", ["9900013"]],
  ["9900015", "compass growth", ["9900003", "9900005"]],
  ["9900016", "harmful compass growth", ["9900015"]],
  ["9900017", "compass drift", ["9900005"]],
  ["9900018", "inherited compass drift", ["9900004", "9900017"]],
  ["9900019", "inherited compass drift, type 1", ["9900018"]],
  ["9900020", "inherited compass drift, type 2", ["9900018"]],
  ["9900021", "acquired compass drift", ["9900017"]],
  ["9900022", "paper fever", ["9900006"]],
  ["9900023", "recurrent paper fever", ["9900022"]],
  ["9900024", "lantern fever", ["9900002", "9900006"]],
  ["9900025", "ink intolerance", ["9900001"]],
];

/** A small hierarchy of made-up diseases, in the shape in which Concord reads Mondo. */
export function exampleOntology(): string {
  const text = (value: string): string => JSON.stringify(value);
  const terms = DISEASES.map(([id, label, parents]) => {
    return `    ${text(id)}: [${text(label)}, [${parents.map(text).join(", ")}]]`;
  });
  const format = "id -> [label, [parent ids]]; ids without the MONDO: prefix";
  return `{\n  "format": ${text(format)},\n  "terms": {\n${terms.join(",\n")}\n  }\n}\n`;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) {
  const folder = process.argv[2] ?? join(import.meta.dirname, "..", "examples");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "cohort.vcf"), exampleCohort());
  await writeFile(join(folder, "ontology.json"), exampleOntology());
}
