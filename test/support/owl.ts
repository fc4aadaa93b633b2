/** A class of an OWL file that a test makes up. */
export interface OwlClass {
  /** The last part of its address, for instance DUO_0000001. */
  readonly id: string;
  readonly label?: string;
  /** The last parts of its parents' addresses. */
  readonly parents?: readonly string[];
  readonly isDeprecated?: boolean;
}

/** OWL in RDF/XML, as OBO ontologies are released: `name` is that of the file in its address. */
export function owl(name: string, classes: readonly OwlClass[], more = ""): string {
  const address = (last: string): string => `http://purl.obolibrary.org/obo/${last}`;
  const written = classes.map(({ id, label = id, parents = [], isDeprecated = false }) =>
    [
      `  <owl:Class rdf:about="${address(id)}">`,
      ...parents.map((parent) => `    <rdfs:subClassOf rdf:resource="${address(parent)}"/>`),
      `    <rdfs:label xml:lang="en">${label}</rdfs:label>`,
      ...(isDeprecated ? ["    <owl:deprecated>true</owl:deprecated>"] : []),
      `  </owl:Class>`,
    ].join("\n"),
  );
  return `<?xml version="1.0"?>
<rdf:RDF xmlns="http://example.org/"
    xmlns:owl="http://www.w3.org/2002/07/owl#"
    xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">
  <owl:Ontology rdf:about="${address(name)}"/>
${written.join("\n")}
${more}</rdf:RDF>
`;
}
