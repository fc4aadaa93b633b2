/** Order of the group of secp256k1 (SEC 2, version 2.0, section 2.4.1): private keys are 1 to that, exclusive. */
const ORDER = 0xffffffff_ffffffff_ffffffff_fffffffe_baaedce6_af48a03b_bfd25e8c_d0364141n;

/** The first candidate, by attempt from 0, that is a private key. */
export async function firstPrivateKey(candidate: (attempt: number) => Promise<bigint>): Promise<bigint> {
  for (let attempt = 0; ; attempt++) {
    const key = await candidate(attempt);
    if (key > 0n && key < ORDER) return key;
  }
}
