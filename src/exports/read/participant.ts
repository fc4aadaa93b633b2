import type { AccessPackagePicture, ConsentOfScope } from "../build/access.ts";
import { type ProvedAccess, readAccesses, readProofs } from "./accesses.ts";
import { institutionsOf, readConsent, releasesOf } from "./consents.ts";
import { type Directory, readDirectory, readInstitutions, usedEntries } from "./institutions.ts";
import { readCoverage, readScopeData, processorsOf } from "./licences.ts";
import { type Dictionaries, type Key, readDictionaries, readKeys, type Reading, usedDictionaries } from "./reading.ts";
import type { Told } from "./told.ts";

/** One participant, by the pairs of scope and id that only they and their custodians can put together. */
export interface ParticipantArguments extends Told {
  readonly keys: readonly Key[];
  /** The participant's own leaves of logged accesses, with their proofs. */
  readonly accesses?: readonly ProvedAccess[] | undefined;
}

/** The picture, and the arguments as the document carries them. */
export interface ReadParticipant {
  readonly picture: AccessPackagePicture;
  readonly given: Pick<ParticipantArguments, "keys" | "accesses" | "directory" | "dictionaries">;
}

/** Reads all that the chain knows of one participant in some scopes. */
export async function readParticipant(reading: Reading, parameters: ParticipantArguments): Promise<ReadParticipant> {
  const keys = readKeys(parameters.keys);
  const proofs = readProofs(parameters.accesses);
  const directory = readDirectory(parameters.directory);
  const dictionaries = readDictionaries(parameters.dictionaries);
  const consents = await Promise.all(keys.map((key) => readConsentOfScope(reading, key, dictionaries)));
  const licences = consents.flatMap(({ data }) => data.licences);
  const accesses = await readAccesses(reading, proofs, keys, licences);
  const institutions = await institutionsOfAll(reading, directory, consents);
  return {
    picture: { consents, accesses, institutions },
    given: {
      keys,
      ...(proofs.length === 0 ? {} : { accesses: proofs }),
      ...usedEntries(directory, [...institutions.keys()]),
      ...usedDictionaries(dictionaries, releasesOf(consents.map(({ consent }) => consent))),
    },
  };
}

async function readConsentOfScope(reading: Reading, key: Key, dictionaries: Dictionaries): Promise<ConsentOfScope> {
  const [consent, data] = await Promise.all([
    readConsent(reading, key, dictionaries),
    readScopeData(reading, key.scopeId),
  ]);
  const recipients = await Promise.all(
    data.licences.map(async (licence) => ({
      licence,
      coverage: await readCoverage(reading, licence.licenceId, key.participantId),
    })),
  );
  return { consent, data, recipients };
}

async function institutionsOfAll(reading: Reading, directory: Directory, consents: readonly ConsentOfScope[]) {
  const ids = consents.flatMap(({ consent, data }) => [
    ...institutionsOf(consent),
    ...data.licences.flatMap(({ subject, derivation }) => [
      subject.licensee,
      subject.custodian,
      subject.committee,
      ...processorsOf(derivation),
    ]),
  ]);
  return await readInstitutions(reading, directory, ids);
}
