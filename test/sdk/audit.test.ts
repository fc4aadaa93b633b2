import { expect } from "chai";
import { describe, it } from "mocha";
import { type Hex, keccak256, zeroHash } from "viem";

import {
  type AccessLeaf,
  buildAccessTree,
  buildBlockHeader,
  getAuditEntry,
  logAccess,
  type LogAccessParameters,
  proveLawfulness,
  relayConsentChanges,
  signWithdraw,
} from "../../src/sdk/index.ts";
import { digestOf, grantFor, ids, loadWorld, person, refusal, type World } from "./world.ts";
import { issued } from "./licensing.ts";

const people = [1, 2, 3].map(person);
const leaves: AccessLeaf[] = people.map(({ participantId }) => ({ scopeId: ids.scope, participantId, version: 1 }));
const tree = buildAccessTree(leaves);

/** A licence in force, and three consents. */
async function licensed(world: World): Promise<bigint> {
  await grantFor(world, people, world.general.digest);
  return issued(world);
}

async function access(world: World, licenceId: bigint): Promise<LogAccessParameters<false>> {
  const claimedBlock = await world.publicClient.getBlockNumber({ cacheTime: 0 });
  const { root, count } = tree;
  return { licenceId, root, count, claimedBlock, agent: digestOf("agent"), workflow: digestOf("workflow") };
}

describe("logAccess", () => {
  it("appends an entry that is found again whole", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const batch = await access(world, licenceId);
    const logged = await logAccess(world.biobank, batch);
    expect(logged).to.include({ index: 0n, isLate: false });
    expect(logged.entry.batch).to.deep.equal(batch);
    expect(logged.entry.custodian).to.equal(ids.biobank);
    const { hash } = await world.publicClient.getBlock({ blockNumber: batch.claimedBlock });
    expect(logged.entry.claimedBlockHash).to.equal(hash);
    const { index, entry, head, isLate } = logged;
    expect(await getAuditEntry(world.reader, { index })).to.deep.equal({ index, entry, head, isLate });
    expect(await world.contracts.auditLog.headAt(1)).to.equal(head);
    expect((await logAccess(world.biobank, batch)).index).to.equal(1n);
  });

  it("refuses others, blocks to come, and malformed input", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const batch = await access(world, licenceId);
    await refusal(logAccess(world.university, batch), "AccessManagedUnauthorized");
    const coming = { ...batch, claimedBlock: batch.claimedBlock + 1_000n };
    await refusal(logAccess(world.biobank, coming), "AuditBlockNotExecuted");
    await refusal(logAccess(world.biobank, { ...batch, licenceId: 99n }), "LicenceUnknown");
    for (const hostile of [{ root: zeroHash }, { count: 0 }, { claimedBlock: 5 }, { agent: "agent" }]) {
      await refusal(logAccess(world.biobank, { ...batch, ...hostile } as typeof batch), "InvalidInput");
    }
    await refusal(getAuditEntry(world.reader, { index: 7n }), "NotFound");
  });
});

describe("proveLawfulness", () => {
  it("tells an access before a withdrawal from one after it", async () => {
    const world = await loadWorld();
    const { biobank, reader, relayer } = world;
    const licenceId = await licensed(world);
    const { index } = await logAccess(biobank, await access(world, licenceId));
    const { account: signer } = people[0]!;
    const withdrawal = await signWithdraw(reader, { signer, scopeId: ids.scope });
    await relayConsentChanges(relayer, { changes: [withdrawal] });
    const after = await logAccess(biobank, await access(world, licenceId));

    for (const leaf of leaves) {
      const proved = await proveLawfulness(reader, { index, leaf, proof: tree.prove(leaf) });
      expect(proved).to.deep.equal({ isLawful: true, lawfulness: "Lawful" });
    }
    const [withdrawn, standing] = leaves;
    const later = { index: after.index, leaf: withdrawn!, proof: tree.prove(withdrawn!) };
    expect(await proveLawfulness(reader, later)).to.deep.equal({ isLawful: false, lawfulness: "NotPermitted" });
    const other = { index: after.index, leaf: standing!, proof: tree.prove(standing!), entry: after.entry };
    expect((await proveLawfulness(reader, other)).lawfulness).to.equal("Lawful");
  });

  it("names a wrong version, and a licence that was not in force", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const wrong = { ...leaves[0]!, version: 2 };
    const single = buildAccessTree([wrong]);
    const batch = { ...(await access(world, licenceId)), root: single.root, count: single.count };
    const { index } = await logAccess(world.biobank, batch);
    const proof = single.prove(wrong);
    const relied = await proveLawfulness(world.reader, { index, leaf: wrong, proof });
    expect(relied.lawfulness).to.equal("VersionNotCurrent");

    const early = { ...(await access(world, licenceId)), claimedBlock: batch.claimedBlock - 3n };
    const before = await logAccess(world.biobank, early);
    const leaf = leaves[0]!;
    const unlicensed = await proveLawfulness(world.reader, { index: before.index, leaf, proof: tree.prove(leaf) });
    expect(unlicensed.lawfulness).to.equal("LicenceNotInForce");
  });

  it("needs no header for a late entry, and proves nothing of it", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const batch = await access(world, licenceId);
    const { networkHelpers } = world.connection;
    // Hardhat's stand-in for the history contract of EIP-2935 reverts with a text, which must not pass for a hash.
    await networkHelpers.mine(300);
    const { index, isLate, entry } = await logAccess(world.biobank, batch);
    expect(isLate).to.equal(true);
    expect(entry.claimedBlockHash).to.equal(zeroHash);
    const leaf = leaves[0]!;
    const proved = await proveLawfulness(world.reader, { index, leaf, proof: tree.prove(leaf) });
    expect(proved).to.deep.equal({ isLawful: false, lawfulness: "TimeUnproven" });
  });

  it("refuses what is no proof", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const { index, entry } = await logAccess(world.biobank, await access(world, licenceId));
    const [first, second] = leaves;
    const proof = tree.prove(first!);
    await refusal(proveLawfulness(world.reader, { index, leaf: second!, proof }), "AuditLeafUnproven");
    const altered = { ...entry, loggedAt: entry.loggedAt + 1 };
    await refusal(proveLawfulness(world.reader, { index, leaf: first!, proof, entry: altered }), "AuditEntryMismatch");
    const { header } = await buildBlockHeader(world.reader, { blockNumber: 1n });
    await refusal(proveLawfulness(world.reader, { index, leaf: first!, proof, header }), "AuditHeaderMismatch");
    const hostile = { ...first!, version: 2 ** 16 };
    await refusal(proveLawfulness(world.reader, { index, leaf: hostile, proof }), "InvalidInput");
  });
});

describe("buildBlockHeader", () => {
  it("rebuilds every block's header", async () => {
    const { reader, publicClient } = await loadWorld();
    const latest = await publicClient.getBlockNumber({ cacheTime: 0 });
    for (const blockNumber of [0n, 1n, latest]) {
      const { header, hash, timestamp } = await buildBlockHeader(reader, { blockNumber });
      const block = await publicClient.getBlock({ blockNumber });
      expect({ hash, timestamp }).to.deep.equal({ hash: block.hash, timestamp: Number(block.timestamp) });
      expect(keccak256(header)).to.equal(hash);
    }
  });

  it("refuses a block to come, and a node that leaves a field out", async () => {
    const { reader } = await loadWorld();
    await refusal(buildBlockHeader(reader, { blockNumber: 1_000_000n }), "NotFound");
    await refusal(buildBlockHeader(reader, { blockNumber: -1n }), "InvalidInput");
    const forgetful = {
      ...reader,
      publicClient: {
        ...reader.publicClient,
        request: async (request: Parameters<typeof reader.publicClient.request>[0]) => {
          const block = (await reader.publicClient.request(request)) as Record<string, unknown>;
          return { ...block, requestsHash: undefined };
        },
      } as typeof reader.publicClient,
    };
    const error = await refusal(buildBlockHeader(forgetful, { blockNumber: 1n }), "HeaderMismatch");
    expect(error.args.blockNumber).to.equal(1n);
  });
});

describe("buildAccessTree", () => {
  it("proves its own leaves only", () => {
    const other: AccessLeaf = { ...leaves[0]!, version: 9 };
    expect(() => tree.prove(other))
      .to.throw()
      .with.property("name", "InvalidInput");
    expect(() => buildAccessTree([]))
      .to.throw()
      .with.property("name", "InvalidInput");
    const hostile = { ...leaves[0]!, participantId: "0x12" as Hex };
    expect(() => buildAccessTree([hostile]))
      .to.throw()
      .with.property("args")
      .that.includes({ input: "leaves[0].participantId" });
  });
});
