import { type Hex, stringToHex } from "viem";

import { BLANK_TERMS, MODIFIERS, PERMISSIONS, type Purpose, type Terms } from "../../src/model/index.ts";
import type { DirectoryEntry, ProvedAccess } from "../../src/exports/index.ts";
import {
  buildAccessTree,
  type DataDictionary,
  decideLicence,
  decidePurpose,
  dictionaryRoot,
  getAccessLeaves,
  issueLicence,
  logAccess,
  publishOntologyRelease,
  publishTerms,
  regionCode,
  relayConsentChanges,
  requestLicence,
  signGrant,
  voteLicence,
} from "../../src/sdk/index.ts";
import { digestOf, generalTerms, ids, loadWorld, person, purposeFor, type World } from "../sdk/world.ts";

export const IDENTIFIERS = {
  biobank: "https://ror.org/biobank",
  university: "https://ror.org/university",
  committee: "https://ror.org/committee",
};

export const directory: readonly DirectoryEntry[] = [
  {
    identifier: IDENTIFIERS.biobank,
    name: "Lantern Biobank",
    contact: "privacy@biobank.example",
    dataProtectionOfficer: "dpo@biobank.example",
  },
  { identifier: IDENTIFIERS.university, name: "Compass University" },
  { identifier: "https://ror.org/nobody", name: "Not in any document" },
];

export const dictionary: DataDictionary = {
  categories: [
    { bit: 0, name: "Demographics", elements: [{ bit: 1, name: "Age" }] },
    { bit: 4, name: "Laboratory test results", elements: [{ bit: 5, name: "Genetic test" }] },
  ],
};

/** Terms with everything that a notice can say. */
export const noticedTerms: Terms = {
  ...BLANK_TERMS,
  permissions: PERMISSIONS.HMB,
  modifiers: MODIFIERS.NPU | MODIFIERS.IS,
  institutions: [ids.university],
  dictionaryRelease: dictionaryRoot(dictionary),
  elements: 0b110011n,
  notice: {
    texts: [{ language: stringToHex("da", { size: 8 }), form: digestOf("form"), sheet: digestOf("sheet") }],
    controller: ids.committee,
    legalBasis: 1,
    retentionMonths: 120,
    ethicsApproval: digestOf("ethics"),
    ethicsUntil: 4_000_000_000,
  },
};

export const people = [1, 2, 3].map(person);
export const [first, second, third] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
export const keyOf = ({ participantId }: { participantId: Hex }) => ({ scopeId: ids.scope, participantId });

/** The world with terms that say all, consents to them, a licence in force, and two accesses: to three people, and to one. */
export async function loadStudy() {
  const world = await loadWorld();
  const { registrar, biobank, reader, relayer } = world;
  await publishOntologyRelease(registrar, {
    root: dictionaryRoot(dictionary),
    name: "Made-up dictionary",
    version: "1",
    sourceDigest: digestOf("dictionary"),
    terms: 4,
    pairs: 2,
  });
  const noticed = await publishTerms(biobank, { scopeId: ids.scope, terms: noticedTerms });
  const changes = await Promise.all(
    people.map(({ account: signer }) =>
      signGrant(reader, {
        signer,
        scopeId: ids.scope,
        termsDigest: noticed.digest,
        elements: 0b1111_0011n,
        preferences: 5,
      }),
    ),
  );
  await relayConsentChanges(relayer, { changes });
  const licenceId = await issue(world);
  const toAll = await access(world, licenceId, people);
  const toOne = await access(world, licenceId, [first]);
  return { ...world, noticed, licenceId, toAll, toOne };
}

export type Study = Awaited<ReturnType<typeof loadStudy>>;

const abroad = {
  ...purposeFor([4]),
  regions: [regionCode("DK"), regionCode("US")].sort((a, b) => a - b),
  institutions: [ids.university],
};

/** A licence in force for a purpose. */
export async function issue(world: World, purpose: Purpose = abroad, licensee = world.university): Promise<bigint> {
  const { relayer, committee, biobank, dataset, publicClient } = world;
  const { timestamp } = await publicClient.getBlock({ blockTag: "latest" });
  const { licenceId } = await requestLicence(licensee, { dataset, purpose, until: Number(timestamp) + 1_000_000 });
  await decidePurpose(relayer, { terms: generalTerms, purpose });
  await decidePurpose(relayer, { terms: noticedTerms, purpose });
  await decideLicence(relayer, { licenceId });
  await voteLicence(committee, { licenceId, vote: "Approve", explanation: digestOf("minutes") });
  await issueLicence(biobank, { licenceId, agreementDigest: digestOf("agreement") });
  return licenceId;
}

/** Logs an access, and gives each participant's proof of their part. */
export async function access(
  { biobank, reader }: World,
  licenceId: bigint,
  whose: readonly { participantId: Hex }[],
): Promise<{ index: bigint; proofFor: (one: { participantId: Hex }) => ProvedAccess }> {
  const participantIds = whose.map(({ participantId }) => participantId);
  const { claimedBlock, leaves } = await getAccessLeaves(reader, { scopeId: ids.scope, participantIds });
  const tree = buildAccessTree(leaves);
  const { root, count } = tree;
  const batch = { licenceId, root, count, claimedBlock, agent: digestOf("agent"), workflow: digestOf("workflow") };
  const { index } = await logAccess(biobank, batch);
  return {
    index,
    proofFor: ({ participantId }) => {
      const leaf = leaves.find((one) => one.participantId === participantId)!;
      return { index, leaf, proof: tree.prove(leaf) };
    },
  };
}
