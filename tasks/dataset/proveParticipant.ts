import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { participantsTree } from "../../src/files/index.ts";
import { readParticipantList } from "../../src/files/participantList.ts";
import { getDataset, verifyParticipant } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { standingLine } from "../support/dataset.ts";
import { RefusalError } from "../support/errors.ts";
import { writeNewFile } from "../support/newFile.ts";
import { toJson } from "../support/output.ts";
import { parseBytes32, parseParticipant } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly dataset: string;
  readonly participant: string;
  readonly participants: string;
  readonly out: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    const participantId = parseParticipant("participant", given.participant);
    const tree = participantsTree(await readParticipantList(given.participants));
    const proof = tree.prove(participantId);
    await withReader(hre, given, async (client) => {
      const { record, isStanding } = await getDataset(client, { datasetId });
      if (!(await verifyParticipant(client, { record, participantId, proof }))) {
        throw new RefusalError(
          "DatasetMismatch",
          "The list is not that of the dataset's participants.",
          { anchored: { participantsRoot: record.participantsRoot }, found: { participantsRoot: tree.root } },
          "Give the very list that the dataset was anchored with.",
        );
      }
      const proved = { datasetId, participantId, proof };
      if (given.out !== undefined) await writeNewFile(given.out, `${toJson(proved)}\n`);
      printRead(given.json, { ...proved, isStanding }, () => [
        ["Proved", `${participantId} is a participant of ${datasetId}`],
        ["Proof", `${proof.length} digests`],
        standingLine({ isStanding }),
      ]);
    });
  });

export default action;
