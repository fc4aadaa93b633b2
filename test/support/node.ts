import { join } from "node:path";

import hre, { network } from "hardhat";

import { deploySystem } from "../../deploy/system.ts";

/** A node in this process, served on a port of this machine, with the suite. */
export interface SuiteNode {
  readonly url: string;
  /** The deployment record's file. */
  readonly record: string;
  /** To the node, as a user's network `localhost` is. */
  readonly connection: Awaited<ReturnType<typeof connect>>;
  stop(): Promise<void>;
}

/** Starts a node and deploys the suite to it, with the record below `deployments`. */
export async function startSuiteNode(deployments: string): Promise<SuiteNode> {
  const server = await network.createServer("node", "127.0.0.1");
  const url = `http://127.0.0.1:${(await server.listen()).port}`;
  const connection = await connect(url);
  await deploySystem(hre, connection, { deployments, build: false });
  return {
    url,
    record: join(deployments, "localhost", "concord.json"),
    connection,
    stop: async () => {
      await connection.close();
      await server.close();
    },
  };
}

async function connect(url: string) {
  return await network.create({ network: "localhost", override: { url } });
}
