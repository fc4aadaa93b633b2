/**
 * Records what a browser's WebAuthn authenticator signs, for the tests: test/fixtures/webauthn.json.
 *
 *     node scripts/recordPasskeys.ts [BROWSER [SWITCH...]]
 *
 * BROWSER is a Chromium, `chromium` unless told; as root it needs the switch --no-sandbox. To be run again when the typed
 * data of consent changes: the keys are new each time, and so is all that follows from them.
 */
import { createPublicKey } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import {
  type Address,
  concat,
  getContractAddress,
  hashTypedData,
  type Hex,
  keccak256,
  stringToHex,
  toHex,
  zeroHash,
} from "viem";

import { consentDomain, type ConsentPrimaryType, consentTypes } from "../src/eip712/index.ts";
import { BLANK_TERMS, NO_EXPIRY, PERMISSIONS, WithdrawalExtent } from "../src/model/index.ts";
import { scopeIdOf, termsDigest } from "../src/sdk/index.ts";
import { Browser } from "./passkeys/browser.ts";
import { reportAndFail } from "./toolError.ts";

const FILE = join(import.meta.dirname, "../test/fixtures/webauthn.json");

// Where the tests put the verifier and the registry: made by this account's first two transactions.
const CHAIN_ID = 31_337;
const DEPLOYER: Address = "0x00000000000000000000000000000000000c0de5";
const verifier = getContractAddress({ from: DEPLOYER, nonce: 0n });
const registry = getContractAddress({ from: DEPLOYER, nonce: 1n });

/** ECDSA on P-256 with SHA-256, as COSE numbers it. */
const ES256 = -7;
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** 2026-01-01 in Unix seconds: the tests' clock begins there. */
const START = 1_767_225_600;
const HOUR = 3_600;
const scopeId = scopeIdOf("a study");
const terms = {
  ...BLANK_TERMS,
  permissions: PERMISSIONS.GRU,
  notice: { ...BLANK_TERMS.notice, controller: stringToHex("standard", { size: 32 }) },
};
const agreed = { scopeId, termsDigest: termsDigest(terms), elements: "165", preferences: 0x13, until: NO_EXPIRY };
const extent = WithdrawalExtent.NoFurtherUse;

/** A change to sign: the struct, its own fields, and when it is signed. */
interface Message {
  readonly struct: ConsentPrimaryType;
  readonly change: Readonly<Record<string, unknown>>;
  readonly signedAt: number;
  readonly deadline: number;
}

function message(struct: ConsentPrimaryType, change: Message["change"], signedAt: number): Message {
  return { struct, change, signedAt, deadline: signedAt + HOUR };
}

const grant = message("Grant", { ...agreed, version: 1 }, START + 10);
const withdraw = message("Withdraw", { scopeId, extent, minVersion: 1 }, START + 20);
const grantAgain = message("Grant", { ...agreed, version: 3 }, START + 30);

interface Credential {
  /** As the browser names it. */
  readonly id: string;
  /** As the registry names it: ERC-7913, the verifier's address before the public key. */
  readonly signer: Hex;
}

/** The credential of a new authenticator, which is from then on the tab's only one. */
async function createCredential(browser: Browser, authenticator: object): Promise<Credential> {
  await browser.send("WebAuthn.disable");
  await browser.send("WebAuthn.enable");
  const basics = {
    protocol: "ctap2",
    ctap2Version: "ctap2_1",
    transport: "internal",
    hasUserVerification: true,
    isUserVerified: true,
  };
  const options = { ...basics, hasResidentKey: true, automaticPresenceSimulation: true, hasCredBlob: true };
  await browser.send("WebAuthn.addVirtualAuthenticator", { options: { ...options, ...authenticator } });
  const created = (await evaluate(browser, "create", "parseCreationOptionsFromJSON", {
    rp: { name: "A study" },
    user: { id: base64url("0x01"), name: "participant", displayName: "Participant" },
    challenge: base64url(zeroHash),
    pubKeyCredParams: [{ type: "public-key", alg: ES256 }],
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  })) as { readonly id: string; readonly response: { readonly publicKey: string } };
  const key = Buffer.from(created.response.publicKey, "base64url");
  const { x = "", y = "" } = createPublicKey({ key, format: "der", type: "spki" }).export({ format: "jwk" });
  return { id: created.id, signer: concat([verifier, hexOf(x), hexOf(y)]) };
}

/** The credential's assertion over a change, as the authenticator and the browser made it. */
async function sign(
  browser: Browser,
  { id, signer }: Credential,
  signed: Message,
  options: object = {},
): Promise<object> {
  const { struct, change, signedAt, deadline } = signed;
  const participantId = keccak256(signer);
  const digest = hashTypedData({
    domain: consentDomain(CHAIN_ID, registry),
    types: consentTypes,
    primaryType: struct,
    // viem infers messages from types that are known in full; the struct is only known by name here.
    message: { participantId, ...change, signedAt, deadline } as never,
  });
  const { response } = (await evaluate(browser, "get", "parseRequestOptionsFromJSON", {
    challenge: base64url(digest),
    allowCredentials: [{ type: "public-key", id }],
    userVerification: "required",
    ...options,
  })) as { readonly response: Readonly<Record<"authenticatorData" | "clientDataJSON" | "signature", string>> };
  return {
    ...signed,
    signer,
    authenticatorData: hexOf(response.authenticatorData),
    clientDataJSON: Buffer.from(response.clientDataJSON, "base64url").toString(),
    signature: hexOf(response.signature),
    ...lowerForm(Buffer.from(response.signature, "base64url")),
  };
}

/** The numbers of a DER signature. Authenticators give either of the two forms of s, the verifier takes the lower. */
function lowerForm(signature: Buffer): { readonly r: Hex; readonly s: Hex } {
  const rEnd = 4 + signature.readUInt8(3);
  const r = BigInt(`0x${signature.toString("hex", 4, rEnd)}`);
  const s = BigInt(`0x${signature.toString("hex", rEnd + 2)}`);
  const lower = s > P256_ORDER / 2n ? P256_ORDER - s : s;
  return { r: toHex(r, { size: 32 }), s: toHex(lower, { size: 32 }) };
}

async function evaluate(browser: Browser, verb: string, parser: string, options: object): Promise<unknown> {
  const publicKey = `PublicKeyCredential.${parser}(${JSON.stringify(options)})`;
  return browser.evaluate(`navigator.credentials.${verb}({ publicKey: ${publicKey} }).then((made) => made.toJSON())`);
}

function hexOf(base64: string): Hex {
  return `0x${Buffer.from(base64, "base64url").toString("hex")}`;
}

function base64url(hex: Hex): string {
  return Buffer.from(hex.slice(2), "hex").toString("base64url");
}

/** An empty page on a port of its own. */
async function serve(): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer((_, response) => response.setHeader("content-type", "text/html").end("<!doctype html>"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { server, origin: `http://localhost:${(server.address() as AddressInfo).port}` };
}

async function record(browser: Browser, origin: string, otherOrigin: string): Promise<object> {
  await browser.open(origin);
  const synced = await createCredential(browser, { defaultBackupEligibility: true, defaultBackupState: true });
  const grantSynced = await sign(browser, synced, grant);

  const credential = await createCredential(browser, {});
  const recorded = {
    grant: await sign(browser, credential, grant),
    withdraw: await sign(browser, credential, withdraw),
    grantAgain: await sign(browser, credential, grantAgain),
    grantUnverified: await sign(browser, credential, grant, { userVerification: "discouraged" }),
    grantExtended: await sign(browser, credential, grant, { extensions: { getCredBlob: true } }),
    grantSynced,
  };
  await browser.open(otherOrigin);
  return { ...recorded, grantElsewhere: await sign(browser, credential, grant) };
}

async function main([command = "chromium", ...switches]: readonly string[]): Promise<void> {
  const [page, otherPage] = [await serve(), await serve()];
  try {
    const browser = await Browser.start(command, switches);
    try {
      const assertions = await record(browser, page.origin, otherPage.origin);
      const fixture = { chainId: CHAIN_ID, deployer: DEPLOYER, verifier, registry, assertions };
      await writeFile(FILE, `${JSON.stringify(fixture, null, 2)}\n`);
    } finally {
      await browser.close();
    }
  } finally {
    for (const { server } of [page, otherPage]) server.close().closeAllConnections();
  }
}

await main(process.argv.slice(2)).catch(reportAndFail);
