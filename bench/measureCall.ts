import type { Address, Hex } from "viem";

import { callGas } from "./callGas.ts";
import type { Bench } from "./world.ts";

/** Measures what another contract pays for a call: with nothing touched before, and a second time. */
export async function measureCall(bench: Bench, scenario: string, to: Address, data: Hex): Promise<void> {
  const [cold = 0n, warm = 0n] = await callGas(bench.publicClient, to, [data, data]);
  await bench.measure(`${scenario}, cold`, Promise.resolve({ gasUsed: cold }));
  await bench.measure(`${scenario}, warm`, Promise.resolve({ gasUsed: warm }));
}
