import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { option, readingTask, writingTask } from "./support/define.ts";

const file = {
  name: "file",
  description: "The release: JSON of the shape of examples/ontology.json",
  type: ArgumentType.FILE,
} as const;

/** `hardhat ontology …`: releases of the disease hierarchy. */
export const ontologyTasks = [
  emptyTask("ontology", "Publish releases of the disease hierarchy, and prove descents in them").build(),
  writingTask(["ontology", "publish"], "Publish a release of the disease hierarchy (curator)")
    .addPositionalArgument(file)
    .addOption(option("name", "Required: name of the ontology, for instance Mondo"))
    .addOption(option("releaseVersion", "Required: the release as its makers write it, for instance 2022-09-06"))
    .setAction(() => import("./ontology/publish.ts"))
    .build(),
  writingTask(["ontology", "prove"], "Prove once and for all that a disease is a kind of another (anyone)")
    .addPositionalArgument({ name: "descendant", description: "The narrower disease, for instance MONDO:0005814" })
    .addPositionalArgument({ name: "ancestor", description: "The broader disease, for instance MONDO:0004992" })
    .addPositionalArgument(file)
    .setAction(() => import("./ontology/prove.ts"))
    .build(),
  readingTask(["ontology", "show"], "Show a release: its root, and what was published of it")
    .addPositionalArgument({ name: "release", description: "The release's file, or its root in hex" })
    .setAction(() => import("./ontology/show.ts"))
    .build(),
];
