import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { makeVisaClaims } from "../../src/exports/index.ts";
import { withReader } from "../support/client.ts";
import { type ExportArguments, giveDocument, parseBlock } from "../support/exports.ts";
import { parseCount, parseNumber, required } from "../support/parse.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ExportArguments {
  readonly licence: string;
  readonly issuer: string | undefined;
  readonly source: string | undefined;
  readonly subject: string | undefined;
  readonly value: string | undefined;
  readonly lifetime: string | undefined;
}

const LONGEST_LIFETIME = 2 ** 32 - 1;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { subject, value } = given;
    const licenceId = parseNumber("licence", given.licence, 1n);
    const issuer = required("issuer", given.issuer, "who will sign the visa, by an https URL");
    const source = required("source", given.source, "the public identifier of the licence's committee or custodian");
    const lifetime =
      given.lifetime === undefined ? undefined : parseCount("lifetime", given.lifetime, 1, LONGEST_LIFETIME);
    const told = { issuer, source, subject, value, lifetime, ...parseBlock(given) };
    await withReader(hre, given, async (client) => {
      await giveDocument(given, await makeVisaClaims(client, { licenceId, ...told }));
    });
  });

export default action;
