import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, optionalArgument, readingTask, writingTask } from "./support/define.ts";

const file = {
  name: "file",
  description: "The release, of Mondo or DUO: OWL, or JSON of the shape of examples/ontology.json",
  type: ArgumentType.FILE,
} as const;

const optionalFile = optionalArgument(
  "file",
  "The release of Mondo or DUO: OWL, or JSON of the shape of examples/ontology.json",
);
const dictionary = fileOption(
  "dictionary",
  "Instead: a data dictionary, JSON of the shape of examples/dictionary.json",
);
const regions = { name: "regions", description: "Instead: the region table that the package ships" } as const;

/** `hardhat ontology …`: releases of the vocabularies that terms pin. */
export const ontologyTasks = [
  emptyTask(
    "ontology",
    "Publish releases of diseases, data uses, regions and data dictionaries, compare them, and prove descents",
  ).build(),
  writingTask(["ontology", "publish"], "Publish a release: of an ontology, a data dictionary or the regions (curator)")
    .addPositionalArgument(optionalFile)
    .addOption(dictionary)
    .addFlag(regions)
    .addOption(option("name", "Required but with --regions: name of what is released, for instance Mondo or DUO"))
    .addOption(option("releaseVersion", "Required but with --regions: as its makers write it, for instance 2022-09-06"))
    .setAction(() => import("./ontology/publish.ts"))
    .build(),
  readingTask(["ontology", "verify"], "Check that a file, or the shipped region table, is a published release")
    .addPositionalArgument(optionalFile)
    .addOption(dictionary)
    .addFlag(regions)
    .setAction(() => import("./ontology/verify.ts"))
    .build(),
  readingTask(
    ["ontology", "diff"],
    "Compare two releases of an ontology, and refuse one that would widen consents of a scope",
  )
    .addPositionalArgument({
      ...file,
      name: "older",
      description: "The earlier release; with --scope, the one that terms pin",
    })
    .addPositionalArgument({ ...file, name: "newer", description: "The release to compare with it" })
    .addOption(option("scope", "With diseases, public name or id of a scope: say what its terms would newly cover"))
    .setAction(() => import("./ontology/diff.ts"))
    .build(),
  writingTask(["ontology", "prove"], "Prove once and for all that a disease or data use is a kind of another (anyone)")
    .addPositionalArgument({ name: "descendant", description: "The narrower term, for instance MONDO:0005814" })
    .addPositionalArgument({ name: "ancestor", description: "The broader term, for instance MONDO:0004992" })
    .addPositionalArgument(file)
    .setAction(() => import("./ontology/prove.ts"))
    .build(),
  readingTask(["ontology", "show"], "Show a release: its root, and what was published of it")
    .addPositionalArgument({ name: "release", description: "The release's file, or its root in hex" })
    .setAction(() => import("./ontology/show.ts"))
    .build(),
];
