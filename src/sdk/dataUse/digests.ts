import { encodeAbiParameters, getAbiItem, type Hex, keccak256 } from "viem";

import { licenceRegistryAbi, termsRegistryAbi } from "../../bindings/abi.ts";
import type { Purpose, Terms } from "../../model/index.ts";
import type { InvalidInputError } from "../errors.ts";
import { wirePurpose, wireTerms } from "../internal/wire.ts";

const [termsParameter] = getAbiItem({ abi: termsRegistryAbi, name: "digestOf" }).inputs;
const [, purposeParameter] = getAbiItem({ abi: licenceRegistryAbi, name: "request" }).inputs;

export type EncodeTermsErrorType = InvalidInputError;

/**
 * The ABI encoding of terms, as the contracts hash it.
 * @throws InvalidInputError when the terms are not well formed, under the name of the contracts' own error where it has one
 */
export function encodeTerms(terms: Terms): Hex {
  return encodeAbiParameters([termsParameter], [wireTerms("terms", terms)]);
}

export type TermsDigestErrorType = EncodeTermsErrorType;

/**
 * The digest of terms: what a participant signs, and what a dataset's record names.
 * @throws InvalidInputError as {@link encodeTerms}
 */
export function termsDigest(terms: Terms): Hex {
  return keccak256(encodeTerms(terms));
}

export type EncodePurposeErrorType = InvalidInputError;

/**
 * The ABI encoding of a purpose, as the contracts hash it.
 * @throws InvalidInputError when the purpose is not well formed, under the name of the contracts' own error where it has one
 */
export function encodePurpose(purpose: Purpose): Hex {
  return encodeAbiParameters([purposeParameter], [wirePurpose("purpose", purpose)]);
}

export type PurposeDigestErrorType = EncodePurposeErrorType;

/**
 * The digest of a purpose: what decisions are kept under.
 * @throws InvalidInputError as {@link encodePurpose}
 */
export function purposeDigest(purpose: Purpose): Hex {
  return keccak256(encodePurpose(purpose));
}
