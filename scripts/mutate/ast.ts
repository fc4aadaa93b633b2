/** A node of solc's syntax tree; of its many members those that the mutator reads. */
export interface AstNode {
  readonly nodeType: string;
  /** `start:length:source`, in bytes of UTF-8. */
  readonly src?: string;
  /** The place of a node of inline assembly. */
  readonly nativeSrc?: string;
  readonly [member: string]: unknown;
}

/** A part of a source, in bytes: the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function isNode(value: unknown): value is AstNode {
  return typeof value === "object" && value !== null && "nodeType" in value;
}

/** The node under that member, if there is one. */
export function childOf(node: AstNode, member: string): AstNode | undefined {
  const child = node[member];
  return isNode(child) ? child : undefined;
}

/** The nodes of the list under that member. */
export function childrenOf(node: AstNode, member: string): AstNode[] {
  const list = node[member];
  return Array.isArray(list) ? list.filter(isNode) : [];
}

export function textOf(node: AstNode, member: string): string {
  const text = node[member];
  return typeof text === "string" ? text : "";
}

/** The type that solc gives an expression. */
export function typeOf(node: AstNode): string {
  const type = node.typeDescriptions;
  return typeof type === "object" && type !== null && "typeString" in type ? String(type.typeString) : "";
}

export function spanOf(node: AstNode): Span {
  const [start = 0, length = 0] = (node.nativeSrc ?? node.src ?? "").split(":").map(Number);
  return { start, end: start + length };
}

/** The node and all below it, in the order of the source; below what `skips` says it does not look. */
export function* walk(node: AstNode, skips: (node: AstNode) => boolean = () => false): Generator<AstNode> {
  if (skips(node)) return;
  yield node;
  for (const member of Object.values(node)) {
    for (const child of Array.isArray(member) ? member : [member]) {
      if (isNode(child)) yield* walk(child, skips);
    }
  }
}
