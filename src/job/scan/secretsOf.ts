import { basename } from "node:path";

import { readVariants } from "../genotypes.ts";
import type { Inputs } from "../inputs.ts";
import type { Study } from "../study.ts";
import type { Secrets } from "./guesses.ts";

/** Of larger files the first: variants, and samples, whose genotypes are searched for as whole texts. */
const FIRST_VARIANTS = 1_000;
const FIRST_SAMPLES = 20;

/** What the job works with that must not stand on the chain. */
export async function secretsOf({ vcf, ontologyFile }: Inputs, { members, scopeName }: Study): Promise<Secrets> {
  const files = [vcf.file, basename(vcf.file), ontologyFile, basename(ontologyFile)];
  const { identifiers, analyst } = members;
  return {
    sampleIds: vcf.samples,
    names: [...new Set([...files, analyst.name])],
    genotypes: vcf.withGenotypes ? await genotypesIn(vcf.file) : [],
    publicNames: [...Object.values(identifiers), scopeName],
  };
}

/** The first variants' genotypes, and all those of each of the first samples, put together as texts in the usual ways. */
async function genotypesIn(file: string): Promise<string[]> {
  const texts: string[] = [];
  const bySample: string[][] = [];
  await readVariants(
    file,
    () => Promise.resolve(),
    ({ samples }) => {
      const genotypes = samples.map((field) => field.split(":", 1)[0] ?? "");
      if (texts.length < FIRST_VARIANTS) texts.push(genotypes.join("\t"));
      genotypes.slice(0, FIRST_SAMPLES).forEach((genotype, sample) => (bySample[sample] ??= []).push(genotype));
      return Promise.resolve();
    },
  );
  for (const genotypes of bySample) texts.push(genotypes.join(""), genotypes.join(","), genotypes.join("\t"));
  return texts;
}
