import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, signingTask, writingTask } from "./support/define.ts";

const licence = { name: "licence", description: "Number of the licence, from 1" } as const;
const explanation = option("explanation", "Required: file that says why in words, or its SHA-256 digest in hex");

const until = option("until", "Required: first second at which it no longer holds (ISO 8601 or Unix seconds)");
const delivery = option("delivery", "How the data is got at: counts, in-place (unless told) or export");
const renews = option("renews", "Number of the licence that this one is to go on from");

/** `hardhat licence …`: rights to use a dataset for a purpose. */
export const licenceTasks = [
  emptyTask("licence", "Request, decide, issue and read data-use licences").build(),
  writingTask(["licence", "request"], "Ask for a licence on a dataset (researcher)")
    .addPositionalArgument({ name: "dataset", description: "Id of the dataset: 0x and 64 hex digits" })
    .addPositionalArgument({
      name: "purpose",
      description: "The purpose: JSON of the shape of examples/purpose.json",
      type: ArgumentType.FILE,
    })
    .addOption(until)
    .addOption(delivery)
    .addOption(renews)
    .addOption(fileOption("signed", "What an official has signed with licence sign; left out by an official"))
    .setAction(() => import("./licence/request.ts"))
    .build(),
  signingTask(["licence", "sign"], "Sign the request that a colleague will send (signing official)")
    .addPositionalArgument({ name: "dataset", description: "Id of the dataset: 0x and 64 hex digits" })
    .addPositionalArgument({
      name: "purpose",
      description: "The purpose: JSON of the shape of examples/purpose.json",
      type: ArgumentType.FILE,
    })
    .addOption(option("holder", "Required: the account that will ask and hold the licence"))
    .addOption(until)
    .addOption(delivery)
    .addOption(renews)
    .addOption(option("deadline", "Last second at which the signature counts (ISO 8601 or Unix seconds)"))
    .addOption(fileOption("out", "File to write the signature to instead of printing it"))
    .setAction(() => import("./licence/sign.ts"))
    .build(),
  writingTask(["licence", "decide"], "Decide the purpose against the scope's terms, and then the request (anyone)")
    .addPositionalArgument(licence)
    .addOption(fileOption("ontology", "File of the release of Mondo that the terms pin, to prove what is covered"))
    .setAction(() => import("./licence/decide.ts"))
    .build(),
  writingTask(["licence", "resolve"], "Resolve MANUAL reasons of a licence for one terms (committee)")
    .addPositionalArgument(licence)
    .addVariadicArgument({ name: "reasons", description: "Reasons as decisions give them: dataset:CTRL_NEEDS_REVIEW" })
    .addOption(option("terms", "Terms that the reasons follow from, by number or digest; the dataset's unless told"))
    .addOption(explanation)
    .setAction(() => import("./licence/resolve.ts"))
    .build(),
  writingTask(["licence", "vote"], "Cast the committee's vote on a decided request (committee)")
    .addPositionalArgument(licence)
    .addPositionalArgument({ name: "vote", description: "approve or refuse" })
    .addOption(explanation)
    .addOption(option("until", "Approve until this second at the latest (ISO 8601 or Unix seconds)"))
    .addOption(option("delivery", "Approve this delivery at most: counts, in-place or export"))
    .addOption(option("elements", "Approve these elements alone: bits as 0-9,12 or in hex"))
    .setAction(() => import("./licence/vote.ts"))
    .build(),
  writingTask(["licence", "issue"], "Issue an approved licence to its holder (custodian)")
    .addPositionalArgument(licence)
    .addOption(option("agreement", "Required: file of the data use agreement, or its SHA-256 digest in hex"))
    .setAction(() => import("./licence/issue.ts"))
    .build(),
  writingTask(["licence", "terminate"], "End a request or licence for ever (custodian, committee or licensee)")
    .addPositionalArgument(licence)
    .addOption(explanation)
    .setAction(() => import("./licence/terminate.ts"))
    .build(),
  writingTask(["licence", "reopen"], "Take back that MANUAL reasons are resolved (committee)")
    .addPositionalArgument(licence)
    .addVariadicArgument({ name: "reasons", description: "Reasons as decisions give them: dataset:CTRL_NEEDS_REVIEW" })
    .addOption(option("terms", "Terms that the reasons follow from, by number or digest; the dataset's unless told"))
    .addOption(explanation)
    .setAction(() => import("./licence/reopen.ts"))
    .build(),
  writingTask(["licence", "appeal"], "Appeal once against a refusal, within 30 days (licensee)")
    .addPositionalArgument(licence)
    .addOption(option("document", "Required: file of the grounds, or its SHA-256 digest in hex"))
    .setAction(() => import("./licence/appeal.ts"))
    .build(),
  writingTask(["licence", "suspend"], "Let an issued licence rest (custodian or committee)")
    .addPositionalArgument(licence)
    .addOption(explanation)
    .setAction(() => import("./licence/suspend.ts"))
    .build(),
  writingTask(["licence", "reinstate"], "Let a suspended licence hold again (committee)")
    .addPositionalArgument(licence)
    .addOption(explanation)
    .setAction(() => import("./licence/reinstate.ts"))
    .build(),
  writingTask(["licence", "sub-license"], "Let a processor work under an effective licence (licensee)")
    .addPositionalArgument(licence)
    .addPositionalArgument({ name: "holder", description: "Account of the processor" })
    .addOption(option("until", "First second at which it no longer holds; the licence's own end unless told"))
    .addOption(option("agreement", "Required: file of the agreement with the processor, or its SHA-256 digest in hex"))
    .setAction(() => import("./licence/subLicense.ts"))
    .build(),
  readingTask(["licence", "card"], "Show an issued licence as wallets do, from the token's own metadata")
    .addPositionalArgument(licence)
    .addOption(fileOption("svg", "File to write the picture to (SVG)"))
    .setAction(() => import("./licence/card.ts"))
    .build(),
  readingTask(["licence", "show"], "Show a licence: its status, purpose and progress")
    .addPositionalArgument(licence)
    .setAction(() => import("./licence/show.ts"))
    .build(),
  readingTask(["licence", "coverage"], "Count whose data a licence lets be used now, and why not the others'")
    .addPositionalArgument(licence)
    .addPositionalArgument({
      name: "participants",
      description: "File of participant ids, one a line; or one participant's id or address",
    })
    .addFlag({ name: "each", description: "List every participant's own answer too" })
    .addFlag({ name: "public", description: "Round counts to 10, and tell none below 10: what may be published" })
    .setAction(() => import("./licence/coverage.ts"))
    .build(),
];
