import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** A start of the main job as a user's shell would do it. */
export class Start {
  stdout = "";
  stderr = "";
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | NodeJS.Signals | null>;

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const { PATH } = process.env;
    const env = { PATH, HOME: tmpdir(), NO_COLOR: "1", HARDHAT_DISABLE_TELEMETRY_PROMPT: "true", ...environment };
    const command = [join(root, "node_modules/hardhat/dist/src/cli.js"), "--no-typechain", "start", ...args];
    this.#child = spawn(process.execPath, command, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    this.#child.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.#ended = new Promise((resolve) => this.#child.on("close", (code, signal) => resolve(code ?? signal)));
  }

  /** The exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals | null> {
    return this.#ended;
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
