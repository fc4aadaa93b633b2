import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, writingTask } from "./support/define.ts";

const samples = {
  name: "samples",
  description: "Ids of the specimens or aliquots: 0x and 64 hex digits each",
} as const;
const started = option("started", "Required: when it started, as ISO 8601 or Unix seconds");
const ended = option("ended", "Required: when it ended, as ISO 8601 or Unix seconds");
const agent = option("agent", "File that says who or what carried it out, or its SHA-256 digest in hex");
const plan = option("plan", "File of the procedure that was followed, or its SHA-256 digest in hex");
const evidence = option("evidence", "Required: file that proves it, or its SHA-256 digest in hex");

/** `hardhat provenance …`: what came from what. */
export const provenanceTasks = [
  emptyTask("provenance", "Record what came from what, trace it, and export it as W3C PROV").build(),
  writingTask(["provenance", "specimen"], "Register a specimen with its collection (custodian)")
    .addOption(option("scope", "Required: scope that it was collected for, by public name or id"))
    .addOption(option("participant", "Required: participant id, or the address that the participant signs with"))
    .addOption(option("material", "Required: what it is, for instance a SPREC code, or the digest of that in hex"))
    .addOption(option("label", "Digest of your own label for it, salted, in hex; random unless told"))
    .addOption(
      option("salt", "32 bytes in hex that hide the participant; random unless told, and then --out is required"),
    )
    .addOption(
      fileOption("out", "File to write participant, salt and label to; keep it secret: the chain has only digests"),
    )
    .addOption(started)
    .addOption(ended)
    .addOption(agent)
    .addOption(plan)
    .setAction(() => import("./provenance/specimen.ts"))
    .build(),
  writingTask(["provenance", "aliquot"], "Register aliquots of a specimen or of another aliquot (its keeper)")
    .addPositionalArgument({ name: "source", description: "Id of the sample that they are parts of" })
    .addOption(option("count", "How many, with random labels; 1 unless told"))
    .addOption(option("labels", "Digests of your own labels, salted, in hex, separated by commas, instead of --count"))
    .addOption(started)
    .addOption(ended)
    .addOption(agent)
    .addOption(plan)
    .setAction(() => import("./provenance/aliquot.ts"))
    .build(),
  writingTask(["provenance", "offer"], "Offer custody of samples to another institution (their keeper)")
    .addPositionalArgument({ name: "to", description: "Institution that shall have them, by public identifier or id" })
    .addVariadicArgument(samples)
    .addOption(option("left", "Required: when they left, as ISO 8601 or Unix seconds"))
    .setAction(() => import("./provenance/offer.ts"))
    .build(),
  writingTask(["provenance", "cancel"], "Withdraw an offer of custody (the keeper), or refuse it (the other side)")
    .addVariadicArgument(samples)
    .setAction(() => import("./provenance/cancel.ts"))
    .build(),
  writingTask(["provenance", "accept"], "Take custody of samples (the institution that it is offered to)")
    .addVariadicArgument(samples)
    .addOption(option("arrived", "Required: when they arrived, as ISO 8601 or Unix seconds"))
    .addOption(agent)
    .addOption(plan)
    .setAction(() => import("./provenance/accept.ts"))
    .build(),
  writingTask(
    ["provenance", "sequence"],
    "Record that a sample was sequenced, after its data was anchored (its keeper)",
  )
    .addPositionalArgument({ name: "sample", description: "Id of the specimen or aliquot" })
    .addVariadicArgument({ name: "datasets", description: "Ids of the datasets that came of it, 16 at most" })
    .addOption(started)
    .addOption(ended)
    .addOption(agent)
    .addOption(plan)
    .setAction(() => import("./provenance/sequence.ts"))
    .build(),
  writingTask(["provenance", "analyse"], "Record an analysis under a licence (the licensee)")
    .addPositionalArgument({ name: "licence", description: "Number of the licence that it was done under, from 1" })
    .addVariadicArgument({
      name: "inputs",
      description: "Ids of the datasets that it read, the licensed one among them",
    })
    .addOption(option("workflow", "Required: file of the workflow, or its SHA-256 digest in hex"))
    .addOption(option("workflowVersion", "Required: the workflow's version, or the digest of that in hex"))
    .addOption(option("outputs", "Ids of the anchored datasets that it made, separated by commas"))
    .addOption(option("results", "Files of results that are not anchored, or their digests, separated by commas"))
    .addOption(started)
    .addOption(ended)
    .addOption(agent)
    .setAction(() => import("./provenance/analyse.ts"))
    .build(),
  writingTask(["provenance", "destroy"], "Record that samples were destroyed, or used up, for ever (their keeper)")
    .addVariadicArgument(samples)
    .addOption(evidence)
    .addOption(started)
    .addOption(ended)
    .addOption(agent)
    .addOption(plan)
    .setAction(() => import("./provenance/destroy.ts"))
    .build(),
  writingTask(["provenance", "destroy-copies"], "Attest that copies of licensed data were destroyed (the licensee)")
    .addPositionalArgument({ name: "licence", description: "Number of the licence that they were delivered under" })
    .addOption(evidence)
    .addOption(started)
    .addOption(ended)
    .addOption(agent)
    .addOption(plan)
    .setAction(() => import("./provenance/destroyCopies.ts"))
    .build(),
  readingTask(["provenance", "show"], "Show a specimen or aliquot as it stands")
    .addPositionalArgument({ name: "sample", description: "Id of the specimen or aliquot" })
    .setAction(() => import("./provenance/show.ts"))
    .build(),
  readingTask(["provenance", "trace"], "Tell what something came from, or what came of it, all the way")
    .addPositionalArgument({
      name: "entity",
      description: "Id of a specimen, aliquot or dataset, or its name in a trace",
    })
    .addFlag({ name: "back", description: "What it came from; so unless told otherwise" })
    .addFlag({ name: "forward", description: "What came of it" })
    .setAction(() => import("./provenance/trace.ts"))
    .build(),
  readingTask(["provenance", "export"], "Write all provenance to a file, checked against the W3C's constraints")
    .addPositionalArgument({ name: "file", description: "File that is not there yet", type: ArgumentType.FILE })
    .addOption(option("format", "Format of the file: prov-json, which it is unless told"))
    .setAction(() => import("./provenance/export.ts"))
    .build(),
];
