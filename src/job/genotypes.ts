import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** Columns of a data line before the samples', from 0. */
const [CHROM, POS, ID, REF, ALT, INFO, FORMAT, FIRST_SAMPLE] = [0, 1, 2, 3, 4, 7, 8, 9];

/** Smallest number of participants that a published count may stand for: DESIGN's k. */
export const MINIMUM_CELL = 10;
/** What stands for a number that too few participants are behind. */
const SUPPRESSED = `<${MINIMUM_CELL}`;

/** One data line of a VCF. */
export interface Variant {
  /** The eight fixed columns, and FORMAT where there are samples. */
  readonly columns: readonly string[];
  /** One field a sample, in the order of the header. */
  readonly samples: readonly string[];
}

/** A VCF's lines: its header first, then its data. The file is one that readVcf has checked. */
export async function readVariants(
  file: string,
  onHeader: (line: string) => Promise<void>,
  onVariant: (variant: Variant) => Promise<void>,
): Promise<void> {
  for await (const line of linesOf(file)) {
    if (line.startsWith("#")) {
      await onHeader(line);
      continue;
    }
    const fields = line.split("\t");
    await onVariant({ columns: fields.slice(0, FIRST_SAMPLE), samples: fields.slice(FIRST_SAMPLE) });
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const begin = createReadStream(file, { end: 1 });
  let magic = "";
  for await (const piece of begin) magic += (piece as Buffer).toString("hex");
  const raw: Readable = createReadStream(file);
  const text: Readable = magic === "1f8b" ? raw.pipe(createGunzip()) : raw;
  text.setEncoding("utf8");
  let rest = "";
  for await (const piece of text) {
    const lines = (rest + (piece as string)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield line.replace(/\r$/, "");
  }
  if (rest !== "") yield rest.replace(/\r$/, "");
}

/** Writes a VCF with the chosen samples' columns alone, under other names: the statistics of the whole are left out. */
export async function writeSubset(
  file: string,
  chosen: readonly { readonly column: number; readonly name: string }[],
  to: FileHandle,
): Promise<void> {
  await readVariants(
    file,
    async (line) => {
      const header = line.split("\t").slice(0, FIRST_SAMPLE);
      const names = chosen.map(({ name }) => name);
      await to.write(line.startsWith("##") ? `${line}\n` : `${[...header, ...names].join("\t")}\n`);
    },
    async ({ columns, samples }) => {
      const fields = columns.map((field, column) => (column === INFO ? "." : field));
      const kept = chosen.map(({ column }) => samples[column] ?? ".");
      await to.write(`${[...fields, ...kept].join("\t")}\n`);
    },
  );
}

/** A genotype that some of the cohort have. */
interface Genotype {
  readonly alleles: readonly string[];
  readonly participants: number;
}

/** What countAlleles has found. */
export interface AlleleCounts {
  /** A table with a line an alternative allele: its place, its count and the number of alleles called. */
  readonly table: string;
  readonly alleles: number;
  /** Alleles whose count was suppressed because fewer than MINIMUM_CELL participants have it, or have it not. */
  readonly suppressed: number;
  /** Fewest participants behind any count that is told; undefined when none is told. */
  readonly smallestCell: number | undefined;
}

/**
 * Counts the alternative alleles of the chosen samples; a number is told only where at least MINIMUM_CELL participants
 * are behind it and as many are not.
 */
export async function countAlleles(file: string, chosen: readonly number[]): Promise<AlleleCounts> {
  const lines = ["#CHROM\tPOS\tID\tREF\tALT\tAC\tAN"];
  let [suppressed, smallestCell] = [0, Number.POSITIVE_INFINITY];
  await readVariants(
    file,
    () => Promise.resolve(),
    ({ columns, samples }) => {
      const called = tallyGenotypes(columns[FORMAT], chosen, samples);
      const participants = sumOf(called, () => 1);
      const number = sumOf(called, ({ alleles }) => alleles.length);
      const alternatives = columns[ALT] === "." ? [] : (columns[ALT]?.split(",") ?? []);
      for (const [index, alternative] of alternatives.entries()) {
        const copiesOf = ({ alleles }: Genotype): number =>
          alleles.filter((allele) => allele === `${index + 1}`).length;
        const count = sumOf(called, copiesOf);
        const carriers = sumOf(called, (genotype) => (copiesOf(genotype) > 0 ? 1 : 0));
        const cell = Math.min(carriers, participants - carriers);
        const isTold = cell >= MINIMUM_CELL;
        if (isTold) smallestCell = Math.min(smallestCell, cell);
        else suppressed += 1;
        const place = [columns[CHROM], columns[POS], columns[ID], columns[REF], alternative];
        const total = participants >= MINIMUM_CELL ? number : SUPPRESSED;
        lines.push([...place, isTold ? count : SUPPRESSED, total].join("\t"));
      }
      return Promise.resolve();
    },
  );
  const told = Number.isFinite(smallestCell) ? smallestCell : undefined;
  return { table: `${lines.join("\n")}\n`, alleles: lines.length - 1, suppressed, smallestCell: told };
}

/** How many of the chosen samples have each genotype; those whose genotype is missing are left out. */
function tallyGenotypes(
  format: string | undefined,
  chosen: readonly number[],
  samples: readonly string[],
): readonly Genotype[] {
  // GT stands first where it is given.
  if (format !== "GT" && format?.startsWith("GT:") !== true) return [];
  const tally = new Map<string, number>();
  for (const column of chosen) {
    const [genotype = ""] = (samples[column] ?? ".").split(":", 1);
    tally.set(genotype, (tally.get(genotype) ?? 0) + 1);
  }
  return [...tally]
    .map(([genotype, participants]) => ({
      alleles: genotype.split(/[|/]/).filter((allele) => allele !== "." && allele !== ""),
      participants,
    }))
    .filter(({ alleles }) => alleles.length > 0);
}

/** The sum over all participants of what their genotype counts for. */
function sumOf(genotypes: readonly Genotype[], of: (genotype: Genotype) => number): number {
  return genotypes.reduce((sum, genotype) => sum + of(genotype) * genotype.participants, 0);
}
