import { childOf, childrenOf, spanOf, textOf, typeOf, walk, type AstNode, type Span } from "./ast.ts";

/** What kind of mistake a mutant is. */
export type Operator =
  | "arithmetic"
  | "assembly"
  | "bits"
  | "boolean"
  | "comparison"
  | "condition"
  | "constant"
  | "enum member"
  | "modifier"
  | "revert"
  | "statement"
  | "swap";

/** One small mistake in one source. */
export interface Mutant extends Span {
  readonly source: string;
  readonly operator: Operator;
  /** What stands at `start` to `end`, and what is put there, as the compiler reads them. */
  readonly original: string;
  readonly replacement: string;
  /** 1-based. */
  readonly line: number;
  /** The function that it is in; empty outside of functions. */
  readonly function: string;
  /** What stands on its lines, before and after, written on one. */
  readonly code: string;
  readonly mutated: string;
}

/** Members of the enums that sources declare, by canonical name, in their order. */
export type Enums = ReadonlyMap<string, readonly string[]>;

const BINARY: Readonly<Record<string, { readonly operator: Operator; readonly others: readonly string[] }>> = {
  "<": { operator: "comparison", others: ["<=", ">="] },
  "<=": { operator: "comparison", others: ["<", ">"] },
  ">": { operator: "comparison", others: [">=", "<="] },
  ">=": { operator: "comparison", others: [">", "<"] },
  "==": { operator: "comparison", others: ["!="] },
  "!=": { operator: "comparison", others: ["=="] },
  "&&": { operator: "boolean", others: ["||"] },
  "||": { operator: "boolean", others: ["&&"] },
  "+": { operator: "arithmetic", others: ["-"] },
  "-": { operator: "arithmetic", others: ["+"] },
  "*": { operator: "arithmetic", others: ["/"] },
  "/": { operator: "arithmetic", others: ["*"] },
  "%": { operator: "arithmetic", others: ["*"] },
  "**": { operator: "arithmetic", others: ["*"] },
  "&": { operator: "bits", others: ["|"] },
  "|": { operator: "bits", others: ["&"] },
  "^": { operator: "bits", others: ["|"] },
  "<<": { operator: "bits", others: [">>"] },
  ">>": { operator: "bits", others: ["<<"] },
};

const YUL: Readonly<Record<string, string>> = {
  and: "or",
  or: "and",
  gt: "lt",
  lt: "gt",
  add: "sub",
  sub: "add",
  shl: "shr",
};

/** Parts of a source in which nothing runs. */
const INERT: readonly string[] = [
  "ArrayTypeName",
  "ErrorDefinition",
  "EventDefinition",
  "ImportDirective",
  "PragmaDirective",
  "StructDefinition",
  "StructuredDocumentation",
  "UsingForDirective",
];

/** The enums that a source declares, for `mutantsOf`. */
export function enumsOf(ast: AstNode): [string, string[]][] {
  return [...walk(ast)]
    .filter(({ nodeType }) => nodeType === "EnumDefinition")
    .map((node) => [
      textOf(node, "canonicalName"),
      childrenOf(node, "members").map((member) => textOf(member, "name")),
    ]);
}

/** Every mutant of a source, in its order. */
export function mutantsOf(source: string, content: string, ast: AstNode, enums: Enums): Mutant[] {
  const bytes = Buffer.from(content);
  const read = ({ start, end }: Span): string => bytes.subarray(start, end).toString();
  const functions = [...walk(ast)].filter(({ nodeType }) => nodeType === "FunctionDefinition");
  const mutants = new Map<string, Mutant>();

  const add = (operator: Operator, { start, end }: Span, replacement: string): void => {
    const original = read({ start, end });
    if (original === replacement) return;
    const around = functions.find((node) => spanOf(node).start <= start && end <= spanOf(node).end);
    const before = read({ start: 0, end: start }).split("\n");
    const [left = "", right = ""] = [before.at(-1), read({ start: end, end: bytes.length }).split("\n")[0]];
    mutants.set(`${start}:${end}:${replacement}`, {
      source,
      operator,
      start,
      end,
      original,
      replacement,
      line: before.length,
      function: around === undefined ? "" : textOf(around, "name"),
      code: oneLine(left + original + right),
      mutated: oneLine(left + replacement + right),
    });
  };
  /** With the semicolon, which solc leaves out. */
  const statementSpan = (node: AstNode): Span => {
    const { start, end } = spanOf(node);
    return { start, end: read({ start: end, end: end + 1 }) === ";" ? end + 1 : end };
  };
  const operand = (node: AstNode): string =>
    ["BinaryOperation", "Conditional"].includes(node.nodeType) ? `(${read(spanOf(node))})` : read(spanOf(node));

  const binary = (node: AstNode): void => {
    const [left, right] = [childOf(node, "leftExpression"), childOf(node, "rightExpression")];
    const rule = BINARY[textOf(node, "operator")];
    if (left === undefined || right === undefined || rule === undefined) return;
    for (const other of rule.others) add(rule.operator, spanOf(node), `(${operand(left)} ${other} ${operand(right)})`);
    if (rule.operator !== "boolean") return;
    add("boolean", spanOf(node), read(spanOf(left)));
    add("boolean", spanOf(node), read(spanOf(right)));
  };
  const unary = (node: AstNode): void => {
    const inner = childOf(node, "subExpression");
    const operator = textOf(node, "operator");
    if (inner === undefined) return;
    if (operator === "!") add("boolean", spanOf(node), operand(inner));
    if (operator === "~") add("bits", spanOf(node), operand(inner));
    if (operator === "++") add("arithmetic", spanOf(node), read(spanOf(node)).replace("++", "--"));
  };
  const assignment = (node: AstNode): void => {
    const operator = textOf(node, "operator");
    const rule = BINARY[operator.slice(0, -1)];
    const [left, right] = [childOf(node, "leftHandSide"), childOf(node, "rightHandSide")];
    if (left === undefined || right === undefined || rule === undefined) return;
    for (const other of rule.others)
      add(rule.operator, spanOf(node), `${read(spanOf(left))} ${other}= ${read(spanOf(right))}`);
  };
  const conditional = (node: AstNode): void => {
    const condition = childOf(node, "condition");
    if (condition === undefined) return;
    add("condition", spanOf(condition), `!(${read(spanOf(condition))})`);
    if (node.nodeType !== "IfStatement" || childOf(node, "falseBody") !== undefined) return;
    add(isRevert(childOf(node, "trueBody")) ? "revert" : "statement", statementSpan(node), "{}");
  };
  const literal = (node: AstNode): void => {
    const text = read(spanOf(node));
    if (node.kind === "bool") add("constant", spanOf(node), text === "true" ? "false" : "true");
    if (node.kind === "string") add("constant", spanOf(node), text.replace(/.$/, ' "'));
    if (node.kind !== "number") return;
    const [number = "", ...unit] = text.split(" ");
    if (!/^(0x)?[0-9a-f_]+$/i.test(number)) return;
    const value = BigInt(number.replaceAll("_", ""));
    for (const other of [value + 1n, value - 1n])
      if (other >= 0n) add("constant", spanOf(node), [other, ...unit].join(" "));
  };
  const member = (node: AstNode): void => {
    const enumName = /^type\(enum (.+)\)$/.exec(typeOf(childOf(node, "expression") ?? node))?.[1];
    const members = enumName === undefined ? undefined : enums.get(enumName);
    const place = members?.indexOf(textOf(node, "memberName")) ?? -1;
    if (members === undefined || place === -1) return;
    add("enum member", spanOf(node), `${enumName}.${members[(place + 1) % members.length]}`);
  };
  const call = (node: AstNode): void => {
    if (node.kind === "typeConversion") return;
    const given = childrenOf(node, "arguments");
    given.forEach((first, place) => {
      const second = given.slice(place + 1).find((later) => typeOf(later) === typeOf(first));
      if (second === undefined || typeOf(first).startsWith("int_const")) return;
      const [a, b] = [spanOf(first), spanOf(second)];
      const span = { start: a.start, end: b.end };
      add("swap", span, read(b) + read({ start: a.end, end: b.start }) + read(a));
    });
  };
  const assembly = (node: AstNode): void => {
    if (node.nodeType === "YulLiteral") {
      const value = BigInt(textOf(node, "value"));
      for (const other of [value + 1n, value - 1n]) if (other >= 0n) add("assembly", spanOf(node), String(other));
      return;
    }
    const name = childOf(node, "functionName");
    const other = name === undefined ? undefined : YUL[textOf(name, "name")];
    if (name !== undefined && other !== undefined) add("assembly", spanOf(name), other);
  };

  for (const node of walk(ast, ({ nodeType }) => INERT.includes(nodeType))) {
    switch (node.nodeType) {
      case "BinaryOperation":
        binary(node);
        break;
      case "UnaryOperation":
        unary(node);
        break;
      case "Assignment":
        assignment(node);
        break;
      case "IfStatement":
      case "WhileStatement":
      case "Conditional":
        conditional(node);
        break;
      case "ExpressionStatement":
      case "EmitStatement":
        add("statement", statementSpan(node), "{}");
        break;
      case "RevertStatement":
        add("revert", statementSpan(node), "{}");
        break;
      case "ModifierInvocation":
        if (node.kind === "modifierInvocation") add("modifier", spanOf(node), "");
        break;
      case "Literal":
        literal(node);
        break;
      case "MemberAccess":
        member(node);
        break;
      case "FunctionCall":
        call(node);
        break;
      case "YulFunctionCall":
      case "YulLiteral":
        assembly(node);
        break;
    }
  }
  return withoutGuardedReverts([...mutants.values()]).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The source with the mistake in it. */
export function applyMutant(content: string, { start, end, replacement }: Mutant): string {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(replacement), bytes.subarray(end)]).toString();
}

/** Source text on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function isRevert(body: AstNode | undefined): boolean {
  if (body?.nodeType !== "Block") return body?.nodeType === "RevertStatement";
  const [only, ...more] = childrenOf(body, "statements");
  return more.length === 0 && isRevert(only);
}

/** To skip a guard and to skip the revert that is all of its body are one mistake. */
function withoutGuardedReverts(mutants: readonly Mutant[]): Mutant[] {
  const skipped = mutants.filter(({ operator }) => operator === "revert");
  return mutants.filter(
    (mutant) =>
      mutant.operator !== "revert" ||
      !skipped.some((other) => other !== mutant && other.start < mutant.start && mutant.end <= other.end),
  );
}
