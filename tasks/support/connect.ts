import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

/**
 * Connects to the chosen network for reading only: a network's key is then not asked for, so whoever has none can read.
 * Close the connection when done. To write, use `hre.network.create()`.
 */
export async function connectToRead(hre: HardhatRuntimeEnvironment): Promise<NetworkConnection> {
  const network = hre.globalOptions.network ?? "default";
  if (hre.config.networks[network]?.type !== "http") return await hre.network.create();
  return await hre.network.create({ network, override: { accounts: "remote" } });
}
