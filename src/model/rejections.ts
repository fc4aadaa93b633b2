import type { ConsentStatus } from "./status.ts";

/**
 * Why an operation is refused, with the arguments of the contracts' error of the same name. Times in Unix seconds; ids
 * and accounts as the operation names them.
 */
export interface RejectionArguments {
  // Times and signatures.
  ConsentSignedInFuture: readonly [signedAt: number, now: number];
  ConsentDeadlinePassed: readonly [deadline: number, now: number];
  ConsentSignatureInvalid: readonly [participantId: string];
  SignerVerifierUnlisted: readonly [verifier: string];
  ConsentDelegateUnauthorised: readonly [participantId: string, signerId: string];

  // Openings.
  ConsentForwarded: readonly [participantId: string];
  ConsentLocked: readonly [participantId: string];
  ConsentAlreadyGranted: readonly [];
  ConsentNotStanding: readonly [status: ConsentStatus];
  ConsentNotSuspended: readonly [status: ConsentStatus];
  ConsentVersionsExhausted: readonly [];
  ConsentVersionMismatch: readonly [expected: number, given: number];
  ConsentSignedTooEarly: readonly [signedAt: number, standingSignedAt: number];
  ConsentParticipantActed: readonly [participantId: string];
  ConsentDissented: readonly [participantId: string];
  ConsentPreferencesInvalid: readonly [preferences: number];
  ConsentTermsUnknown: readonly [scopeId: string, termsDigest: string];
  ConsentUntilPassed: readonly [until: number, now: number];
  ConsentNotNarrower: readonly [];
  ConsentTermsNotStanding: readonly [termsDigest: string, standingNumber: number];
  ConsentUntilNotLater: readonly [until: number, standingUntil: number];

  // Closings.
  ConsentVersionTooLow: readonly [minVersion: number, standing: number];
  ConsentClosingSuperseded: readonly [signedAt: number, standingSignedAt: number];
  ConsentExtentInvalid: readonly [];

  // What the custodian attests.
  InstitutionAccountUnknown: readonly [account: string];
  InstitutionNotInStanding: readonly [institutionId: string];
  ScopeUnknown: readonly [scopeId: string];
  ConsentNotCustodian: readonly [scopeId: string, caller: string];
  ConsentParticipantIdWeak: readonly [participantId: string];
  ConsentAttestationInvalid: readonly [state: number];

  // Moves.
  ConsentUnknown: readonly [scopeId: string, participantId: string];
  ConsentTargetTaken: readonly [newParticipantId: string];
  ConsentMovesExhausted: readonly [];
  ConsentRecoveryUnknown: readonly [scopeId: string, participantId: string];
  ConsentRecoveryVetoed: readonly [until: number];
  ConsentRecoverySameInstitution: readonly [institutionId: string];
  ConsentRecoveryNotReady: readonly [readyAt: number, now: number];

  // Delegates.
  DelegateNotParticipant: readonly [participantId: string, signerId: string];
  DelegateSignedInFuture: readonly [signedAt: number, now: number];
  DelegateDeadlinePassed: readonly [deadline: number, now: number];
  DelegateSignatureInvalid: readonly [participantId: string];
  DelegateVerbsInvalid: readonly [verbs: number];
  DelegateKindStands: readonly [delegateId: string];
  DelegateSuperseded: readonly [signedAt: number, standingSignedAt: number];
  DelegateInvalid: readonly [delegateId: string];
  DelegateUntilPassed: readonly [until: number, now: number];
  DelegateUntilNotHalfYear: readonly [until: number];
  DelegateUnknown: readonly [scopeId: string, participantId: string, delegateId: string];
  DelegateNotCustodian: readonly [scopeId: string, caller: string];

  // The scope's index.
  ScopeIndexNoConsent: readonly [scopeId: string, participantId: string];
  ScopeIndexCursorUnknown: readonly [scopeId: string, cursor: string];
}

export type RejectionName = keyof RejectionArguments;

/** A refused operation. It has changed nothing. */
export type Rejection = {
  [Name in RejectionName]: { readonly error: Name; readonly args: RejectionArguments[Name] };
}[RejectionName];

export function reject<Name extends RejectionName>(error: Name, ...args: RejectionArguments[Name]): Rejection {
  // The compiler does not see that a name and its own arguments are one member of the union.
  return { error, args } as unknown as Rejection;
}

/** Whether an operation was refused. */
export function isRejection(result: unknown): result is Rejection {
  return typeof result === "object" && result !== null && "error" in result;
}
