import { encodeFunctionData, type Hex, zeroHash } from "viem";

import { concordLensAbi, consentRegistryAbi } from "../../src/bindings/abi.ts";
import { decodeWord } from "../../src/model/index.ts";
import type { Dictionary } from "./dictionary.ts";
import { formatLine } from "./evaluate.ts";
import { type ImportPlan, scopeOf } from "./plan.ts";
import type { ConsentRecords, PatientQuery, ResearcherQuery } from "./readRecords.ts";
import type { Site } from "./site.ts";

/** A query's answer, and what eth_estimateGas says of it. */
export interface Answered<Item> {
  readonly answer: readonly Item[];
  readonly gas: number;
}

/** Participants a call: more than any study has patients. */
const PAGE = 200n;
/** Beyond every time of a record (Unix seconds). */
const NO_LIMIT = 2n ** 32n;

/** Asks the chain the queries of a file. */
export class Asker {
  readonly #site: Site;
  readonly #data: ConsentRecords;
  readonly #dictionary: Dictionary;
  readonly #plan: ImportPlan;

  constructor(site: Site, data: ConsentRecords, dictionary: Dictionary, plan: ImportPlan) {
    this.#site = site;
    this.#data = data;
    this.#dictionary = dictionary;
    this.#plan = plan;
  }

  /** Through the lens, which reads the scope's index; the custodian's link table tells who is who. Ascending. */
  async researcher(query: ResearcherQuery): Promise<Answered<number>> {
    const { publicClient, record } = this.#site;
    const { address } = record.contracts.concordLens;
    const patients = this.#plan.patientsOf(query.studyId);
    const time = query.endTime === undefined ? NO_LIMIT : BigInt(query.endTime);
    const needs = this.#dictionary.needsOf(query);
    const found = new Set<number>();
    let gas = 0;
    let cursor: { readonly entry: Hex; readonly offset: bigint } = { entry: zeroHash, offset: 0n };
    do {
      const args = [scopeOf(query.studyId), needs, time, cursor, PAGE] as const;
      const call = { abi: concordLensAbi, functionName: "search", args } as const;
      gas += Number(await publicClient.estimateGas({ to: address, data: encodeFunctionData(call) }));
      const [page, next] = await publicClient.readContract({ address, ...call });
      for (const id of page) found.add(patients.get(id) as number);
      cursor = next;
    } while (cursor.entry !== zeroHash);
    return { answer: [...found].sort((a, b) => a - b), gas };
  }

  /** From the registry, with the patient's own pairs of scope and id; the lines are made of the words alone. */
  async patient(query: PatientQuery): Promise<Answered<string>> {
    const { publicClient, record } = this.#site;
    const { address } = record.contracts.consentRegistry;
    const studies = query.studyId === undefined ? this.#plan.studies : [query.studyId];
    const own = this.#plan.keysOf(query.patientId, studies);
    const args = [
      own.map(({ key }) => key),
      BigInt(query.startTime ?? 0),
      query.endTime === undefined ? NO_LIMIT : BigInt(query.endTime),
    ] as const;
    const call = { abi: consentRegistryAbi, functionName: "wordsSignedBetween", args } as const;
    const gas = Number(await publicClient.estimateGas({ to: address, data: encodeFunctionData(call) }));
    const histories = await publicClient.readContract({ address, ...call });
    const records = histories.flatMap((words, index) =>
      words.map(decodeWord).map(({ signedAt, elements }) => {
        const { studyId } = own[index] as (typeof own)[number];
        return { studyId, recordTime: signedAt, ...this.#dictionary.namedBy(elements) };
      }),
    );
    records.sort((a, b) => a.recordTime - b.recordTime);
    return { answer: records.map((each) => formatLine(this.#data, each)), gas };
  }
}
