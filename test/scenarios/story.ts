import { expect } from "chai";

import {
  type Agreement,
  type AttestOperation,
  type BookEvent,
  type ChangeOperation,
  ConsentState,
  type ConsentStatus,
  type ConsentWord,
  type DelegateOperation,
  type Grant,
  type ImportOperation,
  isRejection,
  NO_EXPIRY,
  type Operation,
  type Permitted,
  type RecoveryOperation,
  type RejectionArguments,
  type RejectionName,
  type Signatures,
  type SignedClosing,
  type TakeOverOperation,
  type Verb,
  type VetoOperation,
  WithdrawalExtent,
} from "../../src/model/index.ts";
import type { Actor, Applied, ConsentEngine, Institution } from "./engine.ts";
import { idOf } from "./ids.ts";

export const SCOPE = idOf("a study");
export const DAY = 86_400;
export const UNKNOWN_DIGEST = idOf("terms that nobody has registered");

/** How a change comes: by the participant's own transaction, or signed. */
export interface By extends Signatures {
  /** What the change's kind has no use for is passed over. */
  readonly signed?: SignedClosing;
}

/** The participant's own transaction. */
export const OWN: By = {};

/** A change's kind and form, for tables of all of them. */
export const FORMS = ["own", "signed", "own, in a batch", "signed, in a batch"] as const;
export type Form = (typeof FORMS)[number];

type Prepared<T> = T | Promise<T>;

/** A participant in a scope on an engine, with what a scenario leaves unsaid filled in. */
export class Story {
  readonly engine: ConsentEngine;
  readonly participant: Pick<Actor, "id">;
  readonly scopeId: string;
  /** Of the terms that grants name. */
  readonly digest: string;

  private constructor(engine: ConsentEngine, participant: Pick<Actor, "id">, scopeId: string, digest: string) {
    this.engine = engine;
    this.participant = participant;
    this.scopeId = scopeId;
    this.digest = digest;
  }

  /** A participant with a plain account, in a scope with terms that hold at once and do not end. */
  static async begin(engine: ConsentEngine): Promise<Story> {
    const participant = await engine.actor("account", "a participant");
    return new Story(engine, participant, SCOPE, UNKNOWN_DIGEST).register();
  }

  /** The story with another participant. */
  as(participant: Pick<Actor, "id">): Story {
    return new Story(this.engine, participant, this.scopeId, this.digest);
  }

  /** The story with another participant who has an account. */
  async withParticipant(name: string): Promise<Story> {
    return this.as(await this.engine.actor("account", name));
  }

  /** The story in another scope, which has no terms yet. */
  inScope(name: string): Story {
    return new Story(this.engine, this.participant, idOf(name), UNKNOWN_DIGEST);
  }

  /** The story with other terms. */
  under(digest: string): Story {
    return new Story(this.engine, this.participant, this.scopeId, digest);
  }

  /** The story with further terms of the scope. */
  async register(terms: { from?: number; reConsentBy?: number } = {}): Promise<Story> {
    return this.under(await this.engine.registerTerms(this.scopeId, { from: 0, reConsentBy: NO_EXPIRY, ...terms }));
  }

  get id(): string {
    return this.participant.id;
  }

  get now(): number {
    return this.engine.now();
  }

  advance = (seconds: number): Promise<void> => this.engine.advance(seconds);
  word = (): Promise<ConsentWord> => this.engine.wordOf(this.scopeId, this.id);
  lastWord = (): Promise<ConsentWord> => this.engine.lastWordOf(this.scopeId, this.id);
  wordAt = (ordinal: number): Promise<ConsentWord> => this.engine.wordAt(this.scopeId, this.id, ordinal);
  status = (): Promise<ConsentStatus> => this.engine.statusOf(this.scopeId, this.id);
  forward = (): Promise<string> => this.engine.forwardOf(this.scopeId, this.id);
  permittedAt = (time: number): Promise<Permitted> => this.engine.permittedAt(this.scopeId, this.id, time);
  recovery = () => this.engine.recoveryOf(this.scopeId, this.id);
  mandateOf = (delegate: Actor) => this.engine.mandateOf(this.scopeId, this.id, delegate.id);

  /** Signed by the participant, now, for a day. */
  signed(given: Partial<SignedClosing> & Signatures = {}): By {
    const { signatories, signerId, ...times } = given;
    return {
      signed: { signedAt: this.now, deadline: this.now + DAY, minVersion: 0, ...times },
      ...(signatories && { signatories }),
      ...(signerId && { signerId }),
    };
  }

  /** Signed by a delegate, now, for a day. */
  signedBy(delegate: Pick<Actor, "id">, given: Partial<SignedClosing> & Signatures = {}): By {
    return this.signed({ ...given, signerId: delegate.id });
  }

  async agreement(given: Partial<Agreement> = {}): Promise<Agreement> {
    return {
      termsDigest: this.digest,
      elements: 0b101n,
      preferences: 0b11,
      until: NO_EXPIRY,
      version: await this.nextVersion(),
      ...given,
    };
  }

  async grant(given: Partial<Agreement> = {}, by: By = OWN): Promise<ChangeOperation & Grant> {
    return { verb: "grant", ...this.#ids, ...(await this.agreement(given)), ...by };
  }

  async update(given: Partial<Agreement> = {}, by: By = OWN): Promise<ChangeOperation> {
    return { verb: "update", ...this.#ids, ...(await this.agreement(given)), ...by };
  }

  async extend(given: Partial<Agreement> = {}, by: By = OWN): Promise<ChangeOperation> {
    const { termsDigest, until, version } = await this.agreement(given);
    return { verb: "extend", ...this.#ids, termsDigest, until, version, ...by };
  }

  async resume(given: Partial<Agreement> = {}, by: By = OWN): Promise<ChangeOperation> {
    return { verb: "resume", ...this.#ids, version: given.version ?? (await this.nextVersion()), ...by };
  }

  suspend(by: By = OWN): ChangeOperation {
    return { verb: "suspend", ...this.#ids, ...by };
  }

  decline(by: By = OWN): ChangeOperation {
    return { verb: "decline", ...this.#ids, ...by };
  }

  withdraw(extent: number = WithdrawalExtent.NoFurtherUse, by: By = OWN): ChangeOperation {
    return { verb: "withdraw", ...this.#ids, extent, ...by };
  }

  annul(by: By = OWN): ChangeOperation {
    return { verb: "annul", ...this.#ids, ...by };
  }

  /** A change by its verb; a withdrawal from further use. */
  async change(verb: Verb, by: By = OWN, given: Partial<Agreement> = {}): Promise<ChangeOperation> {
    switch (verb) {
      case "grant":
      case "update":
      case "extend":
      case "resume":
        return this[verb](given, by);
      case "withdraw":
        return this.withdraw(WithdrawalExtent.NoFurtherUse, by);
      default:
        return this[verb](by);
    }
  }

  async import(given: Partial<ImportOperation> = {}): Promise<ImportOperation> {
    const { account: sender } = this.engine.institutions.custodian;
    return { verb: "import", ...this.#ids, sender, ...(await this.agreement()), signedAt: this.now, ...given };
  }

  attest(state: number = ConsentState.Withdrawn, given: Partial<AttestOperation> = {}): AttestOperation {
    const { account: sender } = this.engine.institutions.custodian;
    const extent = state === ConsentState.Withdrawn ? WithdrawalExtent.NoFurtherUse : WithdrawalExtent.None;
    return { verb: "attest", ...this.#ids, sender, state, extent, dissent: false, signedAt: this.now, ...given };
  }

  /** This participant takes over what is kept under another id. */
  takeOver(attestedId: string, given: Partial<SignedClosing> & Partial<TakeOverOperation> = {}): TakeOverOperation {
    const { account: sender } = this.engine.institutions.custodian;
    const { signedAt = this.now, deadline = this.now + DAY, ...others } = given;
    return { verb: "takeOver", ...this.#ids, sender, attestedId, signed: { signedAt, deadline }, ...others };
  }

  propose(newParticipantId: string, by: Institution = this.engine.institutions.custodian): RecoveryOperation {
    return { verb: "proposeRecovery", ...this.#ids, newParticipantId, sender: by.account };
  }

  confirm(newParticipantId: string, by: Institution = this.engine.institutions.second): RecoveryOperation {
    return { verb: "confirmRecovery", ...this.#ids, newParticipantId, sender: by.account };
  }

  veto(by: Pick<VetoOperation, "signed"> & Signatures = {}): VetoOperation {
    return { verb: "vetoRecovery", ...this.#ids, ...by };
  }

  cancel({ account: sender }: Institution = this.engine.institutions.custodian): Operation {
    return { verb: "cancelRecovery", ...this.#ids, sender };
  }

  complete(): Operation {
    return { verb: "completeRecovery", ...this.#ids };
  }

  appoint(delegate: Pick<Actor, "id">, verbs: number, given: { until?: number } & By = {}): DelegateOperation {
    const { until = this.now + 30 * DAY, ...by } = given;
    return { verb: "appoint", ...this.#ids, delegateId: delegate.id, verbs, until, ...by };
  }

  dismiss(delegate: Pick<Actor, "id">, by: By = OWN): DelegateOperation {
    return { verb: "dismiss", ...this.#ids, delegateId: delegate.id, ...by };
  }

  renounce(delegate: Pick<Actor, "id">): DelegateOperation {
    return { verb: "renounce", ...this.#ids, delegateId: delegate.id };
  }

  addGuardian(delegate: Pick<Actor, "id">, until: number, sender = this.#custodian): DelegateOperation {
    return { verb: "addGuardian", ...this.#ids, delegateId: delegate.id, until, sender };
  }

  removeGuardian(delegate: Pick<Actor, "id">, sender = this.#custodian): DelegateOperation {
    return { verb: "removeGuardian", ...this.#ids, delegateId: delegate.id, sender };
  }

  /** What came of an operation. */
  async apply(operation: Prepared<Operation>): Promise<Applied> {
    return this.engine.apply(await operation);
  }

  /** What came of a change in one of the forms; in a batch it has one item. */
  async applyAs(form: Form, makeChange: (by: By) => Prepared<ChangeOperation>): Promise<Applied> {
    const isSigned = form.startsWith("signed");
    const change = await makeChange(isSigned ? this.signed() : OWN);
    if (!form.endsWith("batch")) return this.apply(change);
    const [applied] = await this.engine.relay([change], isSigned ? undefined : this.id);
    if (applied === undefined) throw new Error("nothing came of the batch");
    return applied;
  }

  /** Applies what must be accepted, and answers what it reports. */
  async accept(operation: Prepared<Operation>): Promise<readonly BookEvent[]> {
    return accepted(await this.apply(operation));
  }

  /**
   * Applies what must be accepted on the way to the scenario's state, ten seconds after the operation before. A function
   * makes its operation only when those before have been applied.
   */
  async given(...operations: readonly (Prepared<Operation> | (() => Prepared<Operation>))[]): Promise<void> {
    for (const operation of operations) {
      await this.accept(typeof operation === "function" ? operation() : operation);
      await this.advance(10);
    }
  }

  /** Applies an operation and expects its rejection, with nothing changed. */
  async reject<Name extends RejectionName>(
    operation: Prepared<Operation>,
    error: Name,
    ...args: RejectionArguments[Name]
  ): Promise<void> {
    const before = await this.lastWord();
    expect(await this.apply(operation)).to.deep.equal({ error, args });
    expect(await this.lastWord(), "a rejected operation changed the word").to.deep.equal(before);
  }

  async nextVersion(): Promise<number> {
    return (await this.lastWord()).version + 1;
  }

  get #ids() {
    return { scopeId: this.scopeId, participantId: this.id } as const;
  }

  get #custodian(): string {
    return this.engine.institutions.custodian.account;
  }
}

/** What an accepted operation reports; fails on a refused one. */
export function accepted(applied: Applied): readonly BookEvent[] {
  if (isRejection(applied)) expect.fail(`refused: ${applied.error}(${applied.args.join(", ")})`);
  return applied.events;
}
