import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, optionalArgument, readingTask, writingTask } from "./support/define.ts";

const scope = { name: "scope", description: "Public name of the scope, or its id in hex" } as const;

/** `hardhat terms …`: what participants of a scope can agree to. */
export const termsTasks = [
  emptyTask("terms", "Publish a scope's data-use terms, and look at them").build(),
  writingTask(["terms", "publish"], "Register terms in a scope, for ever (the scope's custodian or committee)")
    .addPositionalArgument(scope)
    .addPositionalArgument({
      name: "file",
      description: "The terms: JSON of the shape of examples/terms.json",
      type: ArgumentType.FILE,
    })
    .addOption(fileOption("ontology", "With DS: file of the release of Mondo that the terms pin"))
    .addOption(option("release", "With DS: root of that release instead of its file"))
    .addOption(
      option(
        "regions",
        "With GS: root of the region table's release that the terms pin; the shipped table's unless told",
      ),
    )
    .setAction(() => import("./terms/publish.ts"))
    .build(),
  writingTask(["terms", "narrower"], "Register that some terms allow no more than others (custodian or committee)")
    .addPositionalArgument(scope)
    .addPositionalArgument({ name: "narrower", description: "The terms that allow no more: number or digest" })
    .addPositionalArgument({ name: "broader", description: "The terms that allow as much or more: number or digest" })
    .setAction(() => import("./terms/narrower.ts"))
    .build(),
  readingTask(["terms", "show"], "Show a scope's terms")
    .addPositionalArgument(scope)
    .addPositionalArgument(optionalArgument("terms", "Their number in the scope, or their digest; all unless told"))
    .setAction(() => import("./terms/show.ts"))
    .build(),
  readingTask(["terms", "diff"], "Tell what a participant would newly allow who passed from some terms to others")
    .addPositionalArgument(scope)
    .addPositionalArgument({ name: "from", description: "The terms that they have: number or digest" })
    .addPositionalArgument(optionalArgument("to", "The terms that they would have: number or digest"))
    .addOption(fileOption("file", "The terms that they would have, not published yet, as `terms publish` reads them"))
    .addOption(fileOption("ontology", "Disease hierarchy; without it only diseases listed by name count as covered"))
    .setAction(() => import("./terms/diff.ts"))
    .build(),
  readingTask(
    ["terms", "codes"],
    "Translate terms to DUO codes with a plain sentence each, or codes to a draft of terms",
  )
    .addPositionalArgument(
      optionalArgument("source", "Terms to translate: a file, or a scope whose terms are named next"),
    )
    .addPositionalArgument(optionalArgument("terms", "Number in the scope, or digest"))
    .addOption(option("from", "Codes to make a draft of terms from instead, for instance DUO:0000007,DUO:0000045"))
    .addOption(fileOption("ontology", "Disease hierarchy whose labels the sentences use"))
    .setAction(() => import("./terms/codes.ts"))
    .build(),
];
