import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { addGuardian, appointDelegate, roundUpToHalfYear } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { delegationLines, mandateNames, parseMandate } from "../support/mandates.ts";
import { progress } from "../support/output.ts";
import { parseEnd, parseParticipant, parseScope, parseWhen, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly delegate: string;
  readonly guardianOf: string | undefined;
  readonly mandate: string | undefined;
  readonly until: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const delegateId = parseParticipant("delegate", given.delegate);
    const end = required("until", given.until, "when the mandate ends");
    if (given.guardianOf === undefined) {
      const named = required("mandate", given.mandate, `some of ${mandateNames}, with commas`);
      const verbs = parseMandate("mandate", named);
      const until = parseEnd("until", end);
      await withWriter(hre, given, async (client, acting) => {
        const appointed = await appointDelegate(client, { scopeId, delegateId, verbs, until, ...acting });
        printWritten(given.json, appointed, delegationLines);
      });
      return;
    }
    const participantId = parseParticipant("guardianOf", given.guardianOf);
    if (given.mandate !== undefined) {
      const fix = "Leave --mandate out: a guardian may do all until the end, and close for ever.";
      throw new UsageError("ArgumentUnexpected", "A guardian takes no mandate.", { argument: "mandate" }, fix);
    }
    const asked = parseWhen("until", end);
    const until = roundUpToHalfYear(asked);
    if (until !== asked) {
      progress(`The end is rounded up to the half-year, ${when(until)}: the date of a majority is a birth date.`);
    }
    await withWriter(hre, given, async (client, acting) => {
      const added = await addGuardian(client, { scopeId, participantId, delegateId, until, ...acting });
      printWritten(given.json, added, delegationLines);
    });
  });

export default action;
