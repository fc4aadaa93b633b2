import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type StatedFacts, statedIn } from "../internal/facts.ts";
import { checkBytes, checkBytes32, checkId, checkObject, checkUint } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** What an account of a licensee has signed about facts. Plain JSON: it may be stored and sent as it is. */
export interface SignedFactStatement {
  readonly statement: {
    readonly licensee: Hex;
    readonly purposeDigest: Hex;
    /** Bits of the facts, as FACTS of the model has them. */
    readonly facts: number;
    readonly document: Hex;
    /** How many statements the licensee had made about the purpose before. */
    readonly number: number;
    /** The last second at which the signature may be used (Unix seconds). */
    readonly deadline: number;
  };
  readonly signature: Hex;
}

export interface RelayFactStatementParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** May come from anywhere: its shape is checked here, its signature by the registry. */
  readonly signed: SignedFactStatement;
}

export type RelayFactStatementReturnType<dryRun extends boolean = boolean> = WriteReturnType<StatedFacts, dryRun>;

export type RelayFactStatementErrorType = WriteErrorType;

/**
 * Sends what an account of a licensee has signed about facts. Anyone may.
 * @throws InvalidInputError, ConcordContractError FactSignatureInvalid, FactNumberUsed, FactDeadlinePassed, FactUnknown,
 * InstitutionNotInStanding
 */
export async function relayFactStatement<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RelayFactStatementParameters<dryRun>,
): Promise<RelayFactStatementReturnType<dryRun>> {
  const { signed } = parameters;
  checkObject("signed", signed);
  const { signature } = signed;
  checkObject("signed.statement", signed.statement);
  const { licensee, purposeDigest, facts, document, number, deadline } = signed.statement;
  checkId("signed.statement.licensee", licensee);
  checkId("signed.statement.purposeDigest", purposeDigest);
  checkUint("signed.statement.facts", facts, 32);
  checkBytes32("signed.statement.document", document);
  checkUint("signed.statement.number", number, 32);
  checkUint("signed.statement.deadline", deadline, 32);
  checkBytes("signed.signature", signature, 1);
  const args = [{ licensee, purposeDigest, facts, document, number, deadline }, signature] as const;
  return write(client, parameters, { contract: "factRegistry", functionName: "stateBySig", args }, (logs) =>
    statedIn(client, logs),
  );
}
