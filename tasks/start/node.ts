import { once } from "node:events";
import { createServer } from "node:net";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { StartError } from "./errors.ts";

const HOST = "127.0.0.1";
const HIGHEST_PORT = 65_535;

/** A running node. */
export interface EmbeddedNode {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts Hardhat's chain in this process and serves it on a port of this machine only.
 * @throws StartError StartPortInvalid, StartPortInUse
 */
export async function startNode(hre: HardhatRuntimeEnvironment, port: number): Promise<EmbeddedNode> {
  if (port < 0 || port > HIGHEST_PORT) {
    throw new StartError("StartPortInvalid", `${port} is no port.`, { port }, `Give --port from 0 to ${HIGHEST_PORT}.`);
  }
  await requireFree(port);
  const server = await hre.network.createServer("node", HOST, port);
  const { address, port: bound } = await server.listen();
  return { url: `http://${address}:${bound}`, close: () => server.close() };
}

/** Tries the port first: Hardhat's server does not report a port in use, it ends the process. */
async function requireFree(port: number): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, HOST);
    await once(probe, "listening");
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EADDRINUSE") throw error;
    const fix = "Stop whatever listens there, or give another port: --port N.";
    throw new StartError("StartPortInUse", `Port ${port} of ${HOST} is in use.`, { port }, fix);
  }
  probe.close();
  await once(probe, "close");
}

/** Resolves at Ctrl-C, or when the process is asked to end. */
export async function untilStopped(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}
