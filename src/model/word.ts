import { checkBigUint, checkUint } from "./errors.ts";

/** The stored states of a consent, by their number in the word. */
export const ConsentState = {
  None: 0,
  Declined: 1,
  Active: 2,
  Suspended: 3,
  Withdrawn: 4,
  Annulled: 5,
} as const;

/** How far a withdrawal reaches; its strength only rises. */
export const WithdrawalExtent = {
  None: 0,
  NoFurtherContact: 1,
  NoFurtherAccess: 2,
  NoFurtherUse: 3,
} as const;

/** Who opened the standing word, or was the first to act where only a custodian had. */
export const ConsentAuthor = {
  Participant: 0,
  Guardian: 1,
  Proxy: 2,
  Custodian: 3,
} as const;

/** `ended` of a word that no closing change has ended. */
export const NOT_ENDED = 0xffff_ffff;

/** `until` of a consent with no expiry. */
export const NO_EXPIRY = 0xffff_ffff;

/** The last version; a consent that has reached it can only be closed. */
export const LAST_VERSION = 0xffff;

/** One consent in one 256-bit word. Times are block times in seconds (uint32). */
export interface ConsentWord {
  /** One of ConsentState; 6 and 7 are unassigned. */
  readonly state: number;
  /** One of WithdrawalExtent. */
  readonly extent: number;
  /** One of ConsentAuthor. */
  readonly author: number;
  /** A minor's dissent: no guardian and no custodian opens it again. */
  readonly dissent: boolean;
  /** Six bits of preferences; at most MAX_PREFERENCES in a word that the contracts have made. */
  readonly preferences: number;
  /** Whether a move to a new key is pending: the consent may be closed, not opened. */
  readonly locked: boolean;
  /** Whether the consent goes on under another participant id. */
  readonly forwarded: boolean;
  /** The number of the terms within the scope (uint16), from 1; 0 when none were ever agreed to. */
  readonly terms: number;
  /** Raised by every change (uint16). */
  readonly version: number;
  /** How many words of the same participant id came before this one (uint16). */
  readonly ordinal: number;
  /** When the word began to count. */
  readonly opened: number;
  /** When a closing change ended it; NOT_ENDED when none did. */
  readonly ended: number;
  /** When the participant said it. */
  readonly signedAt: number;
  /** When it expires, exclusive; NO_EXPIRY when never. */
  readonly until: number;
  /** 64 bits of categories and elements of the data dictionary. */
  readonly elements: bigint;
}

type WordField = keyof ConsentWord;

/** Offset and width of every field in bits, from the least significant bit. The layout is the contracts'. */
const LAYOUT: Readonly<Record<WordField, readonly [offset: number, bits: number]>> = {
  state: [0, 3],
  extent: [3, 2],
  author: [5, 2],
  dissent: [7, 1],
  preferences: [8, 6],
  locked: [14, 1],
  forwarded: [15, 1],
  terms: [16, 16],
  version: [32, 16],
  ordinal: [48, 16],
  opened: [64, 32],
  ended: [96, 32],
  signedAt: [128, 32],
  until: [160, 32],
  elements: [192, 64],
};

const FIELDS = Object.keys(LAYOUT) as WordField[];

/** The word of a participant who has never acted: all zero, state None. */
export const EMPTY_WORD: ConsentWord = decodeWord(0n);

/**
 * Packs a word into its 256 bits.
 * @throws ModelError ValueOutOfRange when a field does not fit its width
 */
export function encodeWord(word: ConsentWord): bigint {
  let packed = 0n;
  for (const field of FIELDS) {
    const [offset, bits] = LAYOUT[field];
    const value = word[field];
    if (typeof value === "bigint") checkBigUint(field, value, bits);
    else checkUint(field, Number(value), bits);
    packed |= BigInt(value) << BigInt(offset);
  }
  return packed;
}

/** Unpacks the low 256 bits of `packed`. Total: every pattern of bits is some word, unassigned states included. */
export function decodeWord(packed: bigint): ConsentWord {
  const bitsOf = (field: WordField): bigint => {
    const [offset, bits] = LAYOUT[field];
    return BigInt.asUintN(bits, packed >> BigInt(offset));
  };
  const numberOf = (field: WordField): number => Number(bitsOf(field));
  return Object.freeze({
    state: numberOf("state"),
    extent: numberOf("extent"),
    author: numberOf("author"),
    dissent: bitsOf("dissent") === 1n,
    preferences: numberOf("preferences"),
    locked: bitsOf("locked") === 1n,
    forwarded: bitsOf("forwarded") === 1n,
    terms: numberOf("terms"),
    version: numberOf("version"),
    ordinal: numberOf("ordinal"),
    opened: numberOf("opened"),
    ended: numberOf("ended"),
    signedAt: numberOf("signedAt"),
    until: numberOf("until"),
    elements: bitsOf("elements"),
  });
}
