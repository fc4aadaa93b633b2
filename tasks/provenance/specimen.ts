import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { commitToParticipant, getInstitution, registerSpecimen } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { writeNewFile } from "../support/newFile.ts";
import { toJson } from "../support/output.ts";
import { parseBytes32, parseParticipant, parseScope, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import {
  parseNamed,
  parsePerformance,
  type PerformanceArguments,
  performanceLines,
  randomLabel,
} from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, PerformanceArguments {
  readonly scope: string | undefined;
  readonly participant: string | undefined;
  readonly material: string | undefined;
  readonly label: string | undefined;
  readonly salt: string | undefined;
  readonly out: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", required("scope", given.scope, "the scope's public name or id"));
    const person = required("participant", given.participant, "the participant's id or address");
    const participantId = parseParticipant("participant", person);
    const material = parseNamed("material", required("material", given.material, "what the specimen is"));
    const label = given.label === undefined ? randomLabel() : parseBytes32("label", given.label);
    // A salt that nobody keeps could never show whose the specimen is.
    if (given.salt === undefined) required("out", given.out, "a file to keep the salt in, unless you give --salt");
    const salt = given.salt === undefined ? undefined : parseBytes32("salt", given.salt);
    const collection = await parsePerformance(given);
    await withWriter(hre, given, async (client, acting) => {
      const { institutionId: custodian } = await getInstitution(client, { institutionAccount: acting.account });
      const opened = commitToParticipant(scopeId, participantId, salt);
      const record = { custodian, scopeId, participant: opened.commitment, material, label };
      const file = acting.dryRun ? undefined : given.out;
      if (file !== undefined) {
        // Refused specimens leave no file; accepted ones must not lose their salt, so it is written before.
        await registerSpecimen(client, { record, ...collection, ...acting, dryRun: true });
        await writeNewFile(file, `${toJson({ participantId, ...opened, record })}\n`, { secret: true });
      }
      const registered = await registerSpecimen(client, { record, ...collection, ...acting });
      printWritten(given.json, registered, ({ sampleId, activity }) => [
        ["Specimen", sampleId],
        ["Activity", activity],
        ["Commitment", opened.commitment],
        ["Label", label],
        ...performanceLines(collection),
        ...(file === undefined ? [] : [["File", file] as const]),
      ]);
    });
  });

export default action;
