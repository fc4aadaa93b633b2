import type { Hex } from "viem";

import { type Fact, FACTS, isZero, namesOf } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface GetFactRecordParameters {
  /** The institution whose use it is. */
  readonly licensee: Hex;
  /** Which use it is: see purposeDigest. */
  readonly purposeDigest: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetFactRecordReturnType {
  readonly licensee: Hex;
  readonly purposeDigest: Hex;
  /** What the licensee answers for by its latest statement. */
  readonly facts: readonly Fact[];
  /** How many statements it has made. */
  readonly statements: number;
  /** The committee that has approved the use, whether or not the approval still holds; undefined if none has. */
  readonly committee: Hex | undefined;
  /** First second at which the approval no longer holds (Unix seconds); 0 if there was none. */
  readonly ethicsUntil: number;
}

export type GetFactRecordErrorType = InvalidInputError | ReadErrorType;

/**
 * What is on record about the facts of a use, all of one block.
 * @throws InvalidInputError
 */
export async function getFactRecord(
  client: ConcordClient,
  { licensee, purposeDigest, blockNumber: given }: GetFactRecordParameters,
): Promise<GetFactRecordReturnType> {
  checkId("licensee", licensee);
  checkId("purposeDigest", purposeDigest);
  const blockNumber = given ?? (await latestBlockNumber(client));
  const request = { contract: "factRegistry", args: [licensee, purposeDigest], blockNumber } as const;
  const [{ attested, ethicsUntil, statements }, committee] = await Promise.all([
    read(client, { ...request, functionName: "recordOf" }),
    read(client, { ...request, functionName: "committeeOf" }),
  ]);
  return {
    licensee,
    purposeDigest,
    facts: namesOf(FACTS, attested),
    statements,
    committee: isZero(committee) ? undefined : committee,
    ethicsUntil,
  };
}
