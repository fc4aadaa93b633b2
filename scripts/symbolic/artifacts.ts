import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { artifactPaths } from "../generate/artifacts.ts";

interface Artifact {
  readonly contractName: string;
  readonly inputSourceName: string;
  readonly buildInfoId: string;
}

interface Bytecode {
  readonly object: string;
}

interface CompiledContract {
  readonly abi: unknown;
  readonly evm: {
    readonly bytecode: Bytecode;
    readonly deployedBytecode: Bytecode;
    readonly methodIdentifiers: Readonly<Record<string, string>>;
  };
}

interface BuildInfo {
  readonly solcLongVersion: string;
}

interface BuildInfoOutput {
  readonly output: {
    readonly sources: Readonly<Record<string, { readonly id: number; readonly ast: unknown }>>;
    readonly contracts: Readonly<Record<string, Readonly<Record<string, CompiledContract>>>>;
  };
}

/**
 * Writes what Hardhat built in the form in which Foundry keeps it, which is all that halmos reads.
 *
 * @param artifactsDir Hardhat's artifacts, of contracts or of tests
 * @param sources whose contracts are wanted, as in `contracts/consent/ConsentRegistry.sol`
 * @param outDir gets a `<file>.sol/<contract>.json` for each of them
 */
export function writeForgeArtifacts(artifactsDir: string, sources: readonly string[], outDir: string): void {
  const wanted = new Set(sources.map((source) => join(artifactsDir, source)));
  for (const path of artifactPaths(artifactsDir).filter((candidate) => wanted.has(dirname(candidate)))) {
    const { contractName, inputSourceName, buildInfoId } = read<Artifact>(path);
    const { solcLongVersion } = read<BuildInfo>(join(artifactsDir, "build-info", `${buildInfoId}.json`));
    const { output } = read<BuildInfoOutput>(join(artifactsDir, "build-info", `${buildInfoId}.output.json`));
    const source = output.sources[inputSourceName];
    const contract = output.contracts[inputSourceName]?.[contractName];
    if (source === undefined || contract === undefined) continue;

    const { bytecode, deployedBytecode, methodIdentifiers } = contract.evm;
    const target = join(outDir, basename(dirname(path)), basename(path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      JSON.stringify({
        abi: contract.abi,
        ast: source.ast,
        id: source.id,
        metadata: { compiler: { version: solcLongVersion } },
        methodIdentifiers,
        bytecode: prefixed(bytecode),
        deployedBytecode: prefixed(deployedBytecode),
      }),
    );
  }
}

/** Foundry writes code with 0x, solc without. */
function prefixed(bytecode: Bytecode): Bytecode {
  return { ...bytecode, object: `0x${bytecode.object}` };
}

function read<Content>(path: string): Content {
  return JSON.parse(readFileSync(path, "utf8")) as Content;
}
