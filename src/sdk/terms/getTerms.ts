import type { Hex } from "viem";

import type { Terms } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import { findEvent } from "../internal/events.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId, checkUint } from "../internal/validate.ts";

/** Terms by their number in the scope (uint16, from 1) or by their digest. */
export type GetTermsParameters = {
  readonly scopeId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
} & ({ readonly number: number; readonly digest?: undefined } | { readonly digest: Hex; readonly number?: undefined });

export interface GetTermsReturnType {
  /** The number in the scope, from 1. */
  readonly number: number;
  readonly digest: Hex;
  /** The institution that registered them. */
  readonly publisher: Hex;
  readonly terms: Terms;
}

export type GetTermsErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * Terms of a scope, whole, from the event of their registration.
 * @throws InvalidInputError, NotFoundError
 */
export async function getTerms(client: ConcordClient, parameters: GetTermsParameters): Promise<GetTermsReturnType> {
  const { scopeId, number, digest, blockNumber } = parameters;
  checkId("scopeId", scopeId);
  if (digest === undefined) checkUint("number", number, 16, 1);
  else checkBytes32("digest", digest);

  const filter = { scopeId, ...(digest === undefined ? { number } : { digest }) };
  const event = await findEvent(client, "termsRegistry", "TermsPublished", filter, blockNumber);
  if (event === undefined) throw new NotFoundError("terms", filter);
  const { args } = event;
  return { number: args.number, digest: args.digest, publisher: args.publisher, terms: args.terms };
}
