import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { attestClosing } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { changedLines } from "../support/consent.ts";
import { UsageError } from "../support/errors.ts";
import { parseChoice, parseExtent, parseParticipant, parseScope, parseWhen } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly participant: string;
  readonly verb: string;
  readonly signedAt: string | undefined;
  readonly extent: string | undefined;
  readonly dissent: boolean;
}

/** The state that each closing leaves. */
const STATES = { suspend: "Suspended", decline: "Declined", withdraw: "Withdrawn", annul: "Annulled" } as const;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { dissent } = given;
    const scopeId = parseScope("scope", given.scope);
    const participantId = parseParticipant("participant", given.participant);
    const verb = parseChoice("verb", given.verb, Object.keys(STATES) as (keyof typeof STATES)[]);
    const signedAt = given.signedAt === undefined ? undefined : parseWhen("signedAt", given.signedAt);
    const extent = given.extent === undefined ? undefined : parseExtent("extent", given.extent);
    if (extent !== undefined && verb !== "withdraw") {
      const fix = "Leave the extent out: only a withdrawal has one.";
      throw new UsageError("ArgumentUnexpected", `${verb} takes no extent.`, { verb, argument: "extent" }, fix);
    }
    const closing = { scopeId, participantId, state: STATES[verb], extent, dissent, signedAt };
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await attestClosing(client, { ...closing, ...acting }), (attested) => [
        ...changedLines(attested),
        ["Attested by", attested.custodian],
        ["Said", when(attested.signedAt)],
      ]);
    });
  });

export default action;
