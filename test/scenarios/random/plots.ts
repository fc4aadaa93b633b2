import {
  AFTER_DEATH,
  ALL_MANDATES,
  halfYearFrom,
  LAST_VERSION,
  MANDATES,
  MAX_FORWARDS,
  NO_EXPIRY,
  type Operation,
  RECOVERY_DELAY,
  type Signatures,
  type SignedClosing,
} from "../../../src/model/index.ts";
import type { Actor } from "../engine.ts";
import { DAY } from "../story.ts";
import { type Ids, newcomerIn, type Scene } from "./people.ts";
import { trustedMembers } from "./signing.ts";
import type { Stage } from "./stage.ts";

/** An operation that a plot wants, once its time has come. */
export interface Planned {
  /** Seconds after the operation before. */
  readonly after: number;
  readonly make: (scene: Scene) => Operation;
}

/** A story that chance would tell too seldom. Other operations happen in between, and may thwart it. */
export type Plot = (scene: Scene) => readonly Planned[];

/** Every plot, each with its weight. */
export const PLOTS: readonly (readonly [weight: number, plot: Plot])[] = [
  [4, tellOfMinor],
  [4, tellOfProxy],
  [4, tellOfPaper],
  [3, tellOfLostKey],
];

/** A guardian agrees, the minor says no, the guardian would go on; then the minor comes of age. */
function tellOfMinor(scene: Scene): readonly Planned[] {
  const { stage, dice } = scene;
  const ids = { scopeId: stage.scopes[0].id, participantId: newcomerIn(scene, stage.scopes[0].id).id };
  const guardian = dice.pick(stage.delegates);
  const { account: sender } = stage.institutions.custodian;
  const grant = (scene: Scene): Operation => ({
    verb: "grant",
    ...ids,
    ...agree(scene, ids),
    ...signedBy(scene, guardian),
  });
  const suspend = (scene: Scene): Operation => ({ verb: "suspend", ...ids, ...signedBy(scene, actorOf(scene, ids)) });
  return [
    {
      after: 1,
      make: ({ now }) => ({
        verb: "addGuardian",
        ...ids,
        delegateId: guardian.id,
        until: halfYearFrom(now + 1),
        sender,
      }),
    },
    { after: 1, make: grant },
    { after: 1, make: suspend },
    {
      after: 1,
      make: (scene) => ({ verb: "resume", ...ids, version: nextVersion(scene, ids), ...signedBy(scene, guardian) }),
    },
    { after: 200 * DAY, make: grant },
    { after: 1, make: (scene) => ({ verb: "decline", ...ids, ...signedBy(scene, guardian) }) },
  ];
}

/** A proxy with a narrow mandate narrows, and would widen. */
function tellOfProxy({ stage, dice }: Scene): readonly Planned[] {
  const ids = { scopeId: stage.scopes[0].id, participantId: dice.pick(stage.participants).id };
  const proxy = dice.pick(stage.delegates);
  const update =
    (elements: bigint, preferences: number) =>
    (scene: Scene): Operation => ({
      verb: "update",
      ...ids,
      ...agree(scene, ids),
      elements,
      preferences,
      ...signedBy(scene, proxy),
    });
  return [
    {
      after: 1,
      make: (scene) => ({
        verb: "appoint",
        ...ids,
        delegateId: proxy.id,
        verbs: dice.pick([MANDATES.narrow, ALL_MANDATES, MANDATES.narrow | MANDATES.close]),
        until: scene.now + 30 * DAY,
        ...signedBy(scene, actorOf(scene, ids)),
      }),
    },
    {
      after: 1,
      make: (scene) => ({ verb: "grant", ...ids, ...agree(scene, ids), ...signedBy(scene, actorOf(scene, ids)) }),
    },
    { after: 1, make: update(0b11n, AFTER_DEATH.stop) },
    { after: 1, make: update(0b1000n, AFTER_DEATH.stop) },
    { after: 1, make: (scene) => ({ verb: "suspend", ...ids, ...signedBy(scene, proxy) }) },
  ];
}

/** A consent on paper comes in, and the participant takes it over. */
function tellOfPaper({ stage, dice }: Scene): readonly Planned[] {
  const ids = { scopeId: stage.scopes[0].id, participantId: dice.pick(stage.papers) };
  const owner = dice.pick([dice.pick(stage.freshKeys), dice.pick(stage.participants)]);
  const { account: sender } = stage.institutions.custodian;
  return [
    {
      after: 1,
      make: (scene) => ({ verb: "import", ...ids, ...agree(scene, ids), sender, signedAt: scene.now }),
    },
    {
      after: 1,
      make: (scene) => ({
        verb: "takeOver",
        scopeId: ids.scopeId,
        participantId: owner.id,
        attestedId: ids.participantId,
        sender,
        ...signed(scene, owner),
      }),
    },
  ];
}

/** Two institutions move a consent; the participant vetoes it the first time. */
function tellOfLostKey({ stage, dice }: Scene): readonly Planned[] {
  const ids = { scopeId: stage.scopes[0].id, participantId: dice.pick(stage.participants).id };
  const target = dice.pick(stage.freshKeys).id;
  const veto = (scene: Scene): Operation => {
    const { signed: times, ...others } = signed(scene, actorOf(scene, ids));
    return { verb: "vetoRecovery", ...ids, signed: { ...times, newParticipantId: target }, ...others };
  };
  const [propose, confirm] = recoveryOf(stage, ids, target);
  return [
    { after: 0, make: propose },
    { after: 1, make: veto },
    { after: 1, make: propose },
    { after: RECOVERY_DELAY, make: propose },
    { after: 1, make: () => ({ ...confirm(), sender: stage.institutions.custodian.account }) },
    { after: 1, make: confirm },
    { after: RECOVERY_DELAY, make: () => ({ verb: "completeRecovery", ...ids }) },
  ];
}

/** How often somebody tries to move a consent that may move eight times: at times an institution is suspended. */
const TRIES = MAX_FORWARDS + 4;

/** A consent moves as often as it may, and once more. */
export function tellOfManyKeys(stage: Stage): readonly Planned[] {
  const { id: scopeId } = stage.scopes[0];
  const [{ id: firstId }, ...others] = stage.lostKeys;
  const { custodian, second } = stage.institutions;
  const target = ({ book }: Scene): string =>
    others.find(({ id }) => book.lastWordOf(scopeId, id).version === 0)?.id ?? firstId;
  const now = ({ book }: Scene): Ids => ({ scopeId, participantId: book.forwardOf(scopeId, firstId) });
  const plan: Planned[] = [
    {
      after: 1,
      make: (scene) => ({ verb: "decline", ...now(scene), ...signed(scene, actorOf(scene, now(scene))) }),
    },
  ];
  for (let tried = 0; tried < TRIES; tried += 1) {
    plan.push(
      {
        after: 0,
        make: (scene) => ({
          verb: "proposeRecovery",
          ...now(scene),
          newParticipantId: target(scene),
          sender: custodian.account,
        }),
      },
      {
        after: 0,
        make: (scene) => ({
          verb: "confirmRecovery",
          ...now(scene),
          newParticipantId: target(scene),
          sender: second.account,
        }),
      },
      { after: RECOVERY_DELAY, make: (scene) => ({ verb: "completeRecovery", ...now(scene) }) },
    );
  }
  return plan;
}

function recoveryOf({ institutions }: Stage, ids: Ids, newParticipantId: string) {
  const { custodian, second } = institutions;
  return [
    () => ({ verb: "proposeRecovery", ...ids, newParticipantId, sender: custodian.account }) as const,
    () => ({ verb: "confirmRecovery", ...ids, newParticipantId, sender: second.account }) as const,
  ] as const;
}

function actorOf({ stage }: Scene, { participantId }: Ids): Actor {
  const actor = stage.actors.get(participantId);
  if (actor === undefined) throw new Error(`nobody has the key of ${participantId}`);
  return actor;
}

/** Signed now by the signer, of a group by all members whose verifiers are listed. */
function signed({ now }: Scene, actor: Actor): { readonly signed: SignedClosing } & Pick<Signatures, "signatories"> {
  const times = { signedAt: now, deadline: now + DAY, minVersion: 0 };
  return { signed: times, ...(actor.kind === "group" && { signatories: trustedMembers(actor) }) };
}

/** The same by anyone: as a delegate where it is another's consent. */
function signedBy(scene: Scene, signer: Actor) {
  return { ...signed(scene, signer), signerId: signer.id };
}

function nextVersion({ book }: Scene, { scopeId, participantId }: Ids): number {
  return Math.min(book.lastWordOf(scopeId, participantId).version + 1, LAST_VERSION);
}

function agree(scene: Scene, ids: Ids) {
  return {
    termsDigest: scene.stage.scopes[0].digests[0],
    elements: 0b111n,
    preferences: AFTER_DEATH.continue,
    until: NO_EXPIRY,
    version: nextVersion(scene, ids),
  };
}
