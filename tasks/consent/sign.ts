import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import {
  type ConcordClient,
  participantIdOf,
  type SignedChange,
  signGrant,
  signResume,
  signSuspend,
  signWithdraw,
} from "../../src/sdk/index.ts";
import { type SigningArguments, withWriter } from "../support/client.ts";
import { type GrantArguments, parseGrant } from "../support/consent.ts";
import { UsageError } from "../support/errors.ts";
import { writeNewFile } from "../support/newFile.ts";
import { printResult, toJson } from "../support/output.ts";
import {
  digestOfTerms,
  parseChoice,
  parseCount,
  parseExtent,
  parseScope,
  parseTerms,
  parseWhen,
  required,
} from "../support/parse.ts";
import { table, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends GrantArguments, SigningArguments {
  readonly verb: string;
  readonly scope: string;
  readonly terms: string | undefined;
  readonly extent: string | undefined;
  readonly minVersion: string | undefined;
  readonly deadline: string | undefined;
  readonly out: string | undefined;
}

/** What each verb takes besides the scope and the deadline. */
const OPTIONS = {
  grant: ["terms", "elements", "preferences", "until"],
  resume: [],
  suspend: ["minVersion"],
  withdraw: ["extent", "minVersion"],
} as const;

type Verb = keyof typeof OPTIONS;

const LAST_VERSION = 65_535;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { out } = given;
    const verb = parseChoice("verb", given.verb, Object.keys(OPTIONS) as Verb[]);
    const scopeId = parseScope("scope", given.scope);
    refuseOthers(verb, given);
    const sign = signerFor(verb, scopeId, given);
    const signed = await withWriter(hre, { ...given, dryRun: false }, sign);
    if (out === undefined) {
      printResult(given.json, signed, toJson);
      return;
    }
    await writeNewFile(out, `${toJson(signed)}\n`);
    const { signer, deadline } = signed.authorisation;
    const participantId = participantIdOf(signer);
    printResult(given.json, { out, verb, scopeId, participantId, deadline }, () =>
      table([
        ["Signed", verb],
        ["Participant", participantId],
        ["Relay until", when(deadline)],
        ["File", out],
      ]),
    );
  });

/** An option that the verb does not take would say something that is not signed. */
function refuseOthers(verb: Verb, given: Arguments): void {
  const taken: readonly string[] = OPTIONS[verb];
  const other = Object.values(OPTIONS)
    .flat()
    .find((name) => given[name] !== undefined && !taken.includes(name));
  if (other === undefined) return;
  const fix = "Leave the option out, or sign another verb.";
  throw new UsageError("ArgumentUnexpected", `${verb} takes no ${other}.`, { verb, argument: other }, fix);
}

/** Parses what the verb takes, and says how to sign it. */
function signerFor(verb: Verb, scopeId: Hex, given: Arguments): (client: ConcordClient) => Promise<SignedChange> {
  const deadline = given.deadline === undefined ? undefined : parseWhen("deadline", given.deadline);
  const minVersion =
    given.minVersion === undefined ? undefined : parseCount("minVersion", given.minVersion, 0, LAST_VERSION);
  switch (verb) {
    case "grant": {
      const terms = parseTerms(
        "terms",
        required("terms", given.terms, "the terms' number in the scope or their digest"),
      );
      const grant = parseGrant(given);
      return async (client) => {
        const termsDigest = await digestOfTerms(client, scopeId, terms);
        return await signGrant(client, { scopeId, termsDigest, ...grant, deadline });
      };
    }
    case "resume":
      return async (client) => await signResume(client, { scopeId, deadline });
    case "suspend":
      return async (client) => await signSuspend(client, { scopeId, minVersion, deadline });
    case "withdraw": {
      const extent = given.extent === undefined ? undefined : parseExtent("extent", given.extent);
      return async (client) => await signWithdraw(client, { scopeId, extent, minVersion, deadline });
    }
  }
}

export default action;
