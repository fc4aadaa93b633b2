const MONDO_ID = /^MONDO:([0-9]{7})$/;

/** The greatest number of a Mondo id. */
export const LAST_DISEASE = 9_999_999;

/** The number of a disease, the seven digits of its Mondo id ("MONDO:0004992" is 4992); undefined when it is no such id. */
export function diseaseNumber(id: string): number | undefined {
  const digits = MONDO_ID.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A disease's Mondo id; of a number that is none, since others may have written it, the number itself. */
export function diseaseName(disease: number): string {
  return disease <= LAST_DISEASE ? `MONDO:${String(disease).padStart(7, "0")}` : String(disease);
}
