import { reject, type Rejection } from "./rejections.ts";

/** Whoever signs, as far as it decides whether their signature counts. Cryptography is not modelled. */
export type Signer =
  /** A plain or a smart account. */
  | { readonly kind: "account" }
  /** An ERC-7913 key. Openings need a verifier whose code is listed; closings accept any. */
  | { readonly kind: "key"; readonly verifier: string; readonly isListed: boolean }
  /** k of the members open, any one of them closes. A group is no member of a group. */
  | { readonly kind: "group"; readonly threshold: number; readonly members: ReadonlyMap<string, Signer> };

/**
 * Whether what the signatories have signed counts as the signer's own.
 * @param signatories ids of those who really signed: of a group its members, in the order in which the signature lists
 * them; else one
 * @param opens whether it gives something
 */
export function isSignedBy(
  signerId: string,
  signer: Signer,
  signatories: readonly string[],
  opens: boolean,
): boolean | Rejection {
  if (signer.kind === "group") return isSignedByMembers(signer, signatories, opens);
  if (signer.kind === "key" && opens && !signer.isListed) return reject("SignerVerifierUnlisted", signer.verifier);
  return signatories.length === 1 && signatories[0] === signerId;
}

/** Every entry must be a member's, ascending, so that nobody counts twice; one bad entry spoils the whole. */
function isSignedByMembers(
  { threshold, members }: Extract<Signer, { kind: "group" }>,
  signatories: readonly string[],
  opens: boolean,
): boolean | Rejection {
  if (threshold === 0) return false;
  let last = "";
  for (const memberId of signatories) {
    const member = members.get(memberId);
    if (member === undefined || member.kind === "group" || memberId <= last) return false;
    last = memberId;
    const counts = isSignedBy(memberId, member, [memberId], opens);
    if (counts !== true) return counts;
  }
  return signatories.length >= (opens ? threshold : 1);
}
