import { childrenOf, textOf, type AstNode } from "./ast.ts";

/** What the compiler is given, as build infos keep it. */
export interface SolcInput {
  readonly language: string;
  readonly sources: Readonly<Record<string, { readonly content: string }>>;
  readonly settings: Readonly<Record<string, unknown>> & { readonly remappings?: readonly string[] };
}

/** What the compiler has made, of all that build infos keep. */
export interface SolcOutput {
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>;
}

/** The sources of a build, each with its syntax tree, and the settings that mutants are compiled with. */
export interface Project {
  readonly contents: ReadonlyMap<string, string>;
  readonly trees: ReadonlyMap<string, AstNode>;
  readonly settings: SolcInput["settings"];
}

/**
 * Puts the parts of a build together. A part that was compiled earlier may have sources that have changed since: other
 * sources of it have not. Mutants are compiled without the intermediate representation, which takes four times as long
 * and gives code that does the same.
 * @param isCurrent whether a source has this content now
 */
export function projectOf(
  parts: readonly { readonly input: SolcInput; readonly output: SolcOutput }[],
  isCurrent: (source: string, content: string) => boolean,
): Project {
  const contents = new Map<string, string>();
  const trees = new Map<string, AstNode>();
  for (const { input, output } of parts) {
    for (const [source, { content }] of Object.entries(input.sources)) {
      const made = output.sources[source];
      if (made === undefined || !isCurrent(source, content)) continue;
      contents.set(source, content);
      trees.set(source, made.ast);
    }
  }
  const remappings = [...new Set(parts.flatMap(({ input }) => input.settings.remappings ?? []))];
  return { contents, trees, settings: { ...parts[0]?.input.settings, viaIR: false, remappings } };
}

/** The sources given and all that they import. */
export function reachableFrom(sources: readonly string[], trees: ReadonlyMap<string, AstNode>): string[] {
  const reached = new Set<string>();
  const reach = (source: string): void => {
    if (reached.has(source)) return;
    reached.add(source);
    const tree = trees.get(source);
    if (tree === undefined) return;
    for (const node of childrenOf(tree, "nodes")) {
      if (node.nodeType === "ImportDirective") reach(textOf(node, "absolutePath"));
    }
  };
  sources.forEach(reach);
  return [...reached].sort();
}
