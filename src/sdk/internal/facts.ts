import type { Hex, Log } from "viem";

import { type Fact, FACTS, namesOf } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { eventIn } from "./events.ts";
import { checkList, numberOf } from "./validate.ts";

const NAMES = Object.keys(FACTS) as readonly Fact[];

/** What a licensee has stated. */
export interface StatedFacts {
  readonly licensee: Hex;
  readonly purposeDigest: Hex;
  /** The account that stated or signed it. */
  readonly official: Hex;
  readonly facts: readonly Fact[];
}

/** The bits of facts given by name. */
export function factBits(input: string, facts: readonly Fact[]): number {
  checkList(input, facts);
  facts.forEach((fact, index) => numberOf(`${input}[${index}]`, NAMES, fact));
  return facts.reduce((bits, fact) => bits | FACTS[fact], 0);
}

/** The statement that a transaction has made. */
export function statedIn(client: ConcordClient, logs: readonly Log[]): StatedFacts {
  const { licensee, purposeDigest, official, facts } = eventIn(client, logs, "factRegistry", "FactsStated");
  return { licensee, purposeDigest, official, facts: namesOf(FACTS, facts) };
}
