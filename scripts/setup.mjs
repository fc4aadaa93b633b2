/**
 * The one command a bare machine needs: installs what is missing, then runs the rest of the command line under the
 * pinned Node. Plain Node with nothing installed runs it, so it uses nothing but Node itself.
 *
 *     node scripts/setup.mjs                    installs what is missing
 *     node scripts/setup.mjs hardhat start …    … and then runs the command, its own output untouched
 *
 * Everything the set-up prints goes to stderr: stdout belongs to the command.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE_MAJOR = 20;
const PARENT_CHECK_MS = 500;
const KILL_AFTER_MS = 10_000;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const bin = join(modules, ".bin");
const stampFile = join(modules, ".concord-setup");

class SetupError extends Error {
  /**
   * @param {string} name what kind of failure it is
   * @param {string} message what happened
   * @param {string} fix what the user can do
   */
  constructor(name, message, fix) {
    super(message);
    this.name = name;
    this.fix = fix;
  }
}

/** Runs a command to its end. With `watch`, its stderr is shown and also handed back for telling failures apart. */
function run(command, args, { env = process.env, watch = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: watch ? ["ignore", 2, "pipe"] : "inherit" });
    let stderr = "";
    child.stderr?.on("data", (chunk) => {
      stderr += chunk;
      process.stderr.write(chunk);
    });

    const forward = (signal) => {
      // A terminal sends Ctrl-C to every process of the foreground group, so the child already has it.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);

    // npm dies of a SIGTERM without passing it on: losing the parent is the only sign of it.
    const parent = process.ppid;
    const orphaned = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(orphaned);
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
    }, PARENT_CHECK_MS);
    orphaned.unref();

    const settle = () => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, forward);
    };
    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("close", (code, signal) => {
      settle();
      resolve({ code: code ?? 128 + constants.signals[signal], signal, stderr });
    });
  });
}

/** What an intact installation of this lock on this machine looks like; npm rewrites its hidden lock at every install. */
function stampOf(lock) {
  const installed = join(modules, ".package-lock.json");
  if (!existsSync(installed) || !existsSync(join(bin, "node"))) return undefined;
  return createHash("sha256")
    .update(lock)
    .update(readFileSync(installed))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
}

async function install(lock, env) {
  const { version } = JSON.parse(lock).packages["node_modules/node"];
  console.error(`setup: installing packages under Node ${version} …`);
  rmSync(stampFile, { force: true });

  // npm itself must run under the pinned Node: an older one silently leaves out the EVM's platform package.
  const npmCi = "npm ci --no-audit --no-fund --prefer-offline";
  const npm = await run("npx", ["--yes", "--package", `node@${version}`, "--call", npmCi], { watch: true }).catch(
    (error) => {
      if (error.code !== "ENOENT") throw error;
      throw new SetupError("NpmMissing", "npx was not found.", "Install npm, which comes with Node, and try again.");
    },
  );
  if (npm.signal !== null) process.exit(npm.code);
  if (npm.code !== 0) {
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(npm.stderr)) {
      throw new SetupError(
        "NetworkUnavailable",
        "npm could not reach its registry.",
        "Check the network or npm's registry and proxy settings (`npm ping`), then run the command again.",
      );
    }
    if (/ENOSPC/.test(npm.stderr)) {
      throw new SetupError("DiskFull", "The disk is full.", "Free 1 GB of disk, then run the command again.");
    }
    throw new SetupError(
      "InstallFailed",
      `npm ci ended with exit code ${npm.code}; its messages are above.`,
      "Remove node_modules and run the command again; it needs the npm registry and 1 GB of disk.",
    );
  }

  const evm = await run(join(bin, "node"), ["-e", "import('@nomicfoundation/edr')"], { env, watch: true });
  if (evm.code !== 0) {
    throw new SetupError(
      "EvmNotInstalled",
      "The packages are installed, but the EVM's package for this platform does not load.",
      "Remove node_modules and run the command again; Linux, macOS and Windows on x64 or arm64 are supported.",
    );
  }
  writeFileSync(stampFile, stampOf(lock) ?? "");
}

async function main() {
  if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE_MAJOR) {
    throw new SetupError(
      "NodeTooOld",
      `This is Node ${process.versions.node}; Concord needs Node ${OLDEST_NODE_MAJOR} or newer to set itself up.`,
      "Install a newer Node from https://nodejs.org and run the command again.",
    );
  }

  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const env = {
    // Node keeps what it has compiled of the packages: every later command starts a quarter faster.
    NODE_COMPILE_CACHE: join(modules, ".cache", "node"),
    ...process.env,
    HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
    PATH: bin + delimiter + process.env.PATH,
  };
  const stamp = stampOf(lock);
  if (stamp === undefined || !existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
    await install(lock, env);
  }

  const [command, ...args] = process.argv.slice(2);
  if (command === undefined) return;
  // The child is started here and not by a shell: a shell remembers where the machine's own node is.
  const { code } = await run(command, args, { env });
  process.exitCode = code;
}

main().catch((error) => {
  console.error(`setup: ${error.name}: ${error.message}${error.fix === undefined ? "" : `\nsetup: ${error.fix}`}`);
  process.exitCode = 1;
});
