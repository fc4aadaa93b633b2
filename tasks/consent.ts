import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, signingTask, writingTask } from "./support/define.ts";
import { preferenceNames } from "./support/preferences.ts";

const scope = { name: "scope", description: "Public name of the scope, or its id in hex" } as const;
const participant = {
  name: "participant",
  description: "Participant id, or the address that the participant signs with",
} as const;
const terms = { name: "terms", description: "The terms: their number in the scope, or their digest" } as const;
const ALL_OR_BITS = '"all", bits of the data dictionary ("0-9,12"), or a hex mask';
const elements = option("elements", `Required: ${ALL_OR_BITS}`);
const preferences = option("preferences", `Some of ${preferenceNames}; none unless told`);
const until = option("until", "End of the consent (ISO 8601, Unix seconds or never); as the terms say unless told");
const EXTENTS = "no-further-contact, no-further-access or no-further-use; the last unless told";
const extent = option("extent", `How far it reaches: ${EXTENTS}`);
const batchSize = option("batchSize", "Changes a transaction, 1 to 100; 100 unless told");

/** `hardhat consent …`: what participants agree to. */
export const consentTasks = [
  emptyTask("consent", "Give, change, sign, relay, bring in and read consents").build(),
  writingTask(["consent", "grant"], "Agree to terms as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .addPositionalArgument(terms)
    .addOption(elements)
    .addOption(preferences)
    .addOption(until)
    .setAction(() => import("./consent/grant.ts"))
    .build(),
  writingTask(["consent", "decline"], "Say no as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .setAction(() => import("./consent/decline.ts"))
    .build(),
  writingTask(["consent", "update"], "Change what a standing consent agrees to, by the participant's own transaction")
    .addPositionalArgument(scope)
    .addPositionalArgument(terms)
    .addOption(elements)
    .addOption(preferences)
    .addOption(until)
    .setAction(() => import("./consent/update.ts"))
    .build(),
  writingTask(["consent", "suspend"], "Suspend a consent as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .setAction(() => import("./consent/suspend.ts"))
    .build(),
  writingTask(["consent", "resume"], "Resume a suspended consent as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .setAction(() => import("./consent/resume.ts"))
    .build(),
  writingTask(["consent", "extend"], "Put a standing consent's end off, by the participant's own transaction")
    .addPositionalArgument(scope)
    .addOption(option("until", "Required: its new end (ISO 8601, Unix seconds or never), later than before"))
    .setAction(() => import("./consent/extend.ts"))
    .build(),
  writingTask(["consent", "withdraw"], "Withdraw a consent as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .addOption(extent)
    .setAction(() => import("./consent/withdraw.ts"))
    .build(),
  writingTask(["consent", "annul"], "Mark a consent as entered in error, by the participant's own transaction")
    .addPositionalArgument(scope)
    .setAction(() => import("./consent/annul.ts"))
    .build(),
  signingTask(["consent", "sign"], "Sign a change as the participant or their delegate, for anyone to relay")
    .addPositionalArgument({
      name: "verb",
      description: "grant, update, extend, resume, suspend, decline, withdraw, annul, takeover or veto",
    })
    .addPositionalArgument(scope)
    .addOption(option("onBehalfOf", "For whom, when a delegate signs: their participant id or address"))
    .addOption(option("terms", "Required to grant or update: the terms' number in the scope, or their digest"))
    .addOption(option("elements", `Required to grant or update: ${ALL_OR_BITS}`))
    .addOption(option("preferences", `To grant or update: some of ${preferenceNames}; none unless told`))
    .addOption(option("until", "End of the consent (ISO 8601, Unix seconds or never); required to extend"))
    .addOption(option("extent", `To withdraw: ${EXTENTS}`))
    .addOption(option("minVersion", "To close: lowest version to close; the standing one unless told"))
    .addOption(option("attestedId", "Required to take over: the id under which the consent was kept"))
    .addOption(
      option("deadline", "Last second to relay it in (ISO 8601 or Unix seconds); 24 hours from now unless told"),
    )
    .addOption(fileOption("out", "File to write the signed change to instead of printing it"))
    .setAction(() => import("./consent/sign.ts"))
    .build(),
  writingTask(["consent", "relay"], "Send changes that participants and delegates have signed, in batches (anyone)")
    .addVariadicArgument({
      name: "files",
      description: "JSON files, each with one signed change or a list of them",
      type: ArgumentType.FILE,
    })
    .addOption(batchSize)
    .setAction(() => import("./consent/relay.ts"))
    .build(),
  writingTask(["consent", "import"], "Bring in consents on paper under random ids (the scope's custodian)")
    .addPositionalArgument(scope)
    .addPositionalArgument({
      name: "file",
      description:
        "CSV or JSON with reference, terms, elements, signed and, if need be, preferences, until, participant",
      type: ArgumentType.FILE,
    })
    .addOption(
      fileOption("out", "Required where ids are to be drawn: file for the link table, which says who is who; guard it"),
    )
    .addFlag({ name: "renew", description: "Import also for participants whose consent has ended: they signed anew" })
    .addOption(batchSize)
    .setAction(() => import("./consent/import.ts"))
    .build(),
  writingTask(["consent", "attest"], "Close a consent as told on paper or by telephone (the scope's custodian)")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .addPositionalArgument({ name: "verb", description: "suspend, decline, withdraw or annul" })
    .addOption(option("signedAt", "Required: when the participant said so (ISO 8601 or Unix seconds)"))
    .addOption(option("extent", `To withdraw: ${EXTENTS}`))
    .addFlag({ name: "dissent", description: "A minor said so: no guardian opens it again" })
    .setAction(() => import("./consent/attest.ts"))
    .build(),
  writingTask(["consent", "takeover"], "Move a consent to the key of the participant, who has signed (custodian)")
    .addPositionalArgument({
      name: "file",
      description: "JSON file that consent sign takeover has written",
      type: ArgumentType.FILE,
    })
    .setAction(() => import("./consent/takeover.ts"))
    .build(),
  writingTask(["consent", "index"], "Append participants who have answered to the scope's index (anyone)")
    .addPositionalArgument(scope)
    .addPositionalArgument({
      name: "participants",
      description: "File of participant ids, one a line; or one participant's id or address",
    })
    .setAction(() => import("./consent/indexParticipants.ts"))
    .build(),
  readingTask(["consent", "cohort"], "Count the answers of a scope's indexed participants, all at one block")
    .addPositionalArgument(scope)
    .addOption(option("limit", "How many answers to list, newest in the index first; none unless told"))
    .addOption(option("offset", "How many answers to skip before; 0 unless told"))
    .addOption(
      option("block", "Number of the block to read at, so that pages are of one moment; the latest unless told"),
    )
    .setAction(() => import("./consent/cohort.ts"))
    .build(),
  readingTask(["consent", "show"], "Show a participant's standing consent")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .addOption(option("at", "Say too whether it permitted use at this time (ISO 8601 or Unix seconds)"))
    .setAction(() => import("./consent/show.ts"))
    .build(),
  readingTask(["consent", "history"], "Show every consent that a participant has given, oldest first")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .addOption(option("offset", "How many to skip; 0 unless told"))
    .addOption(option("limit", "How many to show at the most; 100 unless told"))
    .addOption(option("at", "Say too what stood at this time (ISO 8601 or Unix seconds)"))
    .setAction(() => import("./consent/history.ts"))
    .build(),
];
