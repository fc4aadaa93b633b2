/**
 * Adds the EVM's other platform packages to package-lock.json. npm leaves out those that the registry at hand does not
 * serve, and `npm ci` then refuses the lock; with the entries it installs on every platform. To be run after every
 * change of the lock (docs/development.md).
 */
import { readFileSync, writeFileSync } from "node:fs";

const PLATFORM = /-(darwin|linux|win32)-(x64|arm64)(?:-(gnu|musl|msvc))?$/;
const LIBC = { gnu: "glibc", musl: "musl" };

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));

for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const platform = PLATFORM.exec(name);
    const key = `node_modules/${name}`;
    if (platform === null || lock.packages[key] || lock.packages[`${path}/node_modules/${name}`]) continue;

    const [, os, cpu, abi] = platform;
    const libc = os === "linux" ? LIBC[abi] : undefined;
    lock.packages[key] = {
      version,
      cpu: [cpu],
      dev: true,
      ...(libc === undefined ? {} : { libc: [libc] }),
      optional: true,
      os: [os],
      engines: { node: ">= 22" },
    };
    console.error(`lock: added ${name} ${version}`);
  }
}

const byPath = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
