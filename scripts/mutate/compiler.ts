import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

import { reachableFrom, type Project } from "./sources.ts";

/** A contract by the source that declares it. */
export interface ContractName {
  readonly source: string;
  readonly name: string;
}

/** What the compiler made of a contract, as hex with 0x. */
export interface Code extends ContractName {
  readonly bytecode: string;
  readonly deployedBytecode: string;
}

interface Output {
  readonly errors?: readonly { readonly severity: string }[];
  readonly contracts?: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          { readonly evm: { readonly bytecode: { object: string }; readonly deployedBytecode: { object: string } } }
        >
      >
    >
  >;
}

/** Compiles contracts of a project with one of its sources changed; on a thread of its own. */
export class MutantCompiler {
  readonly #project: Project;
  readonly #worker = new Worker(join(import.meta.dirname, "compileWorker.ts"));

  constructor(project: Project) {
    this.#project = project;
  }

  /** The contracts' code, or nothing if the source with this content does not compile. One call at a time. */
  async compile(contracts: readonly ContractName[], source: string, content: string): Promise<Code[] | undefined> {
    const { contents, trees, settings } = this.#project;
    const roots = contracts.map((contract) => contract.source);
    const sources = Object.fromEntries(
      reachableFrom(roots, trees).map((path) => [path, { content: path === source ? content : contents.get(path) }]),
    );
    const selected = ["evm.bytecode.object", "evm.deployedBytecode.object"];
    const outputSelection = Object.fromEntries(
      roots.map((root) => [
        root,
        Object.fromEntries(contracts.filter((other) => other.source === root).map(({ name }) => [name, selected])),
      ]),
    );
    this.#worker.postMessage(
      JSON.stringify({ language: "Solidity", sources, settings: { ...settings, outputSelection } }),
    );
    const [answer] = (await once(this.#worker, "message")) as [string];
    const output = JSON.parse(answer) as Output;
    if (output.errors?.some(({ severity }) => severity === "error") === true) return undefined;
    return contracts.flatMap((contract) => {
      const evm = output.contracts?.[contract.source]?.[contract.name]?.evm;
      if (evm === undefined) return [];
      return [
        { ...contract, bytecode: `0x${evm.bytecode.object}`, deployedBytecode: `0x${evm.deployedBytecode.object}` },
      ];
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
