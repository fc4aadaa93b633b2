import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";
import { ContractFunctionRevertedError } from "viem";

import {
  EXPORT_KINDS,
  type ExportKind,
  makeAccessPackage,
  makeConsentReceipt,
  makeDisclosureAccounting,
  makeFhirConsent,
  makeProcessingRecord,
  makeVisaClaims,
  verifyExport,
} from "../../src/exports/index.ts";
import {
  type BaseError,
  createConcordClient,
  relayConsentChanges,
  retractDataset,
  signWithdraw,
  suspendInstitution,
} from "../../src/sdk/index.ts";
import { ids, refusal } from "../sdk/world.ts";
import { access, dictionary, directory, first, IDENTIFIERS, keyOf, loadStudy, type Study } from "./support.ts";

type Document = Readonly<Record<string, unknown>>;

/** One document of each kind, as a file would hold it. */
async function documentsOf({ reader, licenceId, toAll, toOne }: Study): Promise<Record<ExportKind, Document>> {
  const told = { directory, dictionaries: [dictionary] };
  const participant = { keys: [keyOf(first)], accesses: [toAll.proofFor(first)], ...told };
  const documents = {
    receipt: await makeConsentReceipt(reader, { ...keyOf(first), ...told }),
    fhir: await makeFhirConsent(reader, { ...keyOf(first), ...told }),
    visa: await makeVisaClaims(reader, { licenceId, issuer: "https://gateway.example", source: IDENTIFIERS.committee }),
    access: await makeAccessPackage(reader, participant),
    processing: await makeProcessingRecord(reader, { custodian: ids.biobank, ...told }),
    disclosures: await makeDisclosureAccounting(reader, {
      ...participant,
      accesses: [toAll.proofFor(first), toOne.proofFor(first)],
      protocols: [{ licence: licenceId.toString(), name: "Compass drift", description: "Why compasses drift" }],
    }),
  };
  return JSON.parse(JSON.stringify(documents)) as Record<ExportKind, Document>;
}

type Path = readonly (string | number)[];

/** Where the leaves of a document are, and its empty lists and objects. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  if (entries.length === 0) return [path];
  return entries.flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

/** A copy with one leaf changed a little: no type check finds it. */
function altered(document: Document, path: Path): Document {
  const copy = structuredClone(document) as Record<string | number, unknown>;
  let parent = copy;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  const last = path.at(-1)!;
  parent[last] = other(parent[last]);
  return copy;
}

function other(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return /^0x/.test(value) ? flipped(value) : `${value}x`;
  return "something";
}

/** The last digit of hex, another. */
function flipped(hex: string): string {
  return hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");
}

/** The text of FHIR's extension is JSON: its leaves count too. */
function alteredClaims(document: Document, seed: number): Document {
  const copy = structuredClone(document) as { meta: { extension: { valueString: string }[] } };
  const [extension] = copy.meta.extension;
  const claims = JSON.parse(extension!.valueString) as Document;
  const paths = leavesOf(claims);
  extension!.valueString = JSON.stringify(altered(claims, paths[seed % paths.length]!));
  return copy as unknown as Document;
}

async function isFoundOut({ reader }: Study, document: Document): Promise<boolean> {
  try {
    const { isTrue, differences } = await verifyExport(reader, document);
    expect(isTrue).to.equal(differences.length === 0);
    return !isTrue;
  } catch (error) {
    expect((error as BaseError).name).to.equal("ExportMalformed");
    return true;
  }
}

describe("verifyExport", () => {
  it("finds every kind of export true, then and after the chain has moved on", async () => {
    const study = await loadStudy();
    const documents = await documentsOf(study);
    const { reader, relayer, registrar, biobank, dataset, licenceId } = study;
    const { account: signer } = first;
    await access(study, licenceId, [first]);
    await retractDataset(biobank, { record: dataset });
    await relayConsentChanges(relayer, { changes: [await signWithdraw(reader, { signer, scopeId: ids.scope })] });
    await suspendInstitution(registrar, { institutionId: ids.university });
    for (const kind of EXPORT_KINDS) {
      const verified = await verifyExport(reader, documents[kind]);
      expect(verified, JSON.stringify(verified.differences)).to.include({ kind, isTrue: true, isPinned: true });
      expect(verified.readBlock).to.equal(verified.claimedBlock);
    }
  });

  for (const kind of EXPORT_KINDS) {
    it(`finds any leaf of a ${kind} that was altered`, async () => {
      const study = await loadStudy();
      const document = (await documentsOf(study))[kind];
      const paths = leavesOf(document);
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: paths.length - 1 }), async (index) => {
          const path = paths[index]!;
          expect(await isFoundOut(study, altered(document, path)), path.join("/")).to.equal(true);
        }),
        { numRuns: 60 },
      );
    });

    it(`finds what was added to a ${kind}, and what was taken away`, async () => {
      const study = await loadStudy();
      const document = (await documentsOf(study))[kind];
      expect(await isFoundOut(study, { ...document, added: 1 })).to.equal(true);
      for (const field of Object.keys(document)) {
        const rest = Object.fromEntries(Object.entries(document).filter(([name]) => name !== field));
        expect(await isFoundOut(study, rest), field).to.equal(true);
      }
    });
  }

  it("finds any claim in FHIR's extension that was altered", async () => {
    const study = await loadStudy();
    const { fhir } = await documentsOf(study);
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        expect(await isFoundOut(study, alteredClaims(fhir, seed))).to.equal(true);
      }),
      { numRuns: 60 },
    );
  });

  it("names the place, what was claimed and what the chain says", async () => {
    const study = await loadStudy();
    const { receipt } = await documentsOf(study);
    const { differences } = await verifyExport(study.reader, { ...receipt, "concord:status": "Withdrawn" });
    expect(differences).to.deep.equal([{ path: '$["concord:status"]', claimed: "Withdrawn", found: "Active" }]);
  });

  it("refuses a document of another chain, and of a block to come", async () => {
    const study = await loadStudy();
    const { visa } = await documentsOf(study);
    const concord = visa.concord as { block: Document };
    const elsewhere = await verifyExport(study.reader, { ...visa, concord: { ...concord, chainId: 1 } });
    expect(elsewhere.differences).to.deep.equal([{ path: "$.concord.chainId", claimed: 1, found: 31337 }]);
    const block = { ...concord.block, number: 1_000_000 };
    const coming = await verifyExport(study.reader, { ...visa, concord: { ...concord, block } });
    expect(coming.differences[0]).to.include({ path: "$.concord.block.number", claimed: 1_000_000 });
  });

  it("refuses what is no export", async () => {
    const { reader } = await loadStudy();
    const hostile = [null, 5, "text", [], {}, { concord: 5 }, { concord: {} }, { resourceType: "Consent" }];
    const claims = { format: 1, kind: "visa", block: { number: 1 }, arguments: {} };
    const nearly = [
      { ...claims, format: 2 },
      { ...claims, kind: "toString" },
      { ...claims, block: { number: -1 } },
      { ...claims, arguments: 5 },
    ];
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    let deep: unknown = [];
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    for (const document of [circle, deep, ...hostile, ...nearly.map((concord) => ({ concord }))]) {
      await refusal(verifyExport(reader, document), "ExportMalformed");
    }
  });

  it("blames the node, not the document, where events are missing or nothing answers", async () => {
    const study = await loadStudy();
    const { receipt, processing } = await documentsOf(study);
    const { publicClient, record } = study;
    const clientWith = (changed: Partial<typeof publicClient>) =>
      createConcordClient({ deployment: record, publicClient: { ...publicClient, ...changed } as typeof publicClient });
    const silent = clientWith({
      request: (async (asked: { method: string }) =>
        asked.method === "eth_getLogs"
          ? []
          : await publicClient.request(asked as never)) as typeof publicClient.request,
    });
    await refusal(verifyExport(silent, receipt), "HistoryIncomplete");
    const dead = clientWith({ readContract: () => Promise.reject(new Error("no state")) });
    await refusal(verifyExport(dead, processing), "RequestFailed");
  });

  it("falls back to the latest block where the node has lost the claimed one's state, and says so", async () => {
    const study = await loadStudy();
    const { access: accessed, receipt } = await documentsOf(study);
    const { connection, publicClient, record, reader, relayer } = study;
    await connection.networkHelpers.mine();
    const latest = await publicClient.getBlockNumber({ cacheTime: 0 });
    const prunedAs = (isRevert: boolean) =>
      createConcordClient({
        deployment: record,
        publicClient: {
          ...publicClient,
          readContract: async (request: Parameters<typeof publicClient.readContract>[0]) => {
            const isLost = (request.blockNumber ?? latest) < latest;
            if (isLost && isRevert)
              throw new ContractFunctionRevertedError({ abi: [], functionName: request.functionName });
            if (isLost) throw new Error("missing trie node");
            return await publicClient.readContract(request);
          },
        } as typeof publicClient,
      });
    const pruned = prunedAs(false);
    const verified = await verifyExport(pruned, accessed);
    expect(await verifyExport(prunedAs(true), accessed)).to.deep.equal(verified);
    expect(verified).to.include({ isPinned: false, readBlock: Number(latest) });
    expect(verified.differences.map(({ path }) => path)).to.deep.equal(["$.asOf"]);
    expect(await verifyExport(pruned, receipt)).to.include({ isPinned: false, isTrue: true });

    const { account: signer } = first;
    await relayConsentChanges(relayer, { changes: [await signWithdraw(reader, { signer, scopeId: ids.scope })] });
    expect((await verifyExport(pruned, receipt)).isPinned).to.equal(false);
  });
});
