import { encodeFunctionData } from "viem";

import { consentRegistryAbi } from "../../src/bindings/abi.ts";
import { getConsent, participantIdOf } from "../../src/sdk/index.ts";
import { executionGas } from "../callGas.ts";
import { accountOf, type Bench } from "../world.ts";

/** What a contract pays to ask whether a consent holds: the call by itself, above a transaction's base and calldata. */
export async function reads({ measure, publicClient, record, scopeId, relayer, participants }: Bench): Promise<void> {
  const [, participant] = participants;
  if (!participant) throw new RangeError("Too few accounts.");
  const participantId = participantIdOf(accountOf(participant));
  const { status } = await getConsent(relayer, { scopeId, participantId });
  if (status !== "Active") throw new Error("The check would be of no standing consent.");

  const args = [scopeId, participantId] as const;
  const data = encodeFunctionData({ abi: consentRegistryAbi, functionName: "statusOf", args });
  const { address: to } = record.contracts.consentRegistry;
  const total = await publicClient.estimateGas({ account: accountOf(relayer), to, data });
  await measure("check of one consent, above the base", Promise.resolve({ gasUsed: executionGas(total, data) }));
}
