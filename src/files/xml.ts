import { quote } from "./errors.ts";
import { OntologyError } from "./hierarchy.ts";

/** How deep elements may lie in each other: those of an ontology lie ten deep. It bounds what a hostile file costs. */
const MAX_DEPTH = 100;

const FIX = "Name the release as its makers publish it, whole.";
const OPENING = /<([^\s<>/="'&]+)/y;
const ATTRIBUTE = /\s+([^\s<>/="'&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const END_OF_OPENING = /\s*(\/?)>/y;
const CLOSING = /<\/([^\s<>/="'&]+)\s*>/y;
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }),
);

/** An element of XML; names are the address of their namespace and the local name, put together. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** What stands directly in it, as one text. */
  readonly text: string;
  /** The line on which it begins, counted from 1. */
  readonly line: number;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
  /** The name as written, which its end must repeat. */
  readonly written: string;
  /** The namespaces that it declares, by prefix. */
  readonly namespaces: ReadonlyMap<string, string>;
}

/**
 * The elements directly below the root of an XML document, one by one, so that a large file is never held as a whole.
 * Comments and processing instructions are skipped. A document type is refused: what its entities expand to has no bound.
 * @param root the name that the root must have
 * @throws OntologyError with the line where the text is not well-formed
 */
export function* elementsBelow(root: string, text: string): Generator<XmlElement> {
  const open: OpenElement[] = [];
  let line = 1;
  let at = 0;
  let lineEnd = text.indexOf("\n");
  let isRootRead = false;

  const fail = (problem: string, fix = FIX): never => {
    throw new OntologyError(problem, fix, `line ${line}`);
  };
  /** Goes on to `next`, counting lines. */
  const advance = (next: number): void => {
    for (; lineEnd !== -1 && lineEnd < next; lineEnd = text.indexOf("\n", lineEnd + 1)) line += 1;
    at = next;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const find = (end: string, from: number): number => {
    const found = text.indexOf(end, from);
    return found === -1 ? fail(`${quote(end)} is missing`) : found;
  };
  const addText = (added: string): void => {
    const inner = open.at(-1);
    if (inner !== undefined) inner.text += added;
    else if (added.trim() !== "") fail("there is text outside the root");
  };
  const decode = (encoded: string): string =>
    encoded.replace(/&(?:([a-z]{1,4}|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)?/g, (whole, reference?: string) => {
      if (reference?.startsWith("#") !== true) {
        return ENTITIES.get(reference ?? "") ?? fail(`${quote(whole)} stands for nothing`);
      }
      const code = Number(reference.startsWith("#x") ? `0${reference.slice(1)}` : reference.slice(1));
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : fail(`${quote(whole)} is no character`);
    });
  const expand = (name: string, innermost: ReadonlyMap<string, string>, isAttribute: boolean): string => {
    const colon = name.indexOf(":");
    if (colon === -1 && isAttribute) return name;
    const prefix = name.slice(0, Math.max(colon, 0));
    const scopes = [innermost, ...open.map(({ namespaces }) => namespaces).reverse()];
    const namespace = scopes.find((scope) => scope.has(prefix))?.get(prefix);
    if (namespace === undefined && colon !== -1) fail(`the prefix of ${quote(name)} is not declared`);
    return `${namespace ?? ""}${name.slice(colon + 1)}`;
  };
  /** Reads an opening tag, and tells whether the element ends in it. */
  const readOpening = (): boolean => {
    if (open.length >= MAX_DEPTH) fail(`elements lie more than ${MAX_DEPTH} deep`);
    const written = match(OPENING)?.[1] ?? fail("this is no tag");
    const begins = line;
    advance(OPENING.lastIndex);
    const given = new Map<string, string>();
    for (let found = match(ATTRIBUTE); found !== null; found = match(ATTRIBUTE)) {
      const [, name = "", double, single] = found;
      if (given.has(name)) fail(`${quote(name)} is given twice`);
      given.set(name, decode(double ?? single ?? ""));
      advance(ATTRIBUTE.lastIndex);
    }
    const [, slash] = match(END_OF_OPENING) ?? fail(`the tag ${quote(written)} is not well-formed`);
    advance(END_OF_OPENING.lastIndex);
    // The prefix "xml" is declared everywhere.
    const namespaces = new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]);
    for (const [name, value] of given) {
      if (name === "xmlns") namespaces.set("", value);
      else if (name.startsWith("xmlns:")) namespaces.set(name.slice("xmlns:".length), value);
    }
    const attributes = new Map<string, string>();
    for (const [name, value] of given) {
      if (!/^xmlns(:|$)/.test(name)) attributes.set(expand(name, namespaces, true), value);
    }
    const name = expand(written, namespaces, false);
    if (open.length === 0 && (isRootRead || name !== root)) fail(`the root is not ${root} alone`);
    isRootRead = true;
    open.push({ name, attributes, children: [], text: "", line: begins, written, namespaces });
    return slash === "/";
  };
  /** Ends the innermost element; gives it back when it lies directly below the root. */
  const close = (): XmlElement | undefined => {
    const ended = open.pop();
    if (ended === undefined || open.length === 0) return undefined;
    if (open.length === 1) return ended;
    open.at(-1)?.children.push(ended);
    return undefined;
  };

  while (at < text.length) {
    const tag = text.indexOf("<", at);
    const next = tag === -1 ? text.length : tag;
    addText(decode(text.slice(at, next)));
    advance(next);
    if (tag === -1) break;
    if (text.startsWith("<!--", at)) advance(find("-->", at + 4) + 3);
    else if (text.startsWith("<?", at)) advance(find("?>", at + 2) + 2);
    else if (text.startsWith("<![CDATA[", at)) {
      const end = find("]]>", at + 9);
      addText(text.slice(at + 9, end));
      advance(end + 3);
    } else if (text.startsWith("<!", at)) {
      fail("it has a document type", "Save the ontology as RDF/XML without entities.");
    } else {
      let hasEnded: boolean;
      if (text.startsWith("</", at)) {
        const written = match(CLOSING)?.[1] ?? fail("this is no tag");
        if (open.at(-1)?.written !== written) fail(`the end of ${quote(written)} has no beginning here`);
        advance(CLOSING.lastIndex);
        hasEnded = true;
      } else {
        hasEnded = readOpening();
      }
      const ended = hasEnded ? close() : undefined;
      if (ended !== undefined) yield ended;
    }
  }
  if (open.length > 0 || !isRootRead) fail("the file ends too early");
}
