import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { after, before, describe, it } from "mocha";
import { type Abi, type Address, decodeFunctionData, type Hex, type PublicClient } from "viem";

import { consentRegistryAbi, delegateRegistryAbi } from "../../src/bindings/abi.ts";
import { parseDeploymentRecord } from "../../src/deployments/index.ts";
import { ConsentAuthor, ConsentState } from "../../src/model/index.ts";
import { institutionIdOf, participantIdOf, type SignedChange } from "../../src/sdk/index.ts";
import { error, json, run, startWorld, words, type World, write } from "./support.ts";

const SCOPE = "Beacon study";
const IDS = {
  clinic: "https://ror.org/beacon-clinic",
  hospital: "https://ror.org/beacon-hospital",
  board: "https://ror.org/beacon-board",
};
const RECOVERY_DELAY = 14 * 24 * 60 * 60;

/** Every function of the registries that changes something, and a task that calls it. */
const TASKS: Readonly<Record<string, string>> = {
  grant: "consent grant",
  grantBySig: "consent relay",
  update: "consent update",
  updateBySig: "consent relay",
  extend: "consent extend",
  extendBySig: "consent relay",
  resume: "consent resume",
  resumeBySig: "consent relay",
  suspend: "consent suspend",
  suspendBySig: "consent relay",
  decline: "consent decline",
  declineBySig: "consent relay",
  withdraw: "consent withdraw",
  withdrawBySig: "consent relay",
  annul: "consent annul",
  annulBySig: "consent relay",
  importConsent: "consent import",
  attest: "consent attest",
  takeOver: "consent takeover",
  proposeRecovery: "key recover",
  confirmRecovery: "key recover",
  completeRecovery: "key recover",
  cancelRecovery: "key recover",
  vetoRecovery: "key veto",
  vetoRecoveryBySig: "consent relay",
  relay: "consent relay",
  appoint: "delegate add",
  appointBySig: "delegate relay",
  dismiss: "delegate remove",
  dismissBySig: "delegate relay",
  renounce: "delegate renounce",
  addGuardian: "delegate add",
  removeGuardian: "delegate remove",
};

interface Word {
  readonly state: number;
  readonly author: number;
  readonly version: number;
  readonly terms: number;
  readonly until: number;
  readonly elements: string;
  readonly locked: boolean;
  readonly dissent: boolean;
  readonly ended: number;
}

interface Consent {
  readonly status?: string;
  readonly participantId: Hex;
  readonly word: Word;
  readonly forwardsTo?: Hex;
}

interface Delegation {
  readonly delegateId: Hex;
  readonly mandate: { readonly kind: string; readonly verbs: readonly string[]; readonly until: number };
}

type Given = Readonly<Record<string, unknown>>;

/** Runs tasks, and keeps which functions of the registries their transactions call. */
class Recorder {
  readonly reached = new Map<string, Set<string>>();
  readonly #world: World;
  readonly #client: PublicClient;
  readonly #abis: ReadonlyMap<string, Abi>;

  constructor(world: World, client: PublicClient) {
    this.#world = world;
    this.#client = client;
    const { contracts } = parseDeploymentRecord(JSON.parse(readFileSync(world.record, "utf8")));
    this.#abis = new Map<string, Abi>([
      [contracts.consentRegistry.address.toLowerCase(), consentRegistryAbi],
      [contracts.delegateRegistry.address.toLowerCase(), delegateRegistryAbi],
    ]);
  }

  async json<Result = Given>(task: string, given: Given): Promise<Result> {
    const first = await this.#client.getBlockNumber({ cacheTime: 0 });
    const result = await json<Result>(this.#world, task, given);
    const last = await this.#client.getBlockNumber({ cacheTime: 0 });
    for (let blockNumber = first + 1n; blockNumber <= last; blockNumber += 1n) {
      const { transactions } = await this.#client.getBlock({ blockNumber, includeTransactions: true });
      for (const { to, input } of transactions) this.#note(task, to, input);
    }
    return result;
  }

  #note(task: string, to: string | null, data: Hex): void {
    const abi = this.#abis.get(to?.toLowerCase() ?? "");
    if (abi === undefined) return;
    const { functionName, args } = decodeFunctionData({ abi, data });
    this.reached.set(functionName, (this.reached.get(functionName) ?? new Set()).add(task));
    if (functionName === "relay") for (const call of args?.[0] as readonly Hex[]) this.#note(task, to, call);
  }
}

/** Lets the chain's clock run on. */
async function pass({ hre }: World, seconds: number): Promise<void> {
  const connection = await hre.network.create();
  await connection.provider.request({ method: "evm_increaseTime", params: [seconds] });
  await connection.provider.request({ method: "evm_mine" });
  await connection.close();
}

/** Institutions, a scope with three terms of which the second are narrower than the first. */
async function openStudy(world: World, recorder: Recorder) {
  const { accounts } = world;
  const [clinic, hospital, board] = accounts.participants.slice(-3) as [Address, Address, Address];
  const admit = async (institution: string, account: Address, roles: string) => {
    const profile = { roles, type: "hospital", region: "DK" };
    return await json(world, "institution admit", { institution, account, ...profile, from: accounts.governance });
  };
  await admit(IDS.clinic, clinic, "custodian");
  await admit(IDS.hospital, hospital, "processor");
  await admit(IDS.board, board, "committee");
  await json(world, "scope create", { scope: SCOPE, committee: IDS.board, from: clinic });
  const publish = async (name: string, terms: object) => {
    const file = write(world, `${name}.json`, { reConsentBy: "2099-01-01", ...terms });
    return await json<{ number: number; digest: Hex }>(world, "terms publish", { scope: SCOPE, file, from: clinic });
  };
  const broad = await publish("broad", { permissions: ["GRU"] });
  const narrow = await publish("narrow", { permissions: ["HMB"] });
  await publish("other", { permissions: ["POA"] });
  const pair = await recorder.json("terms narrower", {
    scope: SCOPE,
    narrower: "2",
    broader: broad.digest,
    from: board,
  });
  return { clinic, hospital, board, broad, narrow, pair };
}

/** Runs the tasks of a study's people; each change is later than the one before, since openings must be signed later. */
class Stage {
  readonly #world: World;
  readonly #recorder: Recorder;
  #files = 0;

  constructor(world: World, recorder: Recorder) {
    this.#world = world;
    this.#recorder = recorder;
  }

  async act<Result = Consent>(task: string, from: Address, given: Given = {}): Promise<Result> {
    return await this.send<Result>(task, from, { scope: SCOPE, ...given });
  }

  /** A task whose file says the scope. */
  async send<Result = Consent>(task: string, from: Address, given: Given): Promise<Result> {
    await this.#world.later();
    return await this.#recorder.json<Result>(task, { from, ...given });
  }

  async read<Result = Consent>(task: string, given: Given = {}): Promise<Result> {
    return await json<Result>(this.#world, task, { scope: SCOPE, ...given });
  }

  /** Signs in one place, and sends from another. */
  async sign(verb: string, from: Address, given: Given = {}, noun = "consent"): Promise<string> {
    await this.#world.later();
    this.#files += 1;
    const out = join(this.#world.directory, `${noun}${this.#files}.json`);
    await json(this.#world, `${noun} sign`, { verb, scope: SCOPE, from, out, ...given });
    return out;
  }

  async relay(...files: readonly string[]): Promise<Word[]> {
    const { changes } = await this.send<{ changes: Consent[] }>("consent relay", this.#world.accounts.relayer, {
      files,
    });
    return changes.map(({ word }) => word);
  }

  /** Why the chain refuses signed changes. */
  async rejections(...files: readonly string[]): Promise<string[]> {
    const given = { files, from: this.#world.accounts.relayer };
    const { name, args } = await error(this.#world, "consent relay", given);
    expect(name).to.equal("ChangesRejected");
    return (args as { changes: { error: { name: string } }[] }).changes.map((change) => change.error.name);
  }

  async relayDelegate(file: string): Promise<Delegation> {
    return await this.send<Delegation>("delegate relay", this.#world.accounts.relayer, { file });
  }
}

/** A participant who sends their own transactions, through every verb. */
async function ownWay(stage: Stage, from: Address) {
  const agreement = { terms: "1", elements: "0-9", preferences: "recontact,individual-findings", until: "2090-01-01" };
  return {
    granted: await stage.act("consent grant", from, agreement),
    updated: await stage.act("consent update", from, { ...agreement, terms: "2", elements: "0-3" }),
    extended: await stage.act("consent extend", from, { until: "2095-01-01" }),
    suspended: await stage.act("consent suspend", from),
    resumed: await stage.act("consent resume", from),
    declined: await stage.act("consent decline", from),
    again: await stage.act("consent grant", from, agreement),
    annulled: await stage.act("consent annul", from),
    anew: await stage.act("consent grant", from, agreement),
    withdrawn: await stage.act("consent withdraw", from, { extent: "no-further-contact" }),
    last: await stage.act("consent grant", from, agreement),
  };
}

/** The same, signed for a relayer; the last two in one batch. */
async function signedWay(stage: Stage, from: Address) {
  const agreement = { terms: "1", elements: "all", until: "2090-01-01" };
  const relay = async (verb: string, given: Given = {}) => {
    const [word] = await stage.relay(await stage.sign(verb, from, given));
    return word!;
  };
  const words = {
    granted: await relay("grant", agreement),
    updated: await relay("update", { ...agreement, terms: "2" }),
    extended: await relay("extend", { until: "2095-01-01" }),
    suspended: await relay("suspend"),
    resumed: await relay("resume"),
    declined: await relay("decline", { minVersion: "0" }),
    again: await relay("grant", agreement),
    annulled: await relay("annul"),
  };
  const anew = await stage.sign("grant", from, agreement);
  const withdrawal = await stage.sign("withdraw", from, { extent: "no-further-access" });
  return { ...words, batch: await stage.relay(anew, withdrawal) };
}

/** Proxies, by transaction and by signature. */
async function proxyWay(stage: Stage, from: Address, proxy: Address, second: Address) {
  await stage.act("consent grant", from, { terms: "1", elements: "0-9", until: "2090-01-01" });
  const mandate = { delegate: proxy, mandate: "narrow,close", until: "2089-01-01" };
  const appointed = await stage.act<Delegation>("delegate add", from, mandate);
  const listed = await stage.read<{ delegations: Delegation[] }>("delegate list", { participant: from });
  const update = { onBehalfOf: from, terms: "2", elements: "0-3", until: "2080-01-01" };
  const [narrowed] = await stage.relay(await stage.sign("update", proxy, update));
  const widened = await stage.rejections(await stage.sign("update", proxy, { ...update, terms: "1" }));
  const [suspended] = await stage.relay(await stage.sign("suspend", proxy, { onBehalfOf: from }));
  const renounced = await stage.act<Delegation>("delegate renounce", proxy, { participant: from });
  const afterwards = await stage.rejections(await stage.sign("withdraw", proxy, { onBehalfOf: from }));

  const other = { delegate: second, mandate: "grant,resume", until: "never" };
  const signed = await stage.relayDelegate(await stage.sign("appoint", from, other, "delegate"));
  const dismissed = await stage.relayDelegate(await stage.sign("dismiss", from, { delegate: second }, "delegate"));
  await stage.act("delegate add", from, other);
  const removed = await stage.act<Delegation>("delegate remove", from, { delegate: second });
  return { appointed, listed, narrowed, widened, suspended, renounced, afterwards, signed, dismissed, removed };
}

/** A guardian, whose words end with the guardianship, and a minor's no. */
async function guardianWay(stage: Stage, clinic: Address, minor: Address, guardian: Address) {
  const added = await stage.act<Delegation>("delegate add", clinic, {
    delegate: guardian,
    guardianOf: minor,
    until: "2040-03-05",
  });
  const grant = { onBehalfOf: minor, terms: "1", elements: "all" };
  const [granted] = await stage.relay(await stage.sign("grant", guardian, grant));
  const dissented = await stage.act("consent attest", clinic, { participant: minor, verb: "decline", dissent: true });
  const reopened = await stage.rejections(await stage.sign("grant", guardian, grant));
  const guarded = await stage.read<{ delegations: Delegation[] }>("delegate list", {
    participant: guardian,
    asDelegate: true,
  });
  const removed = await stage.act<Delegation>("delegate remove", clinic, { delegate: guardian, guardianOf: minor });
  return { added, granted, dissented, reopened, guarded, removed };
}

interface Imported {
  readonly transactions: readonly unknown[];
  readonly accepted: number;
  readonly passedOver: number;
  readonly changes: readonly (Consent & { readonly place: string })[];
}

const PAPERS = [
  "reference,terms,elements,signed,preferences,until",
  'BEA-1,1,all,2025-03-02,"recontact,record-linkage",2046-03-02',
  'BEA-2,2,"0-9,12",2025-03-05,,',
  "BEA-3,1,0x3ff,2025-03-05T09:30:00Z,none,never",
].join("\n");

/** Consents on paper: brought in, closed by telephone, signed anew, and taken over. */
async function paperWay(world: World, stage: Stage, clinic: Address, taker: Address) {
  const links = join(world.directory, "links.csv");
  const file = write(world, "papers.csv", PAPERS);
  const imported = await stage.act<Imported>("consent import", clinic, { file, out: links, batchSize: "2" });
  const again = await stage.act<Imported>("consent import", clinic, { file: links });
  const [first, left, taken] = imported.changes.map(({ participantId }) => participantId) as [Hex, Hex, Hex];
  const told = { participant: left, verb: "withdraw", signedAt: "2025-06-01", extent: "no-further-access" };
  const attested = await stage.act("consent attest", clinic, told);
  const anew = write(world, "anew.json", [
    { reference: "BEA-2", participant: left, terms: 1, elements: "all", signed: "2025-07-01" },
  ]);
  const renewed = await stage.act<Imported>("consent import", clinic, { file: anew, renew: true });
  const signed = await stage.sign("takeover", taker, { attestedId: taken });
  const takenOver = await stage.send<Moved>("consent takeover", clinic, { file: signed });
  return { links, imported, again, first, left, taken, attested, renewed, takenOver };
}

interface Moved extends Consent {
  readonly newParticipantId: Hex;
}

/** A lost key: vetoed by signature and by transaction, given up, and carried through. */
async function recoveryWay(world: World, stage: Stage, clinic: Address, hospital: Address, fresh: Address) {
  const [vetoing, lost] = world.accounts.participants as [Address, Address];
  const step = async <Result = Consent>(step: string, from: Address, participant: Address, given: Given = {}) =>
    await stage.act<Result>("key recover", from, { participant, step, ...given });
  const to = { newParticipant: fresh };
  const proposed = await step("propose", clinic, lost, to);
  const pending = await stage.read<{ pending: { newParticipantId: Hex } }>("key show", { participant: lost });
  const [vetoed] = await stage.relay(await stage.sign("veto", lost));
  await step("propose", clinic, vetoing, to);
  const vetoedToo = await stage.act("key veto", vetoing);
  await pass(world, RECOVERY_DELAY);
  await step("propose", clinic, lost, to);
  const cancelled = await step("cancel", clinic, lost);
  await step("propose", clinic, lost, to);
  const confirmed = await step<{ readyAt: number }>("confirm", hospital, lost, to);
  const early = await error(world, "key recover", { scope: SCOPE, participant: lost, step: "complete" });
  await pass(world, RECOVERY_DELAY);
  const completed = await step<Moved>("complete", world.accounts.relayer, lost);
  return { proposed, pending, vetoed, vetoedToo, cancelled, confirmed, early, completed };
}

async function wholeWay(world: World, client: PublicClient) {
  const recorder = new Recorder(world, client);
  const study = await openStudy(world, recorder);
  const stage = new Stage(world, recorder);
  const { clinic, hospital } = study;
  const [own, signing, proxied, proxy, second, minor, guardian, taker, fresh] = world.accounts
    .participants as unknown as [Address, Address, Address, Address, Address, Address, Address, Address, Address];
  return {
    ...{ recorder, study, stage },
    ids: { own, signing, proxied, proxy, second, minor, guardian, taker, fresh },
    own: await ownWay(stage, own),
    signed: await signedWay(stage, signing),
    proxies: await proxyWay(stage, proxied, proxy, second),
    guardians: await guardianWay(stage, clinic, minor, guardian),
    papers: await paperWay(world, stage, clinic, taker),
    recoveries: await recoveryWay(world, stage, clinic, hospital, fresh),
  };
}

describe("the tasks of consents, delegates and keys", () => {
  let world: World;
  let way: Awaited<ReturnType<typeof wholeWay>>;
  let connection: Awaited<ReturnType<World["hre"]["network"]["create"]>>;
  const seconds = (text: string): number => Date.parse(text) / 1000;
  const { Active, Annulled, Declined, Suspended, Withdrawn } = ConsentState;

  before(async () => {
    world = await startWorld();
    connection = await world.hre.network.create();
    way = await wholeWay(world, await connection.viem.getPublicClient());
  });
  after(async () => await connection.close());

  it("reach every function of the registries that changes something", () => {
    const names = [...consentRegistryAbi, ...delegateRegistryAbi].flatMap((item) =>
      item.type === "function" && item.stateMutability === "nonpayable" ? [item.name] : [],
    );
    expect(names).to.have.members(Object.keys(TASKS));
    for (const [name, task] of Object.entries(TASKS)) {
      expect([...(way.recorder.reached.get(name) ?? [])], name).to.include(task);
    }
  });

  describe("consent, by one's own transactions", () => {
    it("goes through every verb", () => {
      const { own } = way;
      const states = Object.values(own).map(({ word }) => word.state);
      const first = [Active, Active, Active, Suspended, Active, Declined];
      expect(states).to.deep.equal([...first, Active, Annulled, Active, Withdrawn, Active]);
      expect(own.granted.word).to.include({ terms: 1, preferences: 3, elements: "1023", version: 1 });
      expect(own.granted.word.until).to.equal(seconds("2090-01-01"));
      expect(own.updated.word).to.include({ terms: 2, elements: "15", version: 2 });
      expect(own.extended.word.until).to.equal(seconds("2095-01-01"));
      expect(own.withdrawn.word).to.include({ extent: 1 });
    });

    it("shows what stands in words", async () => {
      const { ids, stage } = way;
      const text = await words(world, "consent show", { scope: SCOPE, participant: ids.own });
      expect(text)
        .to.match(/^Author +participant$/m)
        .and.to.match(/^Preferences +recontact, individual-findings$/m)
        .and.to.match(/^Status +Active$/m);
      expect(await stage.read("consent show", { participant: ids.own })).to.deep.include({
        participantId: participantIdOf(ids.own),
        status: "Active",
      });
    });

    it("is read page by page, and at a past time", async () => {
      const { ids, own, stage } = way;
      const history = async (given: Given) =>
        await stage.read<History>("consent history", { participant: ids.own, ...given });
      const all = await history({});
      expect(all.words).to.have.length(all.total);
      expect(all.events.map(({ name }) => name).slice(0, 6)).to.deep.equal(
        ["Granted", "Updated", "Extended", "Suspended", "Resumed", "Declined"].map((verb) => `Consent${verb}`),
      );
      const pages = [await history({ limit: "3" }), await history({ offset: "3" })];
      expect(pages.flatMap((page) => page.words)).to.deep.equal(all.words);
      const time = own.suspended.word.ended;
      expect((await history({ at: String(time) })).at).to.include({ time, status: "Suspended" });
      expect((await history({ at: String(time - 1) })).at).to.include({ time: time - 1, status: "Active" });
      expect((await history({ at: "2020-01-01" })).at).to.include({ status: "None" });
      const text = await words(world, "consent history", { scope: SCOPE, participant: ids.own, at: String(time) });
      expect(text)
        .to.match(/^Stood +Suspended, version 4, at /m)
        .and.to.match(/^Version 4 +Suspended .* by participant$/m);
    });

    it("shows by which version a past use was permitted", async () => {
      const { ids, own } = way;
      const show = { scope: SCOPE, participant: ids.own };
      const time = own.suspended.word.ended;
      expect(await words(world, "consent show", { ...show, at: String(time) })).to.match(/^Permitted +no, at /m);
      expect(await words(world, "consent show", { ...show, at: String(time - 1) })).to.match(
        /^Permitted +yes, by version 3, at /m,
      );
    });

    it("has no history in the future", async () => {
      const given = { scope: SCOPE, participant: way.ids.own, at: "2098-01-01" };
      for (const task of ["consent history", "consent show"]) {
        expect((await error(world, task, given)).name).to.equal("ConsentTimeInFuture");
      }
    });

    it("is refused as the contract says", async () => {
      const { accounts } = world;
      const update = { scope: SCOPE, terms: "1", elements: "all", from: accounts.outsider };
      expect((await error(world, "consent update", update)).name).to.equal("ConsentNotStanding");
      const extend = { scope: SCOPE, until: "2091-01-01", from: accounts.outsider };
      expect((await error(world, "consent extend", extend)).name).to.equal("ConsentNotStanding");
      const resume = { scope: SCOPE, from: way.ids.own };
      expect((await error(world, "consent resume", resume)).name).to.equal("ConsentNotSuspended");
      const passed = { scope: SCOPE, terms: "1", elements: "all", until: "2020-01-01", from: accounts.outsider };
      expect((await error(world, "consent grant", passed)).name).to.equal("ConsentUntilPassed");
    });
  });

  describe("consent, signed and relayed", () => {
    it("goes through every verb", () => {
      const { batch, ...single } = way.signed;
      const states = [...Object.values(single), ...batch].map(({ state }) => state);
      const first = [Active, Active, Active, Suspended, Active, Declined];
      expect(states).to.deep.equal([...first, Active, Annulled, Active, Withdrawn]);
      expect(single.extended.until).to.equal(seconds("2095-01-01"));
      expect(batch[1]).to.include({ extent: 2 });
    });

    it("says in words what was signed, and prints it where no file is named", async () => {
      const sign = { verb: "decline", scope: SCOPE, from: world.accounts.outsider, deadline: "2088-01-01" };
      const out = join(world.directory, "decline.json");
      expect(await words(world, "consent sign", { ...sign, out })).to.match(/^Send until +2088-01-01T/m);
      const file = JSON.parse(readFileSync(out, "utf8")) as SignedChange;
      expect(file.verb).to.equal("decline");
      const printed = await json<SignedChange>(world, "consent sign", sign);
      expect(printed.change).to.deep.equal(file.change);
      const none = { verb: "extend", scope: SCOPE, until: "2088-01-01", from: world.accounts.outsider };
      expect((await error(world, "consent sign", none)).name).to.equal("ConsentNotStanding");
      expect((await error(world, "consent sign", { ...sign, verb: "veto", deadline: undefined })).name).to.equal(
        "NotFound",
      );
    });
  });

  describe("delegate", () => {
    it("appoints a proxy for what the mandate says, who acts by signing", () => {
      const { proxies, ids } = way;
      const mandate = { kind: "Proxy", verbs: ["narrow", "close"], until: seconds("2089-01-01") };
      expect(proxies.appointed).to.deep.include({ delegateId: participantIdOf(ids.proxy) });
      expect(proxies.appointed.mandate).to.deep.include(mandate);
      expect(proxies.listed.delegations.map((delegation) => delegation.mandate)).to.deep.equal([
        proxies.appointed.mandate,
      ]);
      expect(proxies.narrowed).to.include({ author: ConsentAuthor.Proxy, terms: 2, elements: "15" });
      expect(proxies.suspended).to.include({ state: Suspended });
    });

    it("lets a proxy do no more than that, and nothing once the mandate is gone", () => {
      const { proxies } = way;
      expect(proxies.widened).to.deep.equal(["ConsentNotNarrower"]);
      expect(proxies.renounced.mandate).to.include({ kind: "None" });
      expect(proxies.afterwards).to.deep.equal(["ConsentDelegateUnauthorised"]);
    });

    it("takes appointments and dismissals by signature, too", async () => {
      const { proxies, ids } = way;
      expect(proxies.signed.mandate).to.deep.include({ kind: "Proxy", verbs: ["grant", "resume"] });
      expect(proxies.dismissed.mandate).to.include({ kind: "None" });
      expect(proxies.removed.mandate).to.include({ kind: "None" });
      const none = await words(world, "delegate list", { scope: SCOPE, participant: ids.proxied });
      expect(none).to.match(/^Delegates +none$/m);
    });

    it("rounds a guardian's end up to the half-year, and says so", async () => {
      const { guardians, ids, study } = way;
      expect(guardians.added.mandate).to.deep.include({ kind: "Guardian", until: seconds("2040-07-01") });
      expect(guardians.granted).to.include({ author: ConsentAuthor.Guardian, until: seconds("2040-07-01") });
      expect(guardians.guarded.delegations).to.have.length(1);
      expect(guardians.removed.mandate).to.include({ kind: "None" });
      const add = { scope: SCOPE, delegate: ids.guardian, guardianOf: ids.taker, from: study.clinic, dryRun: true };
      const rounded = await run(world, "delegate add", { ...add, until: "2040-07-02" });
      expect(rounded.stderr).to.contain("2041-01-01T00:00:00Z");
      expect(rounded.stdout).to.contain("Nothing was sent.");
      expect((await run(world, "delegate add", { ...add, until: "2040-07-01" })).stderr).to.equal("");
    });

    it("keeps a minor's no against the guardian", () => {
      const { guardians } = way;
      expect(guardians.dissented.word).to.include({ state: Declined, dissent: true });
      expect(guardians.reopened).to.deep.equal(["ConsentDissented"]);
    });

    it("is refused as the contract says", async () => {
      const { ids, study } = way;
      const remove = { scope: SCOPE, delegate: ids.guardian, guardianOf: ids.own, from: study.clinic };
      expect((await error(world, "delegate remove", remove)).name).to.equal("DelegateUnknown");
      const renounce = { scope: SCOPE, participant: ids.own, from: ids.proxy };
      expect((await error(world, "delegate renounce", renounce)).name).to.equal("DelegateUnknown");
      const attest = { scope: SCOPE, delegate: ids.guardian, guardianOf: ids.own, until: "2040-01-01", from: ids.own };
      expect((await error(world, "delegate add", attest)).name).to.match(/^(DelegateNotCustodian|Institution)/);
      const passed = { scope: SCOPE, delegate: ids.proxy, mandate: "close", until: "2020-01-01", from: ids.own };
      expect((await error(world, "delegate add", passed)).name).to.equal("DelegateUntilPassed");
    });
  });

  describe("consents on paper", () => {
    it("are brought in in batches under random ids, which the link table alone ties to people", () => {
      const { papers, study } = way;
      expect(papers.imported).to.include({ accepted: 3, rejected: 0, passedOver: 0 });
      expect(papers.imported.transactions).to.have.length(2);
      const [first, second, third] = papers.imported.changes.map(({ word }) => word);
      expect(first).to.include({ author: ConsentAuthor.Custodian, terms: 1, preferences: 5, state: Active });
      expect(first?.until).to.equal(seconds("2046-03-02"));
      expect(second).to.include({ terms: 2, elements: "5119", preferences: 0, signedAt: seconds("2025-03-05") });
      expect(third).to.include({ elements: "1023", signedAt: seconds("2025-03-05T09:30:00Z") });
      const table = readFileSync(papers.links, "utf8").split("\r\n");
      expect(table[0]).to.equal("participant,reference,terms,elements,signed,preferences,until");
      expect(table.slice(1, 4).map((line) => line.split(",").slice(0, 2))).to.deep.equal([
        [papers.first, "BEA-1"],
        [papers.left, "BEA-2"],
        [papers.taken, "BEA-3"],
      ]);
      expect(statSync(papers.links).mode & 0o077).to.equal(0);
      expect(study.pair).to.include({ narrower: 2, broader: 1 });
    });

    it("are imported once, and anew only on a new paper", () => {
      const { papers } = way;
      expect(papers.again).to.deep.include({ passedOver: 3 });
      expect(papers.attested.word).to.include({ state: Withdrawn, extent: 2, signedAt: seconds("2025-06-01") });
      expect(papers.attested).to.include({ custodian: institutionIdOf(IDS.clinic) });
      expect(papers.renewed.changes[0]).to.include({ participantId: papers.left });
      expect(papers.renewed.changes[0]?.word).to.include({ state: Active, version: 3 });
    });

    it("are taken over by the participant's own key, to which the old id forwards", async () => {
      const { papers, ids, stage } = way;
      expect(papers.takenOver).to.include({
        participantId: papers.taken,
        newParticipantId: participantIdOf(ids.taker),
      });
      expect(papers.takenOver.word).to.include({ author: ConsentAuthor.Participant, version: 1 });
      const old = await stage.read("consent show", { participant: papers.taken });
      expect(old).to.include({ forwardsTo: participantIdOf(ids.taker), status: "Active" });
      const text = await words(world, "consent show", { scope: SCOPE, participant: papers.taken });
      expect(text).to.match(/^Forwards to +0x/m);
    });

    it("that the chain refuses are told by their lines", async () => {
      const rows = [
        { reference: "BEA-1", participant: way.papers.first, terms: 1, elements: "all", signed: "2025-03-01" },
      ];
      const file = write(world, "standing.json", rows);
      const given = { scope: SCOPE, file, renew: true, from: way.study.clinic };
      const refused = await error(world, "consent import", given);
      expect(refused.name).to.equal("ChangesRejected");
      const { changes } = refused.args as { changes: { place: string; error: { name: string } }[] };
      expect(changes).to.have.length(1);
      expect(changes[0]).to.include({ place: `${file}[0]` });
      expect(changes[0]?.error.name).to.equal("ConsentSignedTooEarly");
    });

    it("are not lost when the import stops: the link table finishes it", async () => {
      const { clinic } = way.study;
      const out = join(world.directory, "stopped.csv");
      const rows = ["reference,terms,elements,signed", "BEA-8,1,all,2025-03-02", "BEA-9,1,all,2025-03-02"];
      const given = { scope: SCOPE, file: write(world, "stopping.csv", rows.join("\n")), from: clinic };
      const { provider } = connection;
      const balance = await provider.request({ method: "eth_getBalance", params: [clinic, "latest"] });
      await provider.request({ method: "hardhat_setBalance", params: [clinic, "0x0"] });
      const stopped = await error(world, "consent import", { ...given, out });
      await provider.request({ method: "hardhat_setBalance", params: [clinic, balance] });
      expect(stopped).to.deep.include({
        name: "ImportInterrupted",
        args: { reason: "RequestFailed", linkTable: out },
      });
      expect(stopped.fix).to.contain(`import ${out}`);
      expect((await error(world, "consent import", { ...given, out })).name).to.equal("FileNotWritten");
      expect(await json(world, "consent import", { ...given, file: out })).to.include({ accepted: 2, passedOver: 0 });
    });

    it("are not brought in by others than the custodian, and nothing is lost by trying", async () => {
      const out = join(world.directory, "notLinks.csv");
      const file = write(world, "notPapers.csv", PAPERS);
      const refused = await error(world, "consent import", { scope: SCOPE, file, out, from: world.accounts.outsider });
      expect(refused.args).to.include({ accepted: 0, rejected: 3 });
      const dry = { scope: SCOPE, file, out: `${out}.dry`, from: way.study.clinic, dryRun: true };
      expect(await words(world, "consent import", dry)).to.contain("Nothing was sent.");
      expect(existsSync(`${out}.dry`)).to.be.false;
    });
  });

  describe("cohort and index", () => {
    it("count the indexed participants of one block, each consent once", async () => {
      const { ids, papers, stage } = way;
      const before = await stage.read<Cohort>("consent cohort");
      expect(before.participants).to.be.at.least(papers.imported.accepted);
      expect(before.byStatus).to.deep.equal({ Active: before.participants });
      const file = write(world, "answered.txt", [ids.own, ids.signing, ids.taker].map(participantIdOf).join("\n"));
      const append = { scope: SCOPE, participants: file, from: world.accounts.relayer };
      const dry = await json(world, "consent index", { ...append, dryRun: true });
      expect(dry).to.include({ dryRun: true });
      const { appended } = await json<{ appended: Hex[] }>(world, "consent index", append);
      expect(appended).to.have.length(3);
      expect(await words(world, "consent index", { ...append, participants: ids.own })).to.match(/^Appended +0 of 1;/m);

      const cohort = await stage.read<Cohort>("consent cohort", { limit: "2", offset: "1" });
      // The one who took over stands there under the old id and the new.
      expect(cohort.participants).to.equal(before.participants + 2);
      expect(cohort.byStatus).to.deep.equal({ Active: before.participants + 1, Withdrawn: 1 });
      expect(cohort.byTerms).to.deep.equal({ "1": cohort.participants });
      expect(cohort.fewUnder).to.deep.equal(["1"]);
      expect(cohort.answers).to.have.length(2);
      const then = await stage.read<Cohort>("consent cohort", { block: before.blockNumber });
      expect(then).to.deep.equal(before);
    });

    it("warn of terms that few stand under", async () => {
      const { code, stderr } = await run(world, "consent cohort", { scope: SCOPE });
      expect(code).to.equal(0);
      expect(stderr).to.contain("Warning: fewer than 20 participants stand under terms 1");
    });

    it("index nobody who has not answered", async () => {
      const given = { scope: SCOPE, participants: world.accounts.outsider, from: world.accounts.relayer };
      expect((await error(world, "consent index", given)).name).to.equal("ScopeIndexNoConsent");
    });
  });

  describe("key", () => {
    it("moves a consent to a new key once two institutions and the delay say so", async () => {
      const { recoveries, ids, stage } = way;
      expect(recoveries.proposed.word).to.include({ locked: true });
      expect(recoveries.pending.pending).to.include({ newParticipantId: participantIdOf(ids.fresh) });
      expect(recoveries.vetoed).to.include({ locked: false });
      expect(recoveries.vetoedToo.word).to.include({ locked: false });
      expect(recoveries.cancelled.word).to.include({ locked: false });
      expect(recoveries.early.name).to.equal("ConsentRecoveryNotReady");
      expect(recoveries.completed).to.include({ newParticipantId: participantIdOf(ids.fresh) });
      const shown = await stage.read<Given>("key show", { participant: ids.signing });
      expect(shown).to.include({ forwardsTo: participantIdOf(ids.fresh) });
      const text = await words(world, "key show", { scope: SCOPE, participant: ids.own });
      expect(text)
        .to.match(/^Pending +no$/m)
        .and.to.match(/^Last veto +\d{4}-/m);
    });

    it("rehearses, and is refused as the contract says", async () => {
      const { ids, study } = way;
      const given = { scope: SCOPE, participant: ids.taker, newParticipant: ids.guardian };
      const dry = { ...given, step: "propose", from: study.clinic, dryRun: true };
      expect(await json(world, "key recover", dry)).to.include({ dryRun: true });
      const confirm = { ...given, step: "confirm", from: study.hospital };
      expect((await error(world, "key recover", confirm)).name).to.equal("ConsentRecoveryUnknown");
      expect((await error(world, "key veto", { scope: SCOPE, from: ids.taker })).name).to.equal(
        "ConsentRecoveryUnknown",
      );
    });
  });

  it("send nothing on a dry run", async () => {
    const { ids, study, papers } = way;
    const { relayer, outsider } = world.accounts;
    const signed = write(
      world,
      "rehearsed.json",
      await json(world, "consent sign", { verb: "decline", scope: SCOPE, from: outsider }),
    );
    const appointment = write(
      world,
      "appointment.json",
      await json(world, "delegate sign", {
        ...{ verb: "appoint", scope: SCOPE, from: outsider },
        ...{ delegate: relayer, mandate: "close", until: "2090-01-01" },
      }),
    );
    const takeover = write(
      world,
      "takeoverDry.json",
      await json(world, "consent sign", { verb: "takeover", scope: SCOPE, attestedId: papers.first, from: outsider }),
    );
    const scope = SCOPE;
    const agreement = { scope, terms: "1", elements: "0-1" };
    const dry: readonly (readonly [task: string, given: Given])[] = [
      ["consent update", { ...agreement, from: ids.own }],
      ["consent extend", { scope, until: "2097-01-01", from: ids.own }],
      ["consent decline", { scope, from: outsider }],
      ["consent annul", { scope, from: outsider }],
      ["consent relay", { files: [signed], from: relayer }],
      ["consent attest", { scope, participant: outsider, verb: "suspend", from: study.clinic }],
      ["consent takeover", { file: takeover, from: study.clinic }],
      ["consent index", { scope, participants: ids.own, from: relayer }],
      ["delegate add", { scope, delegate: relayer, mandate: "grant", until: "2090-01-01", from: outsider }],
      ["delegate remove", { scope, delegate: relayer, from: outsider }],
      ["delegate relay", { file: appointment, from: relayer }],
      ["key recover", { scope, participant: ids.own, newParticipant: relayer, step: "propose", from: study.clinic }],
      ["terms narrower", { scope, narrower: "2", broader: "3", from: study.clinic }],
    ];
    const blockNumber = async () => await connection.provider.request({ method: "eth_blockNumber" });
    await world.later();
    const before = await blockNumber();
    for (const [task, given] of dry) {
      const { dryRun, gas } = await json(world, task, { ...given, dryRun: true });
      expect(dryRun, task).to.be.true;
      expect(Number(gas), task).to.be.greaterThan(21_000);
    }
    expect(await blockNumber()).to.equal(before);
  });

  describe("terms narrower", () => {
    it("registers a pair, by number or digest", async () => {
      expect(way.study.pair).to.deep.include({ narrower: 2, broader: 1, publisher: institutionIdOf(IDS.board) });
      const same = { scope: SCOPE, narrower: "1", broader: "1", from: way.study.board };
      expect((await error(world, "terms narrower", same)).name).to.equal("TermsPairInvalid");
      const dry = {
        scope: SCOPE,
        narrower: way.study.narrow.digest,
        broader: "1",
        from: way.study.board,
        dryRun: true,
      };
      expect(await words(world, "terms narrower", dry)).to.contain("Nothing was sent.");
    });
  });
});

interface History {
  readonly total: number;
  readonly words: readonly Word[];
  readonly events: readonly { readonly name: string }[];
  readonly at?: Given;
}

interface Cohort {
  readonly blockNumber: string;
  readonly participants: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byTerms: Readonly<Record<string, number>>;
  readonly fewUnder: readonly string[];
  readonly answers?: readonly unknown[];
}
