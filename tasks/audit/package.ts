import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { makeLawfulnessProof, type VerifyLawfulnessProofReturnType } from "../../src/sdk/index.ts";
import { lawfulnessLine, readPart } from "../support/audit.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { writeNewFile } from "../support/newFile.ts";
import { toJson } from "../support/output.ts";
import { parseNumber, parseParticipant } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly entry: string;
  readonly participant: string;
  readonly access: string;
  readonly atBlock: string | undefined;
  readonly out: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { out } = given;
    const index = parseNumber("entry", given.entry, 0n);
    const participantId = parseParticipant("participant", given.participant);
    const blockNumber = given.atBlock === undefined ? undefined : parseNumber("atBlock", given.atBlock, 0n);
    const part = await readPart(given.access, participantId);
    await withReader(hre, given, async (client) => {
      const { document, verified } = await makeLawfulnessProof(client, { index, ...part, blockNumber });
      if (out === undefined) {
        process.stdout.write(`${toJson(document)}\n`);
        return;
      }
      await writeNewFile(out, `${toJson(document)}\n`, { secret: true });
      const { isLawful, lawfulness } = verified;
      const blockHashes = Object.fromEntries(blocksOf(verified).map(({ number, hash }) => [number.toString(), hash]));
      printRead(given.json, { index, isLawful, lawfulness, blockHashes, file: out }, (): Line[] => [
        ["Entry", index],
        ["Participant", participantId],
        lawfulnessLine(lawfulness),
        ...blocksOf(verified).map(({ number, hash }): Line => ["Block", `${number} ${hash}`]),
        ["File", out],
      ]);
    });
  });

function blocksOf({ logBlock, claimedBlock }: VerifyLawfulnessProofReturnType) {
  return claimedBlock === undefined ? [logBlock] : [claimedBlock, logBlock];
}

export default action;
