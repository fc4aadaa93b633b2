import { emptyTask } from "hardhat/config";

import { option, readingTask, writingTask } from "./support/define.ts";

const scope = { name: "scope", description: "Public name of the scope, or its id in hex" } as const;
const participant = {
  name: "participant",
  description: "Id of the participant whose key is lost, or the address of that key",
} as const;

/** `hardhat key …`: a participant has lost the key of their consent. */
export const keyTasks = [
  emptyTask("key", "Move a consent to a new key when the old one is lost, and veto such a move").build(),
  writingTask(["key", "recover"], "Take a step in the move of a consent to a new key")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .addOption(
      option(
        "step",
        "Required: propose (custodian), confirm (another institution), complete (anyone) or cancel (custodian)",
      ),
    )
    .addOption(option("newParticipant", "Required to propose or confirm: id or address of the new key"))
    .setAction(() => import("./key/recover.ts"))
    .build(),
  writingTask(["key", "veto"], "Veto the pending move of one's own consent, by the old key's transaction")
    .addPositionalArgument(scope)
    .setAction(() => import("./key/veto.ts"))
    .build(),
  readingTask(["key", "show"], "Show whether a consent is about to move to a new key, and where it has moved")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .setAction(() => import("./key/show.ts"))
    .build(),
];
