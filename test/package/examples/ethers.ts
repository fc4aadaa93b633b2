// node use.ts URL RECORD: withdraws a made-up participant's consent by signature, beside ethers alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { parseDeploymentRecord } from "@concord-consent/contracts/deployments";
import { consentDomain, consentTypes } from "@concord-consent/contracts/eip712";
import { type ConsentRegistry, ConsentRegistry__factory } from "@concord-consent/contracts/ethers";
import { ConsentState, decodeWord, WithdrawalExtent } from "@concord-consent/contracts/model";
import { id, JsonRpcProvider, keccak256, Wallet, ZeroHash } from "ethers";

const [, , url = "", record = ""] = process.argv;
const deployment = parseDeploymentRecord(JSON.parse(readFileSync(record, "utf8")));
const { address } = deployment.contracts.consentRegistry;
const provider = new JsonRpcProvider(url);
const registry: ConsentRegistry = ConsentRegistry__factory.connect(address, await provider.getSigner());

const participant = Wallet.createRandom();
const scopeId = id("outside");
const participantId = keccak256(participant.address);
const block = await provider.getBlock("latest");
assert(block);
const signedAt = block.timestamp;
const deadline = signedAt + 3600;
const change = { scopeId, extent: WithdrawalExtent.NoFurtherUse, minVersion: 0 };
const signature = await participant.signTypedData(
  consentDomain(deployment.chainId, address),
  { Withdraw: [...consentTypes.Withdraw] },
  { participantId, ...change, signedAt, deadline },
);
const sent = await registry.withdrawBySig(change, {
  signer: participant.address,
  participantId: ZeroHash,
  signedAt,
  deadline,
  signature,
});
await sent.wait();
assert.equal(decodeWord(await registry.wordOf(scopeId, participantId)).state, ConsentState.Withdrawn);
provider.destroy();

/** Calls that the types refuse; never made. */
export const refused = [
  // @ts-expect-error there is no such function
  () => registry.wordof(scopeId, participantId),
  // @ts-expect-error an id is 32 bytes, not a flag
  () => registry.wordOf(true, participantId),
];
