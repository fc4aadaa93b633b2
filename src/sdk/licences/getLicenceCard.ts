import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { read, type ReadErrorType } from "../internal/read.ts";

export interface GetLicenceCardParameters {
  readonly licenceId: bigint;
}

/** ERC-721 metadata as wallets show it. */
export interface GetLicenceCardReturnType {
  readonly name: string;
  readonly description: string;
  /** A picture: SVG in a data URI. */
  readonly image: string;
  /** A value that is a number is a time (Unix seconds), with "date" as its display_type. */
  readonly attributes: readonly {
    readonly trait_type: string;
    readonly display_type?: "date";
    readonly value: string | number;
  }[];
}

export type GetLicenceCardErrorType = InvalidInputError | ReadErrorType;

const PREFIX = "data:application/json;base64,";

/**
 * The token's card, which the chain itself draws from what stands now.
 * @throws InvalidInputError, ConcordContractError ERC721NonexistentToken before the licence is issued
 */
export async function getLicenceCard(
  client: ConcordClient,
  { licenceId }: GetLicenceCardParameters,
): Promise<GetLicenceCardReturnType> {
  checkLicenceId(licenceId);
  const uri = await read(client, { contract: "licenceRegistry", functionName: "tokenURI", args: [licenceId] });
  return JSON.parse(atob(uri.slice(PREFIX.length))) as GetLicenceCardReturnType;
}
