/** What a participant may allow beyond the terms, by bit. A zero byte allows least. */
export const PREFERENCES = {
  recontact: 1 << 0,
  individualFindings: 1 << 1,
  recordLinkage: 1 << 2,
  secondaryUse: 1 << 3,
} as const;

/** What happens to the consent after death, in the two bits above. */
export const AFTER_DEATH = {
  stop: 0 << 4,
  continue: 1 << 4,
  relativesDecide: 2 << 4,
} as const;

/** The highest valid preferences: every bit of PREFERENCES, and relatives decide. */
export const MAX_PREFERENCES = 0x2f;

const OPT_INS = 0x0f;

/** Whether preferences allow no more than others: no further opt-in, and after death the same or a stop. */
export function isNoMore(narrower: number, broader: number): boolean {
  const [afterDeath, standing] = [narrower & ~OPT_INS, broader & ~OPT_INS];
  return (narrower & ~broader & OPT_INS) === 0 && (afterDeath === AFTER_DEATH.stop || afterDeath === standing);
}
