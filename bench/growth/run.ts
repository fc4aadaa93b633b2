import { custodianChanges } from "../scenarios/custodianChanges.ts";
import { datasets } from "../scenarios/datasets.ts";
import { delegates } from "../scenarios/delegates.ts";
import { institutions } from "../scenarios/institutions.ts";
import { licences } from "../scenarios/licences.ts";
import { matching } from "../scenarios/matching.ts";
import { ownChanges } from "../scenarios/ownChanges.ts";
import { reads } from "../scenarios/reads.ts";
import { signedChanges } from "../scenarios/signedChanges.ts";
import { signerKinds } from "../scenarios/signerKinds.ts";
import type { Snapshot } from "../snapshots.ts";
import { BATCH, type Bench, createBench, measureInto } from "../world.ts";
import { type CascadeDepth, measureCascade } from "./cascade.ts";
import { compareDepths, compareSizes } from "./compare.ts";
import { endings } from "./endings.ts";
import { governance } from "./governance.ts";
import { type Ground, layGround } from "./ground.ts";
import { licenceVerbs } from "./licenceVerbs.ts";
import { loadBatch } from "./load.ts";
import { othersChanges } from "./othersChanges.ts";
import { samples } from "./samples.ts";
import { signedVerbs } from "./signedVerbs.ts";
import { pages, views } from "./views.ts";

type Progress = (message: string) => void;

/** What is measured. */
export interface GrowthOptions {
  /** How many consents are loaded when everything is measured: ascending multiples of BATCH. */
  readonly sizes: readonly number[];
  /** Builds the contracts first. Default true; tests have built already. */
  readonly build?: boolean | undefined;
}

/** Everything measured on a chain of one size. */
export interface GrowthPoint {
  /** Consents loaded; and for each BATCH of them one more of all else. */
  readonly consents: number;
  /** What loading them took since the point before (seconds): good for comparing within a run only. */
  readonly loadSeconds: number;
  readonly gas: Snapshot;
}

export interface GrowthResult {
  readonly points: readonly GrowthPoint[];
  /** On the chain of the last point. */
  readonly cascade: readonly CascadeDepth[];
  /** A sentence for each figure that grows; empty if all is well. */
  readonly grown: readonly string[];
}

/**
 * In this order: the first grant of all under new terms costs more than the others, late ones let days pass, and the last
 * ends an institution.
 */
const SCENARIOS: readonly ((bench: Bench, ground: Ground) => Promise<void>)[] = [
  ownChanges,
  signedChanges,
  signerKinds,
  delegates,
  custodianChanges,
  reads,
  signedVerbs,
  views,
  pages,
  datasets,
  licences,
  matching,
  samples,
  licenceVerbs,
  othersChanges,
  institutions,
];

/**
 * Loads an in-process chain step by step, and measures every verb and view at each size from the same ground: what is
 * measured is taken back before the load goes on.
 */
export async function runGrowth({ sizes, build }: GrowthOptions, progress: Progress): Promise<GrowthResult> {
  const bench = await createBench({ build, onProgress: progress });
  try {
    const ground = await layGround(bench);
    const points: GrowthPoint[] = [];
    let loaded = 0;
    for (const consents of sizes) {
      const began = performance.now();
      for (; loaded < consents; loaded += BATCH) {
        if (loaded % (10 * BATCH) === 0) progress(`Loading … ${loaded} of ${consents} consents`);
        await loadBatch(bench, ground, loaded / BATCH);
      }
      const loadSeconds = (performance.now() - began) / 1_000;
      progress(`Measuring at ${consents} consents …`);
      points.push({ consents, loadSeconds, gas: await measureAll(bench, ground) });
    }
    progress("Measuring the cascade …");
    const cascade = await measureCascade(bench, ground);
    return { points, cascade, grown: [...compareSizes(points), ...compareDepths(cascade)] };
  } finally {
    await bench.connection.close();
  }
}

/** Runs every scenario, and takes back what they did to the chain. */
async function measureAll(bench: Bench, ground: Ground): Promise<Snapshot> {
  const gas: Record<string, number> = {};
  const measured = { ...bench, gas, measure: measureInto(gas) };
  const before = await bench.connection.networkHelpers.takeSnapshot();
  const offering = await governance(measured);
  for (const scenario of SCENARIOS) await scenario(offering, ground);
  await before.restore();
  // By itself: which retraction is the first within 256 datasets would depend on how many there are.
  await endings(measured, ground);
  await before.restore();
  return gas;
}
