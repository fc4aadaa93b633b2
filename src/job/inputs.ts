import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Hex } from "viem";

import {
  buildManifest,
  chooseExample,
  type Manifest,
  type Ontology,
  type OntologyExample,
  readDiseases,
  readVcf,
  type Vcf,
} from "../files/index.ts";
import type { Recorder } from "./context.ts";

/** The files that the job works on, read and checked. */
export interface Inputs {
  readonly vcf: Vcf;
  readonly manifest: Manifest;
  readonly ontologyFile: string;
  readonly ontology: Ontology;
  /** SHA-256 of the ontology's file. */
  readonly ontologyDigest: Hex;
  readonly example: OntologyExample;
}

/** @throws VcfError, ManifestError, OntologyError, DiseaseOntologyError */
export async function readInputs(vcfFile: string, ontologyFile: string, recorder: Recorder): Promise<Inputs> {
  return recorder.time("reading files", async () => {
    recorder.progress("Reading the VCF");
    const vcf = await readVcf(vcfFile);
    const manifest = await buildManifest([vcfFile]);
    recorder.progress("Reading the ontology");
    const ontology = await readDiseases(ontologyFile);
    const digest = createHash("sha256").update(await readFile(ontologyFile));
    const ontologyDigest: Hex = `0x${digest.digest("hex")}`;
    return { vcf, manifest, ontologyFile, ontology, ontologyDigest, example: chooseExample(ontology) };
  });
}
