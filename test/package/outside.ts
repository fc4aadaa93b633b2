import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

import ts from "typescript";

const run = promisify(execFile);

const root = join(import.meta.dirname, "..", "..");

/** A registry that does not answer must not leave an install behind when the tests have given up. */
const INSTALL_TIMEOUT_MS = 110_000;

/** An outside project with the packed package installed. */
export interface Project {
  readonly dir: string;
  /** Path of the example in TypeScript, `use.ts`. */
  readonly example: string;
}

/** Packs what `npm run dist` made, without running it again. */
export async function pack(dir: string): Promise<{ tarball: string; files: string[] }> {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", dir];
  const { stdout } = await run("npm", args, { cwd: root });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) throw new Error("npm pack made nothing");
  return { tarball: join(dir, packed.filename), files: packed.files.map(({ path }) => path) };
}

/** Source of a file in examples/. */
export function readExample(name: string): string {
  return readFileSync(join(import.meta.dirname, "examples", name), "utf8");
}

/** Makes a project that has the package, the packages named at the versions used here, and the files given. */
export async function makeProject(
  dir: string,
  tarball: string,
  packages: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<Project> {
  mkdirSync(dir);
  writeFileSync(join(dir, "package.json"), JSON.stringify({ name: "outside", private: true, type: "module" }));
  for (const [name, source] of Object.entries(files)) writeFileSync(join(dir, name), source);
  const versions = packages.map((name) => `${name}@${versionOf(name)}`);
  const flags = ["--prefix", dir, "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"];
  await run("npm", ["install", ...flags, tarball, ...versions], { cwd: dir, timeout: INSTALL_TIMEOUT_MS });
  return { dir, example: join(dir, "use.ts") };
}

function versionOf(name: string): string {
  const path = join(root, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}

/** What the compiler says of an example, and of the package's own declarations, under one way of resolving modules. */
export function typeErrors({ example }: Project, resolution: "nodenext" | "bundler"): string[] {
  const module = { nodenext: ts.ModuleKind.NodeNext, bundler: ts.ModuleKind.ESNext };
  const moduleResolution = {
    nodenext: ts.ModuleResolutionKind.NodeNext,
    bundler: ts.ModuleResolutionKind.Bundler,
  };
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
    module: module[resolution],
    moduleResolution: moduleResolution[resolution],
    strict: true,
    noEmit: true,
    typeRoots: [join(root, "node_modules", "@types")],
    types: ["node"],
  };
  const program = ts.createProgram([example], options, sharingHost(options));
  const ours = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName === example || fileName.includes("/node_modules/@concord-consent/"));
  const diagnostics = ours.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  return diagnostics.map(({ file, messageText, start = 0 }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
    return `${file?.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

const sourceFiles = new Map<string, ts.SourceFile | undefined>();

/** Reads each file once for all programs: most of what they read is the same, and reading it takes half of their time. */
function sharingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile: (fileName, how, ...more) => {
      // Everything else that a file is read by is the same in all programs.
      const format = typeof how === "object" ? how.impliedNodeFormat : undefined;
      const key = `${format} ${fileName}`;
      if (!sourceFiles.has(key)) sourceFiles.set(key, host.getSourceFile(fileName, how, ...more));
      return sourceFiles.get(key);
    },
  };
}

/** Runs an example under this Node. */
export async function runExample({ dir, example }: Project, args: readonly string[]): Promise<void> {
  await run(process.execPath, [example, ...args], { cwd: dir });
}

interface Solc {
  compile(input: string, callbacks: { import: (path: string) => { contents: string } | { error: string } }): string;
}

interface SolcOutput {
  readonly errors?: readonly { readonly formattedMessage: string }[];
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, { evm: { bytecode: { object: string } } }>>>>;
}

/** Compiles a Solidity file of the project against its node_modules. */
export function compileSolidity({ dir }: Project, name: string): SolcOutput {
  const solc = createRequire(import.meta.url)("solc") as Solc;
  const readImport = (path: string): { contents: string } | { error: string } => {
    try {
      return { contents: readFileSync(join(dir, "node_modules", path), "utf8") };
    } catch {
      return { error: `${path} is not in the package` };
    }
  };
  const input = {
    language: "Solidity",
    sources: { "Example.sol": { content: readFileSync(join(dir, name), "utf8") } },
    settings: { evmVersion: "cancun", outputSelection: { "Example.sol": { "*": ["evm.bytecode.object"] } } },
  };
  return JSON.parse(solc.compile(JSON.stringify(input), { import: readImport })) as SolcOutput;
}

/** Runs one of the repository's own command-line tools and gives what it printed; a failing tool throws it. */
export async function runTool(name: string, args: string[]): Promise<string> {
  try {
    return (await run(join(root, "node_modules", ".bin", name), args, { cwd: root })).stdout;
  } catch (error) {
    throw new Error(`${name} failed:\n${(error as { stdout?: string }).stdout ?? String(error)}`, { cause: error });
  }
}
