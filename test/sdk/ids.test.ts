import { expect } from "chai";
import { describe, it } from "mocha";
import { hkdfSync } from "node:crypto";
import { type Hex, hexToBytes, keccak256, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

import {
  deriveParticipantKey,
  type DeriveParticipantKeyParameters,
  institutionIdOf,
  participantIdOf,
  scopeIdOf,
} from "../../src/sdk/index.ts";
import { firstPrivateKey } from "../../src/sdk/internal/secp256k1.ts";
import { ids } from "./world.ts";

const seed = new Uint8Array(32).fill(7);
const { scope: scopeId } = ids;

describe("ids", () => {
  it("are hashes of public names", () => {
    expect(scopeIdOf("Lantern study")).to.equal(keccak256(toHex("Lantern study")));
    expect(institutionIdOf("https://ror.org/0é")).to.equal(keccak256(toHex("https://ror.org/0é")));
  });

  it("of participants hash the signer bytes, in whatever case they are written", () => {
    const { address } = privateKeyToAccount(keccak256("0x01"));
    expect(participantIdOf(address)).to.equal(keccak256(hexToBytes(address)));
    expect(participantIdOf(address.toLowerCase() as Hex)).to.equal(participantIdOf(address));
    expect(participantIdOf(`0x${"11".repeat(84)}`)).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("of participants are of every kind of signer that the contracts know, and of nothing else", () => {
    const zeros = (bytes: number): Hex => `0x${"00".repeat(bytes)}`;
    const known: Hex[] = [zeros(20), `0x${"11".repeat(21)}`, `0x${"11".repeat(1_024)}`, `${zeros(52)}01`];
    for (const signer of known) expect(participantIdOf(signer)).to.equal(keccak256(hexToBytes(signer)));
    const unknown: Hex[] = [zeros(0), zeros(19), zeros(21), zeros(52), zeros(53), zeros(54), `0x${"11".repeat(1_025)}`];
    for (const signer of unknown) {
      expect(() => participantIdOf(signer), String(signer.length))
        .to.throw()
        .with.property("name", "InvalidInput");
    }
  });

  it("are not made of blanks, or of too few bytes", () => {
    const blank = [
      () => scopeIdOf(" "),
      () => institutionIdOf(""),
      () => participantIdOf("0x12"),
      () => scopeIdOf(5 as never),
    ];
    for (const make of blank) expect(make).to.throw().with.property("name", "InvalidInput");
  });
});

describe("deriveParticipantKey", () => {
  it("is HKDF-SHA256 of the seed, as documented", async () => {
    const info = Buffer.concat([hexToBytes(scopeId), Buffer.from("0000000300000000", "hex")]);
    const expected = hkdfSync("sha256", seed, "concord.participant-key.v1", info, 32);
    const key = await deriveParticipantKey({ seed, scopeId, index: 3 });
    expect(key).to.equal(toHex(new Uint8Array(expected)));
  });

  it("gives the same key for the same seed, and another for another scope, index or seed", async () => {
    const keys = await Promise.all([
      deriveParticipantKey({ seed, scopeId }),
      deriveParticipantKey({ seed, scopeId, index: 1 }),
      deriveParticipantKey({ seed, scopeId: ids.biobank }),
      deriveParticipantKey({ seed: new Uint8Array(32), scopeId }),
    ]);
    expect(new Set(keys).size).to.equal(4);
    expect(await deriveParticipantKey({ seed: toHex(seed), scopeId, index: 0 })).to.equal(keys[0]);
    for (const key of keys) expect(privateKeyToAccount(key).address).to.match(/^0x/);
  });

  it("tries again when the bytes are no private key", async () => {
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const candidates = [0n, order, order + 1n, order - 1n];
    expect(await firstPrivateKey(async (attempt) => candidates[attempt]!)).to.equal(order - 1n);
    expect(await firstPrivateKey(async () => 1n)).to.equal(1n);
  });

  it("refuses short seeds without repeating them, and malformed ids", async () => {
    const hostile = [
      { seed: new Uint8Array(15), scopeId },
      { seed: "0xabcdefabcdef", scopeId },
      { seed: "abcdefabcdefabcdefabcdefabcdefab", scopeId },
      { seed: undefined, scopeId },
      { seed, scopeId: "0x" },
      { seed, scopeId, index: -1 },
    ];
    for (const parameters of hostile) {
      const error = await deriveParticipantKey(parameters as DeriveParticipantKeyParameters).catch(
        (caught: Error) => caught,
      );
      expect(error).to.have.property("name", "InvalidInput");
      expect((error as Error).message).to.not.include("abcdef");
    }
  });
});
