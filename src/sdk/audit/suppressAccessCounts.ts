import { SMALLEST_COUNT, suppressCount } from "../../model/index.ts";
import type { AccessCount } from "./countAccesses.ts";

/** Accesses in numbers that may be published: rounded to the nearest 10. */
export interface PublicAccessCount extends Pick<AccessCount, "licenceId" | "custodian" | "month"> {
  /** Undefined for any number below 10. */
  readonly accesses: number | undefined;
  readonly participants: number;
}

/**
 * Makes of what countAccesses has counted what may be published. A row none of whose accesses had 10 participants is left
 * out, like one without accesses: ten accesses to the data of one person make no ten people.
 */
export function suppressAccessCounts(counts: readonly AccessCount[]): PublicAccessCount[] {
  return counts.flatMap(({ licenceId, custodian, month, accesses, participants, largest }): PublicAccessCount[] => {
    const told = largest < SMALLEST_COUNT ? undefined : suppressCount(participants);
    if (told === undefined) return [];
    return [{ licenceId, custodian, month, accesses: suppressCount(accesses), participants: told }];
  });
}
