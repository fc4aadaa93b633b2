import { type ConcordClient, getBlock, InvalidInputError } from "../sdk/index.ts";
import { checkList, checkObject, checkText, checkUint } from "../sdk/internal/validate.ts";
import {
  buildDisclosureAccounting,
  type DisclosureAccounting,
  type Period,
  type Protocol,
} from "./build/disclosures.ts";
import { claimsAt } from "./claims.ts";
import { type ParticipantArguments, readParticipant } from "./read/participant.ts";
import { type MakeErrorType, readNumber } from "./read/reading.ts";

export interface MakeDisclosureAccountingParameters extends ParticipantArguments {
  /** Protocols of research on fifty individuals or more, by licence. */
  readonly protocols?: readonly Protocol[] | undefined;
  /** First second of the period (Unix seconds); six years before its end unless told, and no earlier. */
  readonly from?: number | undefined;
  /** First second after the period (Unix seconds); the block's next unless told. */
  readonly to?: number | undefined;
}

export type MakeDisclosureAccountingReturnType = DisclosureAccounting;

export type MakeDisclosureAccountingErrorType = MakeErrorType;

/** 45 CFR 164.528(a)(1) */
const YEARS = 6;

/**
 * An accounting of disclosures of one participant's data under 45 CFR 164.528, over six years at the most.
 * @throws InvalidInputError, HistoryIncompleteError, ConcordContractError ScopeUnknown, AuditLeafUnproven; NotFoundError for
 * who never acted, or an entry under no licence of the scopes
 */
export async function makeDisclosureAccounting(
  client: ConcordClient,
  parameters: MakeDisclosureAccountingParameters,
): Promise<MakeDisclosureAccountingReturnType> {
  const block = await getBlock(client, { blockNumber: parameters.blockNumber });
  const period = checkPeriod(parameters, block.time);
  const protocols = checkProtocols(parameters.protocols);
  const { picture, given } = await readParticipant({ client, block }, parameters);
  const licences = picture.consents.flatMap(({ data }) => data.licences.map(({ licenceId }) => licenceId.toString()));
  for (const { licence } of protocols) {
    if (licences.includes(licence)) continue;
    const told = `protocols names licence ${licence}, which is none of the scopes.`;
    throw new InvalidInputError("protocols", told, "Give protocols of issued licences on the scopes' datasets.");
  }
  const told = { ...given, ...period, ...(protocols.length === 0 ? {} : { protocols }) };
  return buildDisclosureAccounting(picture, protocols, period, claimsAt(client, "disclosures", block, told));
}

function checkPeriod({ from, to }: MakeDisclosureAccountingParameters, blockTime: number): Period {
  const end = to ?? blockTime + 1;
  checkUint("to", end, 32, 1);
  const earliest = yearsBefore(end);
  const start = from ?? earliest;
  checkUint("from", start, 32);
  if (earliest <= start && start < end) return { from: start, to: end };
  const told = `The period from ${start} to ${end} is empty, or longer than ${YEARS} years.`;
  throw new InvalidInputError("from", told, `Give a period of ${YEARS} years at the most.`);
}

function yearsBefore(time: number): number {
  const date = new Date(time * 1000);
  date.setUTCFullYear(date.getUTCFullYear() - YEARS);
  return Math.max(0, date.getTime() / 1000);
}

function checkProtocols(value: unknown): Protocol[] {
  if (value === undefined) return [];
  checkList("protocols", value);
  return value.map((protocol, index) => {
    const input = `protocols[${index}]`;
    checkObject(input, protocol);
    const { name, description } = protocol;
    checkText(`${input}.name`, name);
    checkText(`${input}.description`, description);
    return { licence: readNumber(`${input}.licence`, protocol.licence).toString(), name, description };
  });
}
