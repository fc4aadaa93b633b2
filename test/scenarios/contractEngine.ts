import { isHexString, keccak256, toUtf8Bytes, type TransactionRequest, Wallet, ZeroHash } from "ethers";
import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkHelpers } from "@nomicfoundation/hardhat-network-helpers/types";

import { consentDomain, type ConsentPrimaryType, consentTypes } from "../../src/eip712/index.ts";
import { type Change, CONSENT_STATUSES, type ConsentStatus, MODIFIERS, PERMISSIONS } from "../../src/model/index.ts";
import type { ConsentRegistry, TermsRegistry } from "../../typechain-types/index.js";
import type { Applied, ConsentEngine } from "./engine.ts";

/** What the engine works on: deployed registries, and whoever may create scopes and publish terms. */
export interface DeployedConsent {
  readonly ethers: HardhatEthers;
  readonly networkHelpers: NetworkHelpers;
  /** Connected to an account of an institution that is a custodian. */
  readonly terms: TermsRegistry;
  /** Connected to the relayer. */
  readonly consents: ConsentRegistry;
  /** A committee in good standing. */
  readonly committee: string;
}

/** Above the dearest change, so that no estimate hides a refused transaction. */
const GAS_LIMIT = 300_000;
const BALANCE = 10n ** 18n;

const idOf = (label: string): string => keccak256(toUtf8Bytes(label));

/** The contracts behind the engine's face: each change is one transaction in a block of its own, at the engine's time. */
export async function makeContractEngine(deployed: DeployedConsent): Promise<ConsentEngine> {
  const { ethers, networkHelpers, terms, consents, committee } = deployed;
  const { chainId } = await ethers.provider.getNetwork();
  const address = (await consents.getAddress()) as `0x${string}`;
  const domain = consentDomain(Number(chainId), address);
  const wallets = new Map<string, Wallet>();
  const scopes = new Map<string, string>();
  let now = await networkHelpers.time.latest();
  let published = 0;

  /** A participant's own key, the same in every run, with means to send their own transactions. */
  const walletOf = async (participant: string): Promise<Wallet> => {
    const known = wallets.get(participant);
    if (known !== undefined) return known;
    const wallet = new Wallet(idOf(`the key of ${participant}`), ethers.provider);
    await networkHelpers.setBalance(wallet.address, BALANCE);
    wallets.set(participant, wallet);
    return wallet;
  };
  const participantOf = async (participant: string): Promise<string> =>
    keccak256((await walletOf(participant)).address);

  const encode = async (scope: string, participant: string, change: Change): Promise<TransactionRequest> => {
    const { signed } = change;
    const scopeId = idOf(scope);
    const encoder = consents.interface;
    if (signed === undefined) {
      switch (change.verb) {
        case "grant":
          return { data: encoder.encodeFunctionData("grant", [{ ...grantOf(change), scopeId }]) };
        case "resume":
          return { data: encoder.encodeFunctionData("resume", [{ scopeId, version: change.version }]) };
        case "suspend":
          return { data: encoder.encodeFunctionData("suspend", [scopeId]) };
        case "withdraw":
          return { data: encoder.encodeFunctionData("withdraw", [scopeId, change.extent]) };
      }
    }
    const wallet = await walletOf(participant);
    const { signedAt, deadline } = signed;
    const authorise = async (type: ConsentPrimaryType, message: Readonly<Record<string, unknown>>) => {
      const participantId = await participantOf(participant);
      const typed = { ...message, participantId, signedAt, deadline };
      const signature = await wallet.signTypedData(domain, { [type]: [...consentTypes[type]] }, typed);
      return { signer: wallet.address, signedAt, deadline, signature };
    };
    switch (change.verb) {
      case "grant": {
        const message = { ...grantOf(change), scopeId };
        const authorisation = await authorise("Grant", message);
        return { data: encoder.encodeFunctionData("grantBySig", [message, authorisation]) };
      }
      case "resume": {
        const message = { scopeId, version: change.version };
        const authorisation = await authorise("Resume", message);
        return { data: encoder.encodeFunctionData("resumeBySig", [message, authorisation]) };
      }
      case "suspend": {
        const message = { scopeId, minVersion: change.signed?.minVersion ?? 0 };
        const authorisation = await authorise("Suspend", message);
        return { data: encoder.encodeFunctionData("suspendBySig", [message, authorisation]) };
      }
      case "withdraw": {
        const message = { scopeId, extent: change.extent, minVersion: change.signed?.minVersion ?? 0 };
        const authorisation = await authorise("Withdraw", message);
        return { data: encoder.encodeFunctionData("withdrawBySig", [message, authorisation]) };
      }
    }
  };

  /** The contract's error as the engine's caller named things: numbers, labels and status names. */
  const rejectionOf = (data: string): Applied => {
    const parsed = consents.interface.parseError(data);
    if (parsed === null) throw new Error(`no error of the registry: ${data}`);
    const args = parsed.args.toArray().map((value: unknown): number | string => {
      if (typeof value === "bigint") {
        return parsed.name === "ConsentNotSuspended" ? statusOf(value) : Number(value);
      }
      return scopes.get(String(value)) ?? String(value);
    });
    return { error: parsed.name, args };
  };

  return {
    now: async () => now,
    advance: async (seconds) => {
      now += seconds;
      await networkHelpers.time.increaseTo(now);
    },
    registerTerms: async (scope, { from, reConsentBy }) => {
      const scopeId = idOf(scope);
      if (!scopes.has(scopeId)) {
        await networkHelpers.time.setNextBlockTimestamp(now);
        await terms.createScope(scopeId, committee);
        scopes.set(scopeId, scope);
      }
      const registered = {
        permissions: PERMISSIONS.GRU,
        modifiers: MODIFIERS.NPU,
        diseases: [],
        ontologyRelease: ZeroHash,
        from,
        reConsentBy,
        documents: idOf(`documents ${(published += 1)}`),
      };
      await networkHelpers.time.setNextBlockTimestamp(now);
      await terms.publish(scopeId, registered);
      return terms.digestOf(registered);
    },
    apply: async (scope, participant, change) => {
      const request = await encode(scope, participant, change);
      const sender = change.signed === undefined ? await walletOf(participant) : consents.runner;
      if (!sender?.sendTransaction) throw new Error("the registry is connected to nobody who sends");
      await networkHelpers.time.setNextBlockTimestamp(now);
      try {
        await sender.sendTransaction({ ...request, to: address, gasLimit: GAS_LIMIT });
      } catch (error) {
        return rejectionOf(revertDataOf(error));
      }
      return { ok: true };
    },
    word: async (scope, participant) => consents.wordOf(idOf(scope), await participantOf(participant)),
    wordAt: async (scope, participant, ordinal) =>
      consents.wordAt(idOf(scope), await participantOf(participant), ordinal),
    status: async (scope, participant) =>
      statusOf(await consents.statusOf(idOf(scope), await participantOf(participant))),
    permittedAt: async (scope, participant, time) => {
      const answer = await consents.permittedAt(idOf(scope), await participantOf(participant), time);
      return { permitted: answer.isPermitted, version: Number(answer.version) };
    },
  };
}

function grantOf({ termsDigest, elements, preferences, until, version }: Extract<Change, { verb: "grant" }>) {
  return { termsDigest, elements, preferences, until, version };
}

function statusOf(value: bigint): ConsentStatus {
  const status = CONSENT_STATUSES[Number(value)];
  if (status === undefined) throw new Error(`no status has the number ${value}`);
  return status;
}

/** The revert data that the embedded chain attaches to a refused transaction, wherever ethers has put it. */
function revertDataOf(error: unknown): string {
  for (let cause: unknown = error; typeof cause === "object" && cause !== null;) {
    const { data, cause: next } = cause as { data?: unknown; cause?: unknown };
    if (isHexString(data)) return data;
    cause = next;
  }
  throw error;
}
