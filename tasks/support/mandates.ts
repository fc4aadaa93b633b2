import { type Delegation, MANDATE_VERBS, type MandateVerb } from "../../src/sdk/index.ts";
import { parseChoices } from "./parse.ts";
import { type Line, listed, when } from "./print.ts";

/** For the description of an option. */
export const mandateNames = MANDATE_VERBS.join(", ");

/** What a proxy may do. @throws UsageError ArgumentInvalid */
export function parseMandate(argument: string, text: string): MandateVerb[] {
  return parseChoices(argument, text, MANDATE_VERBS);
}

/** Who may act for whom, as lines. */
export function delegationLines({ scopeId, participantId, delegateId, mandate }: Delegation): Line[] {
  const ids: Line[] = [
    ["Scope", scopeId],
    ["Participant", participantId],
    ["Delegate", delegateId],
  ];
  if (mandate.kind === "None") return [...ids, ["Mandate", `none since ${when(mandate.signedAt)}`]];
  return [
    ...ids,
    ["Kind", mandate.kind],
    ["Mandate", listed(mandate.verbs)],
    ["Given", when(mandate.signedAt)],
    ["Until", when(mandate.until)],
  ];
}
