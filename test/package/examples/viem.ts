// node use.ts URL RECORD: withdraws a made-up participant's consent by signature, beside viem alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import {
  type ConcordClient,
  createConcordClient,
  getConsent,
  participantIdOf,
  relayConsentChanges,
  scopeIdOf,
  signGrant,
  signWithdraw,
} from "@concord-consent/contracts";
import { consentRegistryAbi } from "@concord-consent/contracts/abi";
import { parseDeploymentRecord } from "@concord-consent/contracts/deployments";
import { ConsentState } from "@concord-consent/contracts/model";
import { createPublicClient, createWalletClient, encodeFunctionData, http, keccak256 } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";

const [, , url = "", record = ""] = process.argv;
const deployment = parseDeploymentRecord(JSON.parse(readFileSync(record, "utf8")));
const transport = http(url);
const [account] = await createWalletClient({ transport }).getAddresses();
assert(account);
const client: ConcordClient = createConcordClient({
  deployment,
  publicClient: createPublicClient({ transport }),
  walletClient: createWalletClient({ account, transport }),
});

const signer = privateKeyToAccount(generatePrivateKey());
const scopeId = scopeIdOf("outside");
const participantId = participantIdOf(signer.address);
assert.equal((await getConsent(client, { scopeId, participantId })).status, "None");

const grant = await signGrant(client, { signer, scopeId, termsDigest: keccak256("0x00"), elements: 1n });
const withdrawal = await signWithdraw(client, { signer, scopeId });
const { changes } = await relayConsentChanges(client, { changes: [grant, withdrawal] });
const [refusedGrant, withdrawn] = changes;
assert(refusedGrant && !refusedGrant.accepted && refusedGrant.error.name === "ConsentTermsUnknown");
assert(withdrawn?.accepted && withdrawn.word.state === ConsentState.Withdrawn);
assert.equal((await getConsent(client, { scopeId, participantId })).status, "Withdrawn");

/** Calls that the types refuse; never made. */
export const refused = [
  // @ts-expect-error there is no such function
  () => encodeFunctionData({ abi: consentRegistryAbi, functionName: "wordof", args: [scopeId, participantId] }),
  // @ts-expect-error an id is 32 bytes as hex, not a number
  () => encodeFunctionData({ abi: consentRegistryAbi, functionName: "wordOf", args: [1, participantId] }),
  // @ts-expect-error a consent is somebody's
  () => getConsent(client, { scopeId }),
];
