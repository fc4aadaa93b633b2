import { type ConsentPicture, institutionsOf, readConsent, releasesOf } from "./consents.ts";
import { type Institutions, readDirectory, readInstitutions, usedEntries } from "./institutions.ts";
import { type Key, readDictionaries, readKey, type Reading, usedDictionaries } from "./reading.ts";
import type { Told } from "./told.ts";

/** One participant's consent in one scope. */
export interface OneConsentArguments extends Key, Told {}

/** The picture, and the arguments as the document carries them. */
export interface ReadOneConsent {
  readonly picture: ConsentPicture;
  readonly institutions: Institutions;
  readonly given: Omit<OneConsentArguments, "blockNumber">;
}

/** Reads one consent, and whom it names. */
export async function readOneConsent(reading: Reading, parameters: OneConsentArguments): Promise<ReadOneConsent> {
  const key = readKey("consent", parameters);
  const directory = readDirectory(parameters.directory);
  const dictionaries = readDictionaries(parameters.dictionaries);
  const picture = await readConsent(reading, key, dictionaries);
  const institutions = await readInstitutions(reading, directory, institutionsOf(picture));
  return {
    picture,
    institutions,
    given: {
      ...key,
      ...usedEntries(directory, [...institutions.keys()]),
      ...usedDictionaries(dictionaries, releasesOf([picture])),
    },
  };
}
