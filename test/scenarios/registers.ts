import { type BookContext, type RegisteredTerms, type Signer, type StartOf } from "../../src/model/index.ts";
import type { Institution, ScenarioTerms } from "./engine.ts";

interface Scope {
  readonly custodian: string;
  /** By digest. */
  readonly terms: Map<string, ScenarioTerms & RegisteredTerms>;
  /** Pairs of numbers, the narrower first. */
  readonly narrower: Set<string>;
}

/** What a book of consents asks of the other registries, kept in memory. */
export class Registers {
  readonly #scopes = new Map<string, Scope>();
  readonly #institutions = new Map<string, string>();
  readonly #suspended = new Set<string>();
  readonly #signers = new Map<string, Signer>();

  admit({ id, account }: Institution): void {
    this.#institutions.set(account, id);
  }

  setStanding({ id }: Institution, isInStanding: boolean): void {
    if (isInStanding) this.#suspended.delete(id);
    else this.#suspended.add(id);
  }

  /** Who is not in good standing now; the answer brings that back. */
  markStandings(): () => void {
    const suspended = [...this.#suspended];
    return () => {
      this.#suspended.clear();
      for (const id of suspended) this.#suspended.add(id);
    };
  }

  addSigner(id: string, signer: Signer): void {
    this.#signers.set(id, signer);
  }

  /** Registers further terms for a scope, which it creates if need be. Answers their number. */
  addTerms(scopeId: string, custodian: Institution, digest: string, terms: ScenarioTerms): number {
    const scope = this.#scopes.get(scopeId) ?? { custodian: custodian.id, terms: new Map(), narrower: new Set() };
    this.#scopes.set(scopeId, scope);
    const number = scope.terms.size + 1;
    scope.terms.set(digest, { ...terms, number });
    return number;
  }

  termsCount(scopeId: string): number {
    return this.#scopes.get(scopeId)?.terms.size ?? 0;
  }

  addNarrower(scopeId: string, narrower: number, broader: number): void {
    this.#scopes.get(scopeId)?.narrower.add(pairOf(narrower, broader));
  }

  startOf(scopeId: string): StartOf {
    const terms = [...(this.#scopes.get(scopeId)?.terms.values() ?? [])];
    return (wanted) => terms.find(({ number }) => number === wanted)?.from ?? 0;
  }

  contextAt(now: number): BookContext {
    return {
      now,
      terms: (scopeId, digest) => this.#scopes.get(scopeId)?.terms.get(digest),
      isNarrower: (scopeId, narrower, broader) =>
        this.#scopes.get(scopeId)?.narrower.has(pairOf(narrower, broader)) ?? false,
      custodianOf: (scopeId) => this.#scopes.get(scopeId)?.custodian,
      institutionOf: (account) => this.#institutions.get(account),
      isInStanding: (institutionId) => !this.#suspended.has(institutionId),
      signerOf: (signerId) => this.#signers.get(signerId),
    };
  }
}

function pairOf(narrower: number, broader: number): string {
  return `${narrower} ${broader}`;
}
