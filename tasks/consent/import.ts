import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import { type ConcordClient, getConsents, importConsents } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { RefusalError, UsageError } from "../support/errors.ts";
import { writeNewFile } from "../support/newFile.ts";
import { printResult, progress } from "../support/output.ts";
import { readPaperConsents, requireTimely, type WrittenConsent } from "../support/paperConsents.ts";
import { digestOfTerms, parseBatchSize, parseScope } from "../support/parse.ts";
import { printDryRun } from "../support/print.ts";
import { printRelayed } from "../support/relaying.ts";
import { errorReport, runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly file: string;
  readonly out: string | undefined;
  readonly renew: boolean;
  readonly batchSize: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { json, out, renew } = given;
    const scopeId = parseScope("scope", given.scope);
    const batchSize = parseBatchSize(given.batchSize);
    const { consents: written, drawn, links } = await readPaperConsents(given.file);
    requireLinkTable(drawn, out);
    await withWriter(hre, given, async (client, acting) => {
      const pending = renew ? written : await unanswered(client, scopeId, written);
      const passedOver = written.length - pending.length;
      if (pending.length === 0) {
        printResult(json, { scopeId, passedOver }, () => `All ${passedOver} have answered already. Nothing was sent.`);
        return;
      }
      requireTimely(given.file, pending, await timeNow(client));
      const consents = await withDigests(client, scopeId, pending);
      const options = { scopeId, consents, batchSize, account: acting.account };
      if (acting.dryRun) {
        printDryRun(json, await importConsents(client, { ...options, dryRun: true }), "It could be sent");
        return;
      }
      // The ids exist nowhere else: they are kept before any of them is sent.
      if (out !== undefined) await writeNewFile(out, links, { secret: true });
      const linkTable = out ?? given.file;
      const summary = await importConsents(client, {
        ...options,
        dryRun: false,
        onProgress: ({ done, total }) => progress(`Imported ${done} of ${total}`),
      }).catch((error: unknown) => {
        throw interrupted(error, linkTable);
      });
      const places = pending.map(({ place }) => place);
      printRelayed(json, summary, places, { scopeId, passedOver, linkTable }, [
        ["Passed over", `${passedOver} who have answered already`],
        ["Link table", linkTable],
      ]);
    });
  });

/** @throws UsageError ArgumentMissing, ArgumentUnexpected */
function requireLinkTable(drawn: number, out: string | undefined): void {
  if (drawn > 0 && out === undefined) {
    const fix = "Give --out with a new file for the link table; without it nobody knows whose consent is whose.";
    throw new UsageError("ArgumentMissing", `${drawn} rows name no participant.`, { argument: "out", drawn }, fix);
  }
  if (drawn === 0 && out !== undefined) {
    const fix = "Leave --out out: the file is the link table itself.";
    throw new UsageError("ArgumentUnexpected", "Every row names its participant.", { argument: "out" }, fix);
  }
}

/** Those who have no word yet: an import that was interrupted is finished, and nobody's answer is opened again. */
async function unanswered(
  client: ConcordClient,
  scopeId: Hex,
  written: readonly WrittenConsent[],
): Promise<readonly WrittenConsent[]> {
  const participantIds = written.map(({ participantId }) => participantId);
  const { consents } = await getConsents(client, { scopeId, participantIds });
  return written.filter((_, index) => consents[index]?.word.version === 0);
}

/** Some of it may have been included: only the link table knows under which ids. */
function interrupted(error: unknown, linkTable: string): RefusalError {
  const { name: reason, message, fix } = errorReport(error);
  const finish = `${fix} Then import ${linkTable}: whoever has answered is passed over.`;
  return new RefusalError("ImportInterrupted", `The import stopped: ${message}`, { reason, linkTable }, finish);
}

/** A chain at rest keeps its last block's time; the next block's will be the clock's. */
async function timeNow({ publicClient }: ConcordClient): Promise<number> {
  const { timestamp } = await publicClient.getBlock();
  return Math.max(Number(timestamp), Math.floor(Date.now() / 1000));
}

/** The consents as the SDK takes them; each number of terms is looked up once. */
async function withDigests(client: ConcordClient, scopeId: Hex, written: readonly WrittenConsent[]) {
  const digests = new Map<number, Hex>();
  const consents = [];
  for (const { terms, ...consent } of written) {
    const known = "number" in terms ? digests.get(terms.number) : undefined;
    const termsDigest = known ?? (await digestOfTerms(client, scopeId, terms));
    if ("number" in terms) digests.set(terms.number, termsDigest);
    consents.push({ ...consent, termsDigest });
  }
  return consents;
}

export default action;
