import type { Mandate } from "./delegates.ts";
import type { ConsentWord } from "./word.ts";

interface AboutConsent {
  readonly scopeId: string;
  readonly participantId: string;
}

interface WithWord extends AboutConsent {
  /** The whole word after the change, so that events alone rebuild the state. */
  readonly word: ConsentWord;
}

/** What an operation reports, with the arguments of the contracts' event of the same name. Times in Unix seconds. */
export interface EventArguments {
  ConsentGranted: WithWord;
  ConsentUpdated: WithWord;
  ConsentExtended: WithWord;
  ConsentResumed: WithWord;
  ConsentSuspended: WithWord;
  ConsentDeclined: WithWord;
  ConsentWithdrawn: WithWord;
  ConsentAnnulled: WithWord;
  ConsentActedFor: AboutConsent & { readonly delegateId: string };
  ConsentImported: WithWord;
  ConsentClosingAttested: AboutConsent & { readonly custodian: string; readonly signedAt: number };
  ConsentMoved: WithWord & { readonly newParticipantId: string; readonly lastWord: ConsentWord };
  ConsentRecoveryProposed: WithWord & { readonly newParticipantId: string };
  ConsentRecoveryConfirmed: AboutConsent & { readonly institution: string; readonly readyAt: number };
  ConsentRecoveryEnded: WithWord & { readonly isVetoed: boolean };
  DelegateAdded: AboutConsent & { readonly delegateId: string; readonly mandate: Mandate };
  DelegateRemoved: AboutConsent & { readonly delegateId: string; readonly signedAt: number };
  ScopeIndexAppended: AboutConsent;
}

export type EventName = keyof EventArguments;

/** What an operation has done, as a reader of the chain's log sees it. */
export type BookEvent = {
  [Name in EventName]: { readonly event: Name; readonly args: EventArguments[Name] };
}[EventName];
