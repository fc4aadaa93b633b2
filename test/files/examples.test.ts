import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { exampleCohort, exampleOntology } from "../../scripts/makeExamples.ts";
import { chooseExample, readOntology, readVcf } from "../../src/files/index.ts";
import { examples, temporaryFolder } from "./support.ts";

describe("examples", () => {
  const folder = temporaryFolder();

  it("are what their program makes, byte for byte", () => {
    expect(exampleCohort()).to.equal(readFileSync(join(examples, "cohort.vcf"), "utf8"));
    expect(exampleOntology()).to.equal(readFileSync(join(examples, "ontology.json"), "utf8"));
  });

  it("are made again by running the program", () => {
    execFileSync(process.execPath, [join(examples, "..", "scripts", "makeExamples.ts"), folder.path], {
      stdio: "pipe",
    });
    for (const name of ["cohort.vcf", "ontology.json"]) {
      expect(readFileSync(join(folder.path, name))).to.deep.equal(readFileSync(join(examples, name)));
    }
  });

  it("hold 40 samples with pseudonyms, 60 variants, and counts that agree with the genotypes", async () => {
    const vcf = await readVcf(join(examples, "cohort.vcf"));
    expect(vcf).to.include({ fileFormat: "VCFv4.3", variants: 60, withGenotypes: true, packing: "plain" });
    expect(vcf.samples).to.have.length(40);
    expect(vcf.samples.every((sample, i) => sample === `CONC-${String(i + 1).padStart(4, "0")}`)).to.equal(true);

    const lines = exampleCohort()
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    let before = 0;
    for (const line of lines) {
      const [, position, , , alternatives, , , info, , ...genotypes] = line.split("\t");
      const alleles = genotypes.flatMap((genotype) => genotype.split("/")).filter((allele) => allele !== ".");
      const counts = (alternatives ?? "").split(",").map((_, i) => alleles.filter((a) => a === String(i + 1)).length);
      expect(info).to.equal(`AC=${counts.join(",")};AN=${alleles.length}`);
      expect(Number(position)).to.be.greaterThan(before);
      before = Number(position);
    }
  });

  it("give a choice of diseases for the main job, outside the numbers of Mondo", async () => {
    const ontology = await readOntology(join(examples, "ontology.json"));
    expect(ontology.terms[0]).to.equal(9_900_001);
    const { consented, covered, unrelated } = chooseExample(ontology);
    expect(ontology.covered(covered, [consented])).to.equal(true);
    expect(ontology.parents(covered)).not.to.include(consented);
    expect(ontology.covered(unrelated, [consented])).to.equal(false);
  });
});
