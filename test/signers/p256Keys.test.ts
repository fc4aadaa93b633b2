import { expect } from "chai";
import { describe, it } from "mocha";
import { concat, type Hex, keccak256, slice } from "viem";

import { WithdrawalExtent } from "../../src/model/index.ts";
import {
  getConsent,
  p256Signer,
  relayConsentChanges,
  type SignedChange,
  type SignerAdapter,
  signAnnul,
  signDecline,
  signExtend,
  signGrant,
  signResume,
  signSuspend,
  signUpdate,
  signWithdraw,
  webAuthnSigner,
} from "../../src/sdk/index.ts";
import { ALL_ELEMENTS, ids, loadWorld, person, type World } from "../sdk/world.ts";
import { digestKey, otherForm, softwarePasskey } from "./softwareKeys.ts";

const { NoFurtherUse: extent } = WithdrawalExtent;
const { scope: scopeId } = ids;

/** Changes beside those that one transaction takes: 30 of keys that the contracts ask a verifier about. */
const LARGE_BATCH = 40;

/** A new participant with a key of the kind. */
type MakeSigner = (world: World) => SignerAdapter;

const p256: MakeSigner = ({ record }) =>
  p256Signer({ verifier: record.contracts.p256Verifier.address, ...digestKey() });
const passkey: MakeSigner = ({ record }) =>
  webAuthnSigner({ verifier: record.contracts.webAuthnVerifier.address, ...softwarePasskey() });

describe("participants with keys on P-256", () => {
  describe("through the P-256 verifier", () => {
    shouldActBySignature(p256);

    it("refuses the other form of s, r and s swapped, and a part of the signature", async () => {
      const world = await loadWorld();
      const grant = await grantBy(world, p256(world));
      const { signature } = grant.authorisation;
      const swapped = concat([slice(signature, 32), slice(signature, 0, 32)]);
      for (const altered of [otherForm(signature), swapped, slice(signature, 0, 63)]) {
        expect(await relayed(world, withSignature(grant, altered))).to.equal("ConsentSignatureInvalid");
      }
      expect(await relayed(world, grant)).to.equal(undefined);
    });
  });

  describe("through the WebAuthn verifier", () => {
    shouldActBySignature(passkey);

    it("refuses an assertion over another change", async () => {
      const world = await loadWorld();
      const signer = passkey(world);
      const grant = await grantBy(world, signer);
      const withdrawal = await signWithdraw(world.reader, { signer, scopeId, extent });
      const { signature } = withdrawal.authorisation;
      expect(await relayed(world, withSignature(grant, signature))).to.equal("ConsentSignatureInvalid");
    });
  });

  it("go with accounts in one batch, of which a refused one spoils nothing", async () => {
    const world = await loadWorld();
    const signers = [p256(world), passkey(world), person(1).account, passkey(world), p256(world)];
    const changes = await Promise.all(signers.map(async (signer) => grantBy(world, signer)));
    const [first, second] = changes as [SignedChange, SignedChange];
    const forged = withSignature(second, first.authorisation.signature);
    const summary = await relayConsentChanges(world.relayer, { changes: [forged, ...changes, first] });
    expect(summary.changes.map(({ accepted }) => accepted)).to.deep.equal([false, true, true, true, true, true, false]);
    expect(summary.transactions).to.have.length(1);
  });

  it("fill as many transactions as their checks need", async () => {
    const world = await loadWorld();
    const makers = Array.from({ length: LARGE_BATCH }, (_, index) => (index % 2 === 0 ? p256 : passkey));
    const changes = await Promise.all(makers.map(async (make) => grantBy(world, make(world))));
    const { accepted, transactions } = await relayConsentChanges(world.relayer, { changes });
    expect(accepted).to.equal(LARGE_BATCH);
    expect(transactions).to.have.length(2);
  });
});

/** What a participant with any kind of key does by signature. */
function shouldActBySignature(make: MakeSigner): void {
  it("opens and closes by every verb", async () => {
    const world = await loadWorld();
    const { reader, general } = world;
    const signer = make(world);
    const given = { signer, scopeId, termsDigest: general.digest };
    const until = (await world.connection.networkHelpers.time.latest()) + 1_000;
    const steps: readonly (readonly [sign: () => Promise<SignedChange>, status: string])[] = [
      [async () => signDecline(reader, { signer, scopeId }), "Declined"],
      [async () => signGrant(reader, { ...given, elements: ALL_ELEMENTS, until }), "Active"],
      [async () => signUpdate(reader, { ...given, elements: 1n, until }), "Active"],
      [async () => signExtend(reader, { ...given, until: until + 1 }), "Active"],
      [async () => signSuspend(reader, { signer, scopeId }), "Suspended"],
      [async () => signResume(reader, { signer, scopeId }), "Active"],
      [async () => signAnnul(reader, { signer, scopeId }), "Annulled"],
      [async () => signGrant(reader, { ...given, elements: ALL_ELEMENTS }), "Active"],
      [async () => signWithdraw(reader, { signer, scopeId, extent }), "Withdrawn"],
    ];
    for (const [sign, status] of steps) {
      expect(await relayed(world, await sign())).to.equal(undefined);
      const consent = await getConsent(reader, { scopeId, participantId: keccak256(signer.signer) });
      expect(consent.status).to.equal(status);
      // What is signed next must be signed later.
      await world.connection.networkHelpers.time.increase(1);
    }
  });

  it("refuses the signature of another key", async () => {
    const world = await loadWorld();
    const [signer, other] = [make(world), make(world)];
    const forger = { signer: signer.signer, sign: other.sign };
    expect(await relayed(world, await grantBy(world, forger))).to.equal("ConsentSignatureInvalid");
    expect(await relayed(world, await signWithdraw(world.reader, { signer: forger, scopeId, extent }))).to.equal(
      "ConsentSignatureInvalid",
    );
  });
}

async function grantBy(
  { reader, general }: World,
  signer: NonNullable<Parameters<typeof signGrant>[1]["signer"]>,
): Promise<SignedChange> {
  return signGrant(reader, { signer, scopeId, termsDigest: general.digest, elements: ALL_ELEMENTS });
}

function withSignature(change: SignedChange, signature: Hex): SignedChange {
  return { ...change, authorisation: { ...change.authorisation, signature } };
}

/** The name of the error by which a change was refused; undefined when it was accepted. */
async function relayed({ relayer }: World, change: SignedChange): Promise<string | undefined> {
  const [outcome] = (await relayConsentChanges(relayer, { changes: [change] })).changes;
  return outcome?.accepted === false ? outcome.error.name : undefined;
}
