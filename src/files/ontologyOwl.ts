import { type OntologyPrefix, termNumber } from "../model/index.ts";
import { quote } from "./errors.ts";
import { OntologyError } from "./hierarchy.ts";
import {
  requireLabel,
  requireOntology,
  requireTerm,
  type WrittenOntology,
  type WrittenParent,
  type WrittenTerm,
} from "./writtenOntology.ts";
import { readElementsBelow, type XmlElement } from "./xml.ts";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const OWL = "http://www.w3.org/2002/07/owl#";
const OBO = "http://purl.obolibrary.org/obo/";
const LANGUAGE = "http://www.w3.org/XML/1998/namespacelang";

/**
 * What an OWL file in RDF/XML says, as OBO ontologies are released. The ontology is the one that the file's header names; its
 * terms are the classes with addresses of its own. Classes of others, which it imports, are no terms of it, and only a named
 * class is a parent: what a restriction implies is not computed.
 * @throws OntologyError with the line when it is not well-formed, or is no release of a known ontology
 */
export function ontologyFromOwl(text: string): WrittenOntology {
  const classes: XmlElement[] = [];
  const headers: XmlElement[] = [];
  readElementsBelow(`${RDF}RDF`, text, (element) => {
    if (element.name === `${OWL}Class`) classes.push(element);
    if (element.name === `${OWL}Ontology`) headers.push(element);
  });
  const prefix = prefixOf(headers);
  const own = classes.filter((element) => addressOf(element)?.startsWith(`${OBO}${prefix}_`));
  return { prefix, terms: own.map((element) => readClass(prefix, element)), path: "line 1" };
}

function prefixOf(headers: readonly XmlElement[]): OntologyPrefix {
  const [header, second] = headers;
  const fix = "Name a release of one ontology.";
  if (header === undefined) throw new OntologyError("it does not say which ontology it is", fix, "line 1");
  if (second !== undefined) throw new OntologyError("it is a second ontology", fix, placeOf(second));
  const address = addressOf(header) ?? "";
  const isOf = (prefix: OntologyPrefix): boolean => {
    const start = `${OBO}${prefix.toLowerCase()}`;
    return address === `${start}.owl` || address.startsWith(`${start}/`);
  };
  return requireOntology(isOf, `${quote(address)} is not a known ontology`, placeOf(header));
}

function readClass(prefix: OntologyPrefix, element: XmlElement): WrittenTerm {
  const path = placeOf(element);
  const below = (name: string): XmlElement[] => element.children.filter((child) => child.name === name);
  const labels = below(`${RDFS}label`);
  const english = labels.find(({ attributes }) => /^en\b|^$/.test(attributes.get(LANGUAGE) ?? ""));
  return {
    term: requireTerm(prefix, compact(addressOf(element) ?? ""), path),
    label: requireLabel((english ?? labels[0])?.text, path),
    parents: below(`${RDFS}subClassOf`).flatMap((child) => readParent(prefix, child)),
    isDeprecated: below(`${OWL}deprecated`).some((child) => ["true", "1"].includes(child.text.trim())),
    path,
  };
}

/** The parent that `rdfs:subClassOf` names, by its address or as a class inside it; none where it holds a restriction. */
function readParent(prefix: OntologyPrefix, element: XmlElement): WrittenParent[] {
  const [inner] = element.children;
  const address = element.attributes.get(`${RDF}resource`) ?? (inner === undefined ? undefined : addressOf(inner));
  if (address === undefined) return [];
  const parent = compact(address);
  return [{ parent, term: termNumber(prefix, parent), path: placeOf(element) }];
}

/** An OBO address as an id (".../obo/DUO_0000007" is "DUO:0000007"); another as it is. */
function compact(address: string): string {
  return address.startsWith(OBO) ? address.slice(OBO.length).replace("_", ":") : address;
}

function addressOf(element: XmlElement): string | undefined {
  return element.attributes.get(`${RDF}about`);
}

function placeOf(element: XmlElement): string {
  return `line ${element.line}`;
}
