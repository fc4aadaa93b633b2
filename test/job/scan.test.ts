import { expect } from "chai";
import { describe, it } from "mocha";
import { concat, type Hex, hexToBytes, keccak256, numberToHex, sha256, stringToHex } from "viem";

import { JobLeakError } from "../../src/job/index.ts";
import type { ChainRecord } from "../../src/job/scan/chainRecord.ts";
import type { Secrets } from "../../src/job/scan/guesses.ts";
import { scanChain } from "../../src/job/scan/scanChain.ts";

const SECRETS: Secrets = {
  sampleIds: ["CONC-0001", "NA1"],
  names: ["cohort.vcf", "analyst of the university"],
  genotypes: ["0/1\t0/0\t1/1", "0|0"],
  publicNames: ["https://ror.org/biobank"],
};
/** Numbers are guessed up to this here; the job's own scan goes on to a million. */
const UP_TO = 2_000;
const NOISE = keccak256(stringToHex("what nobody guesses"));

/** A chain of one transaction and one log. */
function chainOf(calldata: Hex, log: Hex = NOISE): ChainRecord {
  const pieceOf = (place: string, bytes: Hex) => ({ place, bytes: hexToBytes(bytes) });
  return { calldata: [pieceOf("the calldata", calldata)], logs: [pieceOf("the log", log)] };
}

function leakOf(record: ChainRecord): JobLeakError["args"] {
  try {
    scanChain(record, SECRETS, UP_TO);
  } catch (error) {
    if (error instanceof JobLeakError) return error.args;
    throw error;
  }
  throw new Error("Nothing was found.");
}

describe("scanChain", () => {
  it("counts what it has searched where there is nothing to find", () => {
    const found = scanChain(chainOf(concat(["0x12345678", NOISE, NOISE])), SECRETS, UP_TO);
    expect(found).to.include({ calldatas: 1, logs: 1, bytes: 100, words: 37 + 1, texts: 5, tooShort: 2 });
    expect(found.digests).to.be.greaterThan(UP_TO * 4);
  });

  it("lets an institution's id pass, and nothing else that is made of its name", () => {
    const [name = ""] = SECRETS.publicNames;
    const { publicIds } = scanChain(chainOf(keccak256(stringToHex(name))), SECRETS, UP_TO);
    expect(publicIds).to.deep.equal({ [name]: keccak256(stringToHex(name)) });
    expect(leakOf(chainOf(sha256(stringToHex(name)))).what).to.equal("SHA-256 of a name");
    expect(leakOf(chainOf(stringToHex(name))).what).to.equal("a text of the input");
  });

  const seconds = Date.UTC(1987, 5, 5) / 1000;
  const planted: readonly [string, string, Hex][] = [
    ["a sample's id", "a text of the input", stringToHex("CONC-0001")],
    ["a file's name", "a text of the input", stringToHex("cohort.vcf")],
    ["a sample's id as text in hexadecimal", "a text of the input in hexadecimal", hexText("CONC-0001")],
    ["genotypes", "genotypes", stringToHex("1|0,0|0,1|1")],
    ["genotypes without marks between them", "genotypes", stringToHex("0/10/01/1x")],
    ["a digest of a sample's id", "keccak256 of a sample's id", keccak256(stringToHex("CONC-0001"))],
    ["another digest of a short id", "SHA-256 of a sample's id", sha256(stringToHex("NA1"))],
    [
      "a digest with a salt of everyone's",
      "keccak256 of a sample's id with a common salt",
      salted("concord:CONC-0001"),
    ],
    ["a digest with a salt behind", "keccak256 of a sample's id with a common salt", salted("CONC-0001-secret")],
    ["a digest of a name", "SHA-256 of a name", sha256(stringToHex("analyst of the university"))],
    ["a digest of genotypes", "SHA-256 of genotypes", sha256(stringToHex("0/1\t0/0\t1/1"))],
    ["a digest of one genotype", "keccak256 of a genotype", keccak256(stringToHex("0|1"))],
    ["a digest of a date", "keccak256 of a date", keccak256(stringToHex("1987-06-05"))],
    ["a digest of a date in another form", "SHA-256 of a date", sha256(stringToHex("05.06.1987"))],
    ["a digest of a date in seconds", "keccak256 of a date in seconds", keccak256(numberToHex(seconds, { size: 32 }))],
    ["a digest of a small number", "keccak256 of a small number", keccak256(stringToHex("1234"))],
    ["a digest of a word", "SHA-256 of a small number", sha256(numberToHex(1_999, { size: 32 }))],
  ];
  for (const [planting, what, bytes] of planted) {
    it(`finds ${planting} at an odd offset`, () => {
      expect(leakOf(chainOf(concat(["0xabcdef", bytes, NOISE])))).to.deep.equal({ what, place: "the calldata" });
    });
  }

  it("finds what stands at the end of a log", () => {
    const digest = keccak256(stringToHex("CONC-0001"));
    const { place } = leakOf(chainOf(NOISE, concat([NOISE, digest])));
    expect(place).to.equal("the log");
  });

  it("finds nothing that would begin in one piece and end in another", () => {
    const digest = keccak256(stringToHex("CONC-0001"));
    const [first, second] = [digest.slice(0, 34) as Hex, `0x${digest.slice(34)}` as Hex];
    expect(scanChain(chainOf(first, second), SECRETS, UP_TO)).to.include({ words: 0 });
  });
});

function salted(text: string): Hex {
  return keccak256(stringToHex(text));
}

function hexText(text: string): Hex {
  return stringToHex(stringToHex(text).slice(2));
}
