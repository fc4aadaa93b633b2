import type { Hex } from "viem";

import {
  ConcordContractError,
  getInstitution,
  institutionIdOf,
  type InstitutionRole,
  type InstitutionStanding,
  type InstitutionType,
} from "../../sdk/index.ts";
import { checkList, checkObject, checkText } from "../../sdk/internal/validate.ts";
import type { Reading } from "./reading.ts";

/**
 * What the chain does not hold of an institution: told by whoever makes the document. Only the identifier is proved: the
 * institution's id is its hash.
 */
export interface DirectoryEntry {
  /** The public identifier that the id was made of, for instance a ROR id. */
  readonly identifier: string;
  readonly name?: string | undefined;
  /** How to reach it. */
  readonly contact?: string | undefined;
  /** How to reach its data protection officer (GDPR Art. 37). */
  readonly dataProtectionOfficer?: string | undefined;
  /** Its representative in the Union (GDPR Art. 27). */
  readonly representative?: string | undefined;
}

const DETAILS = ["name", "contact", "dataProtectionOfficer", "representative"] as const;

/** Entries by the institution's id. */
export type Directory = ReadonlyMap<Hex, DirectoryEntry>;

/** An institution that a document names. */
export interface InstitutionPicture extends Partial<DirectoryEntry> {
  readonly institutionId: Hex;
  /** None for one that the consortium has not admitted. */
  readonly standing: InstitutionStanding;
  readonly roles: readonly InstitutionRole[];
  readonly notForProfit: boolean;
  /** Undefined for one that is not admitted. */
  readonly institutionType?: InstitutionType | undefined;
  /** Where it is established, for instance "DK" or "US-CA"; undefined for one that is not admitted. */
  readonly region?: string | undefined;
}

/** @throws InvalidInputError */
export function readDirectory(value: unknown): Directory {
  if (value === undefined) return new Map();
  checkList("directory", value);
  return new Map(value.map((entry, index) => readEntry(`directory[${index}]`, entry)));
}

function readEntry(input: string, entry: unknown): [Hex, DirectoryEntry] {
  checkObject(input, entry);
  checkText(`${input}.identifier`, entry.identifier);
  const told: Record<string, string> = { identifier: entry.identifier };
  for (const field of DETAILS) {
    const detail = entry[field];
    if (detail === undefined) continue;
    checkText(`${input}.${field}`, detail);
    told[field] = detail;
  }
  return [institutionIdOf(entry.identifier), told as unknown as DirectoryEntry];
}

/** The entries that a document uses, in its order of institutions. */
export function usedEntries(directory: Directory, ids: readonly Hex[]): { directory?: DirectoryEntry[] } {
  const used = ids.flatMap((id) => directory.get(id) ?? []);
  return used.length === 0 ? {} : { directory: used };
}

/** Institutions by id, in the order in which they were named. */
export type Institutions = ReadonlyMap<Hex, InstitutionPicture>;

/** What chain and directory say of some institutions, each once. */
export async function readInstitutions(
  reading: Reading,
  directory: Directory,
  ids: Iterable<Hex>,
): Promise<Institutions> {
  const distinct = [...new Set([...ids].map((id) => id.toLowerCase() as Hex))];
  const pictures = await Promise.all(distinct.map((id) => readInstitution(reading, id)));
  return new Map(
    pictures.map((picture) => [picture.institutionId, { ...picture, ...directory.get(picture.institutionId) }]),
  );
}

async function readInstitution({ client, block }: Reading, institutionId: Hex): Promise<InstitutionPicture> {
  try {
    const { standing, roles, notForProfit, institutionType, region } = await getInstitution(client, {
      institutionId,
      blockNumber: block.blockNumber,
    });
    return { institutionId, standing, roles, notForProfit, institutionType, region };
  } catch (error) {
    // Terms may name a controller that is no member.
    if (!(error instanceof ConcordContractError) || error.name !== "InstitutionUnknown") throw error;
    return { institutionId, standing: "None", roles: [], notForProfit: false };
  }
}
