import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import type { Hex } from "viem";

import { type SystemConnection, SystemError, type SystemErrorName } from "../../deploy/system.ts";

/** A directory that is gone after `run`. */
export async function withDirectory<T>(run: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "concord-deploy-"));
  try {
    return await run(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type Request = Parameters<SystemConnection["provider"]["request"]>[0];

/** The connection with `intercept` before every request: it may throw, answer, or pass with `undefined`. */
export function intercepted(connection: SystemConnection, intercept: (request: Request) => unknown): SystemConnection {
  const { provider } = connection;
  const request = async (asked: Request): Promise<unknown> =>
    (await intercept(asked)) ?? (await provider.request(asked));
  return { ...pick(connection), provider: { request } as SystemConnection["provider"] };
}

/** The connection as one to a chain that is not Hardhat's. */
export function asForeignChain(connection: SystemConnection, networkName = "elsewhere"): SystemConnection {
  const foreign = intercepted(connection, ({ method }) => {
    if (method === "hardhat_metadata") throw new Error("The method hardhat_metadata does not exist.");
  });
  return { ...foreign, networkName };
}

function pick({ networkConfig, networkName, provider }: SystemConnection): SystemConnection {
  return { networkConfig, networkName, provider };
}

export async function blockNumber({ provider }: SystemConnection): Promise<number> {
  return Number((await provider.request({ method: "eth_blockNumber" })) as Hex);
}

export async function nonceOf({ provider }: SystemConnection, account: string): Promise<number> {
  return Number((await provider.request({ method: "eth_getTransactionCount", params: [account, "latest"] })) as Hex);
}

export async function accountsOf({ provider }: SystemConnection): Promise<Hex[]> {
  return (await provider.request({ method: "eth_accounts" })) as Hex[];
}

/** The SystemError that a promise must end in, with something to do in it. */
export async function systemError(name: SystemErrorName, promise: Promise<unknown>): Promise<SystemError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SystemError)) throw new Error(`Expected ${name}, got ${String(error)}.`, { cause: error });
  expect(error.name).to.equal(name);
  expect(error.fix).to.match(/^[A-Z].*[.}]/s);
  return error;
}
