import { SaxesParser, type SaxesTagNS } from "saxes";

import { quote } from "./errors.ts";
import { OntologyError } from "./hierarchy.ts";

/** How deep elements may lie in each other: those of an ontology lie ten deep. It bounds what a hostile file costs. */
const MAX_DEPTH = 100;

const FIX = "Name the release as its makers publish it, whole.";

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
}

/**
 * Reads an XML document, and hands over the elements directly below its root one by one: a large file is never held as a
 * tree. A document type is refused, for its entities may stand for anything.
 * @param root the name that the root must have
 * @throws OntologyError with the line where the text is not well-formed
 */
export function readElementsBelow(root: string, text: string, onElement: (element: XmlElement) => void): void {
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  let begins = 1;
  const fail = (problem: string, fix = FIX): never => {
    throw new OntologyError(problem, fix, `line ${parser.line}`);
  };
  const addText = (added: string): void => {
    const inner = open.at(-1);
    if (inner !== undefined) inner.text += added;
  };
  // Its messages begin with the place, and end with a full stop.
  parser.on("error", ({ message }) => fail(`it is not well-formed: ${message.replace(/^[\d:]+ |\.$/g, "")}`));
  parser.on("doctype", () => fail("it has a document type", "Save the ontology as RDF/XML without entities."));
  parser.on("opentagstart", () => (begins = parser.line));
  parser.on("opentag", (tag) => {
    const name = `${tag.uri}${tag.local}`;
    if (open.length === 0 && name !== root) fail(`the root is ${quote(tag.name)}, not ${root}`);
    if (open.length >= MAX_DEPTH) fail(`elements lie more than ${MAX_DEPTH} deep`);
    open.push({ name, attributes: attributesOf(tag), children: [], text: "", line: begins });
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const ended = open.pop();
    if (ended === undefined || open.length === 0) return;
    if (open.length === 1) onElement(ended);
    else open.at(-1)?.children.push(ended);
  });
  parser.write(text).close();
}

function attributesOf({ attributes }: SaxesTagNS): Map<string, string> {
  return new Map(Object.values(attributes).map(({ uri, local, value }) => [`${uri}${local}`, value]));
}
