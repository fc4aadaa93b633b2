import VcfParser from "@gmod/vcf";

import { quote } from "./errors.ts";

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const NUL = 0;
const HASH = 35;
const COMMA = 44;
const DOT = 46;
const SLASH = 47;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const BAR = 124;
const G = 71;
const T = 84;

const FIXED_COLUMNS = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"];
// Columns of a data line, from 0.
const [CHROM, POS, REF, ALT, FORMAT, FIRST_SAMPLE] = [0, 1, 3, 4, 8, 9];

const VERSION = /^##fileformat=(VCFv4\.([0-5]))$/;
/** The first version whose genotypes may begin with a phase, as in "|0/1". */
const LEADING_PHASE_SINCE = 4;

/** The longest first line, in bytes: a longer one is no VCF, and is not waited for. */
const MAX_FIRST_LINE = 1024;
/** The longest line of the header, in bytes: about five million sample ids. */
const MAX_HEADER_LINE = 64 * 1024 * 1024;
/** How many bytes of a field are kept for messages. */
const KEPT_FIELD = 256;

// Where a genotype stands between its bytes.
const [AT_START, AFTER_LEADING_PHASE, IN_INDEX, AFTER_MISSING, AFTER_SEPARATOR] = [0, 1, 2, 3, 4];

const COPY_AGAIN = "Copy the file again from its source.";
const NOT_VCF_FIX = 'Name a VCF file: its first line is "##fileformat=VCFv4.3" or another version from 4.0 to 4.5.';

/** Makes the error for a line (from 1). */
export type Refusal = (line: number | undefined, reason: string, fix: string) => Error;

/** What the header of a VCF says. */
export interface VcfHeader {
  readonly fileFormat: string;
  readonly samples: readonly string[];
  readonly reference: string | undefined;
}

/**
 * Checks a VCF that is given piece by piece. The header is read line by line; data lines are walked byte by byte across
 * pieces and never held, so that a line may be longer than memory.
 */
export class VcfScanner {
  /** The line being read, from 1. */
  line = 1;
  /** Data lines ended so far. */
  variants = 0;
  /** Whether a data line had genotypes. */
  withGenotypes = false;

  readonly #refusal: Refusal;
  #header: VcfHeader | undefined;

  // The header as far as it is read.
  #fileFormat = "";
  #minorVersion = 0;
  #samples: readonly string[] = [];
  #lineParts: Buffer[] = [];
  #lineBytes = 0;
  readonly #metadata: string[] = [];

  // The data line as far as it is read.
  #columns = 0;
  #column = 0;
  #fieldBytes = 0;
  #fieldKept = Buffer.alloc(0);
  #carriageReturn = false;
  #blankLine = 0;
  #alternatives = 0;
  #alternativeBytes = 0;
  #genotypeKey = -1;
  #key = 0;
  #keyBytes = 0;
  #keyMatches = true;
  #genotype = AT_START;
  #allele = 0;

  constructor(refusal: Refusal) {
    this.#refusal = refusal;
  }

  /** Takes the next piece of the unpacked file. */
  push(piece: Buffer): void {
    const bodyStart = this.#header === undefined ? this.#pushHeader(piece) : 0;
    if (this.#header !== undefined) this.#pushBody(piece, bodyStart);
  }

  /** Says that the file has ended, and returns its header. */
  end(): VcfHeader {
    if (this.#header === undefined && this.#lineBytes > 0) this.#endHeaderLine();
    if (this.#header === undefined) {
      throw this.#refusal(
        this.#fileFormat === "" ? 1 : this.line,
        this.#fileFormat === "" ? "the file is empty" : "the file ends without a #CHROM line",
        this.#fileFormat === "" ? "Name a VCF file that has a header." : `Put one after the ## lines. ${COPY_AGAIN}`,
      );
    }
    // The last line need not end with a line feed.
    if (this.#column > 0 || this.#fieldBytes > 0) {
      this.#endLine(Buffer.alloc(0), -this.#fieldBytes, this.#carriageReturn ? -1 : 0);
    }
    return this.#header;
  }

  /** Reads header lines and returns where in the piece the body begins. */
  #pushHeader(piece: Buffer): number {
    let start = 0;
    while (this.#header === undefined && start < piece.length) {
      const newline = piece.indexOf(LINE_FEED, start);
      const end = newline === -1 ? piece.length : newline;
      this.#lineParts.push(piece.subarray(start, end));
      this.#lineBytes += end - start;
      this.#checkHeaderLineStart(newline !== -1);
      if (newline === -1) return piece.length;
      this.#endHeaderLine();
      this.line += 1;
      start = end + 1;
    }
    return start;
  }

  /** Refuses what is no header before the line has been waited for. */
  #checkHeaderLineStart(complete: boolean): void {
    const first = this.#lineParts.find((part) => part.length > 0)?.[0];
    if (this.#fileFormat !== "") {
      if (first !== undefined && first !== HASH && first !== CARRIAGE_RETURN) {
        const reason = "a data line stands before the #CHROM line";
        throw this.#refusal(this.line, reason, "Put the header (## lines, then the #CHROM line) first.");
      }
      if (this.#lineBytes > MAX_HEADER_LINE) {
        const reason = `a header line is longer than ${MAX_HEADER_LINE} bytes`;
        throw this.#refusal(this.line, reason, "Check that the file is a VCF, and shorten the line.");
      }
    } else if (complete || this.#lineBytes > MAX_FIRST_LINE) {
      this.#refuseOtherFiles(Buffer.concat(this.#lineParts).subarray(0, MAX_FIRST_LINE));
    }
  }

  #refuseOtherFiles(head: Buffer): void {
    const starts = (bytes: string): boolean => head.subarray(0, bytes.length).equals(Buffer.from(bytes, "latin1"));
    if (starts("BCF")) {
      const fix = 'Turn it into a VCF with "bcftools view -Oz -o data.vcf.gz data.bcf".';
      throw this.#refusal(undefined, "it is a BCF, the binary form of a VCF", fix);
    }
    if (starts("\x1f\x8b")) throw this.#refusal(undefined, "it is compressed twice", "Decompress it once.");
    if (starts("\xff\xfe") || starts("\xfe\xff")) {
      throw this.#refusal(1, "the text is in UTF-16", "Save it as UTF-8 without a byte order mark.");
    }
    if (!starts("##fileformat=") && !starts("\xef\xbb\xbf##fileformat=")) {
      throw this.#refusal(1, 'it is not a VCF: the first line does not begin with "##fileformat="', NOT_VCF_FIX);
    }
    if (head.length >= MAX_FIRST_LINE) throw this.#refusal(1, "the first line is too long for a VCF", NOT_VCF_FIX);
  }

  #endHeaderLine(): void {
    let bytes = Buffer.concat(this.#lineParts);
    this.#lineParts = [];
    this.#lineBytes = 0;
    if (this.#fileFormat === "") this.#refuseOtherFiles(bytes);
    if (bytes.at(-1) === CARRIAGE_RETURN) bytes = bytes.subarray(0, -1);
    if (bytes.includes(NUL)) throw this.#nul();
    if (bytes.includes(CARRIAGE_RETURN)) throw this.#strayReturn();
    if (this.#fileFormat === "") {
      this.#readVersion(bytes.toString().replace(/^\ufeff/, ""));
    } else if (bytes.length === 0) {
      throw this.#refusal(this.line, "there is an empty line in the header", "Remove the line.");
    } else if (bytes[1] === HASH) {
      // Only what is used goes to the parser, which stores any key of a header as a property, "__proto__" too.
      const line = bytes.toString();
      if (/^##(reference=|contig=<)./.test(line)) this.#keepMetadata(line);
    } else {
      this.#readColumns(bytes);
    }
  }

  #readVersion(line: string): void {
    const match = VERSION.exec(line.trimEnd());
    if (match?.[1] === undefined) {
      const version = quote(line.slice("##fileformat=".length));
      const fix = 'Turn it into version 4.3 with "bcftools view" or the tool that wrote it.';
      throw this.#refusal(1, `the version ${version} is not one of VCFv4.0 to VCFv4.5`, fix);
    }
    this.#fileFormat = match[1];
    this.#minorVersion = Number(match[2]);
  }

  /** Keeps the reference, and the first contig that names its assembly: an assembly may have a million contigs. */
  #keepMetadata(line: string): void {
    const isContig = line.startsWith("##contig");
    if (isContig && !/[<,]assembly=/.test(line)) return;
    if (this.#metadata.some((kept) => kept.startsWith("##contig") === isContig)) return;
    this.#metadata.push(line);
  }

  #readColumns(bytes: Buffer): void {
    let line: string;
    try {
      line = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      const fix = 'Turn the file into UTF-8, for instance with "iconv -f latin1 -t utf-8".';
      throw this.#refusal(this.line, "the sample ids are not in UTF-8", fix);
    }
    const columns = line.split("\t");
    const wrong = FIXED_COLUMNS.findIndex((name, i) => columns[i] !== name);
    if (wrong !== -1) {
      const found = columns[wrong] === undefined ? "missing" : quote(columns[wrong]);
      const fix = `Write ${FIXED_COLUMNS.join(", ")} with one tab between them.`;
      throw this.#refusal(this.line, `column ${wrong + 1} is ${found}, not ${FIXED_COLUMNS[wrong]}`, fix);
    }
    if (columns.length > FORMAT && columns[FORMAT] !== "FORMAT") {
      const reason = `column ${FORMAT + 1} is ${quote(columns[FORMAT] ?? "")}, not FORMAT`;
      throw this.#refusal(this.line, reason, "Put the column FORMAT before the samples.");
    }
    this.#samples = columns.slice(FIRST_SAMPLE);
    this.#checkSamples();
    this.#columns = columns.length;
    const parser = new VcfParser({ header: [...this.#metadata, FIXED_COLUMNS.join("\t")].join("\n") });
    this.#header = { fileFormat: this.#fileFormat, samples: this.#samples, reference: findReference(parser) };
  }

  #checkSamples(): void {
    const columnOf = new Map<string, number>();
    this.#samples.forEach((sample, i) => {
      const column = FIRST_SAMPLE + i + 1;
      if (sample.trim() === "") {
        throw this.#refusal(this.line, `the sample id in column ${column} is empty`, "Give every sample an id.");
      }
      const other = columnOf.get(sample);
      if (other !== undefined) {
        const reason = `the sample id ${quote(sample)} stands in columns ${other} and ${column}`;
        throw this.#refusal(this.line, reason, 'Give every sample its own id, for instance with "bcftools reheader".');
      }
      columnOf.set(sample, column);
    });
  }

  #pushBody(piece: Buffer, start: number): void {
    const end = piece.length;
    // Where the field began, as if its earlier bytes stood before this piece.
    let fieldStart = start - this.#fieldBytes;
    let i = start;
    while (i < end) {
      if (this.#carriageReturn && piece[i] !== LINE_FEED) throw this.#strayReturn();
      switch (this.#column) {
        case CHROM:
          if (i === fieldStart) this.#startLine(piece[i]);
          i = skip(piece, i);
          break;
        case POS:
          i = this.#scanPosition(piece, i, fieldStart);
          break;
        case ALT:
          i = this.#scanAlternatives(piece, i);
          break;
        case FORMAT:
          i = this.#scanFormat(piece, i);
          break;
        default:
          i = this.#column < FIRST_SAMPLE ? skip(piece, i) : this.#scanSample(piece, i, fieldStart);
      }
      if (i >= end) break;
      const byte = piece[i];
      if (byte === TAB) {
        this.#endField(piece, fieldStart, i);
        this.#column += 1;
        if (this.#column >= this.#columns) throw this.#wrongColumns(`more than ${this.#columns}`);
        fieldStart = i + 1;
      } else if (byte === LINE_FEED) {
        this.#endLine(piece, fieldStart, this.#carriageReturn ? i - 1 : i);
        this.#carriageReturn = false;
        fieldStart = i + 1;
      } else if (byte === CARRIAGE_RETURN) {
        this.#carriageReturn = true;
      } else {
        throw this.#nul();
      }
      i += 1;
    }
    this.#keepField(piece, fieldStart);
  }

  /** Refuses header lines and blank lines in the body, blank ones only when another line follows. */
  #startLine(byte: number | undefined): void {
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return;
    if (this.#blankLine !== 0) throw this.#refusal(this.#blankLine, "the line is empty", "Remove the line.");
    if (byte === HASH) {
      const fix = 'Put all header lines first; files are joined with "bcftools concat", not one after the other.';
      throw this.#refusal(this.line, "a header line stands after the #CHROM line", fix);
    }
  }

  #scanPosition(piece: Buffer, from: number, fieldStart: number): number {
    let i = from;
    for (; i < piece.length; i++) {
      const byte = piece[i] ?? 0;
      if (endsScan(byte)) break;
      if (byte < ZERO || byte > NINE) throw this.#wrongPosition(this.#field(piece, fieldStart, skip(piece, i)));
    }
    return i;
  }

  #scanAlternatives(piece: Buffer, from: number): number {
    let i = from;
    for (; i < piece.length; i++) {
      const byte = piece[i] ?? 0;
      if (endsScan(byte)) break;
      if (byte === COMMA) {
        this.#endAlternative();
        this.#alternatives += 1;
        this.#alternativeBytes = 0;
      } else {
        this.#alternativeBytes += 1;
      }
    }
    return i;
  }

  /** Finds which key of FORMAT is GT. */
  #scanFormat(piece: Buffer, from: number): number {
    let i = from;
    for (; i < piece.length; i++) {
      const byte = piece[i] ?? 0;
      if (endsScan(byte)) break;
      if (byte === COLON) {
        this.#endKey();
        this.#key += 1;
        this.#keyBytes = 0;
        this.#keyMatches = true;
      } else {
        if (byte !== (this.#keyBytes === 0 ? G : T)) this.#keyMatches = false;
        this.#keyBytes += 1;
      }
    }
    return i;
  }

  /** Checks the genotype of a sample; what else the sample has is not looked at. */
  #scanSample(piece: Buffer, from: number, fieldStart: number): number {
    if (this.#genotypeKey === -1 || this.#key > this.#genotypeKey) return skip(piece, from);
    let i = from;
    let state = this.#genotype;
    let allele = this.#allele;
    for (; i < piece.length; i++) {
      const byte = piece[i] ?? 0;
      if (endsScan(byte)) break;
      if (byte === COLON) {
        if (this.#key === this.#genotypeKey) {
          this.#genotype = state;
          this.#allele = allele;
          this.#endGenotype(piece, fieldStart, i);
        }
        this.#key += 1;
        if (this.#key > this.#genotypeKey) return skip(piece, i);
      } else if (this.#key < this.#genotypeKey) {
        continue;
      } else if (byte >= ZERO && byte <= NINE && state !== AFTER_MISSING) {
        allele = (state === IN_INDEX ? allele * 10 : 0) + byte - ZERO;
        state = IN_INDEX;
      } else if (byte === DOT && state !== IN_INDEX && state !== AFTER_MISSING) {
        state = AFTER_MISSING;
      } else if ((byte === SLASH || byte === BAR) && (state === IN_INDEX || state === AFTER_MISSING)) {
        if (state === IN_INDEX && allele > this.#alternatives) throw this.#wrongAllele(piece, fieldStart, i, allele);
        state = AFTER_SEPARATOR;
      } else if ((byte === SLASH || byte === BAR) && state === AT_START && this.#minorVersion >= LEADING_PHASE_SINCE) {
        state = AFTER_LEADING_PHASE;
      } else {
        throw this.#wrongGenotype(piece, fieldStart, i);
      }
    }
    this.#genotype = state;
    this.#allele = allele;
    return i;
  }

  #endField(piece: Buffer, fieldStart: number, end: number): void {
    const isEmpty = end === fieldStart;
    switch (this.#column) {
      case CHROM:
        if (isEmpty) throw this.#refusal(this.line, "CHROM is empty", "Name the chromosome or contig.");
        break;
      case POS:
        if (isEmpty) throw this.#wrongPosition("");
        break;
      case REF:
        if (isEmpty) throw this.#refusal(this.line, "REF is empty", "Give the reference bases.");
        break;
      case ALT:
        this.#endAlternative();
        // A lone dot counts too: valid files of the specification's own test set call it allele 1.
        this.#alternatives += 1;
        break;
      case FORMAT:
        this.#endKey();
        if (this.#genotypeKey !== -1 && this.#samples.length > 0) this.withGenotypes = true;
        break;
      default:
        if (this.#column >= FIRST_SAMPLE && this.#key === this.#genotypeKey) this.#endGenotype(piece, fieldStart, end);
    }
    this.#fieldBytes = 0;
    if (this.#fieldKept.length > 0) this.#fieldKept = Buffer.alloc(0);
    this.#key = 0;
    this.#keyBytes = 0;
    this.#keyMatches = true;
    this.#genotype = AT_START;
  }

  #endLine(piece: Buffer, fieldStart: number, end: number): void {
    if (this.#column === 0 && end === fieldStart) {
      this.#blankLine ||= this.line;
    } else {
      this.#endField(piece, fieldStart, end);
      if (this.#column + 1 !== this.#columns) throw this.#wrongColumns(String(this.#column + 1));
      this.variants += 1;
    }
    this.line += 1;
    this.#column = 0;
    this.#alternatives = 0;
    this.#alternativeBytes = 0;
    this.#genotypeKey = -1;
  }

  #endAlternative(): void {
    if (this.#alternativeBytes > 0) return;
    throw this.#refusal(this.line, "ALT has an empty allele", 'Give the alleles, or "." where there is none.');
  }

  #endKey(): void {
    if (this.#keyMatches && this.#keyBytes === 2 && this.#genotypeKey === -1) this.#genotypeKey = this.#key;
  }

  #endGenotype(piece: Buffer, fieldStart: number, end: number): void {
    if (this.#genotype === IN_INDEX) {
      if (this.#allele > this.#alternatives) throw this.#wrongAllele(piece, fieldStart, end, this.#allele);
    } else if (this.#genotype !== AFTER_MISSING) {
      throw this.#wrongGenotype(piece, fieldStart, end);
    }
  }

  /** Keeps of a field that goes on in the next piece what a message shows. */
  #keepField(piece: Buffer, fieldStart: number): void {
    this.#fieldBytes = piece.length - fieldStart;
    const room = KEPT_FIELD - this.#fieldKept.length;
    if (this.#fieldBytes === 0 || room <= 0) return;
    const begin = Math.max(0, fieldStart);
    this.#fieldKept = Buffer.concat([this.#fieldKept, piece.subarray(begin, begin + room)]);
  }

  #field(piece: Buffer, fieldStart: number, end: number): string {
    const inPiece = piece.subarray(Math.max(0, fieldStart), Math.max(0, end)).subarray(0, KEPT_FIELD);
    return Buffer.concat([this.#fieldKept, inPiece]).toString().replace(/\r$/, "");
  }

  #nul(): Error {
    return this.#refusal(this.line, "there is a NUL byte: the file is damaged or no text", COPY_AGAIN);
  }

  #strayReturn(): Error {
    const reason = "a carriage return stands inside the line";
    return this.#refusal(this.line, reason, "End lines with a line feed, or a carriage return and a line feed.");
  }

  #wrongPosition(value: string): Error {
    return this.#refusal(this.line, `POS is ${quote(value)}, not a whole number`, "Give the position, 0 or more.");
  }

  #wrongColumns(found: string): Error {
    const fix =
      found === "1"
        ? "Separate the columns with tabs, not spaces."
        : "Give as many columns as the #CHROM line has, with one tab between them.";
    return this.#refusal(
      this.line,
      `the line has ${found} column${found === "1" ? "" : "s"}, the #CHROM line ${this.#columns}`,
      fix,
    );
  }

  #sample(): string {
    return `sample ${quote(this.#samples[this.#column - FIRST_SAMPLE] ?? "")}`;
  }

  #genotypeText(piece: Buffer, fieldStart: number, at: number): string {
    return quote(this.#field(piece, fieldStart, skip(piece, at)).split(":")[this.#genotypeKey] ?? "");
  }

  #wrongGenotype(piece: Buffer, fieldStart: number, at: number): Error {
    const reason = `${this.#sample()} has the genotype ${this.#genotypeText(piece, fieldStart, at)}`;
    return this.#refusal(this.line, reason, 'Write allele numbers or "." with "/" or "|" between them, such as 0/1.');
  }

  #wrongAllele(piece: Buffer, fieldStart: number, at: number, allele: number): Error {
    const genotype = this.#genotypeText(piece, fieldStart, at);
    const reason = `${this.#sample()} has the genotype ${genotype}, but ALT has no allele ${allele}`;
    return this.#refusal(this.line, reason, `Add allele ${allele} to ALT, or correct the genotype.`);
  }
}

/** The next byte from `from` on that may end a field or be refused: tab, line end, NUL. */
function skip(piece: Buffer, from: number): number {
  let i = from;
  while (i < piece.length && !endsScan(piece[i] ?? 0)) i++;
  return i;
}

function endsScan(byte: number): boolean {
  return byte <= CARRIAGE_RETURN && (byte === TAB || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === NUL);
}

function findReference(parser: VcfParser): string | undefined {
  const reference = parser.getMetadata("reference");
  if (typeof reference === "string") return reference;
  const contigs = Object.values(parser.getMetadata("contig") ?? {}) as { assembly?: unknown }[];
  const assembly = contigs[0]?.assembly;
  return typeof assembly === "string" ? assembly : undefined;
}
