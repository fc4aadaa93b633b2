import { keccak256, toHex, zeroHash } from "viem";

import { BLANK_PURPOSE, KINDS, type Purpose } from "../../src/model/index.ts";
import {
  anchorDataset,
  buildAccessTree,
  decideLicence,
  decidePurpose,
  issueLicence,
  logAccess,
  participantIdOf,
  requestLicence,
  voteLicence,
} from "../../src/sdk/index.ts";
import { accountOf, type Bench } from "../world.ts";

/** From a dataset to a logged access. */
export async function licences(bench: Bench): Promise<void> {
  const { measure, publicClient, biobank, university, ethics, relayer, participants } = bench;
  const { scopeId, until, custodian, disease, broad, specific, offer } = bench;
  const [participant] = participants;
  if (!participant) throw new RangeError("Too few accounts.");

  const dataset = {
    custodian,
    scopeId,
    contentDigest: keccak256("0x03"),
    manifestRoot: keccak256("0x04"),
    participantsRoot: keccak256("0x05"),
    termsDigest: offer.termsDigest,
    level: "Individual",
    successor: keccak256("0x07"),
    deidentification: { class: "Deidentified", method: keccak256("0x08"), reviewer: keccak256("0x09") },
  } as const;
  const anchored = anchorDataset(biobank, { record: dataset });
  await measure("anchor a dataset", anchored);
  const purpose: Purpose = { ...BLANK_PURPOSE, kinds: KINDS.DS, diseases: [disease] };
  await measure("decide a purpose against terms, once", decidePurpose(relayer, { terms: specific, purpose }));
  await decidePurpose(relayer, { terms: broad, purpose });
  const request = requestLicence(university, { dataset: (await anchored).record, purpose, until });
  await measure("request a licence", request);
  const { licenceId } = await request;
  await measure("decide a request", decideLicence(relayer, { licenceId }));
  const explanation = keccak256(toHex("approved"));
  await measure("vote on a request", voteLicence(ethics, { licenceId, vote: "Approve", explanation }));
  await measure("issue a licence", issueLicence(biobank, { licenceId, agreementDigest: keccak256("0x06") }));
  const leaf = { scopeId, participantId: participantIdOf(accountOf(participant)), version: 1 };
  const claimedBlock = await publicClient.getBlockNumber();
  const { root, count } = buildAccessTree([leaf]);
  const access = { licenceId, root, count, claimedBlock, agent: zeroHash, workflow: zeroHash };
  await measure("log an access", logAccess(biobank, access));
}
