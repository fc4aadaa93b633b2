import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import {
  cancelRecovery,
  completeRecovery,
  type ConcordClient,
  confirmRecovery,
  proposeRecovery,
} from "../../src/sdk/index.ts";
import { type Acting, withWriter, type WritingArguments } from "../support/client.ts";
import { changedLines, movedLines, wordLines } from "../support/consent.ts";
import { UsageError } from "../support/errors.ts";
import { parseChoice, parseParticipant, parseScope, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly participant: string;
  readonly step: string | undefined;
  readonly newParticipant: string | undefined;
}

const STEPS = ["propose", "confirm", "complete", "cancel"] as const;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const participantId = parseParticipant("participant", given.participant);
    const named = required("step", given.step, STEPS.join(", "));
    const take = stepOf(parseChoice("step", named, STEPS), { scopeId, participantId }, given);
    await withWriter(hre, given, take);
  });

type Ids = Readonly<Record<"scopeId" | "participantId", Hex>>;

/** Parses what the step takes, and says how to take it. */
function stepOf(
  step: (typeof STEPS)[number],
  ids: Ids,
  given: Arguments,
): (client: ConcordClient, acting: Acting) => Promise<void> {
  const { json, newParticipant } = given;
  switch (step) {
    case "propose": {
      const newParticipantId = parseNew(given);
      return async (client, acting) => {
        printWritten(json, await proposeRecovery(client, { ...ids, newParticipantId, ...acting }), ({ word }) => [
          ["Scope", ids.scopeId],
          ["Participant", ids.participantId],
          ["Would move to", newParticipantId],
          ...wordLines(word),
        ]);
      };
    }
    case "confirm": {
      const newParticipantId = parseNew(given);
      return async (client, acting) => {
        const confirmed = await confirmRecovery(client, { ...ids, newParticipantId, ...acting });
        printWritten(json, confirmed, ({ institution, readyAt }) => [
          ["Scope", ids.scopeId],
          ["Participant", ids.participantId],
          ["Will move to", newParticipantId],
          ["Confirmed by", institution],
          ["Ready", when(readyAt)],
        ]);
      };
    }
    case "complete":
    case "cancel":
      if (newParticipant !== undefined) {
        const fix = "Leave the option out: the pending move is meant.";
        const args = { step, argument: "new-participant" };
        throw new UsageError("ArgumentUnexpected", `${step} takes no new-participant.`, args, fix);
      }
      return async (client, acting) => {
        if (step === "cancel") printWritten(json, await cancelRecovery(client, { ...ids, ...acting }), changedLines);
        else printWritten(json, await completeRecovery(client, { ...ids, ...acting }), movedLines);
      };
  }
}

function parseNew({ newParticipant }: Arguments): Hex {
  return parseParticipant("newParticipant", required("newParticipant", newParticipant, "the new key's id or address"));
}

export default action;
