import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { DeploymentRecord } from "../../src/deployments/index.ts";
import type { SystemConnection } from "./chain.ts";
import { loadSystem, type StoreOptions } from "./find.ts";
import { writeWhole } from "./store.ts";

/**
 * The record of the suite on a connected chain, held against it, for whoever uses the SDK.
 *
 * @param options `out` names a file to write it to as well
 * @throws SystemError what `loadSystem` throws
 */
export async function exportSystem(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  { out, ...options }: StoreOptions & { readonly out?: string | undefined } = {},
): Promise<DeploymentRecord> {
  const record = await loadSystem(hre, connection, options);
  if (out !== undefined) await writeWhole(out, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}
