import type { Hex, Log } from "viem";

import { type ConsentWord, decodeWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { eventIn } from "./events.ts";

/** A consent that goes on under another participant id. */
export interface MovedConsent {
  readonly scopeId: Hex;
  /** The old id, which forwards to the new one for ever. */
  readonly participantId: Hex;
  readonly newParticipantId: Hex;
  /** The old id's word, for ever. */
  readonly lastWord: ConsentWord;
  /** The new id's first word. */
  readonly word: ConsentWord;
}

/** The consent that a transaction has moved. */
export function movedConsent(client: ConcordClient, logs: readonly Log[]): MovedConsent {
  const { scopeId, participantId, newParticipantId, ...words } = eventIn(
    client,
    logs,
    "consentRegistry",
    "ConsentMoved",
  );
  const [lastWord, word] = [decodeWord(words.lastWord), decodeWord(words.word)];
  return { scopeId, participantId, newParticipantId, lastWord, word };
}
