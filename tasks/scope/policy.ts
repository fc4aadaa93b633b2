import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import {
  type ConcordClient,
  setCoConsent,
  setCommitteeTerms,
  setJurisdictionTerms,
  setReviewCommittee,
} from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { digestOfTerms, parseInstitution, parseParticipant, parseScope, parseTerms } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly coConsent: string | undefined;
  readonly committeeTerms: string | undefined;
  readonly jurisdictionTerms: string | undefined;
  readonly reviewCommittee: string | undefined;
}

const NONE = "none";

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { coConsent, committeeTerms, jurisdictionTerms, reviewCommittee } = given;
    const scopeId = parseScope("scope", given.scope);
    const parts = [coConsent, committeeTerms, jurisdictionTerms, reviewCommittee];
    if (parts.filter((option) => option !== undefined).length !== 1) {
      const fix = "Give one of --co-consent, --committee-terms, --jurisdiction-terms and --review-committee.";
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
      } else if (reviewCommittee !== undefined) {
        const committee = reviewCommittee === NONE ? undefined : parseInstitution("reviewCommittee", reviewCommittee);
        printWritten(given.json, await setReviewCommittee(client, { scopeId, committee, ...acting }), () => [
          ["Scope", scopeId],
          ["Review committee", committee ?? NONE],
        ]);
      }
    });
  });

async function digestOf(client: ConcordClient, scopeId: Hex, argument: string, text: string): Promise<Hex | undefined> {
  return text === NONE ? undefined : await digestOfTerms(client, scopeId, parseTerms(argument, text));
}

export default action;
