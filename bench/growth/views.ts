import { encodeFunctionData, type Hex, keccak256, stringToHex, zeroHash } from "viem";

import {
  auditLogAbi,
  concordLensAbi,
  consentRegistryAbi,
  datasetRegistryAbi,
  institutionRegistryAbi,
  licenceRegistryAbi,
} from "../../src/bindings/abi.ts";
import {
  buildAccessTree,
  buildBlockHeader,
  datasetIdOf,
  decidePurpose,
  getAuditEntry,
  importConsents,
  institutionIdOf,
  logAccess,
  participantIdInSeries,
} from "../../src/sdk/index.ts";
import { callGas } from "../callGas.ts";
import { measureCall } from "../measureCall.ts";
import { BATCH, type Bench } from "../world.ts";
import { deriveLicence, type Ground } from "./ground.ts";

/** In use, it is drawn at random. */
const SERIES = `0x${"7d".repeat(16)}${"00".repeat(16)}` as const;

/** What is read of one person: of who was first of all, before the load, and of who came last, after it. */
export async function views(bench: Bench, ground: Ground): Promise<void> {
  const { record, scopeId, broad, offer, biobank, relayer, connection } = bench;
  const { consentRegistry, datasetRegistry, institutionRegistry, licenceRegistry } = record.contracts;
  const paper = { ...offer, signedAt: 1, participantId: keccak256(stringToHex("last of all")), version: 1 };
  await importConsents(biobank, { scopeId, consents: [paper] });
  // The last participant has agreed to terms of their own: their coverage takes one verdict more.
  await decidePurpose(relayer, { terms: broad, purpose: ground.purpose });
  const sub = await deriveLicence(bench, ground);
  const past = BigInt(await connection.networkHelpers.time.latest());
  await bench.advance();

  for (const [who, participantId] of [
    ["the first participant", ground.participantId],
    ["the last participant", paper.participantId],
  ] as const) {
    const consents = async (what: string, data: Hex): Promise<void> =>
      measureCall(bench, `${what} of ${who}`, consentRegistry.address, data);
    const ofPerson = { abi: consentRegistryAbi, args: [scopeId, participantId] } as const;
    await consents("consent's status", encodeFunctionData({ ...ofPerson, functionName: "statusOf" }));
    await consents("consent's word", encodeFunctionData({ ...ofPerson, functionName: "wordOf" }));
    const permittedAt = { abi: consentRegistryAbi, functionName: "permittedAt" } as const;
    const args = [scopeId, participantId, past] as const;
    await consents("permission at a past time", encodeFunctionData({ ...permittedAt, args }));
    for (const [which, licenceId] of [
      ["the first licence", ground.licenceId],
      ["the last sub-licence", sub.licenceId],
    ] as const) {
      const data = encodeFunctionData({
        abi: licenceRegistryAbi,
        functionName: "covers",
        args: [licenceId, participantId],
      });
      await measureCall(bench, `coverage of ${who} by ${which}`, licenceRegistry.address, data);
    }
  }
  for (const [which, licenceId] of [
    ["the first licence", ground.licenceId],
    ["the last sub-licence", sub.licenceId],
  ] as const) {
    const licences = async (what: string, data: Hex): Promise<void> =>
      measureCall(bench, `${what} of ${which}`, licenceRegistry.address, data);
    const abi = licenceRegistryAbi;
    await licences("status", encodeFunctionData({ abi, functionName: "status", args: [licenceId] }));
    await licences(
      "force in the past",
      encodeFunctionData({ abi, functionName: "inForceAt", args: [licenceId, past] }),
    );
  }
  const datasetId = datasetIdOf(ground.dataset);
  const standing = encodeFunctionData({ abi: datasetRegistryAbi, functionName: "isStanding", args: [datasetId] });
  await measureCall(bench, "standing of the first dataset", datasetRegistry.address, standing);
  const licensee = institutionIdOf("university");
  const inStanding = encodeFunctionData({
    abi: institutionRegistryAbi,
    functionName: "isInStanding",
    args: [licensee],
  });
  await measureCall(bench, "standing of an institution", institutionRegistry.address, inStanding);
  await measureLawfulness(bench, ground);
}

/** Whether one of a hundred participants' part in an access was lawful. */
async function measureLawfulness(bench: Bench, { licenceId, participantId }: Ground): Promise<void> {
  const { publicClient, record, biobank, scopeId } = bench;
  const leaf = { scopeId, participantId, version: 1 };
  const others = idsInSeries()
    .slice(1)
    .map((id) => ({ ...leaf, participantId: id }));
  const tree = buildAccessTree([leaf, ...others]);
  const claimedBlock = await publicClient.getBlockNumber();
  const { root, count } = tree;
  const access = { licenceId, root, count, claimedBlock, agent: zeroHash, workflow: zeroHash };
  const { index } = await logAccess(biobank, access);
  const { entry } = await getAuditEntry(biobank, { index });
  const { header } = await buildBlockHeader(biobank, { blockNumber: claimedBlock });
  const args = [index, entry, leaf, tree.prove(leaf), header] as const;
  const lawfulness = encodeFunctionData({ abi: auditLogAbi, functionName: "lawfulness", args });
  await measureCall(bench, "lawfulness of an access", record.contracts.auditLog.address, lawfulness);
}

/** Pages of the newest participants of the scope, whoever came before them. */
export async function pages(bench: Bench, { licenceId }: Ground): Promise<void> {
  const { publicClient, measure, record, biobank, scopeId, offer } = bench;
  const ids = idsInSeries();
  const consents = ids.map((participantId) => ({ ...offer, signedAt: 1, participantId, version: 1 }));
  await importConsents(biobank, { scopeId, consents });
  const abi = concordLensAbi;
  const cursor = { entry: zeroHash, offset: 0n };
  const [limit, now] = [BigInt(BATCH), 2n ** 64n];
  const calls = {
    participants: encodeFunctionData({ abi, functionName: "participants", args: [scopeId, cursor, limit] }),
    search: encodeFunctionData({ abi, functionName: "search", args: [scopeId, [1n], now, cursor, limit] }),
    standings: encodeFunctionData({ abi, functionName: "standings", args: [scopeId, ids] }),
    coverage: encodeFunctionData({ abi, functionName: "coverage", args: [licenceId, ids] }),
  };
  for (const [name, data] of Object.entries(calls)) {
    const [gasUsed = 0n] = await callGas(publicClient, record.contracts.concordLens.address, [data]);
    await measure(`page of ${BATCH}: ${name}`, Promise.resolve({ gasUsed }));
  }
}

function idsInSeries(): Hex[] {
  return Array.from({ length: BATCH }, (_, number) => participantIdInSeries(SERIES, number));
}
