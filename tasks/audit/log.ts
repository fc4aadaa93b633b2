import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readParticipantList } from "../../src/files/participantList.ts";
import { getAccessLeaves } from "../../src/sdk/audit/getAccessLeaves.ts";
import { buildAccessTree, getLicence, logAccess } from "../../src/sdk/index.ts";
import { entryLines } from "../support/audit.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { writeNewFile } from "../support/newFile.ts";
import { toJson } from "../support/output.ts";
import { parseDigest, parseNumber, required } from "../support/parse.ts";
import { isDryRun, printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly participants: string;
  readonly agent: string | undefined;
  readonly workflow: string | undefined;
  readonly claimedBlock: string | undefined;
  readonly out: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const block = given.claimedBlock === undefined ? undefined : parseNumber("claimedBlock", given.claimedBlock, 0n);
    const agentFile = required("agent", given.agent, "a file that says who used the data, or its digest");
    const agent = await parseDigest("agent", agentFile);
    const workflowFile = required("workflow", given.workflow, "the file of the workflow, or its digest");
    const workflow = await parseDigest("workflow", workflowFile);
    const participantIds = await readParticipantList(given.participants);
    await withWriter(hre, given, async (client, acting) => {
      const { scopeId } = (await getLicence(client, { licenceId })).subject;
      const { claimedBlock, leaves } = await getAccessLeaves(client, { scopeId, participantIds, claimedBlock: block });
      const { root, count } = buildAccessTree(leaves);
      const batch = { licenceId, root, count, claimedBlock, agent, workflow };
      const file = acting.dryRun ? undefined : given.out;
      if (file !== undefined) {
        // Refused accesses leave no file; accepted ones must not lose their leaves, so they are written before.
        await logAccess(client, { ...batch, ...acting, dryRun: true });
        await writeNewFile(file, `${toJson({ leaves })}\n`);
      }
      const logged = await logAccess(client, { ...batch, ...acting });
      printWritten(given.json, isDryRun(logged) ? logged : { ...logged, leaves }, (entry) => [
        ...entryLines(entry),
        ...(file === undefined ? [] : [["File", file] as const]),
      ]);
    });
  });

export default action;
