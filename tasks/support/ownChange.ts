import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import type { ChangedConsent, ConcordClient, DryRun, GrantTerms, Included } from "../../src/sdk/index.ts";
import { type Acting, withWriter, type WritingArguments } from "./client.ts";
import { changedLines, type GrantArguments, parseGrant } from "./consent.ts";
import { digestOfTerms, parseScope, parseTerms } from "./parse.ts";
import { printWritten } from "./print.ts";
import { runTask } from "./runTask.ts";

/** An action of the SDK by which participants change their own consent. */
type Change<Parameters> = (
  client: ConcordClient,
  parameters: Acting & Parameters,
) => Promise<DryRun | (Included & ChangedConsent)>;

interface ScopeArguments extends WritingArguments {
  readonly scope: string;
}

interface AgreementArguments extends ScopeArguments, GrantArguments {
  readonly terms: string;
}

/** The task of a change for which the scope says all. */
export function ownChange(change: Change<{ readonly scopeId: Hex }>): NewTaskActionFunction<ScopeArguments> {
  return async (given, hre) =>
    await runTask(given.json, async () => {
      const scopeId = parseScope("scope", given.scope);
      await withWriter(hre, given, async (client, acting) => {
        printWritten(given.json, await change(client, { scopeId, ...acting }), changedLines);
      });
    });
}

/** The task of a change that agrees to terms. */
export function ownAgreement(change: Change<GrantTerms>): NewTaskActionFunction<AgreementArguments> {
  return async (given, hre) =>
    await runTask(given.json, async () => {
      const scopeId = parseScope("scope", given.scope);
      const terms = parseTerms("terms", given.terms);
      const grant = parseGrant(given);
      await withWriter(hre, given, async (client, acting) => {
        const termsDigest = await digestOfTerms(client, scopeId, terms);
        printWritten(given.json, await change(client, { scopeId, termsDigest, ...grant, ...acting }), changedLines);
      });
    });
}
