import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, writingTask } from "./support/define.ts";

const dataset = { name: "dataset", description: "Id of the dataset: 0x and 64 hex digits" } as const;
const files = { name: "files", description: "The dataset's files, all of them", type: ArgumentType.FILE } as const;
const chunkSize = option("chunkSize", "Bytes a chunk of the manifest; 65536 unless told");
const level = "individual, aggregate or model";
const classes = "identifiable, pseudonymised, deidentified, anonymised or synthetic";
const copy = { name: "copy", description: "The encrypted copy, one file", type: ArgumentType.FILE } as const;
const method = option("method", "File that describes how it was de-identified, or its SHA-256 digest in hex");
const reviewer = option("reviewer", "Institution that reviewed the de-identification, by identifier or id");
const minimumCell = option("minimumCell", "Smallest number of participants behind any value; for aggregates alone");

/** `hardhat dataset …`: files of a custodian, anchored on chain by digest. */
export const datasetTasks = [
  emptyTask("dataset", "Anchor datasets by digest, and verify files against their anchor").build(),
  writingTask(["dataset", "anchor"], "Anchor files as a dataset's first version (custodian)")
    .addVariadicArgument(files)
    .addOption(option("scope", "Required: scope whose participants the data is about, by public name or id"))
    .addOption(option("terms", "Required: the dataset's own terms, by their number in the scope or their digest"))
    .addOption(fileOption("participants", "File of the participants' ids, one a line"))
    .addOption(option("level", `How close it is to a person: ${level}; individual unless told`))
    .addOption(minimumCell)
    .addOption(option("deidentification", `How it was de-identified: ${classes}; identifiable unless told`))
    .addOption(method)
    .addOption(reviewer)
    .addOption(option("successor", "Institution that may take it over if the custodian is expelled"))
    .addOption(option("parents", "Ids of the datasets that it is derived from, separated by commas; none unless told"))
    .addOption(chunkSize)
    .setAction(() => import("./dataset/anchor.ts"))
    .build(),
  writingTask(["dataset", "anchor-version"], "Anchor files as a new version of a dataset (custodian)")
    .addPositionalArgument({ ...dataset, description: "Id of the version that they replace" })
    .addVariadicArgument(files)
    .addOption(option("terms", "Other terms than the old version's, by number or digest"))
    .addOption(fileOption("participants", "File of other participants' ids than the old version's, one a line"))
    .addOption(option("level", `Another level than the old version's: ${level}`))
    .addOption(minimumCell)
    .addOption(option("deidentification", `Another de-identification than the old version's: ${classes}`))
    .addOption(method)
    .addOption(reviewer)
    .addOption(option("successor", "Another successor than the old version's"))
    .addOption(option("parents", "Ids of other datasets than those the old version derives from, or none"))
    .addOption(chunkSize)
    .setAction(() => import("./dataset/anchorVersion.ts"))
    .build(),
  writingTask(["dataset", "retract"], "Take a dataset back for ever, with all that derives from it (custodian)")
    .addPositionalArgument(dataset)
    .setAction(() => import("./dataset/retract.ts"))
    .build(),
  writingTask(["dataset", "claim"], "Take over a dataset whose custodian is expelled or succeeded (its successor)")
    .addPositionalArgument(dataset)
    .setAction(() => import("./dataset/claim.ts"))
    .build(),
  writingTask(["dataset", "offer-copy"], "Offer an encrypted copy for others to mirror (custodian)")
    .addPositionalArgument(dataset)
    .addPositionalArgument(copy)
    .setAction(() => import("./dataset/offerCopy.ts"))
    .build(),
  writingTask(["dataset", "attest-mirror"], "Attest to hold the offered copy, byte for byte (another institution)")
    .addPositionalArgument(dataset)
    .addPositionalArgument(copy)
    .setAction(() => import("./dataset/attestMirror.ts"))
    .build(),
  writingTask(["dataset", "withdraw-mirror"], "Say that the institution holds no copy any more (mirror)")
    .addPositionalArgument(dataset)
    .setAction(() => import("./dataset/withdrawMirror.ts"))
    .build(),
  readingTask(["dataset", "mirrors"], "Show the copy on offer, and who attests to hold it")
    .addPositionalArgument(dataset)
    .setAction(() => import("./dataset/mirrors.ts"))
    .build(),
  readingTask(["dataset", "lineage"], "Show what a dataset comes from, what comes from it, and its versions")
    .addPositionalArgument(dataset)
    .setAction(() => import("./dataset/lineage.ts"))
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
    .addOption(fileOption("out", "With --chunk: file to write the proof to, for dataset check-proof"))
    .addOption(chunkSize)
    .setAction(() => import("./dataset/verify.ts"))
    .build(),
  readingTask(["dataset", "prove-participant"], "Prove that a dataset is about a participant")
    .addPositionalArgument(dataset)
    .addPositionalArgument({
      name: "participant",
      description: "Participant id, or the address that the participant signs with",
    })
    .addPositionalArgument({
      name: "participants",
      description: "File of all the dataset's participants' ids, one a line",
      type: ArgumentType.FILE,
    })
    .addOption(fileOption("out", "File to write the proof to, for dataset check-proof"))
    .setAction(() => import("./dataset/proveParticipant.ts"))
    .build(),
  readingTask(["dataset", "check-proof"], "Have the chain check a proof of a chunk or a participant")
    .addPositionalArgument({
      name: "proof",
      description: "The proof, as dataset verify or dataset prove-participant has written it",
      type: ArgumentType.FILE,
    })
    .addOption(fileOption("bytes", "File of the chunk's bytes, to check them too"))
    .setAction(() => import("./dataset/checkProof.ts"))
    .build(),
];
