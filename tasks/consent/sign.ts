import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import {
  type ConcordClient,
  participantIdOf,
  signAnnul,
  signDecline,
  type SignedChange,
  signExtend,
  signGrant,
  signResume,
  signSuspend,
  signTakeOver,
  signUpdate,
  signVeto,
  signWithdraw,
} from "../../src/sdk/index.ts";
import { type Acting, type SigningArguments, withWriter } from "../support/client.ts";
import { type GrantArguments, parseGrant, standingTermsDigest } from "../support/consent.ts";
import { UsageError } from "../support/errors.ts";
import {
  digestOfTerms,
  parseBytes32,
  parseChoice,
  parseCount,
  parseEnd,
  parseExtent,
  parseParticipant,
  parseScope,
  parseTerms,
  parseWhen,
  required,
  shown,
} from "../support/parse.ts";
import { runTask } from "../support/runTask.ts";
import { handOut } from "../support/signed.ts";

interface Arguments extends GrantArguments, SigningArguments {
  readonly verb: string;
  readonly scope: string;
  readonly onBehalfOf: string | undefined;
  readonly terms: string | undefined;
  readonly extent: string | undefined;
  readonly minVersion: string | undefined;
  readonly attestedId: string | undefined;
  readonly deadline: string | undefined;
  readonly out: string | undefined;
}

const AGREEMENT = ["onBehalfOf", "terms", "elements", "preferences", "until"] as const;
const CLOSING = ["onBehalfOf", "minVersion"] as const;

/** What each verb takes besides the scope and the deadline. */
const OPTIONS = {
  grant: AGREEMENT,
  update: AGREEMENT,
  extend: ["onBehalfOf", "until"],
  resume: ["onBehalfOf"],
  suspend: CLOSING,
  decline: CLOSING,
  withdraw: [...CLOSING, "extent"],
  annul: CLOSING,
  takeover: ["attestedId"],
  veto: [],
} as const;

type Verb = keyof typeof OPTIONS;

/** What signs: a function of the client, once the arguments are parsed. */
type Sign = (client: ConcordClient, acting: Acting) => Promise<SignedChange>;

const LAST_VERSION = 65_535;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const verb = parseChoice("verb", given.verb, Object.keys(OPTIONS) as Verb[]);
    const scopeId = parseScope("scope", given.scope);
    refuseOthers(verb, given);
    const sign = signerFor(verb, scopeId, given);
    const signed = await withWriter(hre, { ...given, dryRun: false }, sign);
    await handOut(given.json, given.out, signed);
  });

/** An option that the verb does not take would say something that is not signed. */
function refuseOthers(verb: Verb, given: Arguments): void {
  const taken: readonly string[] = OPTIONS[verb];
  const other = Object.values(OPTIONS)
    .flat()
    .find((name) => given[name] !== undefined && !taken.includes(name));
  if (other === undefined) return;
  const argument = shown(other);
  const fix = "Leave the option out, or sign another verb.";
  throw new UsageError("ArgumentUnexpected", `${verb} takes no ${argument}.`, { verb, argument }, fix);
}

/** Parses what the verb takes, and says how to sign it. */
function signerFor(verb: Verb, scopeId: Hex, given: Arguments): Sign {
  const deadline = given.deadline === undefined ? undefined : parseWhen("deadline", given.deadline);
  const onBehalfOf = given.onBehalfOf === undefined ? undefined : parseParticipant("onBehalfOf", given.onBehalfOf);
  const minVersion =
    given.minVersion === undefined ? undefined : parseCount("minVersion", given.minVersion, 0, LAST_VERSION);
  const common = { scopeId, onBehalfOf, deadline };
  switch (verb) {
    case "grant":
    case "update": {
      const number = required("terms", given.terms, "the terms' number in the scope or their digest");
      const terms = parseTerms("terms", number);
      const agreement = parseGrant(given);
      const sign = verb === "grant" ? signGrant : signUpdate;
      return async (client) => {
        const termsDigest = await digestOfTerms(client, scopeId, terms);
        return await sign(client, { ...common, termsDigest, ...agreement });
      };
    }
    case "extend": {
      const until = parseEnd("until", required("until", given.until, "the consent's new end, or never"));
      return async (client, { account }) => {
        const termsDigest = await standingTermsDigest(client, scopeId, onBehalfOf ?? participantIdOf(account));
        return await signExtend(client, { ...common, termsDigest, until });
      };
    }
    case "resume":
      return async (client) => await signResume(client, common);
    case "suspend":
      return async (client) => await signSuspend(client, { ...common, minVersion });
    case "decline":
      return async (client) => await signDecline(client, { ...common, minVersion });
    case "withdraw": {
      const extent = given.extent === undefined ? undefined : parseExtent("extent", given.extent);
      return async (client) => await signWithdraw(client, { ...common, extent, minVersion });
    }
    case "annul":
      return async (client) => await signAnnul(client, { ...common, minVersion });
    case "takeover": {
      const kept = required("attestedId", given.attestedId, "the id under which the custodian keeps the consent");
      const attestedId = parseBytes32("attestedId", kept);
      return async (client) => await signTakeOver(client, { scopeId, attestedId, deadline });
    }
    case "veto":
      return async (client) => await signVeto(client, { scopeId, deadline });
  }
}

export default action;
