import { join } from "node:path";

import { expect } from "chai";
import { network } from "hardhat";
import { describe, it } from "mocha";
import { type Hex, toHex } from "viem";

import { chooseExample, type LineageProof, readOntology } from "../../src/files/index.ts";
import { examples, rejection } from "./support.ts";

const { viem, networkHelpers } = await network.create("node");

/** A registry in which the example ontology is published. */
async function publishExample() {
  const ontology = await readOntology(join(examples, "ontology.json"));
  const [curator] = await viem.getWalletClients();
  const manager = await viem.deployContract("AccessManager", [curator!.account.address]);
  const registry = await viem.deployContract("OntologyRegistry", [manager.address]);
  const { root, terms, pairs } = ontology;
  await registry.write.publish!([root, "Example", "1", toHex(1, { size: 32 }), terms.length, pairs]);
  return {
    ontology,
    prove: (descendant: number, ancestor: number, proof: readonly Hex[]) =>
      registry.write.prove!([root, descendant, ancestor, proof]),
    isProved: (descendant: number, ancestor: number) => registry.read.isProved!([root, descendant, ancestor]),
    requireLineage: (lineage: LineageProof, release = root) => registry.read.requireLineage!([{ release, ...lineage }]),
  };
}

describe("Ontology, before the OntologyRegistry", () => {
  it("proves every pair of the example", async () => {
    const { ontology, prove, isProved } = await networkHelpers.loadFixture(publishExample);
    for (const term of ontology.terms) {
      for (const listed of ontology.ancestors(term)) {
        const { descendant, ancestor, proof } = ontology.prove(term, listed);
        await prove(descendant, ancestor, proof);
        expect(await isProved(term, listed)).to.equal(true);
      }
    }
  });

  it("cannot prove a pair the wrong way round", async () => {
    const { ontology, prove } = await networkHelpers.loadFixture(publishExample);
    const { consented, covered } = chooseExample(ontology);
    const { proof } = ontology.prove(covered, consented);
    expect(String(await rejection(prove(consented, covered, proof)))).to.include("OntologyProofInvalid");
  });

  it("proves the lineage of every term of the example, and none that is shortened", async () => {
    const { ontology, requireLineage } = await networkHelpers.loadFixture(publishExample);
    for (const term of ontology.terms) {
      const lineage = ontology.proveLineage(term);
      await requireLineage(lineage);
      for (const left of lineage.ancestors) {
        const ancestors = lineage.ancestors.filter((ancestor) => ancestor !== left);
        expect(String(await rejection(requireLineage({ ...lineage, ancestors })))).to.include("OntologyProofInvalid");
      }
    }
  });

  it("has no use for a lineage under another root", async () => {
    const { ontology, requireLineage } = await networkHelpers.loadFixture(publishExample);
    const lineage = ontology.proveLineage(ontology.terms[0]!);
    const error = await rejection(requireLineage(lineage, toHex(2, { size: 32 })));
    expect(String(error)).to.include("OntologyReleaseUnknown");
  });
});
