import type { DataDictionary } from "../../sdk/index.ts";
import type { DirectoryEntry } from "./institutions.ts";

/** What whoever makes a document may tell beside the chain. */
export interface Told {
  /** Names and contacts of institutions; those that the document does not name are left out. */
  readonly directory?: readonly DirectoryEntry[] | undefined;
  /** Data dictionaries, for the names of categories and elements; each is proved by the release that the terms pin. */
  readonly dictionaries?: readonly DataDictionary[] | undefined;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}
