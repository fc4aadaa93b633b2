import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface LiftConflictParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly institutionId: Hex;
  /** The institution that it was in conflict of interest with; in either order. */
  readonly other: Hex;
  /** Digest of the reasons. */
  readonly document: Hex;
}

export type LiftConflictReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly institutionId: Hex; readonly other: Hex },
  dryRun
>;

export type LiftConflictErrorType = WriteErrorType;

/**
 * Ends a conflict of interest between two institutions. For the registrar.
 * @throws InvalidInputError, ConcordContractError InstitutionNotInConflict, AccessManagedUnauthorized
 */
export async function liftConflict<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: LiftConflictParameters<dryRun>,
): Promise<LiftConflictReturnType<dryRun>> {
  const { institutionId, other, document } = parameters;
  checkId("institutionId", institutionId);
  checkId("other", other);
  checkBytes32("document", document);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "liftConflict", args: [institutionId, other, document] },
    (logs) => {
      const { a, b } = eventIn(client, logs, "institutionRegistry", "InstitutionConflictLifted");
      return { institutionId: a, other: b };
    },
  );
}
