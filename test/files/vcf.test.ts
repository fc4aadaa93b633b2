import { createHash } from "node:crypto";
import { chmodSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, gunzipSync, gzipSync } from "node:zlib";

import VcfParser from "@gmod/vcf";
import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import { readVcf, VcfError, type VcfProgress } from "../../src/files/index.ts";
import { VcfScanner } from "../../src/files/vcfScanner.ts";
import { examples, realData, rejection, temporaryFolder } from "./support.ts";

const FIXED = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";
const SITE = "1\t100\t.\tA\tC\t.\tPASS\t.";
const BGZIP_END = Buffer.from("1f8b08040000000000ff0600424302001b0003000000000000000000", "hex");

const header = (samples: readonly string[], version = "4.3"): string[] => [
  `##fileformat=VCFv${version}`,
  '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
  samples.length === 0 ? FIXED : [FIXED, "FORMAT", ...samples].join("\t"),
];
const text = (...lines: string[]): string => lines.join("\n") + "\n";
/** A VCF with one sample whose line 4 has this genotype. */
const withGenotype = (genotype: string, alternatives = "C,G", version = "4.3"): string =>
  text(...header(["s1"], version), `1\t100\t.\tA\t${alternatives}\t.\tPASS\t.\tGT\t${genotype}`);

/** One bgzip block: a gzip member that says its own length in an extra field. */
function bgzipBlock(content: string): Buffer {
  const deflated = deflateRawSync(content);
  const plain = gzipSync(content);
  const head = Buffer.from("1f8b08040000000000ff060042430200", "hex");
  const length = Buffer.alloc(2);
  length.writeUInt16LE(head.length + 2 + deflated.length + 8 - 1);
  return Buffer.concat([head, length, deflated, plain.subarray(-8)]);
}

/** What a scanner makes of a text that comes in pieces of these sizes. */
function scan(content: Buffer, size: number): string {
  const scanner = new VcfScanner((line, reason, fix) => new Error(`${line}: ${reason} | ${fix}`));
  try {
    for (let i = 0; i < content.length; i += size) scanner.push(content.subarray(i, i + size));
    const found = scanner.end();
    return JSON.stringify({ ...found, variants: scanner.variants, withGenotypes: scanner.withGenotypes });
  } catch (error) {
    // A value is shown as far as it was read.
    return String(error).replace(/(has the genotype|POS is) .* \| /, "$1 … | ");
  }
}

describe("readVcf accepts", () => {
  const folder = temporaryFolder();

  it("a file with samples and genotypes", async () => {
    const content = text(...header(["s1", "s2"]), `${SITE}\tGT:DP\t0/1:7\t1|1:9`);
    const path = folder.write("samples.vcf", content);
    expect(await readVcf(path)).to.deep.equal({
      file: path,
      fileFormat: "VCFv4.3",
      samples: ["s1", "s2"],
      variants: 1,
      withGenotypes: true,
      reference: undefined,
      packing: "plain",
      bytes: content.length,
      sha256: `0x${createHash("sha256").update(content).digest("hex")}`,
    });
  });

  for (const version of ["4.0", "4.1", "4.2", "4.3", "4.4", "4.5"]) {
    it(`VCF ${version}`, async () => {
      const vcf = await readVcf(folder.write("version.vcf", withGenotype("0/1", "C", version)));
      expect(vcf.fileFormat).to.equal(`VCFv${version}`);
    });
  }

  const accepted: [name: string, content: string, found: object][] = [
    ["sites only", text(...header([]), SITE), { samples: [], variants: 1, withGenotypes: false }],
    ["a header without data lines", text(...header(["s1"])), { samples: ["s1"], variants: 0, withGenotypes: false }],
    ["FORMAT without samples", text(...header([]).slice(0, 2), `${FIXED}\tFORMAT`, `${SITE}\tGT`), { samples: [] }],
    ["samples without genotypes", text(...header(["s1"]), `${SITE}\tDP\t7`), { variants: 1, withGenotypes: false }],
    ["a missing FORMAT", text(...header(["s1"]), `${SITE}\t.\t.`), { variants: 1, withGenotypes: false }],
    [
      "lines with and without genotypes",
      text(...header(["s1"]), `${SITE}\tDP\t7`, `${SITE}\tGT\t0`),
      { variants: 2, withGenotypes: true },
    ],
    ["GT that is not the first key", text(...header(["s1"]), `${SITE}\tDP:GT\t7:0/1`), { withGenotypes: true }],
    ["a key that only begins like GT", text(...header(["s1"]), `${SITE}\tGTX:XGT:G\tx:y:z`), { withGenotypes: false }],
    ["values left out at the end", text(...header(["s1", "s2"]), `${SITE}\tDP:GT\t7\t.`), { variants: 1 }],
    [
      "line ends of Windows",
      text(...header(["s1"]), `${SITE}\tGT\t0/1`).replaceAll("\n", "\r\n"),
      { samples: ["s1"], variants: 1 },
    ],
    ["a missing last line feed", text(...header(["s1"]), `${SITE}\tGT\t0/1`).trimEnd(), { variants: 1 }],
    [
      "a lone carriage return at the end",
      text(...header(["s1"]), `${SITE}\tGT\t0/1`).trimEnd() + "\r",
      { variants: 1 },
    ],
    ["a header alone without a last line feed", text(...header(["s1"])).trimEnd(), { samples: ["s1"], variants: 0 }],
    ["blank lines at the end", text(...header([]), SITE, "", "\r", ""), { variants: 1 }],
    ["a lone carriage return behind the last line", text(...header([]), SITE) + "\r", { variants: 1 }],
    [
      "a line without genotypes after one with",
      text(...header(["s1"]), `${SITE}\tGT\t0`, `${SITE}\tDP\t7`),
      { variants: 2 },
    ],
    ["a second GT, which is not looked at", text(...header(["s1"]), `${SITE}\tGT:GT\t0:x`), { variants: 1 }],
    ["a byte order mark", "\ufeff" + text(...header([]), SITE), { fileFormat: "VCFv4.3", variants: 1 }],
    ["POS 0, a telomere", text(...header([]), SITE.replace("100", "0")), { variants: 1 }],
    [
      "a header line that is no pair",
      text("##fileformat=VCFv4.2", "##written by hand", "##", FIXED, SITE),
      { variants: 1 },
    ],
    [
      "many alternative alleles",
      withGenotype("12/3", Array.from({ length: 12 }, () => "C").join(",")),
      { variants: 1 },
    ],
    ["symbolic alleles and breakends", withGenotype("1/3", "<DEL>,]1:12]A,*,<CN0>"), { variants: 1 }],
    ["allele 1 where ALT is missing, as the specification's own files do", withGenotype("0|1", "."), { variants: 1 }],
  ];
  for (const [name, content, found] of accepted) {
    it(name, async () => {
      expect(await readVcf(folder.write("accepted.vcf", content))).to.deep.include(found);
    });
  }

  for (const genotype of ["0", ".", "1", "0/1", "0|1", "./.", ".|.", "./1", "0/1/2", "0|1|2|0/.", "0/2:x:y"]) {
    it(`the genotype ${genotype}`, async () => {
      expect((await readVcf(folder.write("gt.vcf", withGenotype(genotype)))).withGenotypes).to.equal(true);
    });
  }

  for (const genotype of ["|0/1", "/0|1", "|1", "/."]) {
    it(`the genotype ${genotype} with its phase in front, from version 4.4 on`, async () => {
      expect((await readVcf(folder.write("gt44.vcf", withGenotype(genotype, "C", "4.4")))).variants).to.equal(1);
      const error = await rejection(readVcf(folder.write("gt43.vcf", withGenotype(genotype, "C", "4.3"))));
      expect(error).to.be.instanceOf(VcfError).and.include({ line: 4 });
    });
  }

  const oddIds = [
    "a b",
    " leading",
    "trailing ",
    "007",
    "Ünïcödé-样本-🧬",
    "x".repeat(10_000),
    "__proto__",
    "constructor",
    "a,b;c=d",
    '"',
    "s1",
    "S1",
  ];
  it("odd sample ids, exactly as written", async () => {
    const genotypes = oddIds.map(() => "0/1").join("\t");
    const path = folder.write("odd.vcf", text(...header(oddIds), `${SITE}\tGT\t${genotypes}`));
    expect((await readVcf(path)).samples).to.deep.equal(oddIds);
  });

  it("a header that would write to the prototype of every object", async () => {
    const lines = [
      "##__proto__=<ID=polluted,Description=x>",
      "##contig=<ID=__proto__,assembly=[a]>",
      "##contig=<assembly=x>",
    ];
    const path = folder.write("proto.vcf", text("##fileformat=VCFv4.3", ...lines, FIXED, SITE));
    expect((await readVcf(path)).variants).to.equal(1);
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
  });

  it("the reference that the header names, or else the assembly of a contig", async () => {
    const contigs = ["##contig=<ID=1>", '##contig=<ID=2,length=5,assembly="b37">', "##contig=<ID=3,assembly=b38>"];
    const both = folder.write(
      "both.vcf",
      text("##fileformat=VCFv4.3", "##reference=file:///ref.fa", "##reference=second", ...contigs, FIXED),
    );
    const contigOnly = folder.write("contig.vcf", text("##fileformat=VCFv4.3", ...contigs, FIXED));
    expect((await readVcf(both)).reference).to.equal("file:///ref.fa");
    expect((await readVcf(contigOnly)).reference).to.equal("b37");
  });

  it("gzip, of one member or many, also where a line goes on in the next member", async () => {
    const content = text(...header(["s1"]), `${SITE}\tGT\t0/1`, `${SITE}\tGT\t1/1`);
    const single = gzipSync(content);
    const many = Buffer.concat([...content].map((character) => gzipSync(character)));
    for (const packed of [single, many]) {
      const vcf = await readVcf(folder.write("packed.vcf.gz", packed));
      expect(vcf).to.deep.include({ samples: ["s1"], variants: 2, packing: "gzip", bytes: packed.length });
      expect(vcf.sha256).to.equal(`0x${createHash("sha256").update(packed).digest("hex")}`);
    }
  });

  it("bgzip of several blocks", async () => {
    const blocks = [text(...header(["s1"])), `${SITE}\tGT\t0/`, `1\n${SITE}\tGT\t1/1\n`].map(bgzipBlock);
    const vcf = await readVcf(folder.write("blocks.vcf.gz", Buffer.concat([...blocks, BGZIP_END])));
    expect(vcf).to.deep.include({ samples: ["s1"], variants: 2, packing: "bgzip" });
  });

  it("gzip by its content, whatever the file is called", async () => {
    const content = text(...header([]), SITE);
    expect((await readVcf(folder.write("plain.gz", content))).packing).to.equal("plain");
    expect((await readVcf(folder.write("packed.txt", gzipSync(content)))).packing).to.equal("gzip");
  });

  it("a link to a file", async () => {
    const link = join(folder.path, "link.vcf");
    symlinkSync(folder.write("target.vcf", text(...header([]), SITE)), link);
    expect((await readVcf(link)).variants).to.equal(1);
  });

  it("a line of 512 MB, in memory that does not grow with it", async () => {
    const filling = gzipSync(Buffer.alloc(1024 * 1024, "A"));
    const start = gzipSync(text(...header(["s1"])) + SITE.slice(0, -1));
    const end = gzipSync("\tGT\t0/1\n");
    const path = folder.write("long.vcf.gz", Buffer.concat([start, ...Array<Buffer>(512).fill(filling), end]));
    const before = process.resourceUsage().maxRSS;
    expect((await readVcf(path)).variants).to.equal(1);
    expect(process.resourceUsage().maxRSS - before, "KB more at the peak").to.be.lessThan(200_000);
  }).timeout(60_000);

  it("and reports progress that rises to the whole", async () => {
    const line = `${SITE}${"x".repeat(1000)}\n`;
    const path = folder.write("progress.vcf", text(...header([])) + line.repeat(3000));
    const seen: VcfProgress[] = [];
    const vcf = await readVcf(path, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).to.be.greaterThan(2);
    expect(seen.map(({ bytesRead }) => bytesRead)).to.deep.equal(
      seen.map(({ bytesRead }) => bytesRead).sort((a, b) => a - b),
    );
    expect(seen.at(-1)).to.deep.equal({ bytesRead: vcf.bytes, bytesTotal: vcf.bytes, variants: 3000 });
  });
});

describe("readVcf refuses", () => {
  const folder = temporaryFolder();

  async function refused(path: string, line: number | undefined, reason: string): Promise<VcfError> {
    const error = await rejection(readVcf(path));
    expect(error).to.be.instanceOf(VcfError);
    const vcfError = error as VcfError;
    expect(vcfError.message).to.include(reason);
    expect(vcfError).to.include({ file: path, line, name: "VcfError" });
    expect(vcfError.message.startsWith(line === undefined ? `${path}: ` : `${path}, line ${line}: `)).to.equal(true);
    expect(vcfError.fix).to.match(/^[A-Z].*\.$/s);
    return vcfError;
  }

  const [h1, h2, h3] = header(["s1"]) as [string, string, string];
  const good = `${SITE}\tGT\t0/1`;
  const withColumns = (columns: string): string => text(h1, h2, columns);
  const sites = (line: string): string => text(...header([]), SITE, line);

  const refusals: [name: string, content: string | Buffer, line: number | undefined, reason: string][] = [
    ["an empty file", "", undefined, "the file is empty"],
    ["a gzip file of nothing", gzipSync(""), 1, "the file is empty"],
    ["other text", "id,age\n1,2\n", 1, "not a VCF"],
    ["other text without a line feed", "hello", 1, "not a VCF"],
    ["a long line of other text", "x".repeat(100_000), 1, "not a VCF"],
    ["random bytes", Buffer.from("00ff10e0aa0055", "hex"), 1, "not a VCF"],
    ["a version line that does not end", "##fileformat=VCFv4.3" + "x".repeat(100_000), 1, "too long"],
    ["a header without its version", text(FIXED, SITE), 1, "not a VCF"],
    ["text in UTF-16", Buffer.from("\ufeff" + text(...header([])), "utf16le"), 1, "UTF-16"],
    ["VCF 3.3", text("##fileformat=VCFv3.3", FIXED), 1, '"VCFv3.3" is not one of'],
    ["VCF 4.6", text("##fileformat=VCFv4.6", FIXED), 1, '"VCFv4.6" is not one of'],
    ["a zip file", Buffer.from("PK\x03\x04 and so on"), undefined, "packed with zip"],
    ["a bzip2 file", Buffer.from("BZh91AY"), undefined, "packed with bzip2"],
    ["an xz file", Buffer.from("fd377a585a000004", "hex"), undefined, "packed with xz"],
    ["a zstd file", Buffer.from("28b52ffd0000", "hex"), undefined, "packed with zstd"],
    ["a plain BCF", Buffer.from("BCF\x02\x02\x10\x00\x00\x00##fileformat=VCFv4.2\n"), undefined, "it is a BCF"],
    ["a packed BCF", gzipSync(Buffer.from("BCF\x02\x02\x05\x00")), undefined, "it is a BCF"],
    ["a file packed twice", gzipSync(gzipSync(text(...header([])))), undefined, "compressed twice"],
    ["a header that ends without #CHROM", text(h1, h2), 3, "without a #CHROM line"],
    ["a header that is cut in a line", h1, 1, "without a #CHROM line"],
    ["a data line before the header", text(h1, good, h3), 2, "before the #CHROM line"],
    ["an empty line in the header", text(h1, "", h3), 2, "an empty line in the header"],
    [
      "an empty line in the header of Windows",
      text(h1, "", h3).replaceAll("\n", "\r\n"),
      2,
      "an empty line in the header",
    ],
    ["a wrong fixed column", withColumns(FIXED.replace("REF", "Ref")), 3, 'column 4 is "Ref", not REF'],
    ["a missing fixed column", withColumns(FIXED.replace("\tINFO", "")), 3, "column 8 is missing, not INFO"],
    ["fixed columns in another order", withColumns(FIXED.replace("POS\tID", "ID\tPOS")), 3, 'column 2 is "ID"'],
    ["columns separated by spaces", withColumns(FIXED.replaceAll("\t", " ")), 3, "column 1 is"],
    ["a header of one #", withColumns(`#${FIXED}`.replace("##", "# ")), 3, "column 1 is"],
    ["samples without FORMAT", withColumns(`${FIXED}\ts1\ts2`), 3, 'column 9 is "s1", not FORMAT'],
    ["a sample id twice", withColumns(`${FIXED}\tFORMAT\ta\tb\ta`), 3, '"a" stands in columns 10 and 12'],
    ["an empty sample id", withColumns(`${FIXED}\tFORMAT\ta\t\tb`), 3, "the sample id in column 11 is empty"],
    ["an empty last sample id", withColumns(`${FIXED}\tFORMAT\ta\t`), 3, "the sample id in column 11 is empty"],
    ["a sample id of spaces", withColumns(`${FIXED}\tFORMAT\t  `), 3, "the sample id in column 10 is empty"],
    [
      "sample ids that are not UTF-8",
      Buffer.from(withColumns(`${FIXED}\tFORMAT\tJos\xe9`), "latin1"),
      3,
      "not in UTF-8",
    ],
    ["a line with too few columns", text(h1, h2, h3, good, SITE), 5, "the line has 8 columns, the #CHROM line 10"],
    ["a line with too many columns", text(h1, h2, h3, good + "\t0/1"), 4, "more than 10 columns"],
    ["a cut last line", text(h1, h2, h3, good) + "1\t10", 5, "the line has 2 columns"],
    ["a line separated by spaces", sites(SITE.replaceAll("\t", " ")), 5, "the line has 1 column,"],
    ["a blank line between others", text(...header([]), SITE, "", "", SITE), 5, "the line is empty"],
    ["a header line after data", text(...header([]), SITE, ...header([])), 5, "a header line stands after"],
    ["an empty CHROM", sites(SITE.replace("1", "")), 5, "CHROM is empty"],
    ["an empty POS", sites(SITE.replace("100", "")), 5, 'POS is "", not a whole number'],
    ["a negative POS", sites(SITE.replace("100", "-5")), 5, 'POS is "-5"'],
    ["a fractional POS", sites(SITE.replace("100", "1.5")), 5, 'POS is "1.5"'],
    ["a POS in words", sites(SITE.replace("100", "12x4")), 5, 'POS is "12x4"'],
    ["a POS with a space", sites(SITE.replace("100", " 100")), 5, 'POS is " 100"'],
    ["a missing POS", sites(SITE.replace("100", ".")), 5, 'POS is "."'],
    ["an empty REF", sites(SITE.replace("A", "")), 5, "REF is empty"],
    ["an empty ALT", sites(SITE.replace("C", "")), 5, "ALT has an empty allele"],
    ["an empty allele in ALT", sites(SITE.replace("C", "C,,G")), 5, "ALT has an empty allele"],
    ["an empty last allele in ALT", sites(SITE.replace("C", "C,")), 5, "ALT has an empty allele"],
    ["a NUL byte in a data line", sites(SITE.replace("PASS", "PA\0SS")), 5, "NUL"],
    ["a NUL byte at the start of a line", sites("\0\0\0\0"), 5, "NUL"],
    ["a NUL byte in the header", text(h1, "##a=\0", FIXED), 2, "NUL"],
    ["a carriage return inside a line", sites(SITE.replace("PASS", "PA\rSS")), 5, "a carriage return stands inside"],
    ["line ends of old Macs", text(...header([]), SITE).replaceAll("\n", "\r"), 1, "a carriage return stands inside"],
    [
      "the second sample's genotype",
      text(...header(["s1", "s 2"]), `${SITE}\tGT\t0/1\tAA`),
      4,
      'sample "s 2" has the genotype "AA"',
    ],
    ["an allele that ALT does not have", withGenotype("0/3"), 4, 'the genotype "0/3", but ALT has no allele 3'],
    ["such an allele in the middle", withGenotype("0/3/1:5"), 4, 'the genotype "0/3/1", but ALT has no allele 3'],
    ["allele 2 where ALT is missing", withGenotype("0/2", "."), 4, "ALT has no allele 2"],
    ["a huge allele", withGenotype("0/99999999999999999999999"), 4, "ALT has no allele"],
    ["a wrong genotype that is not the first key", text(h1, h2, h3, `${SITE}\tDP:GT\t7:x`), 4, 'the genotype "x"'],
    [
      "a wrong genotype at the end of a Windows file",
      withGenotype("0/x").replaceAll("\n", "\r\n"),
      4,
      'genotype "0/x"',
    ],
  ];
  for (const [name, content, line, reason] of refusals) {
    it(`${name}${line === undefined ? "" : `, naming line ${line}`}`, async () => {
      await refused(folder.write("refused.vcf", content), line, reason);
    });
  }

  for (const genotype of [
    "",
    "/",
    "0/",
    "/1",
    "0//1",
    "0-1",
    "A/C",
    "0/1 ",
    "..",
    "1.",
    "-1",
    "0/|1",
    "+1",
    "0\u000b1",
    ":5",
  ]) {
    it(`the genotype ${JSON.stringify(genotype)}`, async () => {
      await refused(folder.write("genotype.vcf", withGenotype(genotype)), 4, "has the genotype");
    });
  }

  it("a BCF with the command that turns it into a VCF", async () => {
    const error = await refused(folder.write("data.bcf", gzipSync("BCF\x02\x02")), undefined, "BCF");
    expect(error.fix).to.include("bcftools view");
  });

  it("columns separated by spaces, saying that tabs are needed", async () => {
    const error = await refused(folder.write("spaces.vcf", sites(SITE.replaceAll("\t", " "))), 5, "1 column,");
    expect(error.fix).to.include("tabs");
  });

  it("a message with control characters or an endless field in it", async () => {
    const error = await refused(
      folder.write("long.vcf", withGenotype("\u001b[31m" + "0".repeat(5000) + "x")),
      4,
      "genotype",
    );
    expect(error.message).not.to.include("\u001b");
    expect(error.message.length - error.file.length).to.be.lessThan(150);
  });

  it("a missing file, a directory and a path through a file", async () => {
    const file = folder.write("file.vcf", text(...header([])));
    await refused(join(folder.path, "missing.vcf"), undefined, "there is no such file");
    await refused(join(file, "inside.vcf"), undefined, "there is no such file");
    const error = await refused(folder.path, undefined, "it is a directory");
    expect(error.fix).to.include("inside");
  });

  it("what is no regular file", async () => {
    await refused("/dev/null", undefined, "not a regular file");
  });

  it("a file that may not be read", async function () {
    // The administrator may read everything.
    if (process.getuid?.() === 0) this.skip();
    const path = folder.write("locked.vcf", text(...header([])));
    chmodSync(path, 0);
    await refused(path, undefined, "it may not be read");
  });

  describe("a damaged gzip file:", () => {
    const content = text(h1, h2, h3) + `${good}\n`.repeat(20_000);
    const member = gzipSync(content);

    it("cut anywhere", async () => {
      for (const length of [2, 5, 10, 18, 100, member.length >> 1, member.length - 8, member.length - 1]) {
        const path = folder.write("cut.vcf.gz", member.subarray(0, length));
        const error = await rejection(readVcf(path));
        expect(error, `cut to ${length} bytes`).to.be.instanceOf(VcfError);
        expect((error as VcfError).message).to.include("the gzip file is cut");
        expect((error as VcfError).line).to.be.at.least(1);
      }
    });

    it("cut in a later member, also in its first bytes", async () => {
      const next = gzipSync(`${good}\n`);
      for (const length of [1, 2, 4, 10, 15]) {
        const path = folder.write(
          "later.vcf.gz",
          Buffer.concat([gzipSync(text(h1, h2, h3, good)), next.subarray(0, length)]),
        );
        await refused(path, 5, "the gzip file is cut");
      }
    });

    it("cut behind a line that is read already, naming the line reached", async () => {
      const path = folder.write("reached.vcf.gz", member);
      truncateSync(path, member.length - 4);
      await refused(path, 20_004, "the gzip file is cut");
    });

    it("with changed bytes", async () => {
      const changed = Buffer.from(member);
      changed[member.length - 6] = (changed[member.length - 6] ?? 0) ^ 0xff;
      await refused(folder.write("crc.vcf.gz", changed), undefined, "the gzip file is damaged");
    });

    it("with garbage where the data should be", async () => {
      const path = folder.write("garbage.vcf.gz", Buffer.from("1f8b0800000000000003ffffffffffffffff", "hex"));
      await refused(path, undefined, "the gzip file is damaged");
      await refused(folder.write("type.vcf.gz", Buffer.from("1f8b0000", "hex")), undefined, "the gzip file is damaged");
    });

    it("with garbage after its end", async () => {
      const whole = gzipSync(text(h1, h2, h3, good));
      const error = await rejection(
        readVcf(folder.write("tail.vcf.gz", Buffer.concat([whole, Buffer.from("and more of it")]))),
      );
      expect(error).to.be.instanceOf(VcfError).with.property("message").that.includes("damaged");
      const padded = folder.write("padded.vcf.gz", Buffer.concat([whole, Buffer.alloc(3), Buffer.from("hidden")]));
      await refused(padded, undefined, "9 bytes follow the end");
    });

    it("of bgzip, cut between two blocks", async () => {
      const blocks = [text(h1, h2, h3), `${good}\n`, `${good}\n`].map(bgzipBlock);
      await refused(folder.write("blocks.vcf.gz", Buffer.concat(blocks)), undefined, "its end marker is missing");
    });

    it("with a broken line in it, naming the line", async () => {
      const broken = content + `${SITE}\tGT\t0/7\n` + `${good}\n`.repeat(200_000);
      await refused(folder.write("broken.vcf.gz", gzipSync(broken)), 20_004, 'the genotype "0/7"');
    });
  });
});

describe("VcfScanner", () => {
  it("finds the same, byte for byte, however the file is cut into pieces", () => {
    const lines = [
      ...header(["s1", "s2"], "4.4"),
      "1\t0\t.\tA\tC,G\t.\tPASS\tAC=1\tGT:DP\t0/1:5\t|1/2:6\r",
      "2\t5\t.\tAC\t.\t.\t.\t.\tDP:GT\t7:.\t8\r",
      "",
    ];
    const base = Buffer.from(lines.join("\n"));
    const bytes = fc.constantFrom(..."\t\n\r\0:/|.,#012AGTx \u00e9");
    const edit = fc.record({ at: fc.nat(base.length), remove: fc.nat(3), insert: fc.array(bytes, { maxLength: 2 }) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 2 }), fc.integer({ min: 1, max: 9 }), (edits, size) => {
        let content = base;
        for (const { at, remove, insert } of edits) {
          const [head, tail] = [content.subarray(0, at), content.subarray(at + remove)];
          content = Buffer.concat([head, Buffer.from(insert.join("")), tail]);
        }
        const whole = scan(content, content.length + 1);
        expect(scan(content, size)).to.equal(whole);
        expect(scan(content, 1)).to.equal(whole);
        expect(whole).to.match(/^(\{|Error: (\d+|undefined): )/);
      }),
      { numRuns: 2000 },
    );
  });

  it("keeps waiting for a header line up to its limit only", () => {
    const scanner = new VcfScanner((line, reason) => new Error(`${line}: ${reason}`));
    scanner.push(Buffer.from("##fileformat=VCFv4.3\n##x="));
    const piece = Buffer.alloc(8 * 1024 * 1024, "x");
    expect(() => {
      for (let i = 0; i < 9; i++) scanner.push(piece);
    }).to.throw("2: a header line is longer than 67108864 bytes");
  });
});

describe("readVcf on real data", () => {
  const files: [name: string, samples: number, variants: number][] = [
    ["1000g-phase3-chr1-11697036-11836540.vcf.gz", 2504, 4296],
    ["simple.vcf", 3, 5],
    ["sv44.vcf", 1, 9],
    ["v43_complexfile_passed_000.vcf", 100, 27],
    ["v43_passed_body_alt.vcf", 2, 26],
  ];
  for (const [name, samples, variants] of files) {
    const path = realData(join("vcf", name));
    (path === undefined ? it.skip : it)(`reads ${name} (skipped where the shared data is absent)`, async () => {
      const vcf = await readVcf(path ?? "");
      expect(vcf.samples).to.have.length(samples);
      expect(vcf).to.include({ variants, withGenotypes: true });
      const raw = readFileSync(path ?? "");
      const unpacked = (vcf.packing === "plain" ? raw : gunzipSync(raw)).toString();
      const end = unpacked.indexOf("\n", unpacked.indexOf("\n#CHROM") + 1);
      expect(vcf.samples).to.deep.equal(new VcfParser({ header: unpacked.slice(0, end) }).samples);
    });
  }

  it("reads the example that the package ships", async () => {
    expect(await readVcf(join(examples, "cohort.vcf"))).to.include({ variants: 60, reference: "synthetic" });
  });
});
