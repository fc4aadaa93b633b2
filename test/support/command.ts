import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import userConfig from "../../hardhat.config.ts";

export const root = join(import.meta.dirname, "../..");

/** What a command has left. */
export interface Finished {
  /** The exit code, or the signal that ended it. */
  readonly code: number | NodeJS.Signals | null;
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

/**
 * Hardhat's command line as a user's shell would start it. Each takes seconds: what needs no process of its own goes
 * through `runTask`.
 */
export class Command {
  stdout = "";
  stderr = "";
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | NodeJS.Signals | null>;

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    // Neither the settings of this run nor the keystore of whoever runs it shall matter.
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const settings = {
      PATH,
      NODE_COMPILE_CACHE,
      HOME: tmpdir(),
      NO_COLOR: "1",
      HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
    };
    const env = { ...settings, ...environment };
    const command = [join(root, "node_modules/hardhat/dist/src/cli.js"), "--no-typechain", ...args];
    this.#child = spawn(process.execPath, command, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    this.#child.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.#ended = new Promise((resolve) => this.#child.on("close", (code, signal) => resolve(code ?? signal)));
  }

  async ended(): Promise<Finished> {
    const code = await this.#ended;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  /** The first match of `pattern` on stderr. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(this.stderr);
        if (match !== null) resolve(match);
      };
      this.#child.stderr?.on("data", look);
      look();
      void this.#ended.then((code) => reject(new Error(`It ended with ${code}: ${this.stderr}`)));
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

/** Runs Hardhat's command line to its end. */
export async function hardhat(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return await new Command(args, environment).ended();
}

/** The project's Hardhat on `network`, whose node is at `url`; what it deploys is kept below `ignition`. */
export async function hardhatOn(
  network: "localhost" | "consortium",
  url: string,
  ignition?: string,
): Promise<HardhatRuntimeEnvironment> {
  const config = {
    ...userConfig,
    networks: { ...userConfig.networks, [network]: { ...userConfig.networks?.[network], url } },
    paths: { ...userConfig.paths, ...(ignition === undefined ? {} : { ignition }) },
  } as typeof userConfig;
  return await createHardhatRuntimeEnvironment(config, { network }, root);
}

/** Runs a task in this process, as `hardhat <task> …` with the options of `hre` does. */
export async function runTask(
  hre: HardhatRuntimeEnvironment,
  task: string,
  given: Readonly<Record<string, unknown>> = {},
): Promise<Finished> {
  const out: string[] = [];
  const errors: string[] = [];
  const { stdout, stderr, exitCode } = process;
  const write = { stdout: stdout.write.bind(stdout), stderr: stderr.write.bind(stderr) };
  stdout.write = (text: string | Uint8Array) => out.push(String(text)) > 0;
  stderr.write = (text: string | Uint8Array) => errors.push(String(text)) > 0;
  process.exitCode = 0;
  try {
    await hre.tasks.getTask(task.split(" ")).run(given);
    return { code: Number(process.exitCode), stdout: out.join(""), stderr: errors.join("") };
  } finally {
    stdout.write = write.stdout;
    stderr.write = write.stderr;
    process.exitCode = exitCode;
  }
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
