import { encodeAbiParameters, getAbiItem, type Hex, keccak256 } from "viem";

import { provenanceRegistryAbi } from "../../bindings/abi.ts";
import type { InvalidInputError } from "../errors.ts";
import { type AliquotRecord, checkAliquot, checkSpecimen, type SpecimenRecord } from "../internal/provenance.ts";

const [specimenParameter] = getAbiItem({ abi: provenanceRegistryAbi, name: "idOfSpecimen" }).inputs;
const [aliquotParameter] = getAbiItem({ abi: provenanceRegistryAbi, name: "idOfAliquot" }).inputs;

export type SampleIdOfErrorType = InvalidInputError;

/**
 * The id that a specimen's record has, registered or not.
 * @throws InvalidInputError
 */
export function specimenIdOf(record: SpecimenRecord): Hex {
  return keccak256(encodeAbiParameters([specimenParameter], [checkSpecimen(record)]));
}

/**
 * The id that an aliquot's record has, registered or not.
 * @throws InvalidInputError
 */
export function aliquotIdOf(record: AliquotRecord): Hex {
  return keccak256(encodeAbiParameters([aliquotParameter], [checkAliquot(record)]));
}
