import { type Hex, keccak256, stringToHex, zeroHash } from "viem";

import { BLANK_PURPOSE, EMPTY_WORD, KINDS, type Purpose } from "../../src/model/index.ts";
import {
  admitInstitution,
  anchorDataset,
  type ConcordClient,
  type DatasetRecord,
  decideLicence,
  decidePurpose,
  institutionIdOf,
  issueLicence,
  participantIdOf,
  registerSpecimen,
  relayConsentChanges,
  requestLicence,
  signGrant,
  subLicense,
  voteLicence,
} from "../../src/sdk/index.ts";
import { accountOf, type Bench, keyOf } from "../world.ts";

/** Number of the key of the participant who was first of all. */
const FIRST_PARTICIPANT = 10_000;

/** What stands before anything is loaded, and has all that is loaded hanging on it. */
export interface Ground {
  readonly purpose: Purpose;
  /** The dataset that every loaded one derives from. */
  readonly dataset: DatasetRecord;
  /** The licence on it, which every loaded sub-licence derives from. */
  readonly licenceId: bigint;
  /** Who agreed first of all, to the terms of that dataset. */
  readonly participantId: Hex;
  /** Works for the licensee. */
  readonly processor: ConcordClient;
}

/** Sets up what stands before the load. */
export async function layGround(bench: Bench): Promise<Ground> {
  // Block numbers in headers then take as many bytes at every size.
  await bench.connection.networkHelpers.mine(256);
  const { registrar, relayer, participants, disease, broad, offer } = bench;
  const processor = participants.at(-2);
  if (!processor) throw new RangeError("Too few accounts.");
  await admitInstitution(registrar, {
    institutionId: institutionIdOf("processor"),
    roles: ["processor"],
    notForProfit: true,
    institutionType: "ResearchInstitute",
    region: "DK",
    institutionAccount: accountOf(processor),
  });
  const purpose: Purpose = { ...BLANK_PURPOSE, kinds: KINDS.DS, diseases: [disease] };
  await decidePurpose(relayer, { terms: broad, purpose });
  const dataset = await anchorDerived(bench, "ground");
  const licenceId = await licenseDataset(bench, { dataset, purpose });

  const signer = await keyOf(bench, FIRST_PARTICIPANT);
  await relayConsentChanges(relayer, {
    changes: [await signGrant(relayer, { ...offer, signer, standing: EMPTY_WORD })],
  });
  const ground = { purpose, dataset, licenceId, participantId: participantIdOf(signer.address), processor };
  // A holder's first token, and the first activity of all, take slots that the others do not.
  await deriveLicence(bench, ground);
  await collectSpecimen(bench, "ground");
  return ground;
}

/** Anchors a dataset of individuals under the terms on offer, collected or derived from one other. */
export async function anchorDerived(
  { biobank, custodian, scopeId, offer }: Bench,
  content: string,
  parent?: DatasetRecord,
): Promise<DatasetRecord> {
  const { record } = await anchorDataset(biobank, {
    record: {
      custodian,
      scopeId,
      contentDigest: keccak256(stringToHex(content)),
      manifestRoot: keccak256("0x04"),
      participantsRoot: keccak256("0x05"),
      termsDigest: offer.termsDigest,
      level: "Individual",
      deidentification: { class: "Pseudonymised", method: keccak256("0x08"), reviewer: zeroHash },
    },
    ...(parent === undefined ? {} : { parents: [parent] }),
  });
  return record;
}

/** Takes a licence from the request to its issue. */
export async function licenseDataset(
  { biobank, university, ethics, relayer, until }: Bench,
  asked: Pick<Ground, "dataset" | "purpose">,
): Promise<bigint> {
  const { licenceId } = await requestLicence(university, { ...asked, until });
  await decideLicence(relayer, { licenceId });
  await voteLicence(ethics, { licenceId, vote: "Approve", explanation: keccak256("0x0b") });
  await issueLicence(biobank, { licenceId, agreementDigest: keccak256("0x0c") });
  return licenceId;
}

/** Issues a sub-licence of the first licence. */
export async function deriveLicence({ university, until }: Bench, { licenceId, processor, purpose }: Ground) {
  const agreementDigest = keccak256("0x0c");
  return subLicense(university, { licenceId, holder: accountOf(processor), until, agreementDigest, purpose });
}

/** Registers a specimen. */
export async function collectSpecimen({ connection, biobank, custodian, scopeId }: Bench, label: string) {
  const digestOf = (what: string) => keccak256(stringToHex(`${what} ${label}`));
  const now = await connection.networkHelpers.time.latest();
  return registerSpecimen(biobank, {
    record: {
      custodian,
      scopeId,
      participant: digestOf("commitment"),
      material: keccak256("0x10"),
      label: digestOf("label"),
    },
    startedAt: now - 1,
    endedAt: now,
  });
}
