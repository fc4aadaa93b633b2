import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { toHex } from "viem";

import { approveLicenceWith, getLicence, voteLicence } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { parseDelivery } from "../support/licence.ts";
import { parseChoice, parseDigest, parseElements, parseNumber, parseWhen, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly vote: string;
  readonly explanation: string | undefined;
  readonly until: string | undefined;
  readonly delivery: string | undefined;
  readonly elements: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const vote = parseChoice("vote", given.vote, ["approve", "refuse"]) === "approve" ? "Approve" : "Refuse";
    const why = required("explanation", given.explanation, "a file that says why, or its digest");
    const explanation = await parseDigest("explanation", why);
    const narrowed = parseNarrowed(given);
    if (vote === "Refuse" && Object.values(narrowed).some((condition) => condition !== undefined)) {
      const fix = "Leave out --until, --delivery and --elements, or approve.";
      throw new UsageError("ArgumentInvalid", "A refusal has no conditions.", { argument: "vote" }, fix);
    }
    await withWriter(hre, given, async (client, acting) => {
      if (Object.values(narrowed).some((condition) => condition !== undefined)) {
        const { progress } = await getLicence(client, { licenceId });
        const conditions = {
          until: narrowed.until ?? progress.until,
          delivery: narrowed.delivery ?? progress.delivery,
          elements: narrowed.elements ?? progress.elements,
        };
        const parameters = { licenceId, conditions, explanation, ...acting };
        printWritten(given.json, await approveLicenceWith(client, parameters), (cast) => [
          ["Licence", licenceId],
          ["Committee", cast.committee],
          ["Vote", "Approve"],
          ["Delivery", conditions.delivery],
          ["Until", when(conditions.until)],
          ["Elements", toHex(conditions.elements)],
          ["Explanation", explanation],
        ]);
        return;
      }
      printWritten(given.json, await voteLicence(client, { licenceId, vote, explanation, ...acting }), (cast) => [
        ["Licence", licenceId],
        ["Committee", cast.committee],
        ["Vote", cast.vote],
        ["Explanation", explanation],
      ]);
    });
  });

/** The conditions that are given; the others stay as they were asked for. */
function parseNarrowed({ until, delivery, elements }: Arguments) {
  return {
    until: until === undefined ? undefined : parseWhen("until", until),
    delivery: delivery === undefined ? undefined : parseDelivery("delivery", delivery),
    elements: elements === undefined ? undefined : parseElements("elements", elements),
  };
}

export default action;
