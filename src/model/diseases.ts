import { termName, termNumber } from "./termIds.ts";

/** The number of a disease, the seven digits of its Mondo id ("MONDO:0004992" is 4992); undefined when it is no such id. */
export function diseaseNumber(id: string): number | undefined {
  return termNumber("MONDO", id);
}

/** A disease's Mondo id; of a number that is none, since others may have written it, the number itself. */
export function diseaseName(disease: number): string {
  return termName("MONDO", disease);
}
