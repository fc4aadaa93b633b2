import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId, checkProof } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";

export interface VerifyParticipantParameters {
  /** The dataset's record, as anchored. */
  readonly record: DatasetRecord;
  readonly participantId: Hex;
  /** Merkle proof of the participant in the participants' root. */
  readonly proof: readonly Hex[];
}

export type VerifyParticipantReturnType = boolean;

export type VerifyParticipantErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether a dataset is about a participant, as the contract says.
 * @throws InvalidInputError, ConcordContractError DatasetNotAnchored
 */
export async function verifyParticipant(
  client: ConcordClient,
  { record, participantId, proof }: VerifyParticipantParameters,
): Promise<VerifyParticipantReturnType> {
  const wireRecord = wireDatasetRecord("record", record);
  checkId("participantId", participantId);
  checkProof("proof", proof);
  return read(client, {
    contract: "datasetRegistry",
    functionName: "provesParticipant",
    args: [wireRecord, participantId, proof],
  });
}
