import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface DeclareConflictParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** The institution that the sender's is in conflict of interest with. */
  readonly other: Hex;
  /** Digest of the declaration. */
  readonly document: Hex;
}

export type DeclareConflictReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly declarant: Hex; readonly other: Hex },
  dryRun
>;

export type DeclareConflictErrorType = WriteErrorType;

/**
 * Says that the sender's institution and another are in conflict of interest: neither approves what the other asks for.
 * @throws InvalidInputError, ConcordContractError InstitutionUnknown, InstitutionInConflict, InstitutionNotInStanding,
 * AccessManagedUnauthorized
 */
export async function declareConflict<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DeclareConflictParameters<dryRun>,
): Promise<DeclareConflictReturnType<dryRun>> {
  const { other, document } = parameters;
  checkId("other", other);
  checkBytes32("document", document);
  return write(
    client,
    parameters,
    { contract: "institutionRegistry", functionName: "declareConflict", args: [other, document] },
    (logs) => {
      const { declarant, other } = eventIn(client, logs, "institutionRegistry", "InstitutionConflictDeclared");
      return { declarant, other };
    },
  );
}
