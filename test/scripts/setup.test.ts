import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as deadline } from "node:timers/promises";

import { expect } from "chai";
import { describe, it } from "mocha";

import { makeTree } from "./temporary.ts";

/** How long a command may outlive its parent before the test gives up. */
const PATIENCE_MS = 10_000;

const lock = JSON.stringify({ packages: { "node_modules/node": { version: "22.0.0" } } });

/** A shell script in npx's place that "installs" a Node and an EVM, or does what it is told. */
function makeRepository(npx?: string): string {
  const install = `#!/bin/sh
echo installed >> "${"$"}PWD/installs"
mkdir -p node_modules/.bin node_modules/@nomicfoundation/edr
ln -sf "${process.execPath}" node_modules/.bin/node
echo "" > node_modules/@nomicfoundation/edr/index.js
echo "{}" > node_modules/.package-lock.json
`;
  const root = makeTree({ "package-lock.json": lock, "scripts/.keep": "", "fake/npx": npx ?? install });
  cpSync(join(import.meta.dirname, "../../scripts/setup.mjs"), join(root, "scripts/setup.mjs"));
  chmodSync(join(root, "fake/npx"), 0o755);
  return root;
}

const environment = (root: string) => ({
  ...process.env,
  PATH: `${join(root, "fake")}${delimiter}${process.env.PATH}`,
});

function setUp(root: string, ...command: string[]) {
  return spawnSync(process.execPath, [join(root, "scripts/setup.mjs"), ...command], {
    encoding: "utf8",
    env: environment(root),
  });
}

const installs = (root: string): number => readFileSync(join(root, "installs"), "utf8").trim().split("\n").length;

describe("scripts/setup.mjs", () => {
  describe("given nothing installed", () => {
    const root = makeRepository();

    it("installs once, then runs the command with its own stdout and exit code", () => {
      const first = setUp(root, "node", "-e", "console.log('out'); process.exitCode = 3");
      expect(first.stdout).to.equal("out\n");
      expect(first.stderr).to.include("setup: installing packages under Node 22.0.0");
      expect(first.status).to.equal(3);

      const second = setUp(root, "node", "-e", "");
      expect([second.status, second.stderr]).to.deep.equal([0, ""]);
      expect(installs(root)).to.equal(1);
    });

    it("installs again after the lock changed, npm installed something else, or an install was cut short", () => {
      const before = installs(root);
      writeFileSync(join(root, "package-lock.json"), `${lock}\n`);
      expect(setUp(root).status).to.equal(0);
      writeFileSync(join(root, "node_modules/.package-lock.json"), "{ }");
      expect(setUp(root).status).to.equal(0);
      rmSync(join(root, "node_modules/.bin/node"));
      expect(setUp(root).status).to.equal(0);
      expect(installs(root)).to.equal(before + 3);
    });
  });

  describe("given an install that fails", () => {
    const offline = makeRepository('#!/bin/sh\necho "npm error code ENOTFOUND" >&2\nexit 1\n');
    const broken = makeRepository('#!/bin/sh\necho "npm error code EUSAGE" >&2\nexit 7\n');
    const hollow = makeRepository(
      `#!/bin/sh\nmkdir -p node_modules/.bin\nln -sf "${process.execPath}" node_modules/.bin/node\necho "{}" > node_modules/.package-lock.json\n`,
    );

    for (const [name, root, message] of [
      ["no network", offline, "NetworkUnavailable: npm could not reach its registry."],
      ["a failing npm ci", broken, "InstallFailed: npm ci ended with exit code 7"],
      ["an EVM that does not load", hollow, "EvmNotInstalled: "],
    ] as const) {
      it(`says so for ${name}, runs no command and leaves no stamp`, () => {
        const { status, stdout, stderr } = setUp(root, "node", "-e", "console.log('ran')");
        expect([status, stdout]).to.deep.equal([1, ""]);
        expect(stderr).to.include(`setup: ${message}`);
        expect(existsSync(join(root, "node_modules/.concord-setup"))).to.equal(false);
      });
    }
  });

  describe("given a running command", () => {
    const root = makeRepository();
    const waiting =
      "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log(process.pid)";

    it("passes a signal on and ends as the command does", async () => {
      const child = spawn(process.execPath, [join(root, "scripts/setup.mjs"), "node", "-e", waiting], {
        env: environment(root),
        stdio: ["ignore", "pipe", "ignore"],
      });
      child.stdout.once("data", () => child.kill("SIGTERM"));
      const code = await new Promise((resolve) => child.once("close", resolve));
      expect(code).to.equal(5);
    });

    it("ends the command when its own parent dies", async () => {
      const script = `require('child_process').spawn(process.execPath, ${JSON.stringify([join(root, "scripts/setup.mjs"), "node", "-e", waiting])}, { stdio: ['ignore', 'inherit', 'ignore'] })`;
      const parent = spawn(process.execPath, ["-e", script], {
        env: environment(root),
        stdio: ["ignore", "pipe", "ignore"],
      });
      // The pipe closes when the last process that holds it is gone: the command.
      const gone = once(parent, "close").then(() => true);
      const [pid] = (await once(parent.stdout, "data")) as [Buffer];
      parent.kill("SIGKILL");
      const ended = await Promise.race([gone, deadline(PATIENCE_MS, false, { ref: false })]);
      if (!ended) process.kill(Number(pid.toString()), "SIGKILL");
      expect(ended).to.equal(true);
    });
  });
});
