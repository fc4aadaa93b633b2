import { expect } from "chai";
import { describe, it } from "mocha";
import { readFileSync } from "node:fs";
import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  type Address,
  concat,
  type Hex,
  keccak256,
  numberToHex,
  pad,
  size,
  slice,
  toFunctionSelector,
  toHex,
  zeroAddress,
} from "viem";

import { EMPTY_WORD, ConsentState } from "../../src/model/index.ts";
import {
  appointDelegate,
  type AssertionLike,
  combineSignedChanges,
  type ConcordClient,
  getConsent,
  type Group,
  groupIdOf,
  groupSigner,
  type GroupSignerParameters,
  p256Signer,
  type P256SignerParameters,
  participantIdOf,
  type ParticipantSigner,
  relayConsentChanges,
  relayDelegateChange,
  signAppointment,
  type SignedGrant,
  type SignerAdapter,
  signGrant,
  type SigningRequest,
  signResume,
  signSuspend,
  signWithdraw,
  smartAccountSigner,
  webAuthnSigner,
} from "../../src/sdk/index.ts";
import {
  accepted,
  addressOf,
  ALL_ELEMENTS,
  digestOf,
  ids,
  latestTime,
  loadWorld,
  person,
  refusal,
  rejected,
  type World,
} from "./world.ts";

const scopeId = ids.scope;

function grant({ general }: World, signer: ParticipantSigner) {
  return { scopeId, signer, termsDigest: general.digest, elements: ALL_ELEMENTS };
}

/** Grants, suspends, resumes and withdraws with a signer of any kind, relayed by someone else. */
async function goThrough(world: World, signer: SignerAdapter): Promise<void> {
  const { reader } = world;
  const granted = await accepted(world, await signGrant(reader, grant(world, signer)));
  expect(granted.participantId).to.equal(keccak256(signer.signer));
  await accepted(world, await signSuspend(reader, { scopeId, signer }));
  expect((await accepted(world, await signResume(reader, { scopeId, signer }))).word.version).to.equal(3);
  const { word } = await accepted(world, await signWithdraw(reader, { scopeId, signer }));
  expect(word).to.include({ version: 4, state: ConsentState.Withdrawn });
}

async function signsWrongly(promise: Promise<unknown>, input: string): Promise<void> {
  expect((await refusal(promise, "InvalidInput")).args).to.include({ input });
}

/** A made-up P-256 key; Node signs with it as an authenticator would. */
function makeKey(): { privateKey: KeyObject; raw: Hex; coordinates: Hex; spki: Uint8Array } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y, d } = privateKey.export({ format: "jwk" }) as { x: string; y: string; d: string };
  const [left, right, raw] = [x, y, d].map((text) => toHex(Buffer.from(text, "base64url"))) as [Hex, Hex, Hex];
  const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
  return { privateKey, raw, coordinates: concat([left, right]), spki };
}

const request = (digest: Hex): SigningRequest => ({ digest, typedData: {} as SigningRequest["typedData"] });

/** Order of the group of P-256 (FIPS 186-5). */
const ORDER = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n;

/** What an ERC-7913 verifier answers when the signature is good: the selector of `verify`, in a word. */
const VERIFIED = pad(toFunctionSelector("verify(bytes,bytes32,bytes)"), { dir: "right" });

describe("p256Signer", () => {
  it("signs with a private key through every verb", async () => {
    const world = await loadWorld();
    const { raw, coordinates } = makeKey();
    const verifier = world.record.contracts.p256Verifier.address;
    const signer = p256Signer({ verifier, privateKey: raw });
    expect(signer.signer).to.equal(concat([verifier, coordinates]));
    await goThrough(world, signer);
  });

  it("takes what a key store signs, s in either half, as it is or in DER", async () => {
    const world = await loadWorld();
    const { raw, coordinates, spki } = makeKey();
    const verifier = world.record.contracts.p256Verifier.address;
    const own = p256Signer({ verifier, privateKey: raw });
    const forms: P256SignerParameters[] = [];
    for (const publicKey of [coordinates, concat(["0x04", coordinates]), spki, spki.buffer as ArrayBuffer]) {
      forms.push({ verifier, publicKey, sign: (digest) => own.sign(request(digest)) });
    }
    const highS = async (digest: Hex): Promise<Hex> => {
      const signature = await own.sign(request(digest));
      const s = ORDER - BigInt(slice(signature, 32));
      return concat([slice(signature, 0, 32), numberToHex(s, { size: 32 })]);
    };
    forms.push({ verifier, publicKey: coordinates, sign: highS });
    forms.push({ verifier, publicKey: coordinates, sign: async (digest) => ({ der: derOf(await highS(digest)) }) });
    const expected = await own.sign(request(digestOf("message")));
    for (const form of forms) {
      const signer = p256Signer(form);
      expect(signer.signer).to.equal(own.signer);
      expect(await signer.sign(request(digestOf("message")))).to.equal(expected);
    }
    await goThrough(world, p256Signer(forms.at(-1)!));
  });

  it("is told when a key or what a key store answers is none", async () => {
    const world = await loadWorld();
    const { coordinates } = makeKey();
    const verifier = world.record.contracts.p256Verifier.address;
    const sign = async (): Promise<Hex> => "0x12";
    const hostile: [unknown, string][] = [
      [{ verifier: "0x12", publicKey: coordinates, sign }, "verifier"],
      [{ verifier, publicKey: `0x${"11".repeat(64)}`, sign }, "publicKey"],
      [{ verifier, publicKey: slice(coordinates, 1), sign }, "publicKey"],
      [{ verifier, publicKey: "key", sign }, "publicKey"],
      [{ verifier, publicKey: undefined, sign }, "publicKey"],
      [{ verifier, privateKey: numberToHex(ORDER) }, "privateKey"],
      [{ verifier, privateKey: `0x${"00".repeat(32)}` }, "privateKey"],
      [{ verifier, privateKey: 5 }, "privateKey"],
    ];
    for (const [parameters, input] of hostile) {
      expect(() => p256Signer(parameters as P256SignerParameters), input)
        .to.throw()
        .that.deep.includes({ name: "InvalidInput" })
        .with.nested.property("args.input", input);
    }
    for (const answer of ["0x12", `0x${"00".repeat(64)}`, numberToHex(0, { size: 64 }), null]) {
      const signer = p256Signer({ verifier, publicKey: coordinates, sign: async () => answer as Hex });
      await signsWrongly(signGrant(world.reader, grant(world, signer)), "signature");
    }
    const der = p256Signer({ verifier, publicKey: coordinates, sign: async () => ({ der: "0x3000" }) });
    await signsWrongly(signGrant(world.reader, grant(world, der)), "signature.der");
  });

  it("does not tell a private key that is none", () => {
    const privateKey: Hex = `0x${"fe".repeat(33)}`;
    expect(() => p256Signer({ verifier: zeroAddress, privateKey }))
      .to.throw()
      .with.property("message")
      .not.include("fe");
  });

  it("opens nothing by a verifier whose code is not listed, but closes", async () => {
    const world = await loadWorld();
    const { raw } = makeKey();
    const copy = await world.connection.ethers.deployContract("FixedAnswerSigner", [false, VERIFIED, 32]);
    const foreign = p256Signer({ verifier: (await copy.getAddress()) as Address, privateKey: raw });
    await rejected(world, await signGrant(world.reader, grant(world, foreign)), "SignerVerifierUnlisted");
    const { word } = await accepted(world, await signWithdraw(world.reader, { scopeId, signer: foreign }));
    expect(word.state).to.equal(ConsentState.Withdrawn);
  });
});

/** r and s, 32 bytes each, in DER. */
function derOf(signature: Hex): Hex {
  const integer = (value: bigint): Hex => {
    const digits = value.toString(16);
    const even = digits.length % 2 === 0 ? digits : `0${digits}`;
    const bytes: Hex = /^[89a-f]/.test(even) ? `0x00${even}` : `0x${even}`;
    return concat(["0x02", numberToHex(size(bytes), { size: 1 }), bytes]);
  };
  const both = concat([integer(BigInt(slice(signature, 0, 32))), integer(BigInt(slice(signature, 32)))]);
  return concat(["0x30", numberToHex(size(both), { size: 1 }), both]);
}

interface Recorded {
  readonly verifier: Address;
  readonly assertions: Readonly<Record<string, RecordedAssertion>>;
}

interface RecordedAssertion {
  readonly signer: Hex;
  readonly authenticatorData: Hex;
  readonly clientDataJSON: string;
  readonly signature: Hex;
  readonly r: Hex;
  readonly s: Hex;
}

const recorded = JSON.parse(readFileSync(new URL("../fixtures/webauthn.json", import.meta.url), "utf8")) as Recorded;

/** User present and verified. */
const FLAGS = 0x05;

interface Authenticator {
  readonly spki: Uint8Array;
  readonly assert: (challenge: Uint8Array) => Promise<AssertionLike>;
}

/** An authenticator with a key of its own. */
function authenticator({
  flags = FLAGS,
  clientData,
}: { flags?: number; clientData?: (challenge: string) => string } = {}) {
  const { privateKey, spki } = makeKey();
  const write =
    clientData ?? ((challenge) => JSON.stringify({ type: "webauthn.get", challenge, origin: "https://a.b" }));
  const authenticatorData = Buffer.concat([
    createHash("sha256").update("a.b").digest(),
    Buffer.from([flags, 0, 0, 0, 1]),
  ]);
  const assert: Authenticator["assert"] = async (challenge) => {
    const clientDataJSON = Buffer.from(write(Buffer.from(challenge).toString("base64url")));
    const signed = createSign("sha256");
    signed.update(authenticatorData).update(createHash("sha256").update(clientDataJSON).digest());
    return { authenticatorData, clientDataJSON, signature: signed.sign(privateKey) };
  };
  return { spki, assert };
}

describe("webAuthnSigner", () => {
  function passkey({ record }: World, { spki, assert }: Authenticator): SignerAdapter {
    return webAuthnSigner({ verifier: record.contracts.webAuthnVerifier.address, publicKey: spki, assert });
  }

  it("signs with a passkey through every verb", async () => {
    const world = await loadWorld();
    await goThrough(world, passkey(world, authenticator()));
  });

  it("finds its places in whatever client data a browser writes", async () => {
    const world = await loadWorld();
    const writings = [
      (challenge: string) => `{"challenge":"${challenge}","origin":"https://a.b","type":"webauthn.get"}`,
      (challenge: string) =>
        `{"origin":"https://münchen.example/ 日本","type":"webauthn.get","challenge":"${challenge}"}`,
    ];
    for (const [index, clientData] of writings.entries()) {
      const signer = passkey(world, authenticator({ clientData }));
      const { participantId } = await accepted(world, await signGrant(world.reader, grant(world, signer)));
      expect(participantId, String(index)).to.equal(keccak256(signer.signer));
    }
  });

  for (const name of ["grant", "withdraw", "grantAgain", "grantExtended", "grantElsewhere", "grantSynced"]) {
    it(`writes the recorded ${name} as the verifier reads it`, async () => {
      const world = await loadWorld();
      const { signer, clientDataJSON, r, s, ...assertion } = recorded.assertions[name]!;
      const { challenge } = JSON.parse(clientDataJSON) as { challenge: string };
      const digest = toHex(Buffer.from(challenge, "base64url"));
      let asked: Hex | undefined;
      const adapter = webAuthnSigner({
        verifier: recorded.verifier,
        publicKey: slice(signer, 20),
        assert: async (bytes) => {
          asked = toHex(bytes);
          return { ...assertion, clientDataJSON: toHex(clientDataJSON) };
        },
      });
      expect(adapter.signer.toLowerCase()).to.equal(signer.toLowerCase());
      const signature = await adapter.sign(request(digest));
      expect(asked).to.equal(digest);
      expect(slice(signature, 0, 64)).to.equal(concat([r, s]));
      const verdict = await world.contracts.webAuthnVerifier.verify(slice(signer, 20), digest, signature);
      expect(verdict).to.equal(slice(VERIFIED, 0, 4));
    });
  }

  it("refuses what the verifier would refuse", async () => {
    const world = await loadWorld();
    const { reader } = world;
    const sign = (signer: SignerAdapter) => signGrant(reader, grant(world, signer));
    for (const flags of [0x00, 0x01, 0x04]) {
      await signsWrongly(sign(passkey(world, authenticator({ flags }))), "assertion.authenticatorData");
    }
    const misled = [
      () => JSON.stringify({ type: "webauthn.get", challenge: Buffer.from("another").toString("base64url") }),
      (challenge: string) => JSON.stringify({ type: "webauthn.create", challenge }),
      (challenge: string) => `{"type": "webauthn.get", "challenge": "${challenge}"}`,
      () => "",
    ];
    for (const clientData of misled) {
      await signsWrongly(sign(passkey(world, authenticator({ clientData }))), "assertion.clientDataJSON");
    }
    const good = authenticator();
    const altered: [object | null, string][] = [
      [null, "assertion"],
      [{ authenticatorData: "0x12" }, "assertion.authenticatorData"],
      [{ authenticatorData: undefined }, "assertion.authenticatorData"],
      [{ clientDataJSON: 5 }, "assertion.clientDataJSON"],
      [{ signature: "0x3006020101020100" }, "assertion.signature"],
      [{ signature: new Uint8Array(64) }, "assertion.signature"],
    ];
    for (const [change, input] of altered) {
      const assert = async (challenge: Uint8Array): Promise<AssertionLike> =>
        (change === null ? change : { ...(await good.assert(challenge)), ...change }) as AssertionLike;
      await signsWrongly(sign(passkey(world, { ...good, assert })), input);
    }
    const closed = async () => {
      throw new Error("The user closed the prompt.");
    };
    const refused = await refusal(sign(passkey(world, { ...good, assert: closed })), "RequestFailed");
    expect(refused.message).to.equal("The user closed the prompt.");
  });
});

describe("smartAccountSigner", () => {
  async function wallet({ connection }: World, owner: Address): Promise<Address> {
    const deployed = await connection.ethers.deployContract("OwnedWallet", [owner]);
    return (await deployed.getAddress()) as Address;
  }

  it("signs for an account that another key owns, through every verb", async () => {
    const world = await loadWorld();
    const { account: owner } = person(1);
    const address = await wallet(world, owner.address);
    const signer = smartAccountSigner({ address, owner });
    expect(signer.signer).to.equal(address);
    await goThrough(world, signer);
    expect((await getConsent(world.reader, { scopeId, participantId: person(1).participantId })).status).to.equal(
      "None",
    );
  });

  it("may be owned by whatever else signs typed data", async () => {
    const world = await loadWorld();
    const { walletClient } = world.participant;
    const address = await wallet(world, addressOf(world.participant));
    await goThrough(world, smartAccountSigner({ address, owner: walletClient! }));
  });

  it("is refused by the account when another key signs, and without an address", async () => {
    const world = await loadWorld();
    const address = await wallet(world, person(1).account.address);
    const signer = smartAccountSigner({ address, owner: person(2).account });
    await rejected(world, await signGrant(world.reader, grant(world, signer)), "ConsentSignatureInvalid");
    const hostile = { address: "0x12" as Hex, owner: person(2).account };
    expect(() => smartAccountSigner(hostile))
      .to.throw()
      .with.property("name", "InvalidInput");
    const ownerless = smartAccountSigner({ address, owner: undefined as unknown as ParticipantSigner });
    await refusal(signGrant(world.reader, grant(world, ownerless)), "WalletMissing");
  });

  it("goes through in batches all the same", async () => {
    const world = await loadWorld();
    const { reader, relayer } = world;
    const changes = [];
    for (let number = 1; number <= 4; number++) {
      const { account: owner } = person(number);
      const address = await wallet(world, owner.address);
      const signer = smartAccountSigner({ address, owner });
      changes.push(await signGrant(reader, { ...grant(world, signer), standing: EMPTY_WORD }));
    }
    expect(await relayConsentChanges(relayer, { changes })).to.include({ accepted: 4, rejected: 0 });
  });
});

describe("groupSigner", () => {
  const { account: first } = person(1);
  const { account: second } = person(2);
  const { account: third } = person(3);
  const { account: stranger } = person(4);
  const members = [first, second, third].map(({ address }) => address);
  const group: Group = { members, threshold: 2 };

  it("opens with as many members as it needs, and closes with any one", async () => {
    const world = await loadWorld();
    const { reader } = world;
    const all = groupSigner({ ...group, signers: [third, first] });
    expect(all.signer).to.match(/^0x0{40}[0-9a-f]{64}02$/);
    expect(groupIdOf(group)).to.equal(keccak256(all.signer));
    expect(groupIdOf(group)).to.equal(participantIdOf(all.signer));
    const alone = groupSigner({ ...group, signers: [second] });
    await rejected(world, await signGrant(reader, grant(world, alone)), "ConsentSignatureInvalid");
    const granted = await accepted(world, await signGrant(reader, grant(world, all)));
    expect(granted.participantId).to.equal(groupIdOf(group));
    const closed = await accepted(world, await signSuspend(reader, { scopeId, signer: alone }));
    expect(closed.word.state).to.equal(ConsentState.Suspended);
    await rejected(world, await signResume(reader, { scopeId, signer: alone }), "ConsentSignatureInvalid");
    await accepted(world, await signResume(reader, { scopeId, signer: all }));
  });

  it("has members of every kind, and may be of one", async () => {
    const world = await loadWorld();
    const { p256Verifier, webAuthnVerifier } = world.record.contracts;
    const device = p256Signer({ verifier: p256Verifier.address, privateKey: makeKey().raw });
    const { spki, assert } = authenticator();
    const passkey = webAuthnSigner({ verifier: webAuthnVerifier.address, publicKey: spki, assert });
    const mixed = [first.address, device.signer, passkey.signer];
    await goThrough(world, groupSigner({ members: mixed, threshold: 3, signers: [passkey, first, device] }));
    await goThrough(world, groupSigner({ members: [first.address], threshold: 1, signers: [first] }));
  });

  it("is the same group in whatever order its members are named", () => {
    expect(groupIdOf({ members: [...members].reverse(), threshold: 2 })).to.equal(groupIdOf(group));
    expect(groupIdOf({ members, threshold: 3 })).to.not.equal(groupIdOf(group));
    expect(groupIdOf({ members: members.slice(1), threshold: 2 })).to.not.equal(groupIdOf(group));
  });

  it("puts together what members have signed elsewhere", async () => {
    const world = await loadWorld();
    const signedAt = await latestTime(world);
    const signBy = (signer: ParticipantSigner, elements = ALL_ELEMENTS): Promise<SignedGrant> => {
      const times = { signedAt, deadline: signedAt + 1_000 };
      const options = grant(world, groupSigner({ ...group, signers: [signer] }));
      return signGrant(world.reader, { ...options, ...times, elements });
    };
    const parts = [await signBy(first), await signBy(third)];
    const whole = combineSignedChanges([...parts, parts[0]!]);
    const together = groupSigner({ ...group, signers: [first, third] });
    const times = { signedAt, deadline: signedAt + 1_000 };
    expect(whole).to.deep.equal(await signGrant(world.reader, { ...grant(world, together), ...times }));
    expect(combineSignedChanges([whole, parts[1]!])).to.deep.equal(whole);
    const other = await signBy(second, 1n);
    const different = combineError([parts[0]!, other]);
    expect(different.args).to.deep.equal({ input: "signed[1]" });
    await accepted(world, whole);

    const alone = await signGrant(world.reader, grant(world, first));
    const broken = { ...parts[0]!, authorisation: { ...parts[0]!.authorisation, signature: "0x0014" as Hex } };
    for (const hostile of [[], [alone], [broken], [null], [{ ...alone, authorisation: undefined }]]) {
      expect(combineError(hostile as SignedGrant[])).to.have.property("name", "InvalidInput");
    }
  });

  function combineError(signed: readonly SignedGrant[]): Error & { args?: unknown } {
    try {
      combineSignedChanges(signed);
    } catch (error) {
      return error as Error;
    }
    throw new Error("They were combined.");
  }

  it("counts nobody twice, and no strangers", async () => {
    const world = await loadWorld();
    const signing = (signers: readonly ParticipantSigner[]) =>
      signGrant(world.reader, grant(world, groupSigner({ ...group, signers })));
    await signsWrongly(signing([first, stranger]), "signers[1]");
    await signsWrongly(signing([first, second, first]), "signers[2]");
    const [one, two] = [await signing([first, second]), await signing([second, third])];
    const { authorisation } = one;
    const doubled = concat([authorisation.signature, two.authorisation.signature]);
    const padded = { ...one, authorisation: { ...authorisation, signature: doubled } };
    await rejected(world, padded, "ConsentSignatureInvalid");
    const cut = { ...one, authorisation: { ...authorisation, signature: slice(authorisation.signature, 0, -1) } };
    await rejected(world, cut, "SignerEntryMalformed");
  });

  it("refuses members that make no group", () => {
    const hostile: [object, string][] = [
      [{ members: [] }, "members"],
      [{ members: [first.address, "0x12"] }, "members[1]"],
      [{ members: [first.address, second.address, first.address.toLowerCase()] }, "members[2]"],
      [{ members: [first.address, groupSigner({ ...group, signers: [first] }).signer] }, "members[1]"],
      [{ threshold: 0 }, "threshold"],
      [{ threshold: 4 }, "threshold"],
      [{ threshold: 256 }, "threshold"],
      [{ signers: [] }, "signers"],
    ];
    for (const [change, input] of hostile) {
      const parameters = { ...group, signers: [first], ...change } as GroupSignerParameters;
      expect(() => groupSigner(parameters), input)
        .to.throw()
        .with.nested.property("args.input", input);
    }
  });
});

describe("signers of every kind", () => {
  it("appoint proxies, and act as such", async () => {
    const world = await loadWorld();
    const { reader, stranger, participant } = world;
    const { p256Verifier } = world.record.contracts;
    const device = p256Signer({ verifier: p256Verifier.address, privateKey: makeKey().raw });
    const delegateId = person(3).participantId;
    const until = (await latestTime(world)) + 1_000;
    const appointment = { scopeId, delegateId, verbs: ["grant"] as const, until };
    const signed = await signAppointment(reader, { ...appointment, signer: device });
    expect((await relayDelegateChange(stranger, { signed })).participantId).to.equal(keccak256(device.signer));
    const onBehalfOf = keccak256(device.signer);
    await accepted(world, await signGrant(reader, { ...grant(world, person(3).account), onBehalfOf }));

    const ward = participantIdOf(addressOf(participant));
    await appointDelegate(participant, { ...appointment, delegateId: participantIdOf(device.signer) });
    const granted = await accepted(world, await signGrant(reader, { ...grant(world, device), onBehalfOf: ward }));
    expect(granted.participantId).to.equal(ward);
  });

  it("make batches of their own size, below the gas cap", async () => {
    const world = await loadWorld();
    const { webAuthnVerifier } = world.record.contracts;
    const changes = [];
    for (let number = 0; number < 40; number++) {
      const { spki, assert } = authenticator();
      const signer = webAuthnSigner({ verifier: webAuthnVerifier.address, publicKey: spki, assert });
      changes.push(await signGrant(world.reader, { ...grant(world, signer), standing: EMPTY_WORD }));
    }
    const { transactions, ...summary } = await relayConsentChanges(world.relayer, { changes });
    expect(summary).to.include({ accepted: 40, rejected: 0 });
    expect(transactions.map((transaction) => transaction.changes)).to.deep.equal([30, 10]);
  });

  it("are refused when they are none that the contracts know", async () => {
    const world = await loadWorld();
    const sign = async (): Promise<Hex> => "0x12";
    const hostile: [unknown, string][] = [
      [{ signer: "0x12", sign }, "signer.signer"],
      [{ signer: `0x${"00".repeat(52)}`, sign }, "signer.signer"],
      [{ signer: `0x${"00".repeat(53)}`, sign }, "signer.signer"],
      [{ signer: `0x${"11".repeat(1_025)}`, sign }, "signer.signer"],
      [{ signer: 5, sign }, "signer.signer"],
      [{ signer: zeroAddress, sign: async () => "signature" }, "signer's signature"],
      [{ signer: zeroAddress, sign: async () => "0x" }, "signer's signature"],
      [{ signer: zeroAddress }, "signer"],
    ];
    for (const [signer, input] of hostile) {
      await signsWrongly(signGrant(world.reader, grant(world, signer as SignerAdapter)), input);
    }
    const onBehalfOf = "0x12" as Hex;
    await signsWrongly(signGrant(world.reader, { ...grant(world, person(1).account), onBehalfOf }), "onBehalfOf");
  });
});

describe("relayConsentChanges", () => {
  async function walletGrants(world: World, count: number): Promise<SignedGrant[]> {
    const changes: SignedGrant[] = [];
    for (let number = 1; number <= count; number++) {
      const { account: owner } = person(number);
      const deployed = await world.connection.ethers.deployContract("OwnedWallet", [owner.address]);
      const signer = smartAccountSigner({ address: (await deployed.getAddress()) as Address, owner });
      changes.push(await signGrant(world.reader, { ...grant(world, signer), standing: EMPTY_WORD }));
    }
    return changes;
  }

  it("finds the gas that accounts with code want", async () => {
    const world = await loadWorld();
    const changes = await walletGrants(world, 5);
    const relayed = await relayConsentChanges(world.relayer, { changes });
    expect(relayed).to.include({ accepted: 5, rejected: 0 });
    expect(relayed.transactions.map((transaction) => transaction.changes)).to.deep.equal([5]);
  });

  it("splits a batch of them that does not fit into one transaction", async () => {
    const world = await loadWorld();
    const changes = await walletGrants(world, 5);
    const done: number[] = [];
    const relayed = await relayConsentChanges(lowCap(world.relayer, 800_000n), {
      changes,
      onProgress: (progress) => done.push(progress.done),
    });
    expect(relayed).to.include({ accepted: 5, rejected: 0 });
    expect(relayed.transactions.map((transaction) => transaction.changes)).to.deep.equal([3, 2]);
    expect(done).to.deep.equal([3, 5]);
  });

  it("gives up on a single item that no transaction has gas enough for", async () => {
    const world = await loadWorld();
    const lean = lowCap(world.relayer, 400_000n);
    const { raw } = makeKey();
    const signer = p256Signer({ verifier: world.record.contracts.p256Verifier.address, privateKey: raw });
    const changes = [await signGrant(world.reader, grant(world, signer))];
    await refusal(relayConsentChanges(lean, { changes }), "ConsentGasTooLow");
  });

  /** A relayer on a chain whose blocks hold little gas. */
  function lowCap(client: ConcordClient, gasLimit: bigint): ConcordClient {
    const { publicClient } = client;
    const getBlock: typeof publicClient.getBlock = async (parameters) => {
      return { ...(await publicClient.getBlock(parameters)), gasLimit };
    };
    return { ...client, publicClient: { ...publicClient, getBlock } };
  }
});
