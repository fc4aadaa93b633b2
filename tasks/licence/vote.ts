import type { NewTaskActionFunction } from "hardhat/types/tasks";

import {
  approveLicenceWith,
  type ConcordClient,
  getLicence,
  type LicenceConditions,
  voteLicence,
} from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { elementsShown, parseDelivery } from "../support/licence.ts";
import { parseChoice, parseDigest, parseElements, parseNumber, parseWhen, required } from "../support/parse.ts";
import { type Line, printWritten, when } from "../support/print.ts";
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
    const isNarrowed = Object.keys(narrowed).length > 0;
    if (isNarrowed && vote === "Refuse") {
      const fix = "Leave out --until, --delivery and --elements, or approve.";
      throw new UsageError("ArgumentUnexpected", "A refusal has no conditions.", { argument: "vote" }, fix);
    }
    await withWriter(hre, given, async (client, acting) => {
      const ballot = { licenceId, explanation, ...acting };
      const conditions = isNarrowed ? { ...(await askedFor(client, licenceId)), ...narrowed } : undefined;
      const voted =
        conditions === undefined
          ? await voteLicence(client, { vote, ...ballot })
          : await approveLicenceWith(client, { conditions, ...ballot });
      printWritten(given.json, voted, ({ committee }) => [
        ["Licence", licenceId],
        ["Committee", committee],
        ["Vote", vote],
        ...(conditions === undefined ? [] : conditionLines(conditions)),
        ["Explanation", explanation],
      ]);
    });
  });

async function askedFor(client: ConcordClient, licenceId: bigint): Promise<LicenceConditions> {
  const { until, delivery, elements } = (await getLicence(client, { licenceId })).progress;
  return { until, delivery, elements };
}

/** The conditions that are given; what is left out stays as it was asked for. */
function parseNarrowed({ until, delivery, elements }: Arguments): Partial<LicenceConditions> {
  return {
    ...(until === undefined ? {} : { until: parseWhen("until", until) }),
    ...(delivery === undefined ? {} : { delivery: parseDelivery("delivery", delivery) }),
    ...(elements === undefined ? {} : { elements: parseElements("elements", elements) }),
  };
}

function conditionLines({ delivery, until, elements }: LicenceConditions): Line[] {
  return [
    ["Delivery", delivery],
    ["Until", when(until)],
    ["Elements", elementsShown(elements)],
  ];
}

export default action;
