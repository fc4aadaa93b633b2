import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import hre, { network } from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { after } from "mocha";
import type { Address, Hex } from "viem";

import { deploySystem } from "../../deploy/system.ts";
import userConfig from "../../hardhat.config.ts";

export const root = join(import.meta.dirname, "../..");
export const examples = join(root, "examples");

/** What a command has left. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `--json` says of a failure. */
export interface ReportedError {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly fix: string;
}

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
  /** Lets the chain's clock run on, so that what comes next is later than what was. */
  later(): Promise<void>;
}

let started: Promise<{ world: World; stop: () => Promise<void> }> | undefined;

/** The one world of all task tests: what a test needs in it beyond the deployment it makes under names of its own. */
export async function startWorld(): Promise<World> {
  started ??= start();
  return (await started).world;
}

after(async () => {
  if (started !== undefined) await (await started).stop();
});

async function start(): Promise<{ world: World; stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), "concord-tasks-"));
  const server = await network.createServer("node", "127.0.0.1");
  const url = `http://127.0.0.1:${(await server.listen()).port}`;
  const connection = await network.create({ network: "localhost", override: { url } });
  const deployments = join(directory, "deployments");
  await deploySystem(hre, connection, { deployments, build: false });
  const addresses = (await connection.provider.request({ method: "eth_accounts" })) as Address[];
  const networks = { ...userConfig.networks, localhost: { type: "http" as const, chainType: "l1" as const, url } };
  const config = { ...userConfig, networks, paths: { ...userConfig.paths, ignition: directory } };
  const world: World = {
    url,
    directory,
    record: join(deployments, "localhost", "concord.json"),
    accounts: accountsOf(addresses),
    hre: await createHardhatRuntimeEnvironment(config, { network: "localhost" }, root),
    later: async () => {
      await connection.provider.request({ method: "evm_increaseTime", params: [5] });
      await connection.provider.request({ method: "evm_mine" });
    },
  };
  const stop = async (): Promise<void> => {
    await connection.close();
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { world, stop };
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
  const out: string[] = [];
  const errors: string[] = [];
  const { stdout, stderr, exitCode } = process;
  const write = { stdout: stdout.write.bind(stdout), stderr: stderr.write.bind(stderr) };
  stdout.write = (text: string | Uint8Array) => out.push(String(text)) > 0;
  stderr.write = (text: string | Uint8Array) => errors.push(String(text)) > 0;
  process.exitCode = 0;
  try {
    await world.hre.tasks.getTask(task.split(" ")).run(given);
    return { code: Number(process.exitCode), stdout: out.join(""), stderr: errors.join("") };
  } finally {
    stdout.write = write.stdout;
    stderr.write = write.stderr;
    process.exitCode = exitCode;
  }
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

/** The one document {"error": …} of a failed command. */
export function errorOf({ code, stdout }: Finished): ReportedError {
  expect(code, stdout).to.equal(1);
  const document = JSON.parse(stdout) as { error: ReportedError };
  expect(document).to.have.all.keys("error");
  expect(document.error).to.have.all.keys("name", "args", "message", "fix");
  expect(document.error.message).to.not.equal("");
  expect(document.error.fix).to.match(/[.}]$/);
  return document.error;
}

/** Runs Hardhat's command line as a user does. */
export async function hardhat(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const command = [join(root, "node_modules/hardhat/dist/src/cli.js"), "--no-typechain", ...args];
  // Neither the settings of this run nor the keystore of whoever runs it shall matter.
  const { PATH } = process.env;
  const env = { PATH, HOME: tmpdir(), NO_COLOR: "1", HARDHAT_DISABLE_TELEMETRY_PROMPT: "true", ...environment };
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

/** A digest in hex whose every byte is the one given. */
export function digest(byte: number): Hex {
  return `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;
}
