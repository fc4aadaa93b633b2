import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, writingTask } from "./support/define.ts";

const dataset = { name: "dataset", description: "Id of the dataset: 0x and 64 hex digits" } as const;
const files = { name: "files", description: "The dataset's files, all of them", type: ArgumentType.FILE } as const;
const chunkSize = option("chunkSize", "Bytes a chunk of the manifest; 65536 unless told");
const level = "individual, aggregate or model";

/** `hardhat dataset …`: files of a custodian, anchored on chain by digest. */
export const datasetTasks = [
  emptyTask("dataset", "Anchor datasets by digest, and verify files against their anchor").build(),
  writingTask(["dataset", "anchor"], "Anchor files as a dataset's first version (custodian)")
    .addVariadicArgument(files)
    .addOption(option("scope", "Required: scope whose participants the data is about, by public name or id"))
    .addOption(option("terms", "Required: the dataset's own terms, by their number in the scope or their digest"))
    .addOption(fileOption("participants", "File of the participants' ids, one a line"))
    .addOption(option("level", `How close it is to a person: ${level}; individual unless told`))
    .addOption(chunkSize)
    .setAction(() => import("./dataset/anchor.ts"))
    .build(),
  writingTask(["dataset", "anchor-version"], "Anchor files as a new version of a dataset (custodian)")
    .addPositionalArgument({ ...dataset, description: "Id of the version that they replace" })
    .addVariadicArgument(files)
    .addOption(option("terms", "Other terms than the old version's, by number or digest"))
    .addOption(fileOption("participants", "File of other participants' ids than the old version's, one a line"))
    .addOption(option("level", `Another level than the old version's: ${level}`))
    .addOption(chunkSize)
    .setAction(() => import("./dataset/anchorVersion.ts"))
    .build(),
  writingTask(["dataset", "retract"], "Take a dataset back for ever; licences on it end (custodian)")
    .addPositionalArgument(dataset)
    .setAction(() => import("./dataset/retract.ts"))
    .build(),
  readingTask(["dataset", "show"], "Show a dataset's record and standing")
    .addPositionalArgument(dataset)
    .setAction(() => import("./dataset/show.ts"))
    .build(),
  readingTask(["dataset", "verify"], "Check that files are, byte for byte, what was anchored")
    .addPositionalArgument(dataset)
    .addVariadicArgument(files)
    .addOption(option("chunk", "Have the chain check the proof of this chunk alone, from 0; every chunk unless told"))
    .addOption(option("file", "With --chunk: which of several files, by its name in the manifest or its path"))
    .addOption(chunkSize)
    .setAction(() => import("./dataset/verify.ts"))
    .build(),
];
