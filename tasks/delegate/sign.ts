import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import {
  type ConcordClient,
  signAppointment,
  signDismissal,
  type SignedAppointment,
  type SignedDismissal,
} from "../../src/sdk/index.ts";
import { type SigningArguments, withWriter } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { mandateNames, parseMandate } from "../support/mandates.ts";
import { parseChoice, parseEnd, parseParticipant, parseScope, parseWhen, required } from "../support/parse.ts";
import { runTask } from "../support/runTask.ts";
import { handOut } from "../support/signed.ts";

interface Arguments extends SigningArguments {
  readonly verb: string;
  readonly scope: string;
  readonly delegate: string;
  readonly mandate: string | undefined;
  readonly until: string | undefined;
  readonly deadline: string | undefined;
  readonly out: string | undefined;
}

const VERBS = ["appoint", "dismiss"] as const;

type Sign = (client: ConcordClient) => Promise<SignedAppointment | SignedDismissal>;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const verb = parseChoice("verb", given.verb, VERBS);
    const scopeId = parseScope("scope", given.scope);
    const delegateId = parseParticipant("delegate", given.delegate);
    const sign = signerFor(verb, { scopeId, delegateId }, given);
    const signed = await withWriter(hre, { ...given, dryRun: false }, sign);
    await handOut(given.json, given.out, signed);
  });

/** Parses what the verb takes, and says how to sign it. */
function signerFor(
  verb: (typeof VERBS)[number],
  ids: Readonly<Record<"scopeId" | "delegateId", Hex>>,
  given: Arguments,
): Sign {
  const deadline = given.deadline === undefined ? undefined : parseWhen("deadline", given.deadline);
  if (verb === "appoint") {
    const named = required("mandate", given.mandate, `some of ${mandateNames}, with commas`);
    const verbs = parseMandate("mandate", named);
    const until = parseEnd("until", required("until", given.until, "when the mandate ends"));
    return async (client) => await signAppointment(client, { ...ids, verbs, until, deadline });
  }
  const other = (["mandate", "until"] as const).find((name) => given[name] !== undefined);
  if (other !== undefined) {
    const fix = "Leave the option out: a dismissal takes back all of the mandate.";
    throw new UsageError("ArgumentUnexpected", `dismiss takes no ${other}.`, { verb, argument: other }, fix);
  }
  return async (client) => await signDismissal(client, { ...ids, deadline });
}

export default action;
