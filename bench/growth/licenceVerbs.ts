import { keccak256 } from "viem";

import {
  acceptDuty,
  addInstitutionOfficial,
  appealLicence,
  approveEthics,
  approveLicenceWith,
  cureDuty,
  datasetIdOf,
  decideLicence,
  decidePurpose,
  declareDutyBreach,
  deferDuty,
  dischargeDuty,
  imposeDuties,
  institutionIdOf,
  issueLicence,
  purposeDigest,
  rejectDuty,
  relayFactStatement,
  reopenLicenceReasons,
  reportOverdueDuty,
  requestLicence,
  resolveLicenceReasons,
  signFactStatement,
  signLicenceRequest,
  stateFacts,
  voteLicence,
} from "../../src/sdk/index.ts";
import { accountOf, type Bench, keyOf } from "../world.ts";
import { anchorDerived, type Ground } from "./ground.ts";

/** The number of a key that no other scenario uses. */
const OFFICIAL_KEY = 7_000;
const DAY = 24 * 60 * 60;
const agreementDigest = keccak256("0x0c");
const explanation = keccak256("0x0b");

/** What becomes of requests besides the straight way, of duties, and what is stated and approved for licences. */
export async function licenceVerbs(bench: Bench, ground: Ground): Promise<void> {
  const licenceId = await ask(bench, ground);
  await approveAndDischarge(bench, licenceId);
  await stateAndApprove(bench, ground);
  await appeal(bench, ground);
}

async function ask(bench: Bench, { purpose }: Ground): Promise<bigint> {
  const { measure, registrar, university, ethics, relayer, until, broad, offer } = bench;
  await decidePurpose(relayer, { terms: broad, purpose });
  const official = await keyOf(bench, OFFICIAL_KEY);
  await addInstitutionOfficial(registrar, { institutionId: institutionIdOf("university"), official: official.address });
  const dataset = await anchorDerived(bench, "asked for by signature");
  const asked = { purpose, until, delivery: "Export" } as const;
  const holder = accountOf(university);
  const datasetId = datasetIdOf(dataset);
  const signed = await signLicenceRequest(relayer, { ...asked, holder, datasetId, signer: official });
  const request = requestLicence(university, { ...asked, dataset, signed });
  await measure("request a licence by an official's signature", request);
  const { licenceId } = await request;
  await decideLicence(relayer, { licenceId });
  const reasons = { licenceId, termsDigest: offer.termsDigest, reasons: ["dataset:CTRL_NEEDS_REVIEW"], explanation };
  await measure("resolve a reason", resolveLicenceReasons(ethics, reasons));
  await measure("reopen a reason", reopenLicenceReasons(ethics, reasons));
  return licenceId;
}

/** Approves less than was asked for, and goes through all that can become of a duty. */
async function approveAndDischarge(bench: Bench, licenceId: bigint): Promise<void> {
  const { connection, measure, biobank, university, ethics, relayer, until, offer } = bench;
  const conditions = { until: until - 1, delivery: "Export", elements: offer.elements } as const;
  await measure("approve a request in part", approveLicenceWith(ethics, { licenceId, conditions, explanation }));
  const dueAt = (await connection.networkHelpers.time.latest()) + DAY;
  const duties = (["Destroy", "Publish", "ReturnData"] as const).map((kind) => ({ kind, dueAt }));
  await measure("impose three duties", imposeDuties(biobank, { licenceId, duties }));
  await issueLicence(biobank, { licenceId, agreementDigest });
  const destroying = { licenceId, kind: "Destroy" } as const;
  const publishing = { licenceId, kind: "Publish" } as const;
  const returning = { licenceId, kind: "ReturnData" } as const;
  const evidence = keccak256("0x0d");
  await measure("defer a duty", deferDuty(biobank, { ...destroying, dueAt: dueAt + DAY }));
  await measure("discharge a duty", dischargeDuty(university, { ...destroying, evidence }));
  await measure("reject a duty's evidence", rejectDuty(biobank, { ...destroying, explanation }));
  await dischargeDuty(university, { ...destroying, evidence });
  await measure("accept a duty's evidence", acceptDuty(biobank, destroying));
  await measure("declare a breach", declareDutyBreach(biobank, { ...returning, explanation }));
  await measure("cure a breach", cureDuty(ethics, { ...returning, explanation }));
  await connection.networkHelpers.time.increase(2 * DAY);
  await measure("report an overdue duty", reportOverdueDuty(relayer, publishing));
  await cureDuty(ethics, { ...publishing, explanation });
}

async function stateAndApprove(bench: Bench, { purpose }: Ground): Promise<void> {
  const { measure, university, ethics, relayer, until } = bench;
  const digest = purposeDigest(purpose);
  const document = keccak256("0x0e");
  const statement = { purposeDigest: digest, facts: ["ethicsApproval"], document } as const;
  await measure("state facts", stateFacts(university, statement));
  const signed = await signFactStatement(relayer, { ...statement, signer: await keyOf(bench, OFFICIAL_KEY) });
  await measure("state facts by an official's signature", relayFactStatement(relayer, { signed }));
  const approval = { licensee: institutionIdOf("university"), purposeDigest: digest, until, document };
  await measure("approve by an ethics committee", approveEthics(ethics, approval));
}

async function appeal(bench: Bench, { purpose }: Ground): Promise<void> {
  const { measure, university, ethics, relayer, until } = bench;
  const dataset = await anchorDerived(bench, "refused");
  const { licenceId } = await requestLicence(university, { dataset, purpose, until });
  await decideLicence(relayer, { licenceId });
  await measure("refuse a request", voteLicence(ethics, { licenceId, vote: "Refuse", explanation }));
  await measure("appeal against a refusal", appealLicence(university, { licenceId, document: explanation }));
}
