import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { after } from "mocha";
import type { Address } from "viem";

import { errorOf, type Finished, hardhatOn, type ReportedError, root, runTask } from "../support/command.ts";
import { startSuiteNode } from "../support/node.ts";

export { digest } from "../support/digest.ts";

export const examples = join(root, "examples");

/** Accounts of the node by who acts with them; the first has deployed, the second governs. */
export interface Accounts {
  readonly governance: Address;
  readonly biobank: Address;
  readonly university: Address;
  readonly company: Address;
  readonly committee: Address;
  readonly relayer: Address;
  readonly outsider: Address;
  readonly participants: readonly Address[];
}

/** A node with the suite, and a Hardhat whose network `localhost` is that node. */
export interface World {
  readonly url: string;
  /** A directory for the tests' own files. */
  readonly directory: string;
  /** The deployment record's file. */
  readonly record: string;
  readonly accounts: Accounts;
  readonly hre: HardhatRuntimeEnvironment;
  /** Lets the chain's clock run on, by 5 seconds unless told, so that what comes next is later than what was. */
  later(seconds?: number): Promise<void>;
}

let shared: Promise<World> | undefined;
const stops: (() => Promise<void>)[] = [];

/** The one world of most task tests: what a test needs in it beyond the deployment it makes under names of its own. */
export async function startWorld(): Promise<World> {
  shared ??= startOwnWorld();
  return await shared;
}

after(async () => {
  for (const stop of stops) await stop();
});

/** A world that no other file's tests know, for those that need most of its accounts. */
export async function startOwnWorld(): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), "concord-tasks-"));
  const { url, record, connection, stop } = await startSuiteNode(join(directory, "deployments"));
  stops.push(async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const addresses = (await connection.provider.request({ method: "eth_accounts" })) as Address[];
  return {
    ...{ url, directory, record },
    accounts: accountsOf(addresses),
    hre: await hardhatOn("localhost", url, directory),
    later: async (seconds = 5) => {
      await connection.provider.request({ method: "evm_increaseTime", params: [seconds] });
      await connection.provider.request({ method: "evm_mine" });
    },
  };
}

function accountsOf([, governance, biobank, university, company, committee, relayer, outsider, ...rest]: Address[]) {
  if (!governance || !biobank || !university || !company || !committee || !relayer || !outsider) {
    throw new Error("Too few accounts.");
  }
  return { governance, biobank, university, company, committee, relayer, outsider, participants: rest };
}

/** Writes a file of the tests' own and gives its path. */
export function write({ directory }: World, name: string, content: unknown): string {
  const file = join(directory, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** Runs a task in this process, as `hardhat <task> …` on the world's node does. */
export async function run(world: World, task: string, given: Readonly<Record<string, unknown>>): Promise<Finished> {
  return await runTask(world.hre, task, given);
}

/** What a task that succeeds prints with `--json`. */
export async function json<Result = Readonly<Record<string, unknown>>>(
  world: World,
  task: string,
  given: Readonly<Record<string, unknown>> = {},
): Promise<Result> {
  const { code, stdout, stderr } = await run(world, task, { ...given, json: true });
  expect(code, `${task}: ${stdout}${stderr}`).to.equal(0);
  return JSON.parse(stdout) as Result;
}

/** The error that a task ends in with `--json`. */
export async function error(
  world: World,
  task: string,
  given: Readonly<Record<string, unknown>>,
): Promise<ReportedError> {
  return errorOf(await run(world, task, { ...given, json: true }));
}

/** What a task that succeeds prints for people. */
export async function words(
  world: World,
  task: string,
  given: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(world, task, given);
  expect(code, `${task}: ${stderr}`).to.equal(0);
  return stdout;
}
