import type { Hex } from "viem";

import { importConsent, importConsents } from "../../src/sdk/index.ts";
import { type ImportPlan, scopeOf } from "./plan.ts";
import type { Site } from "./site.ts";

type Progress = (message: string) => void;

/**
 * Brings the records in, each in a transaction of its own, in the order of the file.
 * @returns the gas of each
 */
export async function importSingly(
  { custodian }: Site,
  { imports }: ImportPlan,
  progress: Progress,
): Promise<number[]> {
  const gas: number[] = [];
  for (const paper of imports) {
    gas.push(Number((await importConsent(custodian, paper)).gasUsed));
    if (gas.length % 500 === 0) progress(`Importing … ${gas.length} of ${imports.length}`);
  }
  return gas;
}

/**
 * Brings the records in by the batch, study by study, and within each in the order of the file.
 * @returns the gas of each: its share of what its transaction took
 */
export async function importInBatches(
  { custodian }: Site,
  { imports, studies }: ImportPlan,
  batchSize: number,
  progress: Progress,
): Promise<number[]> {
  const scopes = studies.map(scopeOf);
  const place = new Map(scopes.map((scopeId, index) => [scopeId, index]));
  const consents = imports.toSorted((a, b) => (place.get(a.scopeId) ?? 0) - (place.get(b.scopeId) ?? 0));
  progress(`Importing ${consents.length} records of ${studies.length} studies …`);
  const [scopeId] = scopes as [Hex];
  const { changes, transactions } = await importConsents(custodian, { scopeId, consents, batchSize });
  const refused = changes.find(({ accepted }) => !accepted);
  if (refused?.accepted === false) throw refused.error;
  return transactions.flatMap(({ gasUsed, changes: items }) => Array<number>(items).fill(Number(gasUsed) / items));
}
