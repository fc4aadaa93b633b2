/** Why a graph or a document cannot be worked on. */
export type ProvenanceErrorName = "EntityUnknown" | "ProvDocumentMalformed" | "ProvRelationUnsupported";

/** A graph without the entity asked for, or a value that is no PROV-JSON document that can be checked. */
export class ProvenanceError extends Error {
  override readonly name: ProvenanceErrorName;
  /** What to do, as one imperative sentence. */
  readonly fix: string;
  readonly args: Readonly<Record<string, string>>;

  constructor(name: ProvenanceErrorName, message: string, fix: string, args: Readonly<Record<string, string>>) {
    super(message);
    this.name = name;
    this.fix = fix;
    this.args = args;
  }
}
