import type { ConsentRecord, ConsentRecords, PatientQuery, ResearcherQuery } from "./readRecords.ts";

// The answers as the data's own README defines them, from the file alone: neither bits nor chain.

/** The patients whose latest consent for the study covers all that is asked for; ascending. */
export function evaluateResearcher(data: ConsentRecords, query: ResearcherQuery): number[] {
  const latest = new Map<number, ConsentRecord>();
  for (const record of data.records) {
    if (record.studyId !== query.studyId) continue;
    if (query.endTime !== undefined && record.recordTime > query.endTime) continue;
    latest.set(record.patientId, record);
  }
  const covering = [...latest.values()].filter(
    (record) =>
      query.categories.every((category) => record.categories.includes(category)) &&
      query.elements.every(
        (element) =>
          record.elements.includes(element) ||
          record.categories.some((category) => isOf(data, element, data.categories[category] as string)),
      ),
  );
  return covering.map(({ patientId }) => patientId).sort((a, b) => a - b);
}

/** The patient's consents as lines, in time order. */
export function evaluatePatient(data: ConsentRecords, query: PatientQuery): string[] {
  return data.records
    .filter(
      ({ patientId, studyId, recordTime }) =>
        patientId === query.patientId &&
        (query.studyId === undefined || studyId === query.studyId) &&
        (query.startTime === undefined || recordTime >= query.startTime) &&
        (query.endTime === undefined || recordTime <= query.endTime),
    )
    .sort((a, b) => a.recordTime - b.recordTime)
    .map((record) => formatLine(data, record));
}

/** A record as the competition's line. */
export function formatLine(data: ConsentRecords, record: Omit<ConsentRecord, "patientId">): string {
  const categories = record.categories.map((index) => data.categories[index]).join(",");
  const elements = record.elements.map((index) => data.elements[index]).join(",");
  return `${record.studyId},${record.recordTime},[${categories}],[${elements}]\n`;
}

/** Whether an element, "AA_BB_name", is of a category, "AA_name". */
function isOf(data: ConsentRecords, element: number, category: string): boolean {
  return (data.elements[element] as string).split("_")[0] === category.split("_")[0];
}
