import type { Hex } from "viem";

import type { Purpose, Terms } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { purposeDigest, termsDigest } from "../dataUse/digests.ts";
import { eventsIn } from "../internal/events.ts";
import { checkList } from "../internal/validate.ts";
import { type Decision, untaggedDecisionOf } from "../internal/verdict.ts";
import { type LineageWitness, wirePurpose, wireTerms, wireWitness } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface DecidePurposeParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly terms: Terms;
  readonly purpose: Purpose;
  /** Complete ancestors of the purpose's diseases in the release that the terms pin; none unless told. */
  readonly witnesses?: readonly LineageWitness[] | undefined;
}

export type DecidePurposeReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly termsDigest: Hex;
    readonly purposeDigest: Hex;
    /** The answer as it was kept now, facts and time aside, its reasons bare codes; undefined when it was kept before. */
    readonly kept: Decision | undefined;
  },
  dryRun
>;

export type DecidePurposeErrorType = WriteErrorType;

/**
 * Works out what terms say of a purpose and keeps it on chain, for every licence to read. For anyone; doing it again
 * changes nothing. A pair that proveOntologyPair has proved needs no witness.
 * @throws InvalidInputError, ConcordContractError DecisionUnproven, OntologyProofInvalid, OntologyReleaseUnknown
 */
export async function decidePurpose<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DecidePurposeParameters<dryRun>,
): Promise<DecidePurposeReturnType<dryRun>> {
  const { terms, purpose, witnesses = [] } = parameters;
  const wire = { terms: wireTerms("terms", terms), purpose: wirePurpose("purpose", purpose) };
  checkList("witnesses", witnesses);
  const lineages = witnesses.map((witness, index) => wireWitness(`witnesses[${index}]`, witness));
  return write(
    client,
    parameters,
    { contract: "decisionRegistry", functionName: "decide", args: [wire.terms, wire.purpose, lineages] },
    (logs) => {
      const event = eventsIn(client, logs, "decisionRegistry", ["DecisionKept"])[0];
      const kept = event === undefined ? undefined : untaggedDecisionOf(event.args);
      return { termsDigest: termsDigest(terms), purposeDigest: purposeDigest(purpose), kept };
    },
  );
}
