import {
  ALL_MANDATES,
  ConsentAuthor,
  ConsentState,
  halfYearFrom,
  MANDATES,
  NO_ID,
  type Operation,
  type Signatures,
  type SignedClosing,
} from "../../../src/model/index.ts";
import type { Actor } from "../engine.ts";
import { DAY } from "../story.ts";
import { agreementOf, inventChange } from "./changes.ts";
import {
  delegateFor,
  delegatesOf,
  hasAnswered,
  type Ids,
  isMoving,
  newcomerIn,
  ownerOf,
  type Scene,
  scopeOf,
  sendsTransactions,
  someone,
  someoneWho,
} from "./people.ts";
import { mistakeOf, scopeIdOf, SENDER_MISTAKES, senderOf, SIGNING_MISTAKES, signingOf } from "./signing.ts";

/** How often each operation is invented. */
const WEIGHTS = {
  change: 75,
  import: 6,
  attest: 6,
  takeOver: 4,
  proposeRecovery: 6,
  confirmRecovery: 4,
  vetoRecovery: 6,
  cancelRecovery: 3,
  completeRecovery: 4,
  appoint: 9,
  dismiss: 6,
  renounce: 2,
  addGuardian: 7,
  removeGuardian: 2,
  append: 4,
} as const;

const HOUR = 3_600;
/** The highest id that is no random one. */
const WEAK_ID = `0x${"00".repeat(16)}${"ff".repeat(16)}`;

/** An operation that might be accepted, or has one mistake. */
export function inventOperation(scene: Scene): Operation {
  const verb = scene.dice.weighted(WEIGHTS);
  switch (verb) {
    case "change":
      return inventChange(scene);
    case "import":
      return inventImport(scene);
    case "attest":
      return inventAttestation(scene);
    case "takeOver":
      return inventTakeOver(scene);
    case "proposeRecovery":
      return inventProposal(scene);
    case "confirmRecovery":
      return inventConfirmation(scene);
    case "vetoRecovery":
      return inventVeto(scene);
    case "cancelRecovery": {
      const mistake = mistakeOf(scene, ...SENDER_MISTAKES);
      return { verb, ...someoneWho(scene, isMoving(scene)), sender: senderOf(scene, mistake) };
    }
    case "completeRecovery":
      return { verb, ...someoneWho(scene, isMoving(scene)) };
    case "appoint":
      return inventAppointment(scene);
    case "dismiss":
      return inventDismissal(scene);
    case "renounce":
      return inventRenunciation(scene);
    case "addGuardian":
      return inventGuardian(scene);
    case "removeGuardian":
      return inventRemoval(scene);
    case "append":
      return inventAppending(scene);
  }
}

// What institutions do.

function inventImport(scene: Scene): Operation {
  const { stage, dice, book, now } = scene;
  const mistake = mistakeOf(
    scene,
    ...SENDER_MISTAKES,
    ...(["weak id", "weak id", "future", "version", "preferences", "terms", "passed"] as const),
  );
  const paper = { scopeId: scopeOf(stage, dice).id, participantId: dice.pick(stage.papers) };
  const ids = dice.oneIn(4) ? someone(scene) : paper;
  const word = book.lastWordOf(ids.scopeId, ids.participantId);
  return {
    verb: "import",
    scopeId: scopeIdOf(scene, ids, mistake),
    participantId: mistake === "weak id" ? WEAK_ID : ids.participantId,
    ...agreementOf(scene, ids, word, mistake),
    sender: senderOf(scene, mistake),
    signedAt: mistake === "future" ? now + 1 : now - dice.below(3),
  };
}

function inventAttestation(scene: Scene): Operation {
  const { dice, now } = scene;
  const { None, Active, Suspended, Declined, Withdrawn, Annulled } = ConsentState;
  const mistake = mistakeOf(scene, ...SENDER_MISTAKES, ...(["future", "state", "state", "extent", "extent"] as const));
  const ids = someone(scene);
  const closings = mistake === "extent" ? [Withdrawn] : [Suspended, Declined, Withdrawn, Annulled];
  return {
    verb: "attest",
    scopeId: scopeIdOf(scene, ids, mistake),
    participantId: ids.participantId,
    sender: senderOf(scene, mistake),
    state: dice.pick(mistake === "state" ? [None, Active] : (closings as [number, ...number[]])),
    extent: mistake === "extent" ? 0 : 1 + dice.below(3),
    dissent: dice.oneIn(4),
    signedAt: mistake === "future" ? now + 1 : now - dice.below(HOUR),
  };
}

function inventTakeOver(scene: Scene): Operation {
  const { stage, dice, book } = scene;
  const mistake = mistakeOf(scene, ...SENDER_MISTAKES, ...SIGNING_MISTAKES, "delegate");
  const kept = someoneWho(
    scene,
    (ids, word) =>
      hasAnswered(ids, word) && (word.author === ConsentAuthor.Custodian || word.author === ConsentAuthor.Guardian),
  );
  const owner = newcomerIn(scene, kept.scopeId);
  const signer = mistake === "delegate" ? dice.pick(stage.delegates) : owner;
  const { signedAt } = book.lastWordOf(kept.scopeId, kept.participantId);
  return {
    verb: "takeOver",
    scopeId: scopeIdOf(scene, kept, mistake),
    participantId: owner.id,
    attestedId: kept.participantId,
    sender: senderOf(scene, mistake),
    ...signingOf(scene, signer, true, signedAt, mistake),
    ...signedFor(owner, signer),
  };
}

function inventProposal(scene: Scene): Operation {
  const mistake = mistakeOf(scene, ...SENDER_MISTAKES, "target");
  const ids = someoneWho(scene, hasAnswered);
  const target = newcomerIn(scene, ids.scopeId).id;
  return {
    verb: "proposeRecovery",
    ...ids,
    scopeId: scopeIdOf(scene, ids, mistake),
    newParticipantId: mistake === "target" ? scene.dice.pick([NO_ID, ids.participantId]) : target,
    sender: senderOf(scene, mistake),
  };
}

function inventConfirmation(scene: Scene): Operation {
  const { stage, dice, book } = scene;
  const mistake = mistakeOf(scene, ...(["target", "stranger", "same institution", "same institution"] as const));
  const ids = someoneWho(scene, isMoving(scene));
  const { newParticipantId } = book.recoveryOf(ids.scopeId, ids.participantId);
  return {
    verb: "confirmRecovery",
    ...ids,
    newParticipantId: mistake === "target" ? dice.pick(stage.freshKeys).id : newParticipantId,
    sender: mistake === undefined ? stage.institutions.second.account : senderOf(scene, mistake),
  };
}

function inventGuardian(scene: Scene): Operation {
  const { stage, dice, now } = scene;
  const mistake = mistakeOf(scene, ...SENDER_MISTAKES, ...(["passed", "half-year", "half-year", "oneself"] as const));
  const ids = someone(scene);
  const end = halfYearFrom(now + 1 + dice.below(2) * 200 * DAY);
  const ends: Readonly<Record<string, number>> = { passed: 0, "half-year": end - dice.pick([1, DAY, 31 * DAY]) };
  return {
    verb: "addGuardian",
    ...ids,
    scopeId: scopeIdOf(scene, ids, mistake),
    delegateId: mistake === "oneself" ? ids.participantId : dice.pick(stage.delegates).id,
    until: ends[mistake ?? ""] ?? end,
    sender: senderOf(scene, mistake),
  };
}

function inventRemoval(scene: Scene): Operation {
  const mistake = mistakeOf(scene, ...SENDER_MISTAKES);
  const ids = someoneWho(scene, (each) => delegatesOf(scene, each).length > 0);
  const { id: delegateId } = delegateFor(scene, ids);
  return { verb: "removeGuardian", ...ids, delegateId, sender: senderOf(scene, mistake) };
}

// What participants and delegates do beside their changes.

function inventVeto(scene: Scene): Operation {
  const { stage, dice, book } = scene;
  const mistake = mistakeOf(scene, ...SIGNING_MISTAKES, ...(["delegate", "target"] as const));
  const { actor, ids } = ownerOf(scene, someoneWho(scene, isMoving(scene)));
  if (mistake === undefined && sendsTransactions(actor) && !dice.oneIn(3)) return { verb: "vetoRecovery", ...ids };
  const { newParticipantId, proposedAt } = book.recoveryOf(ids.scopeId, ids.participantId);
  const signer = mistake === "delegate" ? dice.pick(stage.delegates) : actor;
  const { signed, signatories } = signingOf(scene, signer, false, Math.max(0, proposedAt - 1), mistake);
  return {
    verb: "vetoRecovery",
    ...ids,
    signed: { ...signed, newParticipantId: mistake === "target" ? dice.pick(stage.freshKeys).id : newParticipantId },
    ...(signatories && { signatories }),
    ...signedFor(actor, signer),
  };
}

function inventAppointment(scene: Scene): Operation {
  const { stage, dice, now } = scene;
  const mistake = mistakeOf(
    scene,
    ...SIGNING_MISTAKES,
    ...(["delegate", "verbs", "verbs", "passed", "oneself"] as const),
  );
  const { actor, ids } = ownerOf(scene, someone(scene));
  const delegateId = mistake === "oneself" ? dice.pick([actor.id, NO_ID]) : dice.pick(stage.delegates).id;
  const mandates = [ALL_MANDATES, 1 + dice.below(ALL_MANDATES), MANDATES.narrow | MANDATES.close] as const;
  return {
    verb: "appoint",
    ...ids,
    delegateId,
    verbs: dice.pick(mistake === "verbs" ? [0, ALL_MANDATES + 1] : mandates),
    until: mistake === "passed" ? now : now + dice.pick([200 * DAY, 30 * DAY, 1 + dice.below(60)]),
    ...authorityOf(scene, actor, ids, delegateId, mistake, true),
  };
}

function inventDismissal(scene: Scene): Operation {
  const mistake = mistakeOf(scene, ...SIGNING_MISTAKES, "delegate");
  const { actor, ids } = ownerOf(
    scene,
    someoneWho(scene, (each) => delegatesOf(scene, each).length > 0),
  );
  const { id: delegateId } = delegateFor(scene, ids);
  return { verb: "dismiss", ...ids, delegateId, ...authorityOf(scene, actor, ids, delegateId, mistake, false) };
}

function inventRenunciation(scene: Scene): Operation {
  const ids = someoneWho(scene, (each) => delegatesOf(scene, each).some(sendsTransactions));
  const delegate = delegateFor(scene, ids);
  const [sender] = scene.stage.delegates;
  return { verb: "renounce", ...ids, delegateId: (sendsTransactions(delegate) ? delegate : sender).id };
}

/** Own where the participant sends transactions, or signed. */
function authorityOf(
  scene: Scene,
  actor: Actor,
  { scopeId, participantId }: Ids,
  delegateId: string,
  mistake: string | undefined,
  opens: boolean,
): Signatures & { readonly signed?: SignedClosing } {
  const { stage, dice, book } = scene;
  if (mistake === undefined && sendsTransactions(actor) && dice.oneIn(2)) return {};
  const { signedAt } = book.mandateOf(scopeId, participantId, delegateId);
  const signer = mistake === "delegate" ? dice.pick(stage.delegates) : actor;
  return { ...signingOf(scene, signer, opens, signedAt, mistake), ...signedFor(actor, signer) };
}

/** Whoever signs, where it is not the owner. */
function signedFor(owner: Actor, signer: Actor): Pick<Signatures, "signerId"> {
  return signer === owner ? {} : { signerId: signer.id };
}

// What anybody does.

function inventAppending(scene: Scene): Operation {
  const { scopeId, participantId } = someone(scene);
  const others = [someone(scene), someone(scene)].filter((other) => other.scopeId === scopeId);
  const participantIds = [participantId, ...others.map((other) => other.participantId)].filter(
    (id) => scene.dice.oneIn(4) || scene.book.wordOf(scopeId, id).version !== 0,
  );
  return { verb: "append", scopeId, participantIds };
}
