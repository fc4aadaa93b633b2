import { type Agreement, type Change, checkAgreement, checkChange, checkSigned, type Signed } from "./changes.ts";
import { checkUint } from "./errors.ts";
import { checkId } from "./ids.ts";

/** Who has signed an operation that carries a signature. */
export interface Signatures {
  /** Whoever signs for the participant; left out when they sign themselves. */
  readonly signerId?: string;
  /** Who has really signed: of a group its members in the signature's order; left out when it is the signer. */
  readonly signatories?: readonly string[];
}

interface ForParticipant {
  readonly scopeId: string;
  /** Whose consent it is: of an own operation the sender, of a signed one the signer or whom they act for. */
  readonly participantId: string;
}

/** An operation of an institution. */
interface ByInstitution {
  /** The account that sends it. */
  readonly sender: string;
}

/** A change by the participant's own transaction, or signed by them or a delegate. */
export type ChangeOperation = ForParticipant & Signatures & Change;

/** The scope's custodian brings in a consent on paper. */
export interface ImportOperation extends ForParticipant, ByInstitution, Agreement {
  readonly verb: "import";
  /** When the paper was signed (Unix seconds, uint32); never in the future. */
  readonly signedAt: number;
}

/** The scope's custodian closes for a participant who said so on paper or by telephone. */
export interface AttestOperation extends ForParticipant, ByInstitution {
  readonly verb: "attest";
  /** One of ConsentState: Suspended, Declined or Withdrawn; Annulled for what only the custodian has ever written. */
  readonly state: number;
  /** One of WithdrawalExtent; for a withdrawal only. */
  readonly extent: number;
  /** Whether a minor said so: no guardian opens it again. */
  readonly dissent: boolean;
  /** When it was said (Unix seconds, uint32); never in the future. */
  readonly signedAt: number;
}

/** A participant takes an attested consent over to their own key; the custodian sends it. */
export interface TakeOverOperation extends ForParticipant, ByInstitution, Signatures {
  readonly verb: "takeOver";
  /** The id under which the custodian or a guardian has kept the consent. */
  readonly attestedId: string;
  readonly signed: Signed;
}

/** The custodian asks that a consent move to a new key, or another institution asks for the same. */
export interface RecoveryOperation extends ForParticipant, ByInstitution {
  readonly verb: "proposeRecovery" | "confirmRecovery";
  readonly newParticipantId: string;
}

/** What a signature adds to a veto. */
export interface SignedVeto extends Signed {
  readonly newParticipantId: string;
}

/** The old key vetoes the pending move. */
export interface VetoOperation extends ForParticipant, Signatures {
  readonly verb: "vetoRecovery";
  /** Left out when the participant sends the transaction. */
  readonly signed?: SignedVeto;
}

/** The custodian gives the pending move up. */
export interface CancelOperation extends ForParticipant, ByInstitution {
  readonly verb: "cancelRecovery";
}

/** Anyone moves the consent, once the delay is over. */
export interface CompleteOperation extends ForParticipant {
  readonly verb: "completeRecovery";
}

/** What the registry of consents does. */
export type ConsentOperation =
  | ChangeOperation
  | ImportOperation
  | AttestOperation
  | TakeOverOperation
  | RecoveryOperation
  | VetoOperation
  | CancelOperation
  | CompleteOperation;

interface ForDelegate extends ForParticipant {
  readonly delegateId: string;
}

/** A participant makes someone their proxy. */
export interface AppointOperation extends ForDelegate, Signatures {
  readonly verb: "appoint";
  /** Bits of MANDATES (uint8). */
  readonly verbs: number;
  /** First second at which the mandate no longer holds (Unix seconds, uint32). */
  readonly until: number;
  /** Left out when the participant sends the transaction. */
  readonly signed?: Signed;
}

/** A participant takes a proxy's mandate back. */
export interface DismissOperation extends ForDelegate, Signatures {
  readonly verb: "dismiss";
  /** Left out when the participant sends the transaction. */
  readonly signed?: Signed;
}

/** A delegate gives their mandate up by their own transaction. */
export interface RenounceOperation extends ForDelegate {
  readonly verb: "renounce";
}

/** The scope's custodian attests a guardian. */
export interface AddGuardianOperation extends ForDelegate, ByInstitution {
  readonly verb: "addGuardian";
  /** End of the guardianship: a half-year (Unix seconds, uint32). */
  readonly until: number;
}

/** The scope's custodian ends a guardianship. */
export interface RemoveGuardianOperation extends ForDelegate, ByInstitution {
  readonly verb: "removeGuardian";
}

/** What the registry of delegates does. */
export type DelegateOperation =
  AppointOperation | DismissOperation | RenounceOperation | AddGuardianOperation | RemoveGuardianOperation;

/** Anyone appends participants who have answered to the scope's index. */
export interface AppendOperation {
  readonly verb: "append";
  readonly scopeId: string;
  readonly participantIds: readonly string[];
}

/** Everything that may happen to a book of consents. */
export type Operation = ConsentOperation | DelegateOperation | AppendOperation;

/** @throws ModelError IdMalformed, ValueOutOfRange */
export function checkOperation(operation: Operation): void {
  checkIds(operation);
  switch (operation.verb) {
    case "import":
      checkAgreement(operation);
      checkUint("signedAt", operation.signedAt, 32);
      break;
    case "attest":
      checkUint("state", operation.state, 3);
      checkUint("extent", operation.extent, 2);
      checkUint("signedAt", operation.signedAt, 32);
      break;
    case "takeOver":
    case "vetoRecovery":
    case "dismiss":
      checkSigned(operation.signed);
      break;
    case "appoint":
      checkSigned(operation.signed);
      checkUint("verbs", operation.verbs, 8);
      checkUint("until", operation.until, 32);
      break;
    case "addGuardian":
      checkUint("until", operation.until, 32);
      break;
    case "proposeRecovery":
    case "confirmRecovery":
    case "cancelRecovery":
    case "completeRecovery":
    case "renounce":
    case "removeGuardian":
    case "append":
      break;
    default:
      checkChange(operation);
  }
}

function checkIds(operation: Operation): void {
  checkId("scopeId", operation.scopeId);
  if (operation.verb === "append") {
    for (const participantId of operation.participantIds) checkId("participantId", participantId);
    return;
  }
  checkId("participantId", operation.participantId);
  if ("delegateId" in operation) checkId("delegateId", operation.delegateId);
  if ("newParticipantId" in operation) checkId("newParticipantId", operation.newParticipantId);
  if ("attestedId" in operation) checkId("attestedId", operation.attestedId);
  if ("signerId" in operation && operation.signerId !== undefined) checkId("signerId", operation.signerId);
}
