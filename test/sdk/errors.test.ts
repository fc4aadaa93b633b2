import { expect } from "chai";
import { describe, it } from "mocha";
import { createPublicClient, createWalletClient, custom, encodeErrorResult, http, type PublicClient } from "viem";
import { privateKeyToAccount } from "viem/accounts";

import { consentRegistryAbi } from "../../src/bindings/abi.ts";
import {
  BaseError,
  type ConcordContractError,
  createConcordClient,
  type CreateConcordClientParameters,
  decodeContractError,
  getScope,
  suspendConsent,
} from "../../src/sdk/index.ts";
import { digestOf, ids, loadWorld, refusal } from "./world.ts";

const scopeId = ids.scope;

describe("decodeContractError", () => {
  it("gives the name, the named arguments, a message and a fix", () => {
    const data = encodeErrorResult({ abi: consentRegistryAbi, errorName: "ConsentDeadlinePassed", args: [5, 9n] });
    const error = decodeContractError(data);
    expect(error).to.be.instanceOf(BaseError).and.instanceOf(Error);
    expect(error).to.include({
      name: "ConsentDeadlinePassed",
      message: "The signature's last second has passed (deadline 5, blockTime 9).",
      fix: "Have the participant sign again.",
      data,
    });
    expect(error.args).to.deep.equal({ deadline: 5, blockTime: 9n });
  });

  it("names what is unknown, empty or cut off", () => {
    expect(decodeContractError("0x")).to.include({ name: "ContractErrorEmpty", data: "0x" });
    expect(decodeContractError("0x1234")).to.include({ name: "ContractErrorEmpty" });
    const unknown = decodeContractError("0x12345678");
    expect(unknown).to.include({ name: "ContractErrorUnknown" });
    expect(unknown.args).to.deep.equal({ data: "0x12345678" });
    const data = encodeErrorResult({ abi: consentRegistryAbi, errorName: "ConsentDeadlinePassed", args: [5, 9n] });
    expect(decodeContractError(data.slice(0, -2) as typeof data)).to.include({ name: "ContractErrorUnknown" });
  });

  it("calls a panic a defect", () => {
    const panic = decodeContractError(`0x4e487b71${"11".padStart(64, "0")}`);
    expect(panic.name).to.equal("Panic");
    expect(panic.fix).to.include("defect");
  });
});

describe("createConcordClient", () => {
  it("refuses to be made of nothing", async () => {
    const { record, publicClient } = await loadWorld();
    for (const hostile of [{ publicClient }, { deployment: {}, publicClient }, { deployment: record }]) {
      expect(() => createConcordClient(hostile as CreateConcordClientParameters))
        .to.throw()
        .with.property("name", "InvalidInput");
    }
  });
});

describe("failures around the contracts", () => {
  it("a node on another chain is told apart, before anything is sent", async () => {
    const { participant, record } = await loadWorld();
    const client = createConcordClient({ ...participant, deployment: { ...record, chainId: 5 } });
    const error = await refusal(suspendConsent(client, { scopeId }), "ChainMismatch");
    expect(error.args).to.deep.equal({ who: "node", expected: 5, given: record.chainId });
    await refusal(getScope(client, { scopeId }), "ChainMismatch");
  });

  it("a wallet on another chain is told apart, before anything is sent", async () => {
    const { participant, record } = await loadWorld();
    const { walletClient } = participant;
    const elsewhere = { ...walletClient!, getChainId: async () => 5 } as typeof walletClient;
    const client = createConcordClient({ ...participant, walletClient: elsewhere });
    const error = await refusal(suspendConsent(client, { scopeId }), "ChainMismatch");
    expect(error.args).to.deep.equal({ who: "wallet", expected: record.chainId, given: 5 });
  });

  it("a node that does not answer is a failed request with a fix", async () => {
    const { record } = await loadWorld();
    const transport = http("http://127.0.0.1:9", { retryCount: 0 });
    const client = createConcordClient({ deployment: record, publicClient: createPublicClient({ transport }) });
    const error = await refusal(getScope(client, { scopeId }), "RequestFailed");
    expect(error.fix).to.equal("Check that a node answers at the URL.");
    expect(error.cause).to.be.instanceOf(Error);
  });

  it("an address without a contract is a failed request with a fix", async () => {
    const { reader, record } = await loadWorld();
    const address = `0x${"77".repeat(20)}` as const;
    const contracts = { ...record.contracts, termsRegistry: { ...record.contracts.termsRegistry, address } };
    const client = createConcordClient({ ...reader, deployment: { ...record, contracts } });
    const error = await refusal(getScope(client, { scopeId }), "RequestFailed");
    expect(error.fix).to.include("deployment record");
  });

  it("an account without funds is told so", async () => {
    const { reader, connection } = await loadWorld();
    const account = privateKeyToAccount(digestOf("poor"));
    const walletClient = createWalletClient({ account, transport: custom(connection.provider) });
    const client = createConcordClient({ ...reader, walletClient });
    await refusal(suspendConsent(client, { scopeId }), "RequestFailed");
  });

  it("a transaction that reverts after all says why, or that it did", async () => {
    const { participant } = await loadWorld();
    const answering = (change: Partial<PublicClient>): typeof participant => ({
      ...participant,
      publicClient: { ...participant.publicClient, ...change } as PublicClient,
    });
    const waitForTransactionReceipt = async (parameters: { hash: `0x${string}` }) => ({
      ...(await participant.publicClient.waitForTransactionReceipt(parameters)),
      status: "reverted" as const,
    });
    const error = await refusal(
      suspendConsent(answering({ waitForTransactionReceipt }), { scopeId }),
      "TransactionReverted",
    );
    expect(error.args.hash).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("a transaction that another one replaced is told so", async () => {
    const { participant } = await loadWorld();
    const waitForTransactionReceipt: PublicClient["waitForTransactionReceipt"] = async (parameters) => {
      const receipt = await participant.publicClient.waitForTransactionReceipt({ hash: parameters.hash });
      const transaction = await participant.publicClient.getTransaction({ hash: parameters.hash });
      const replaced = { reason: "cancelled", replacedTransaction: transaction, transaction } as const;
      parameters.onReplaced?.({ ...replaced, transactionReceipt: receipt });
      return receipt;
    };
    const publicClient = { ...participant.publicClient, waitForTransactionReceipt } as PublicClient;
    await refusal(suspendConsent({ ...participant, publicClient }, { scopeId }), "TransactionReplaced");
  });

  it("a contract's refusal keeps its revert data and cause", async () => {
    const { reader } = await loadWorld();
    const error = (await refusal(getScope(reader, { scopeId: ids.company }), "ScopeUnknown")) as ConcordContractError;
    expect(error.data).to.match(/^0x[0-9a-f]{8}/);
    expect(error.cause).to.be.instanceOf(Error);
  });
});
