import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";
import { concat, type Hex, keccak256, toRlp, zeroHash } from "viem";

import {
  type AccessLeaf,
  admitInstitution,
  BaseError,
  buildAccessTree,
  type ConcordClient,
  importConsents,
  type Lawfulness,
  type LawfulnessProof,
  lawfulnessProofSchema,
  logAccess,
  makeLawfulnessProof,
  proveLawfulness,
  randomParticipantId,
  reinstateLicence,
  signResume,
  signSuspend,
  signTakeOver,
  signWithdraw,
  subLicense,
  suspendLicence,
  takeOverConsent,
  terminateLicence,
  verifyLawfulnessProof,
} from "../../src/sdk/index.ts";
import {
  accepted,
  addressOf,
  ALL_ELEMENTS,
  digestOf,
  grantFor,
  ids,
  latestTime,
  loadWorld,
  person,
  purposeFor,
  refusal,
  throughJson,
  type World,
} from "./world.ts";
import { issued } from "./licensing.ts";

const people = [1, 2, 3].map(person);
const purpose = purposeFor([4]);

/** A licence in force, and three consents. */
async function licensed(world: World): Promise<bigint> {
  await grantFor(world, people, world.general.digest);
  return issued(world);
}

interface Access {
  readonly index: bigint;
  readonly leaf: AccessLeaf;
  readonly proof: readonly Hex[];
}

/** Logs an access to the data of one participant and of others, as of the latest block or `ago` blocks before it. */
async function accessTo(world: World, licenceId: bigint, part: Partial<AccessLeaf> = {}, ago = 0n): Promise<Access> {
  const leaves = people.map(({ participantId }) => ({ scopeId: ids.scope, participantId, version: 1 }));
  const leaf = { ...leaves[0]!, ...part };
  const tree = buildAccessTree([leaf, ...leaves.slice(1)]);
  const claimedBlock = (await world.publicClient.getBlockNumber({ cacheTime: 0 })) - ago;
  const batch = { licenceId, root: tree.root, count: tree.count, claimedBlock };
  const { index } = await logAccess(world.biobank, { ...batch, agent: digestOf("agent"), workflow: digestOf("flow") });
  return { index, leaf, proof: tree.prove(leaf) };
}

/** The hashes of the blocks that a document stands on, as the chain has them. */
async function hashesFor({ publicClient }: World, { logBlock, claimedBlock }: LawfulnessProof) {
  const numbers = [logBlock, ...(claimedBlock === null ? [] : [claimedBlock])].map(({ number }) => number);
  const hashes = numbers.map(async (number): Promise<[string, Hex]> => {
    return [number, (await publicClient.getBlock({ blockNumber: BigInt(number) })).hash];
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** Makes a document, has it verified off line, and sees that the contract says the same. */
async function expectProved(world: World, access: Access, expected: Lawfulness) {
  const { document, verified } = await makeLawfulnessProof(world.reader, access);
  const blockHashes = await hashesFor(world, document);
  const deployment = world.record;
  const checked = verifyLawfulnessProof(throughJson(document), { blockHashes, deployment });
  expect(checked).to.deep.equal(verified);
  expect(checked).to.include({ isLawful: expected === "Lawful", lawfulness: expected, index: access.index });
  expect((await proveLawfulness(world.reader, access)).lawfulness).to.equal(expected);
  return { document, blockHashes, deployment, checked };
}

/** The error that a document is refused with; fails when there is none. */
function refused(document: unknown, blockHashes: Readonly<Record<string, Hex>>, world?: World): BaseError {
  try {
    verifyLawfulnessProof(document, { blockHashes, deployment: world?.record });
  } catch (error) {
    expect(error).to.be.instanceOf(BaseError);
    const { name, fix, args } = error as BaseError;
    expect(name).to.match(/^(ProofMalformed|ProofBlockUntrusted|ProofInvalid)$/);
    expect(fix).to.match(/\.$/);
    expect(args.path).to.match(/^\$/);
    return error as BaseError;
  }
  throw new Error("It was accepted.");
}

type Path = readonly (string | number)[];

/** Paths of everything in a document that is no list and no object; of empty lists too. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.length === 0 ? [path] : entries.flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

function replaced(value: unknown, [key, ...rest]: Path, change: (item: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? replaced(item, rest, change) : item));
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: replaced(fields[key], rest, change) };
}

describe("verifyLawfulnessProof", () => {
  it("finds an access lawful, whatever the participant does afterwards", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const access = await accessTo(world, licenceId);
    const { checked } = await expectProved(world, access, "Lawful");
    expect(checked.facts).to.deep.include({ version: 1, isOfScope: true });
    expect(checked.facts?.licences[0]).to.include({ terminatedAt: 0, suspensionChanges: 0 });
    expect(checked.facts?.consents[0]?.consent.word).to.include({ version: 1, state: 2 });
    expect(checked.facts?.time).to.equal(checked.claimedBlock?.time);

    await accepted(world, await signWithdraw(world.reader, { signer: people[0]!.account, scopeId: ids.scope }));
    const { checked: again } = await expectProved(world, access, "Lawful");
    expect(again.facts).to.deep.equal(checked.facts);
    expect(again.logBlock.number > checked.logBlock.number).to.be.true;
    await expectProved(world, await accessTo(world, licenceId), "NotPermitted");
    await expectProved(world, await accessTo(world, licenceId, { participantId: people[1]!.participantId }), "Lawful");
  });

  it("follows a consent through suspension and resumption", async () => {
    const world = await loadWorld();
    const { reader, connection } = world;
    const { account: signer } = people[0]!;
    const licenceId = await licensed(world);
    await connection.networkHelpers.time.increase(5);
    await accepted(world, await signSuspend(reader, { signer, scopeId: ids.scope }));
    await expectProved(world, await accessTo(world, licenceId), "NotPermitted");
    await connection.networkHelpers.time.increase(5);
    await accepted(world, await signResume(reader, { signer, scopeId: ids.scope }));
    const { checked } = await expectProved(world, await accessTo(world, licenceId, { version: 3 }), "Lawful");
    expect(checked.facts?.consents[0]?.consent.history).to.have.length(1);
    await expectProved(world, await accessTo(world, licenceId), "VersionNotCurrent");
    await expectProved(world, await accessTo(world, licenceId, { participantId: digestOf("nobody") }), "NotPermitted");
  });

  it("follows a consent that has moved to another id", async () => {
    const world = await loadWorld();
    const { biobank, reader, connection, general } = world;
    const licenceId = await licensed(world);
    const attestedId = randomParticipantId();
    const { timestamp } = await world.publicClient.getBlock();
    const paper = { participantId: attestedId, termsDigest: general.digest, elements: ALL_ELEMENTS };
    await importConsents(biobank, { scopeId: ids.scope, consents: [{ ...paper, signedAt: Number(timestamp) - 100 }] });
    await connection.networkHelpers.time.increase(5);
    const signed = await signTakeOver(reader, { scopeId: ids.scope, attestedId, signer: person(9).account });
    await takeOverConsent(biobank, { signed });
    await connection.networkHelpers.time.increase(5);
    const access = await accessTo(world, licenceId, { participantId: attestedId });
    const { checked } = await expectProved(world, access, "Lawful");
    const trail = checked.facts?.consents.map(({ participantId }) => participantId);
    expect(trail).to.deep.equal([attestedId, person(9).participantId]);
  });

  it("needs a licence of the scope, in force", async () => {
    const world = await loadWorld();
    const { biobank, committee, connection } = world;
    const licenceId = await licensed(world);
    await expectProved(world, await accessTo(world, licenceId, { scopeId: digestOf("other") }), "LicenceNotInForce");
    await expectProved(world, await accessTo(world, licenceId, {}, 3n), "LicenceNotInForce");
    const explanation = digestOf("reasons");
    const acts = [
      [suspendLicence, biobank, "LicenceNotInForce"],
      [reinstateLicence, committee, "Lawful"],
      [terminateLicence, biobank, "LicenceNotInForce"],
    ] as const;
    for (const [act, client, expected] of acts) {
      await connection.networkHelpers.time.increase(5);
      await act(client, { licenceId, explanation });
      await connection.networkHelpers.mine();
      const { checked } = await expectProved(world, await accessTo(world, licenceId), expected);
      expect(checked.facts?.licences[0]?.suspensionChanges).to.equal(act === suspendLicence ? 1 : 2);
    }
  });

  it("needs the licence that a sub-licence derives from", async () => {
    const world = await loadWorld();
    const { biobank, registrar, stranger, university, connection } = world;
    const parent = await licensed(world);
    const profile = { roles: ["processor"], institutionType: "Company", notForProfit: false, region: "DK" } as const;
    const holder = addressOf(stranger);
    await admitInstitution(registrar, { ...profile, institutionId: digestOf("processor"), institutionAccount: holder });
    const until = (await latestTime(world)) + 1_000;
    const agreementDigest = digestOf("agreement");
    const { licenceId } = await subLicense(university, { licenceId: parent, holder, until, agreementDigest, purpose });
    await connection.networkHelpers.time.increase(5);
    const { checked } = await expectProved(world, await accessTo(world, licenceId), "Lawful");
    expect(checked.facts?.licences).to.have.length(2);
    expect(checked.facts?.licences[0]).to.include({ until });
    await suspendLicence(biobank, { licenceId: parent, explanation: digestOf("reasons") });
    await connection.networkHelpers.time.increase(5);
    await expectProved(world, await accessTo(world, licenceId), "LicenceNotInForce");
  });

  it("ends a licence at its end", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    await world.connection.networkHelpers.time.increase(1_000_000);
    await expectProved(world, await accessTo(world, licenceId), "LicenceNotInForce");
  });

  it("proves nothing of a late entry's time", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const late = await accessTo(world, licenceId);
    await world.connection.networkHelpers.mine(300);
    const { index } = await accessTo(world, licenceId, {}, 300n);
    const { checked, document } = await expectProved(world, { ...late, index }, "TimeUnproven");
    expect(checked).to.include({ claimedBlock: undefined, facts: undefined });
    expect(document.entry.claimedBlockHash).to.equal(zeroHash);
    const { document: timely } = await makeLawfulnessProof(world.reader, late);
    const hashes = { ...(await hashesFor(world, document)), ...(await hashesFor(world, timely)) };
    const { claimedBlock } = timely;
    expect(refused({ ...document, claimedBlock }, hashes).args.path).to.equal("$.claimedBlock");
    expect(refused({ ...timely, claimedBlock: null }, hashes).args.path).to.equal("$.claimedBlock");
  });

  it("refuses a document that was tampered with, wherever", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    await accessTo(world, licenceId);
    const { document, blockHashes } = await expectProved(world, await accessTo(world, licenceId), "Lawful");
    const paths = leavesOf(document);
    expect(paths).to.have.length.above(40);
    const changes: ((item: unknown, at: number) => unknown)[] = [
      (item, at) => {
        if (typeof item === "number") return item + 1 + at;
        const text = item as string;
        if (!text.startsWith("0x")) return String(BigInt(text) + 1n + BigInt(at));
        const place = 2 + (at % (text.length - 2));
        const digit = ((Number.parseInt(text.charAt(place), 16) + 1) % 16).toString(16);
        return `${text.slice(0, place)}${digit}${text.slice(place + 1)}`;
      },
      (item) => (typeof item === "number" ? -item - 1 : (item as string).slice(0, -2)),
      (item) => (typeof item === "number" ? String(item) : `${item as string}00`),
      (item) => (typeof item === "string" && /[a-f]/.test(item.slice(2)) ? `0x${item.slice(2).toUpperCase()}` : null),
    ];
    for (const path of paths) {
      for (const change of changes) {
        for (const at of [0, 1, 7, 63, 200])
          refused(
            replaced(document, path, (item) => change(item, at)),
            blockHashes,
            world,
          );
      }
    }
    const anywhere = fc.record({ path: fc.constantFrom(...paths), at: fc.nat(2_000) });
    fc.assert(
      fc.property(anywhere, ({ path, at }) => {
        refused(
          replaced(document, path, (item) => changes[0]!(item, at)),
          blockHashes,
          world,
        );
      }),
    );
  });

  it("refuses nodes left out, added, repeated, and of another block", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const { document, blockHashes } = await expectProved(world, await accessTo(world, licenceId), "Lawful");
    const parts = ["logBlock", "claimedBlock"] as const;
    for (const part of parts) {
      const block = document[part]!;
      const other = document[parts[1 - parts.indexOf(part)]!]!.nodes.find((node) => !block.nodes.includes(node))!;
      const withNodes = (nodes: readonly Hex[]) => refused({ ...document, [part]: { ...block, nodes } }, blockHashes);
      for (const at of block.nodes.keys()) {
        const error = withNodes(block.nodes.toSpliced(at, 1));
        expect(error).to.include({ name: "ProofInvalid" });
        expect(error.message).to.match(/is missing/);
      }
      expect(withNodes([...block.nodes, block.nodes[0]!]).message).to.contain("there twice");
      expect(withNodes([...block.nodes, other]).args.path).to.equal(`$.${part}.nodes[${block.nodes.length}]`);
      expect(withNodes([]).args.path).to.equal(`$.${part}.nodes`);
    }
  });

  it("refuses blocks whose hash is another, or not given", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const { document, blockHashes } = await expectProved(world, await accessTo(world, licenceId), "Lawful");
    for (const part of ["logBlock", "claimedBlock"] as const) {
      const { number } = document[part]!;
      const wrong = refused(document, { ...blockHashes, [number]: digestOf("fork") });
      expect(wrong).to.include({ name: "ProofBlockUntrusted" });
      expect(wrong.args).to.deep.include({ path: `$.${part}.header`, blockNumber: number });
      const others = Object.fromEntries(Object.entries(blockHashes).filter(([other]) => other !== number));
      expect(refused(document, others)).to.include({ name: "ProofBlockUntrusted" });
      const malformed = { ...blockHashes, [number]: "0x12" as Hex };
      expect(() => verifyLawfulnessProof(document, { blockHashes: malformed }))
        .to.throw(BaseError)
        .with.property("name", "InvalidInput");
      // Another block under the right number, with its own hash, is trusted but not the one.
      const forged = toRlp([...Array<Hex>(15)].map((): Hex => "0x01"));
      const trusting = { ...blockHashes, [number]: keccak256(forged) };
      expect(refused({ ...document, [part]: { ...document[part], header: forged } }, trusting).args.path).to.match(
        new RegExp(`^\\$\\.${part}\\.`),
      );
    }
    // A true block, after which all was well, but not the one that the entry claims.
    const { document: later, blockHashes: laterHashes } = await expectProved(
      world,
      await accessTo(world, licenceId),
      "Lawful",
    );
    const { claimedBlock } = later;
    const moved = refused({ ...document, claimedBlock }, { ...blockHashes, ...laterHashes });
    expect(moved).to.deep.include({ name: "ProofInvalid", args: { path: "$.claimedBlock.header" } });
    const elsewhere = { ...world.record, chainId: 1 };
    expect(() => verifyLawfulnessProof(document, { blockHashes, deployment: elsewhere })).to.throw(/\$\.chainId/);
  });

  it("refuses what is no proof at all", () => {
    const nested = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`) as unknown;
    const hostile = [undefined, null, 7, "proof", [], {}, { format: 2 }, nested, JSON.parse('{"__proto__": {}}')];
    for (const value of hostile) expect(refused(value, {})).to.include({ name: "ProofMalformed" });
    fc.assert(fc.property(fc.jsonValue(), (value) => void refused(value, {})));
  });

  it("refuses headers and nodes that are trusted, but no headers and nodes", async () => {
    const world = await loadWorld();
    const licenceId = await licensed(world);
    const { document } = await expectProved(world, await accessTo(world, licenceId), "Lawful");
    const { logBlock } = document;
    const deep = concat([...Array<Hex>(4_000)].map((): Hex => "0xc1"));
    for (const header of ["0x01", "0xc0", "0xffffffffff", deep] as const) {
      const error = refused(
        { ...document, logBlock: { ...logBlock, header } },
        { [logBlock.number]: keccak256(header) },
      );
      expect(error).to.include({ name: "ProofInvalid" });
      expect(error.args.path).to.equal("$.logBlock.header");
    }
    const headerOver = (root: Hex): Hex =>
      toRlp([
        "0x",
        "0x",
        "0x",
        root,
        "0x",
        "0x",
        "0x",
        "0x",
        BigInt(logBlock.number) === 0n ? "0x" : hex(logBlock.number),
        "0x",
        "0x",
        "0x01",
      ]);
    for (const node of [
      "0x01",
      "0xc0",
      toRlp(["0x20", "0x01", "0x02"]),
      toRlp(["0x40", "0x01"]),
      toRlp([[], []]),
      deep,
    ] as const) {
      if (node.length > 2_050) continue;
      const header = headerOver(keccak256(node));
      const forged = { ...document, logBlock: { ...logBlock, header, nodes: [node] } };
      expect(refused(forged, { [logBlock.number]: keccak256(header) }).args.path).to.equal("$.logBlock.nodes");
    }
  });

  it("has a schema, which is published", async () => {
    const file = join(import.meta.dirname, "../../docs/schemas/lawfulness-proof.schema.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal(JSON.parse(JSON.stringify(lawfulnessProofSchema)));
  });
});

function hex(digits: string): Hex {
  const text = BigInt(digits).toString(16);
  return `0x${text.length % 2 === 0 ? "" : "0"}${text}`;
}

describe("makeLawfulnessProof", () => {
  it("takes the log at the block that it is told", async () => {
    const world = await loadWorld();
    const access = await accessTo(world, await licensed(world));
    const blockNumber = await world.publicClient.getBlockNumber({ cacheTime: 0 });
    await world.connection.networkHelpers.mine(2);
    const { document } = await makeLawfulnessProof(world.reader, { ...access, blockNumber });
    expect(document.logBlock.number).to.equal(String(blockNumber));
    const early = makeLawfulnessProof(world.reader, { ...access, blockNumber: blockNumber - 1n });
    expect((await refusal(early, "ProofInvalid")).args.path).to.equal("$.entry");
  });

  it("refuses a leaf of another tree, malformed input, and an entry that is not there", async () => {
    const world = await loadWorld();
    const access = await accessTo(world, await licensed(world));
    const wrong = { ...access, leaf: { ...access.leaf, version: 2 } };
    expect((await refusal(makeLawfulnessProof(world.reader, wrong), "ProofInvalid")).args.path).to.equal("$.leaf");
    await refusal(makeLawfulnessProof(world.reader, { ...access, index: 9n }), "NotFound");
    for (const hostile of [
      { index: 0 },
      { leaf: null },
      { proof: ["0x12"] },
      { blockNumber: 5 },
      { blockNumber: -1n },
    ]) {
      await refusal(makeLawfulnessProof(world.reader, { ...access, ...hostile } as Access), "InvalidInput");
    }
  });

  it("says what to do where a node proves nothing", async () => {
    const world = await loadWorld();
    const access = await accessTo(world, await licensed(world));
    const answering = (answer: () => Promise<unknown>): ConcordClient => {
      const { publicClient } = world;
      const request = async (asked: { readonly method: string }) =>
        asked.method === "eth_getProof" ? await answer() : await publicClient.request(asked as never);
      return { ...world.reader, publicClient: { ...publicClient, request } as typeof publicClient };
    };
    const nothing = answering(async () => null);
    const empty = answering(async () => ({ accountProof: [], storageProof: [] }));
    const unsupported = answering(async () => await world.publicClient.request({ method: "eth_nothing" } as never));
    for (const client of [nothing, empty, unsupported]) {
      const error = await refusal(makeLawfulnessProof(client, access), "StateProofUnavailable");
      expect(error.fix).to.contain("eth_getProof");
    }
    const broken = answering(async () => {
      throw new Error("The line is dead.");
    });
    await refusal(makeLawfulnessProof(broken, access), "RequestFailed");
  });
});
