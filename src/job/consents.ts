import {
  applyChange,
  type Change,
  encodeWord,
  isRejection,
  NO_EXPIRY,
  statusAt,
  WithdrawalExtent,
} from "../model/index.ts";
import {
  getConsents,
  relayConsentChanges,
  type SignedGrant,
  type SignedResume,
  type SignedSuspend,
  type SignedWithdraw,
  signGrant,
  signResume,
  signSuspend,
  signWithdraw,
} from "../sdk/index.ts";
import { untilAfter } from "./clock.ts";
import type { Participant } from "./cohort.ts";
import { type JobContext, YEAR_SECONDS } from "./context.ts";
import { JobCheckError } from "./errors.ts";
import type { Study } from "./study.ts";

const YEARS = 5;

/** What relaying one kind of change took. */
export interface Relayed {
  readonly participants: readonly Participant[];
  /** Mean gas of a change in its batch; 0 for none. */
  readonly gasEach: number;
  readonly gasUsed: bigint;
  /** Of the first batch; undefined for none. */
  readonly firstBlock: bigint | undefined;
  /** From the first signature to the last inclusion. */
  readonly seconds: number;
}

/** Has every participant sign a consent to the terms that they choose, and a relayer carry them. */
export async function collectConsents(context: JobContext, study: Study): Promise<Relayed> {
  const until = Math.min(Math.floor(Date.now() / 1000) + YEARS * YEAR_SECONDS, NO_EXPIRY);
  return relayAll(context, study, "consents", study.participants, (participant, signing) =>
    signGrant(context.actors.relayer, {
      ...signing,
      scopeId: study.scopeId,
      termsDigest: participant.offer.digest,
      elements: participant.offer.elements,
      until,
    }),
  );
}

/** What participants did after the licence was issued. */
export interface ChangedMinds {
  readonly withdrawn: Relayed;
  readonly suspended: Relayed;
  readonly resumed: Relayed;
}

/** Every tenth participant withdraws, another twentieth suspends, and half of those resume. */
export async function changeMinds(context: JobContext, study: Study): Promise<ChangedMinds> {
  const { relayer } = context.actors;
  const { participants, scopeId } = study;
  const few = (share: number): number => Math.min(participants.length, Math.ceil(participants.length / share));
  const leaving = participants.slice(0, few(10));
  const resting = participants.slice(leaving.length, leaving.length + few(20));

  const withdrawn = await relayAll(context, study, "withdrawals", leaving, (_, signing) =>
    signWithdraw(relayer, { ...signing, scopeId, extent: WithdrawalExtent.NoFurtherUse }),
  );
  const suspended = await relayAll(context, study, "suspensions", resting, (_, signing) =>
    signSuspend(relayer, { ...signing, scopeId }),
  );
  const returning = resting.slice(0, Math.floor(resting.length / 2));
  const resumed = await relayAll(context, study, "resumptions", returning, (_, signing) =>
    signResume(relayer, { ...signing, scopeId }),
  );
  return { withdrawn, suspended, resumed };
}

/** Reads every standing consent back and compares it with the reference model's, bit by bit. */
export async function checkConsents({ actors, publicClient, recorder }: JobContext, study: Study): Promise<void> {
  const { participants, scopeId } = study;
  if (participants.length === 0) return;
  recorder.progress("Reading the consents back");
  const participantIds = participants.map(({ participantId }) => participantId);
  const { blockNumber, consents } = await recorder.time("reading", () =>
    getConsents(actors.relayer, { scopeId, participantIds }),
  );
  const now = Number((await publicClient.getBlock({ blockNumber })).timestamp);
  consents.forEach(({ word, status }, index) => {
    const participant = participants[index];
    if (participant === undefined) throw new RangeError("More consents than participants.");
    recorder.check(`word of ${participant.participantId}`, encodeWord(participant.consent.word), encodeWord(word));
    recorder.check(`status of ${participant.participantId}`, statusAt(participant.consent, now), status);
  });
}

/** What the job's participants sign. */
type JobChange = SignedGrant | SignedResume | SignedSuspend | SignedWithdraw;

interface Signing {
  readonly signer: Participant["account"];
  readonly standing: { readonly version: number; readonly signedAt: number };
  readonly signedAt: number;
}

/** Signs a change for each participant, relays them, and lets the reference model follow. */
async function relayAll<Member extends Participant>(
  { actors, publicClient, recorder }: JobContext,
  study: Study,
  what: string,
  participants: readonly Member[],
  sign: (participant: Member, signing: Signing) => Promise<JobChange>,
): Promise<Relayed> {
  const total = participants.length;
  if (total === 0) return { participants, gasEach: 0, gasUsed: 0n, firstBlock: undefined, seconds: 0 };
  // An opening must be signed after the word that it replaces, and no signing time may lie in the future.
  const signedAt = await untilAfter(
    publicClient,
    Math.max(...participants.map(({ consent }) => consent.word.signedAt)),
  );
  const begun = performance.now();
  const changes = await recorder.time("signing", async () => {
    const signed: JobChange[] = [];
    for (const participant of participants) {
      const { word } = participant.consent;
      signed.push(await sign(participant, { signer: participant.account, standing: word, signedAt }));
      if (signed.length % 100 === 0 || signed.length === total) {
        recorder.progress(`Signing ${what}`, { done: signed.length, total });
      }
    }
    return signed;
  });
  const relayed = await recorder.time("submitting", () =>
    relayConsentChanges(actors.relayer, {
      changes,
      onProgress: ({ done }) => {
        recorder.progress(`Relaying ${what}`, { done, total });
      },
    }),
  );
  const seconds = (performance.now() - begun) / 1000;

  let next = 0;
  for (const { blockNumber, changes: count } of relayed.transactions) {
    const now = Number((await publicClient.getBlock({ blockNumber })).timestamp);
    for (const end = next + count; next < end; next += 1) {
      const [participant, change, outcome] = [participants[next], changes[next], relayed.changes[next]];
      if (participant === undefined || change === undefined || outcome === undefined) {
        throw new RangeError("More changes relayed than were given.");
      }
      if (!outcome.accepted) throw new JobCheckError(`${change.verb} ${next}`, "accepted", outcome.error.name);
      const { participantId } = participant;
      const expected = applyChange(participant.consent, modelled(change), { ...study, participantId, now });
      if (isRejection(expected)) throw new JobCheckError(`${change.verb} ${next}`, expected.error, "accepted");
      participant.consent = expected;
      recorder.check(`word after ${change.verb} ${next}`, encodeWord(expected.word), encodeWord(outcome.word));
    }
  }
  const { gasUsed, transactions } = relayed;
  return { participants, gasEach: Number(gasUsed) / total, gasUsed, firstBlock: transactions[0]?.blockNumber, seconds };
}

/** The reference model's view of a signed change. */
function modelled({ verb, change, authorisation: { signedAt, deadline } }: JobChange): Change {
  const signed = { signedAt, deadline };
  switch (verb) {
    case "grant":
      return { verb, ...change, elements: BigInt(change.elements), signed };
    case "resume":
      return { verb, version: change.version, signed };
    case "suspend":
      return { verb, signed: { ...signed, minVersion: change.minVersion } };
    case "withdraw":
      return { verb, extent: change.extent, signed: { ...signed, minVersion: change.minVersion } };
  }
}
