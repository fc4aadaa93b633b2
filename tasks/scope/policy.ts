import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import { type ConcordClient, setCoConsent, setCommitteeTerms, setJurisdictionTerms } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { digestOfTerms, parseParticipant, parseScope, parseTerms } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly coConsent: string | undefined;
  readonly committeeTerms: string | undefined;
  readonly jurisdictionTerms: string | undefined;
}

const NONE = "none";

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { coConsent, committeeTerms, jurisdictionTerms } = given;
    const scopeId = parseScope("scope", given.scope);
    if ([coConsent, committeeTerms, jurisdictionTerms].filter((option) => option !== undefined).length !== 1) {
      const fix = "Give one of --co-consent, --committee-terms and --jurisdiction-terms.";
      throw new UsageError("ArgumentMissing", "A policy is set one part at a time.", { argument: "co-consent" }, fix);
    }
    await withWriter(hre, given, async (client, acting) => {
      if (coConsent !== undefined) {
        const group = coConsent === NONE ? undefined : parseParticipant("coConsent", coConsent);
        printWritten(given.json, await setCoConsent(client, { scopeId, group, ...acting }), () => [
          ["Scope", scopeId],
          ["Co-consent", group ?? NONE],
        ]);
      } else if (committeeTerms !== undefined) {
        const termsDigest = await digestOf(client, scopeId, "committeeTerms", committeeTerms);
        printWritten(given.json, await setCommitteeTerms(client, { scopeId, termsDigest, ...acting }), () => [
          ["Scope", scopeId],
          ["Committee's terms", termsDigest ?? NONE],
        ]);
      } else if (jurisdictionTerms !== undefined) {
        const termsDigest = await digestOf(client, scopeId, "jurisdictionTerms", jurisdictionTerms);
        printWritten(given.json, await setJurisdictionTerms(client, { scopeId, termsDigest, ...acting }), () => [
          ["Scope", scopeId],
          ["Jurisdiction's terms", termsDigest ?? NONE],
        ]);
      }
    });
  });

async function digestOf(client: ConcordClient, scopeId: Hex, argument: string, text: string): Promise<Hex | undefined> {
  return text === NONE ? undefined : await digestOfTerms(client, scopeId, parseTerms(argument, text));
}

export default action;
