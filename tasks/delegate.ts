import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask, signingTask, writingTask } from "./support/define.ts";
import { mandateNames } from "./support/mandates.ts";

const scope = { name: "scope", description: "Public name of the scope, or its id in hex" } as const;
const participant = {
  name: "participant",
  description: "Participant id, or the address that the participant signs with",
} as const;
const delegate = {
  name: "delegate",
  description: "Participant id of the delegate, or the address of their key",
} as const;

/** `hardhat delegate …`: who may act for whom. */
export const delegateTasks = [
  emptyTask("delegate", "Add, remove and list proxies and guardians, by transaction or signature").build(),
  writingTask(["delegate", "add"], "Appoint a proxy for oneself, or attest a guardian (the scope's custodian)")
    .addPositionalArgument(scope)
    .addPositionalArgument(delegate)
    .addOption(option("guardianOf", "Attest a guardian: of this participant, by id or address"))
    .addOption(option("mandate", `Required of a proxy: some of ${mandateNames}; a guardian may do all`))
    .addOption(
      option("until", "Required: end (ISO 8601, Unix seconds or, of a proxy, never); a guardian's goes to a half-year"),
    )
    .setAction(() => import("./delegate/add.ts"))
    .build(),
  writingTask(["delegate", "remove"], "Dismiss one's own proxy, or end a guardianship (the scope's custodian)")
    .addPositionalArgument(scope)
    .addPositionalArgument(delegate)
    .addOption(option("guardianOf", "End a guardianship: of this participant, by id or address"))
    .setAction(() => import("./delegate/remove.ts"))
    .build(),
  writingTask(["delegate", "renounce"], "Give one's own mandate up, as the proxy or guardian")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .setAction(() => import("./delegate/renounce.ts"))
    .build(),
  signingTask(["delegate", "sign"], "Sign the appointment or dismissal of one's own proxy, for anyone to relay")
    .addPositionalArgument({ name: "verb", description: "appoint or dismiss" })
    .addPositionalArgument(scope)
    .addPositionalArgument(delegate)
    .addOption(option("mandate", `Required to appoint: some of ${mandateNames}`))
    .addOption(option("until", "Required to appoint: end of the mandate (ISO 8601, Unix seconds or never)"))
    .addOption(
      option("deadline", "Last second to relay it in (ISO 8601 or Unix seconds); 24 hours from now unless told"),
    )
    .addOption(fileOption("out", "File to write the signed change to instead of printing it"))
    .setAction(() => import("./delegate/sign.ts"))
    .build(),
  writingTask(["delegate", "relay"], "Send what a participant has signed about a proxy (anyone)")
    .addPositionalArgument({
      name: "file",
      description: "JSON file that delegate sign has written",
      type: ArgumentType.FILE,
    })
    .setAction(() => import("./delegate/relay.ts"))
    .build(),
  readingTask(["delegate", "list"], "List who may act for a participant")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .addFlag({ name: "asDelegate", description: "List instead for whom the participant may act themself, as delegate" })
    .setAction(() => import("./delegate/list.ts"))
    .build(),
];
