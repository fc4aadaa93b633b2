import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";

import { ToolError } from "../toolError.ts";

export interface AbiParameter {
  readonly name: string;
  readonly type: string;
  readonly internalType?: string;
  readonly indexed?: boolean;
  readonly components?: readonly AbiParameter[];
}

export interface AbiEntry {
  readonly type: "constructor" | "error" | "event" | "fallback" | "function" | "receive";
  readonly name?: string;
  readonly inputs?: readonly AbiParameter[];
  readonly outputs?: readonly AbiParameter[];
  readonly stateMutability?: string;
  readonly anonymous?: boolean;
}

interface DocEntry {
  readonly notice?: string;
  readonly details?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly returns?: Readonly<Record<string, string>>;
  readonly "custom:fix"?: string;
}

/** solc's devdoc and userdoc of a contract; methods, events and errors are keyed by their canonical signature. */
export interface ContractDoc {
  readonly title?: string;
  readonly notice?: string;
  readonly details?: string;
  readonly methods?: Readonly<Record<string, DocEntry>>;
  readonly events?: Readonly<Record<string, DocEntry>>;
  readonly errors?: Readonly<Record<string, readonly DocEntry[]>>;
}

/** One contract, interface or library as Hardhat compiled it. */
export interface Contract {
  readonly name: string;
  /** Source name as imports write it, for instance `contracts/consent/IConsentRegistry.sol`. */
  readonly source: string;
  readonly kind: "contract" | "interface" | "library";
  /** Can be deployed as it is: neither abstract nor an interface nor a library. */
  readonly deployable: boolean;
  readonly abi: readonly AbiEntry[];
  /** Size of the deployed code in bytes. */
  readonly runtimeBytes: number;
  readonly devdoc: ContractDoc;
  readonly userdoc: ContractDoc;
  /** Path of its artifact file. */
  readonly artifactPath: string;
}

/** A custom error where it is defined. */
export interface ErrorDefinition {
  readonly name: string;
  /** Four bytes as hex, without 0x. */
  readonly selector: string;
  readonly source: string;
  /** The contract, interface or library around it; undefined for a free error. */
  readonly parent: string | undefined;
}

/** What generators work on: the published contracts and every error definition of their compilations. */
export interface Compilation {
  readonly contracts: readonly Contract[];
  readonly errors: readonly ErrorDefinition[];
}

interface Artifact {
  readonly contractName: string;
  readonly sourceName: string;
  readonly inputSourceName: string;
  readonly buildInfoId: string;
  readonly abi: readonly AbiEntry[];
  readonly deployedBytecode: string;
}

interface AstNode {
  readonly nodeType: string;
  readonly name?: string;
  readonly contractKind?: Contract["kind"];
  readonly abstract?: boolean;
  readonly errorSelector?: string;
  readonly nodes?: readonly AstNode[];
}

interface BuildInfoOutput {
  readonly output: {
    readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>;
    readonly contracts: Readonly<
      Record<string, Readonly<Record<string, { readonly devdoc?: ContractDoc; readonly userdoc?: ContractDoc }>>>
    >;
  };
}

/** OpenZeppelin's contracts that the suite deploys under their own name. */
const PUBLISHED_FROM_NPM: readonly string[] = [
  "@openzeppelin/contracts/access/manager/AccessManager.sol",
  "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913P256Verifier.sol",
  "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier.sol",
];

/** Whether a source belongs to what the package publishes: our contracts without tests and doubles, and these. */
export function isPublished(source: string): boolean {
  if (PUBLISHED_FROM_NPM.includes(source)) return true;
  return isOwn(source) && !source.startsWith("contracts/mocks/") && !source.endsWith(".t.sol");
}

/** Whether a source is the project's own, in the spelling of artifacts or of compiler input. */
export function isOwn(source: string): boolean {
  return source.startsWith("contracts/") || source.startsWith("project/contracts/");
}

/** Artifact files of a build, sorted by path; build infos and declaration files left out. */
export function artifactPaths(artifactsDir: string): string[] {
  if (!existsSync(artifactsDir)) {
    throw new ToolError("NotBuilt", `There is no ${artifactsDir}.`, "Run `npx hardhat build` first.");
  }
  return readdirSync(artifactsDir, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".json") && dirname(path).endsWith(".sol"))
    .sort()
    .map((path) => join(artifactsDir, path));
}

/** Keeps the artifacts of published sources. An artifact lies at `<artifacts>/<source name>/<contract>.json`. */
export function publishedArtifacts(artifactsDir: string, paths: readonly string[]): string[] {
  return paths.filter((path) => isPublished(relative(artifactsDir, dirname(path)).split(sep).join("/"))).sort();
}

/** Reads what a `hardhat build` left behind. */
export function readCompilation(artifactsDir: string): Compilation {
  const outputs = new Map<string, BuildInfoOutput["output"]>();
  const outputOf = (id: string): BuildInfoOutput["output"] => {
    const known = outputs.get(id);
    if (known !== undefined) return known;
    const path = join(artifactsDir, "build-info", `${id}.output.json`);
    const { output } = JSON.parse(readFileSync(path, "utf8")) as BuildInfoOutput;
    outputs.set(id, output);
    return output;
  };

  const contracts: Contract[] = [];
  const errors = new Map<string, ErrorDefinition>();
  for (const artifactPath of publishedArtifacts(artifactsDir, artifactPaths(artifactsDir))) {
    const artifact = JSON.parse(readFileSync(artifactPath, "utf8")) as Artifact;
    const output = outputOf(artifact.buildInfoId);
    const node = output.sources[artifact.inputSourceName]?.ast.nodes?.find(
      ({ nodeType, name }) => nodeType === "ContractDefinition" && name === artifact.contractName,
    );
    const { devdoc, userdoc } = output.contracts[artifact.inputSourceName]?.[artifact.contractName] ?? {};
    if (node?.contractKind === undefined || devdoc === undefined || userdoc === undefined) {
      throw new ToolError(
        "BuildIncomplete",
        `The build of ${artifact.contractName} lacks its syntax tree or its NatSpec.`,
        "Have `devdoc` and `userdoc` in the compiler's outputSelection (hardhat.config.ts), and run `npx hardhat build --force`.",
      );
    }
    contracts.push({
      name: artifact.contractName,
      source: artifact.sourceName,
      kind: node.contractKind,
      deployable: node.contractKind === "contract" && node.abstract !== true,
      abi: artifact.abi,
      runtimeBytes: (artifact.deployedBytecode.length - 2) / 2,
      devdoc,
      userdoc,
      artifactPath,
    });
  }
  for (const [source, { ast }] of [...outputs.values()].flatMap((output) => Object.entries(output.sources))) {
    for (const error of errorsIn(ast, source)) errors.set(`${source} ${error.parent} ${error.selector}`, error);
  }
  assertDistinctNames(contracts);
  return { contracts, errors: [...errors.values()] };
}

function errorsIn(ast: AstNode, source: string): ErrorDefinition[] {
  const found: ErrorDefinition[] = [];
  const visit = (nodes: readonly AstNode[], parent: string | undefined): void => {
    for (const node of nodes) {
      if (node.nodeType === "ContractDefinition") visit(node.nodes ?? [], node.name);
      if (node.nodeType !== "ErrorDefinition" || node.name === undefined || node.errorSelector === undefined) continue;
      found.push({ name: node.name, selector: node.errorSelector, source, parent });
    }
  };
  visit(ast.nodes ?? [], undefined);
  return found;
}

function assertDistinctNames(contracts: readonly Contract[]): void {
  const sources = new Map<string, string>();
  for (const { name, source } of contracts) {
    const other = sources.get(name);
    if (other !== undefined) {
      throw new ToolError(
        "ContractNameTaken",
        `${name} stands in ${other} and in ${source}.`,
        "Rename one: the generated bindings know a contract by its name alone.",
      );
    }
    sources.set(name, source);
  }
}

/** Canonical type of a parameter, as signatures spell it: tuples written out. */
export function canonicalType({ type, components }: AbiParameter): string {
  if (components === undefined) return type;
  return `(${components.map(canonicalType).join(",")})${type.slice("tuple".length)}`;
}

/** Canonical signature of an ABI entry, the key of solc's documentation. */
export function signatureOf({ name = "", inputs = [] }: AbiEntry): string {
  return `${name}(${inputs.map(canonicalType).join(",")})`;
}

/** One line of prose from NatSpec, where solc keeps the indentation of continued lines. */
export function prose(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

/** File name without the folders, for messages. */
export function fileOf(source: string): string {
  return basename(source);
}
