import type { Signatures, SignedClosing } from "../../../src/model/index.ts";
import type { Actor } from "../engine.ts";
import { DAY } from "../story.ts";
import type { Dice } from "./dice.ts";
import type { Ids, Scene } from "./people.ts";

/** One mistake in so many operations. */
const MISTAKES = 4;
/** Seconds by which a signature is early or late. */
const DELAY = 4;

export const SENDER_MISTAKES = ["stranger", "second institution", "no scope"] as const;
export const SIGNING_MISTAKES = ["future", "late", "forged", "signed with the word"] as const;

/** Usually none, at times one of those named; one that is named twice comes twice as often. */
export function mistakeOf<Name extends string>(
  { dice }: Scene,
  ...names: readonly [Name, ...Name[]]
): Name | undefined {
  return dice.oneIn(MISTAKES) ? dice.pick(names) : undefined;
}

/** The account of the institution that sends: the custodian's, but for a mistake. */
export function senderOf({ stage }: Scene, mistake: string | undefined): string {
  if (mistake === "stranger") return stage.stranger;
  return (mistake === "second institution" ? stage.institutions.second : stage.institutions.custodian).account;
}

export function scopeIdOf({ stage }: Scene, { scopeId }: Ids, mistake: string | undefined): string {
  return mistake === "no scope" ? stage.nowhere : scopeId;
}

/**
 * Signed lately, by whoever has to, but for a mistake.
 * @param standingSignedAt when what stands was signed (Unix seconds)
 */
export function signingOf(
  { dice, now, stage }: Scene,
  signer: Actor,
  opens: boolean,
  standingSignedAt: number,
  mistake: string | undefined,
): { readonly signed: SignedClosing } & Pick<Signatures, "signatories"> {
  const lately = now - (dice.oneIn(3) ? dice.below(DELAY) : 0);
  const times: Readonly<Record<string, number>> = {
    future: now + 1 + dice.below(DELAY),
    "signed with the word": Math.min(standingSignedAt, now),
  };
  const signedAt = times[mistake ?? ""] ?? lately;
  const deadline = mistake === "late" ? now - 1 - dice.below(DELAY) : now + dice.pick([30 * DAY, DAY, 0]);
  const signatories = mistake === "forged" ? [dice.pick(stage.delegates).id] : membersOf(dice, signer, opens);
  return { signed: { signedAt, deadline, minVersion: 0 }, ...(signatories && { signatories }) };
}

/** Of a group mostly members who suffice; of other signers nobody else. */
function membersOf(dice: Dice, actor: Actor, opens: boolean): readonly string[] | undefined {
  if (actor.signer.kind !== "group") return undefined;
  const ids = [...actor.signer.members.keys()].sort();
  if (dice.oneIn(4)) return ids.filter(() => dice.oneIn(2));
  return opens ? trustedMembers(actor).slice(0, actor.signer.threshold) : ids.slice(0, 1 + dice.below(ids.length));
}

/** Members of a group whose verifiers are listed, in a signature's order. */
export function trustedMembers({ signer }: Actor): readonly string[] {
  if (signer.kind !== "group") return [];
  const trusted = [...signer.members].filter(([, member]) => member.kind !== "key" || member.isListed);
  return trusted.map(([id]) => id).sort();
}
