import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { jsonFlag } from "./support/options.ts";

/** `hardhat start`: the main job, on a node of its own or on a named network. */
export const startTask = task("start", "Start a node, deploy the suite, and run the whole line once on a VCF")
  .addOption({
    name: "vcf",
    description: "VCF whose samples become participants (plain, gzip or bgzip)",
    type: ArgumentType.FILE,
    defaultValue: "examples/cohort.vcf",
  })
  .addOption({
    name: "ontology",
    description: "Disease hierarchy: Mondo in OWL, or JSON of the shape of examples/ontology.json",
    type: ArgumentType.FILE,
    defaultValue: "examples/ontology.json",
  })
  .addOption({
    name: "port",
    description: "Port of the node on 127.0.0.1; 0 takes any that is free",
    type: ArgumentType.INT,
    defaultValue: 8545,
  })
  .addOption({
    name: "deployments",
    description: "Directory for the node's deployment record instead of deploy/deployments",
    type: ArgumentType.FILE_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .addOption({
    name: "report",
    description: "Directory for a report in Markdown with plots and the provenance as PROV-JSON",
    type: ArgumentType.FILE_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .addFlag({
    name: "scan",
    description: "Search calldata and events for names, genotypes and digests that can be guessed",
  })
  .addFlag({ name: "once", description: "End after the job instead of keeping the node up" })
  .addFlag(jsonFlag)
  .setAction(() => import("./start/action.ts"))
  .build();
