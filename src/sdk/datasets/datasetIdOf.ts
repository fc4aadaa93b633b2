import { encodeAbiParameters, getAbiItem, type Hex, keccak256 } from "viem";

import { datasetRegistryAbi } from "../../bindings/abi.ts";
import type { InvalidInputError } from "../errors.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";

const [recordParameter] = getAbiItem({ abi: datasetRegistryAbi, name: "idOf" }).inputs;

export type DatasetIdOfErrorType = InvalidInputError;

/**
 * The id that a dataset's record has, anchored or not.
 * @throws InvalidInputError when the record lacks a field or has a malformed one
 */
export function datasetIdOf(record: DatasetRecord): Hex {
  return keccak256(encodeAbiParameters([recordParameter], [wireDatasetRecord("record", record)]));
}
