import type { Hex } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";

import type { OntologyExample } from "../files/index.ts";
import { BLANK_TERMS, type Consent, MODIFIERS, NO_CONSENT, PERMISSIONS, type Terms } from "../model/index.ts";
import { deriveParticipantKey, participantIdOf } from "../sdk/index.ts";

/** Terms that the biobank offers, and how many of every ten participants choose them. */
export interface Offer {
  readonly label: string;
  readonly terms: Terms;
  readonly share: number;
  /** The elements of the data dictionary that go with them, by bit. */
  readonly elements: bigint;
}

/** One sample of the VCF, as a participant; the sample's id never leaves this process. */
export interface Participant<Chosen extends Offer = Offer> {
  readonly account: PrivateKeyAccount;
  readonly participantId: Hex;
  /** What they agree to. */
  readonly offer: Chosen;
  /** What the reference model says of their consent. */
  consent: Consent;
}

/** The first ten elements of a data dictionary, and the eight of them that some keep to. */
const TEN_ELEMENTS = 0x3ffn;
export const EIGHT_ELEMENTS = 0xffn;

/** The terms on offer: broad, health, the example's disease, an unrelated one, ancestry. */
export function makeOffers(example: OntologyExample, release: Hex): readonly Offer[] {
  const terms = (permission: keyof typeof PERMISSIONS, more: Partial<Terms> = {}): Terms => ({
    ...BLANK_TERMS,
    permissions: PERMISSIONS[permission],
    ...more,
  });
  const about = (disease: number): Partial<Terms> => ({ diseases: [disease], ontologyRelease: release });
  const offer = (label: string, share: number, agreed: Terms, elements = TEN_ELEMENTS): Offer => ({
    ...{ label, share, elements },
    terms: agreed,
  });
  return [
    offer("general research use", 4, terms("GRU")),
    offer("health research, not-for-profit only", 2, terms("HMB", { modifiers: MODIFIERS.NPU }), EIGHT_ELEMENTS),
    offer("research into the example's disease", 2, terms("DS", about(example.consented))),
    offer("research into an unrelated disease", 1, terms("DS", about(example.unrelated))),
    offer("population origins or ancestry only", 1, terms("POA")),
  ];
}

/** A participant for each of `count` samples, with a key of their own for the scope. */
export async function makeParticipants<Chosen extends Offer>(
  count: number,
  seed: Hex,
  scopeId: Hex,
  offers: readonly Chosen[],
): Promise<Participant<Chosen>[]> {
  const choices = offers.flatMap((offer) => Array.from({ length: offer.share }, () => offer));
  const participants: Participant<Chosen>[] = [];
  for (let index = 0; index < count; index += 1) {
    const account = privateKeyToAccount(await deriveParticipantKey({ seed, scopeId, index }));
    const offer = choices[index % choices.length];
    if (offer === undefined) throw new RangeError("There is no offer to choose.");
    participants.push({ account, participantId: participantIdOf(account.address), offer, consent: NO_CONSENT });
  }
  return participants;
}
