import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import { parseDeploymentRecord } from "../../src/deployments/index.ts";
import { JsonFileError, readJson } from "../../src/files/json.ts";
import { verifyLawfulnessProof, type VerifyLawfulnessProofReturnType } from "../../src/sdk/index.ts";
import { lawfulnessLine } from "../support/audit.ts";
import { UsageError } from "../support/errors.ts";
import { invalid, parseBytes32, parseNumber } from "../support/parse.ts";
import { type Line, listed, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments {
  readonly proof: string;
  readonly hash: string | undefined;
  readonly hashes: string | undefined;
  readonly record: string | undefined;
  readonly json: boolean;
}

const action: NewTaskActionFunction<Arguments> = async (given) =>
  await runTask(given.json, async () => {
    const blockHashes = await readHashes(given);
    const deployment = given.record === undefined ? undefined : parseDeploymentRecord(await readJson(given.record));
    const verified = verifyLawfulnessProof(await readJson(given.proof), { blockHashes, deployment });
    printRead(given.json, verified, linesOf);
  });

/** @throws UsageError ArgumentMissing, ArgumentUnexpected, ArgumentInvalid; JsonFileError */
async function readHashes({ hash, hashes }: Arguments): Promise<Readonly<Record<string, Hex>>> {
  if (hash !== undefined && hashes !== undefined) {
    const message = "Hashes are given twice.";
    throw new UsageError("ArgumentUnexpected", message, { argument: "hash" }, "Give --hash or --hashes, not both.");
  }
  if (hash !== undefined) return parseHashes(hash);
  if (hashes === undefined) {
    const fix = "Give --hash number=0x…,number=0x… or --hashes FILE: hashes of blocks, from a source that you trust.";
    throw new UsageError("ArgumentMissing", "There is no hash to check against.", { argument: "hash" }, fix);
  }
  const value = await readJson(hashes);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, Hex>;
  throw new JsonFileError(hashes, "it is no object", 'Give block numbers with their hashes: {"12": "0x…"}.', {
    path: "$",
  });
}

/** Hashes of blocks: "12=0x…,15=0x…". @throws UsageError ArgumentInvalid */
function parseHashes(text: string): Record<string, Hex> {
  const pairs = text.split(",").map((pair): [string, Hex] => {
    const [number = "", hash, ...more] = pair.trim().split("=");
    if (hash === undefined || more.length > 0) {
      throw invalid("hash", text, "no list of block hashes", "Give number=0x…, separated by commas.");
    }
    return [parseNumber("hash", number, 0n).toString(), parseBytes32("hash", hash)];
  });
  return Object.fromEntries(pairs);
}

function linesOf(verified: VerifyLawfulnessProofReturnType): Line[] {
  const { index, leaf, lawfulness, entry, claimedBlock, logBlock, facts, contracts, chainId } = verified;
  return [
    ["Entry", index],
    ["Licence", entry.batch.licenceId],
    ["Participant", leaf.participantId],
    ["Version", leaf.version],
    lawfulnessLine(lawfulness),
    ["Claimed block", claimedBlock === undefined ? "late" : `${claimedBlock.number}, ${when(claimedBlock.time)}`],
    ["Log read at", `${logBlock.number}, ${when(logBlock.time)}`],
    ...(facts === undefined
      ? []
      : [["Consent", listed(facts.consents.map(({ participantId }) => participantId))] as const]),
    ...Object.entries(contracts),
    ["Chain", `${chainId} (as the proof says)`],
  ];
}

export default action;
