import { encodeFunctionData, type Hex, keccak256, toHex, zeroHash } from "viem";

import { datasetRegistryAbi } from "../../src/bindings/abi.ts";
import {
  anchorDataset,
  attestMirror,
  type DatasetRecord,
  offerDatasetCopy,
  retractDataset,
} from "../../src/sdk/index.ts";
import { callGas } from "../callGas.ts";
import type { Bench } from "../world.ts";

const DEEPEST = 8;
const MOST_PARENTS = 8;

/** Datasets that derive from each other, copies of them, and how many slots it takes to know that one stands. */
export async function datasets(bench: Bench): Promise<void> {
  const { measure, biobank, university, custodian, scopeId, offer } = bench;
  let anchored = 0;
  const anchor = async (parents: readonly DatasetRecord[] = []) => {
    anchored += 1;
    const record = {
      custodian,
      scopeId,
      contentDigest: keccak256(toHex(`dataset ${anchored}`)),
      manifestRoot: keccak256("0x04"),
      participantsRoot: keccak256("0x05"),
      termsDigest: offer.termsDigest,
      level: "Individual",
      deidentification: { class: "Pseudonymised", method: keccak256("0x08"), reviewer: zeroHash },
    } as const;
    return await anchorDataset(biobank, { record, parents });
  };

  let last = await anchor();
  await measureStanding(bench, "of no parents", last.datasetId);
  const others: DatasetRecord[] = [];
  for (let depth = 1; depth < DEEPEST; depth += 1) {
    last = await anchor([last.record]);
    if (depth === 1) await measureStanding(bench, "derived once", last.datasetId);
    others.push((await anchor()).record);
  }
  const deepest = anchor([last.record, ...others.slice(0, MOST_PARENTS - 1)]);
  await measure("anchor a dataset of 8 parents, at depth 8", deepest);
  const { record, datasetId } = await deepest;
  await measureStanding(bench, "at depth 8, of 15 ancestors", datasetId);

  const copyDigest = keccak256("0x0e");
  await measure("offer a copy", offerDatasetCopy(biobank, { record, copyDigest, size: 1n << 40n }));
  await measure("attest a mirror", attestMirror(university, { datasetId, copyDigest }));
  await measure("attest a mirror again", attestMirror(university, { datasetId, copyDigest }));
  await measure("retract a dataset", retractDataset(biobank, { record }));
}

async function measureStanding({ publicClient, record, measure }: Bench, which: string, datasetId: Hex): Promise<void> {
  const data = encodeFunctionData({ abi: datasetRegistryAbi, functionName: "isStanding", args: [datasetId] });
  const [cold = 0n, warm = 0n] = await callGas(publicClient, record.contracts.datasetRegistry.address, [data, data]);
  await measure(`standing of a dataset ${which}, cold`, Promise.resolve({ gasUsed: cold }));
  await measure(`standing of a dataset ${which}, warm`, Promise.resolve({ gasUsed: warm }));
}
