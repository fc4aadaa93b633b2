import { addGuardian, appointDelegate, grantConsent, participantIdOf, signUpdate } from "../../src/sdk/index.ts";
import { accountOf, type Bench, keyOf } from "../world.ts";

/** Numbers of keys that no other scenario uses. */
const FIRST_KEY = 2_000;

/** What proxies and guardians cost, and what they do. */
export async function delegates(bench: Bench): Promise<void> {
  const { measure, advance, sendAlone, offer, scopeId, until, biobank, relayer, participants } = bench;
  const [, , , participant] = participants;
  if (!participant) throw new RangeError("Too few accounts.");
  const [proxy, guardian, minor] = await Promise.all([0, 1, 2].map(async (index) => keyOf(bench, FIRST_KEY + index)));
  if (!proxy || !guardian || !minor) throw new RangeError("Too few keys.");

  await measure(
    "appoint a proxy, own transaction",
    appointDelegate(participant, { scopeId, delegateId: participantIdOf(proxy.address), verbs: ["update"], until }),
  );
  const ids = { participantId: participantIdOf(minor.address), delegateId: participantIdOf(guardian.address) };
  await measure("add a guardian", addGuardian(biobank, { scopeId, ...ids, until }));

  await grantConsent(participant, offer);
  await advance();
  const onBehalfOf = participantIdOf(accountOf(participant));
  const update = await signUpdate(relayer, { ...offer, elements: 1n, signer: proxy, onBehalfOf });
  await measure("update, relayed by a proxy's signature", sendAlone(update));
}
