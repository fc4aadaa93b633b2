import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { codeMismatches } from "../../deploy/system/code.ts";
import { loadSystem, readChain, type SystemConnection, SystemError } from "../../deploy/system.ts";
import { type DeploymentRecord, parseDeploymentRecord } from "../../src/deployments/index.ts";
import { readJson } from "../../src/files/json.ts";

/**
 * The deployment to work on, held against the chain: the one recorded for the network, or that of a file.
 * @throws SystemError, JsonFileError, DeploymentRecordError
 */
export async function loadRecord(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  file: string | undefined,
): Promise<DeploymentRecord> {
  if (file === undefined) return await loadSystem(hre, connection);
  const record = parseDeploymentRecord(await readJson(file));
  const { chainId, genesisHash } = await readChain(connection.provider);
  if (chainId !== record.chainId || genesisHash !== record.genesisHash) {
    throw new SystemError(
      "SystemGenesisMismatch",
      `${file} is of chain ${record.chainId} with genesis ${record.genesisHash}, while the network's is chain ${chainId} with genesis ${genesisHash}.`,
      {
        file,
        expected: { chainId: record.chainId, genesisHash: record.genesisHash },
        found: { chainId, genesisHash },
      },
      "Name the network that the record is of, or its record.",
    );
  }
  const mismatches = await codeMismatches(connection.provider, record);
  const [first] = mismatches;
  if (first === undefined) return record;
  throw new SystemError(
    "SystemCodeMismatch",
    `${first.contract} at ${first.address} has ${first.found === undefined ? "no code" : "other code than recorded"}.`,
    { file, mismatches },
    "Name the record of this chain's own deployment.",
  );
}
