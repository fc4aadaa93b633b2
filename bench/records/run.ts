import { size } from "viem";

import { contractNames, type ContractKey } from "../../src/deployments/index.ts";
import { termsDigest } from "../../src/sdk/index.ts";
import { type Answered, Asker } from "./ask.ts";
import { Dictionary } from "./dictionary.ts";
import { evaluatePatient, evaluateResearcher } from "./evaluate.ts";
import { importInBatches, importSingly } from "./importRecords.ts";
import { ImportPlan } from "./plan.ts";
import { readConsentRecords, readQueries } from "./readRecords.ts";
import { openSite, type Site, TERMS } from "./site.ts";
import { type Spread, spreadOf } from "./statistics.ts";

/** What is measured. */
export interface RecordsOptions {
  /** File of consents. */
  readonly data: string;
  /** File of queries. */
  readonly queries: string;
  /** Records a transaction. */
  readonly batchSize: number;
  /** Builds the contracts first. Default true; tests have built already. */
  readonly build?: boolean | undefined;
}

/** A query whose answer is not the one computed from the file, or not the one that the file expects. */
export interface WrongAnswer {
  /** Its place in the file of queries, as a JSON path. */
  readonly query: string;
  readonly answer: readonly unknown[];
  readonly evaluated: readonly unknown[];
  /** Absent where the file does not say. */
  readonly expected?: readonly unknown[];
}

export interface RecordsResult {
  readonly records: number;
  readonly studies: number;
  /** Consents that the words hold besides those that later ones replaced: pairs of patient and study. */
  readonly consents: number;
  readonly batchSize: number;
  /** What importing took, the scope's index included; in batches, the record's share. */
  readonly gasPerRecord: Spread;
  /** By eth_estimateGas: the base and the calldata of a transaction included. */
  readonly gasPerResearcherQuery: Spread;
  readonly gasPerPatientQuery: Spread;
  readonly gasPerAllStudiesPatientQuery: Spread;
  /** Of the whole suite. */
  readonly deployGas: number;
  /** Of the contracts that importing and the queries run through, what deploying each took. */
  readonly deployGasOf: Readonly<Record<string, number>>;
  /** Of the same contracts, the deployed code. */
  readonly runtimeBytes: Readonly<Record<string, number>>;
  readonly answers: {
    readonly right: number;
    readonly of: number;
    /** How many of them the file of queries has an expected answer for. */
    readonly expected: number;
  };
  readonly wrong: readonly WrongAnswer[];
}

/** What an import or a query calls. */
const CONTRACTS = [
  "institutionRegistry",
  "termsRegistry",
  "scopeIndex",
  "consentRegistry",
  "concordLens",
] as const satisfies readonly ContractKey[];

const DAY = 24 * 60 * 60;
/** A page of a calendar: no chain begins in 1970. */
const EARLIEST = Date.UTC(2026, 0, 1) / 1_000;

/**
 * Imports a file of consents into the suite on an in-process chain as their custodian, asks it a file of queries, and
 * compares the answers with those computed from the file.
 * @throws JsonFileError before anything is sent
 */
export async function runRecords(options: RecordsOptions, progress: (message: string) => void): Promise<RecordsResult> {
  const data = await readConsentRecords(options.data);
  const queries = await readQueries(options.queries, data);
  const dictionary = new Dictionary(data);
  const plan = new ImportPlan(data, dictionary, termsDigest(TERMS));
  const latest = data.records.reduce((time, { recordTime }) => Math.max(time, recordTime), EARLIEST);
  const site = await openSite(latest + DAY, { build: options.build, onProgress: progress });
  try {
    progress(`Creating ${plan.studies.length} studies …`);
    await site.createStudies(plan.studies);
    const { batchSize } = options;
    const gas =
      batchSize === 1
        ? await importSingly(site, plan, progress)
        : await importInBatches(site, plan, batchSize, progress);

    progress(`Asking ${queries.researcher.length} researchers' and ${queries.patient.length} patients' queries …`);
    const asker = new Asker(site, data, dictionary, plan);
    const researcher = await judge(
      "researcher",
      queries.researcher,
      (query) => asker.researcher(query),
      (query) => evaluateResearcher(data, query),
    );
    const patient = await judge(
      "patient",
      queries.patient,
      (query) => asker.patient(query),
      (query) => evaluatePatient(data, query),
    );
    const ofAll = patient.gas.filter((_, index) => queries.patient[index]?.studyId === undefined);
    const asked = [...queries.researcher, ...queries.patient];
    const wrong = [...researcher.wrong, ...patient.wrong];
    return {
      records: data.records.length,
      studies: plan.studies.length,
      consents: plan.imports.filter(({ version }) => version === 1).length,
      batchSize,
      gasPerRecord: spreadOf(gas),
      gasPerResearcherQuery: spreadOf(researcher.gas),
      gasPerPatientQuery: spreadOf(patient.gas),
      gasPerAllStudiesPatientQuery: spreadOf(ofAll),
      deployGas: Number(site.deployGas),
      ...(await contractFigures(site)),
      answers: {
        right: asked.length - wrong.length,
        of: asked.length,
        expected: asked.filter(({ expected }) => expected !== undefined).length,
      },
      wrong,
    };
  } finally {
    await site.connection.close();
  }
}

/** Asks all queries of a kind. */
async function judge<Query extends { readonly expected: readonly Item[] | undefined }, Item>(
  kind: string,
  queries: readonly Query[],
  ask: (query: Query) => Promise<Answered<Item>>,
  evaluate: (query: Query) => readonly Item[],
): Promise<{ readonly gas: readonly number[]; readonly wrong: readonly WrongAnswer[] }> {
  const gas: number[] = [];
  const wrong: WrongAnswer[] = [];
  for (const [index, query] of queries.entries()) {
    const { answer, gas: taken } = await ask(query);
    gas.push(taken);
    const evaluated = evaluate(query);
    const { expected } = query;
    if (isSame(answer, evaluated) && isSame(answer, expected ?? evaluated)) continue;
    wrong.push({ query: `$.${kind}[${index}]`, answer, evaluated, ...(expected === undefined ? {} : { expected }) });
  }
  return { gas, wrong };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

async function contractFigures({ publicClient, record }: Site) {
  const deployGasOf: Record<string, number> = {};
  const runtimeBytes: Record<string, number> = {};
  for (const key of CONTRACTS) {
    const { address, startBlock } = record.contracts[key];
    const { transactions } = await publicClient.getBlock({ blockNumber: BigInt(startBlock) });
    for (const hash of transactions) {
      const { contractAddress, gasUsed } = await publicClient.getTransactionReceipt({ hash });
      if (contractAddress?.toLowerCase() === address.toLowerCase()) deployGasOf[contractNames[key]] = Number(gasUsed);
    }
    runtimeBytes[contractNames[key]] = size((await publicClient.getCode({ address })) ?? "0x");
  }
  return { deployGasOf, runtimeBytes };
}
