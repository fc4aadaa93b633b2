import type { PrivateKeyAccount } from "viem/accounts";

import { EMPTY_WORD, WithdrawalExtent } from "../../src/model/index.ts";
import { relayConsentChanges, type SignedChange, signGrant, signUpdate, signWithdraw } from "../../src/sdk/index.ts";
import { BATCH, type Bench, keyOf } from "../world.ts";

/** What participants sign with the key of an account, alone and in large batches. */
export async function signedChanges(bench: Bench): Promise<void> {
  const { measure, advance, sendAlone, offer, scopeId, relayer } = bench;
  const { NoFurtherUse: extent } = WithdrawalExtent;
  const single = await keyOf(bench, 0);
  const keys: PrivateKeyAccount[] = [];
  for (let index = 1; index <= BATCH; index += 1) keys.push(await keyOf(bench, index));

  const measureBatch = async (what: string, sign: (signer: PrivateKeyAccount) => Promise<SignedChange>) => {
    const changes = await Promise.all(keys.map(sign));
    await measure(`${what}, relayed in a batch of ${BATCH}, each`, relayConsentChanges(relayer, { changes }), BATCH);
  };
  const grant = async (signer: PrivateKeyAccount): Promise<SignedChange> =>
    signGrant(relayer, { ...offer, signer, standing: EMPTY_WORD });

  await measure("first grant, relayed by ECDSA signature", sendAlone(await grant(single)));
  await measureBatch("first grant", grant);
  await advance();
  await measureBatch("update", async (signer) => signUpdate(relayer, { ...offer, elements: 1n, signer }));
  await measureBatch("withdraw", async (signer) => signWithdraw(relayer, { scopeId, extent, signer }));
}
