import type { Hex, TypedDataDefinition } from "viem";

import { factDomain, factTypes } from "../../eip712/index.ts";
import type { Fact } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { NotFoundError } from "../errors.ts";
import { getInstitution } from "../institutions/getInstitution.ts";
import { addressOf } from "../internal/contracts.ts";
import { factBits } from "../internal/facts.ts";
import { officialSignerOf, type SignatureOptions, type SigningErrorType } from "../internal/signing.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";
import { getFactRecord } from "./getFactRecord.ts";
import type { SignedFactStatement } from "./relayFactStatement.ts";

export interface SignFactStatementParameters extends Omit<SignatureOptions, "signedAt"> {
  /** Which use it is: see purposeDigest. */
  readonly purposeDigest: Hex;
  /** What the signer's institution answers for, in place of an earlier statement; empty takes that back. */
  readonly facts: readonly Fact[];
  /** Digest of the signed paper. */
  readonly document: Hex;
}

export type SignFactStatementReturnType = SignedFactStatement;

export type SignFactStatementErrorType = SigningErrorType | NotFoundError;

/**
 * Signs, as an official of a licensee, that what a purpose says is true. Sends nothing.
 * @returns plain JSON, for relayFactStatement in this process or another
 * @throws InvalidInputError, NotFoundError when the account signs for no institution
 */
export async function signFactStatement(
  client: ConcordClient,
  parameters: SignFactStatementParameters,
): Promise<SignFactStatementReturnType> {
  const { purposeDigest, document } = parameters;
  checkId("purposeDigest", purposeDigest);
  const facts = factBits("facts", parameters.facts);
  checkBytes32("document", document);
  const fix = "Have an official of the licensee sign.";
  const { official, deadline, sign } = await officialSignerOf(client, parameters, fix);
  const { institutionId: licensee } = await getInstitution(client, { official });
  const { statements: number } = await getFactRecord(client, { licensee, purposeDigest });
  const statement = { licensee, purposeDigest, facts, document, number, deadline };
  const typedData: TypedDataDefinition<typeof factTypes, "Statement"> = {
    domain: factDomain(client.deployment.chainId, addressOf(client, "factRegistry")),
    types: factTypes,
    primaryType: "Statement",
    message: statement,
  };
  return { statement, signature: await sign(typedData) };
}
