import type { SignedChange } from "../consents/encodeSignedChange.ts";
import { InvalidInputError } from "../errors.ts";
import { type GroupEntry, groupEntriesOf, packGroupEntries } from "../internal/groups.ts";
import { isGroup } from "../internal/signerBytes.ts";
import { checkBytes, checkNonEmptyList, checkObject } from "../internal/validate.ts";

export type CombineSignedChangesErrorType = InvalidInputError;

/**
 * One change that several members of a group have signed, each elsewhere, as one signed change. All must say the same,
 * at the same signedAt and deadline. Who has signed in several of them counts once.
 * @param signed what groupSigner has made, on each machine with another member as its only signer
 * @throws InvalidInputError when they say different things, or are no group's
 */
export function combineSignedChanges<change extends SignedChange>(signed: readonly change[]): change {
  checkNonEmptyList("signed", signed);
  const [first] = signed as readonly [change, ...change[]];
  const entries = signed.flatMap((one, index) => {
    const input = `signed[${index}]`;
    checkObject(input, one);
    checkObject(`${input}.authorisation`, one.authorisation);
    if (statementOf(one) !== statementOf(first)) {
      const told = `${input} says something else than signed[0], or at another time.`;
      throw new InvalidInputError(
        input,
        told,
        "Have all members sign the same change, with the same signedAt and deadline.",
      );
    }
    return entriesOf(input, one);
  });
  const signature = packGroupEntries(entries);
  return { ...first, authorisation: { ...first.authorisation, signature } };
}

function entriesOf(input: string, { authorisation: { signer, signature } }: SignedChange): GroupEntry[] {
  checkBytes(`${input}.authorisation.signer`, signer);
  checkBytes(`${input}.authorisation.signature`, signature);
  const entries = isGroup(signer) ? groupEntriesOf(signature) : undefined;
  if (entries !== undefined && entries.length > 0) return entries;
  const told = `${input} is not signed by members of a group.`;
  throw new InvalidInputError(`${input}.authorisation`, told, "Give what a groupSigner has signed.");
}

/** All that is signed, and by whom, in one text. */
function statementOf({ verb, change, authorisation }: SignedChange): string {
  const { signer, participantId, signedAt, deadline } = authorisation;
  const fields = Object.entries(change).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([verb, fields, signer, participantId, signedAt, deadline]).toLowerCase();
}
