import { encodeFunctionData, type Hex } from "viem";

import { licenceRegistryAbi } from "../../src/bindings/abi.ts";
import { WithdrawalExtent } from "../../src/model/index.ts";
import {
  type DatasetRecord,
  getCoverage,
  getLicence,
  grantConsent,
  participantIdOf,
  retractDataset,
  withdrawConsent,
} from "../../src/sdk/index.ts";
import { callGas } from "../callGas.ts";
import { accountOf, type Bench } from "../world.ts";
import { anchorDerived, type Ground, licenseDataset } from "./ground.ts";

/** The most derivations that may follow each other. */
const DEEPEST = 8;

/** What a call takes: with nothing touched before in the transaction, and a second time. */
export interface Reading {
  readonly cold: number;
  readonly warm: number;
}

/** Gas where as many datasets derive from a first one, each from the one before, all of them licensed. */
export interface CascadeDepth {
  /** Derivations between the first dataset and the last. */
  readonly depth: number;
  /** A participant's own withdrawal. */
  readonly withdrawal: number;
  /** How many licences it ended for them, in its block and by its one transaction. */
  readonly licencesEnded: number;
  /** Retracting the first dataset, which ends all licences. */
  readonly retraction: number;
  /** Whether the licence on the last dataset covers the participant. */
  readonly coverage: Reading;
  readonly status: Reading;
}

/** Measures, at each depth of derivation, what ends licences and what it takes to see that they have ended. */
export async function measureCascade(bench: Bench, { purpose }: Pick<Ground, "purpose">): Promise<CascadeDepth[]> {
  const { participants, offer } = bench;
  const [participant] = participants;
  if (!participant) throw new RangeError("Too few accounts.");
  await grantConsent(participant, offer);
  // Closing within the second of the opening costs less by a few.
  await bench.advance();

  const chain: DatasetRecord[] = [];
  const licenceIds: bigint[] = [];
  const depths: CascadeDepth[] = [];
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    const dataset = await anchorDerived(bench, `cascade ${depth}`, chain.at(-1));
    chain.push(dataset);
    const licenceId = await licenseDataset(bench, { dataset, purpose });
    licenceIds.push(licenceId);
    const args = [licenceId, participantIdOf(accountOf(participant))] as const;
    const covers = encodeFunctionData({ abi: licenceRegistryAbi, functionName: "covers", args });
    const status = encodeFunctionData({ abi: licenceRegistryAbi, functionName: "status", args: [licenceId] });
    depths.push({
      depth,
      ...(await withdraw(bench, licenceIds)),
      retraction: await retract(bench, chain[0] as DatasetRecord, licenceIds),
      coverage: await read(bench, covers),
      status: await read(bench, status),
    });
  }
  return depths;
}

/** Withdraws, looks at the blocks before and after, and takes it back. */
async function withdraw(
  { connection, participants, relayer, scopeId }: Bench,
  licenceIds: readonly bigint[],
): Promise<Pick<CascadeDepth, "withdrawal" | "licencesEnded">> {
  const [participant] = participants;
  if (!participant) throw new RangeError("Too few accounts.");
  const before = await connection.networkHelpers.takeSnapshot();
  const extent = WithdrawalExtent.NoFurtherUse;
  const { gasUsed, blockNumber } = await withdrawConsent(participant, { scopeId, extent });
  const participantId = participantIdOf(accountOf(participant));
  let licencesEnded = 0;
  for (const licenceId of licenceIds) {
    const asked = { licenceId, participantId };
    const held = await getCoverage(relayer, { ...asked, blockNumber: blockNumber - 1n });
    const holds = await getCoverage(relayer, { ...asked, blockNumber });
    if (held.isEffective && !holds.isEffective) licencesEnded += 1;
  }
  await before.restore();
  return { withdrawal: Number(gasUsed), licencesEnded };
}

/** Retracts the first dataset, and takes it back. */
async function retract(
  { connection, biobank, relayer }: Bench,
  record: DatasetRecord,
  licenceIds: readonly bigint[],
): Promise<number> {
  const before = await connection.networkHelpers.takeSnapshot();
  const { gasUsed } = await retractDataset(biobank, { record });
  for (const licenceId of licenceIds) {
    const { status } = await getLicence(relayer, { licenceId });
    if (status !== "DatasetRetracted") throw new Error(`Licence ${licenceId} is ${status} after the retraction.`);
  }
  await before.restore();
  return Number(gasUsed);
}

async function read({ publicClient, record }: Bench, data: Hex): Promise<Reading> {
  const [cold = 0n, warm = 0n] = await callGas(publicClient, record.contracts.licenceRegistry.address, [data, data]);
  return { cold: Number(cold), warm: Number(warm) };
}
