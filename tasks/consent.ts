import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, signingTask, writingTask } from "./support/define.ts";

const scope = { name: "scope", description: "Public name of the scope, or its id in hex" } as const;
const participant = {
  name: "participant",
  description: "Participant id, or the address that the participant signs with",
} as const;
const elements = option("elements", 'Required to grant: "all", bits of the data dictionary ("0-9,12"), or a hex mask');
const preferences = option("preferences", "To grant: preferences byte, 0 to 255; 0 unless told");
const until = option(
  "until",
  "To grant: end of the consent (ISO 8601, Unix seconds or never); as the terms say unless told",
);
const extent = option(
  "extent",
  "To withdraw: no-further-contact, no-further-access or no-further-use; the last unless told",
);

/** `hardhat consent …`: what participants agree to. */
export const consentTasks = [
  emptyTask("consent", "Give, change, sign, relay and read consents").build(),
  writingTask(["consent", "grant"], "Agree to terms as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .addPositionalArgument({ name: "terms", description: "The terms: their number in the scope, or their digest" })
    .addOption(elements)
    .addOption(preferences)
    .addOption(until)
    .setAction(() => import("./consent/grant.ts"))
    .build(),
  writingTask(["consent", "suspend"], "Suspend a consent as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .setAction(() => import("./consent/suspend.ts"))
    .build(),
  writingTask(["consent", "resume"], "Resume a suspended consent as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .setAction(() => import("./consent/resume.ts"))
    .build(),
  writingTask(["consent", "withdraw"], "Withdraw a consent as the participant, by a transaction of their own")
    .addPositionalArgument(scope)
    .addOption(extent)
    .setAction(() => import("./consent/withdraw.ts"))
    .build(),
  signingTask(["consent", "sign"], "Sign a change as the participant, for anyone to relay; sends nothing")
    .addPositionalArgument({ name: "verb", description: "grant, suspend, resume or withdraw" })
    .addPositionalArgument(scope)
    .addOption(option("terms", "Required to grant: the terms' number in the scope, or their digest"))
    .addOption(elements)
    .addOption(preferences)
    .addOption(until)
    .addOption(extent)
    .addOption(option("minVersion", "To suspend or withdraw: lowest version to close; the standing one unless told"))
    .addOption(
      option("deadline", "Last second to relay it in (ISO 8601 or Unix seconds); 24 hours from now unless told"),
    )
    .addOption(fileOption("out", "File to write the signed change to instead of printing it"))
    .setAction(() => import("./consent/sign.ts"))
    .build(),
  writingTask(["consent", "relay"], "Send changes that participants have signed, in batches (anyone)")
    .addVariadicArgument({
      name: "files",
      description: "JSON files, each with one signed change or a list of them",
      type: ArgumentType.FILE,
    })
    .addOption(option("batchSize", "Changes a transaction, 1 to 100; 100 unless told"))
    .setAction(() => import("./consent/relay.ts"))
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
    .setAction(() => import("./consent/history.ts"))
    .build(),
];
