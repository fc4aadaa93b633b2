export type { Hex } from "./bytes.ts";
export { FilesError } from "./errors.ts";
export {
  buildManifest,
  type ChunkProof,
  DEFAULT_CHUNK_SIZE,
  type Manifest,
  ManifestError,
  type ManifestFile,
  type ManifestOptions,
  type ManifestProgress,
  MAX_CHUNK_SIZE,
  proveChunk,
  verifyChunk,
} from "./manifest.ts";
export { EMPTY_ROOT, MerkleError, type MerkleTree } from "./merkle.ts";
export { type DescentProof, Hierarchy, type LineageProof, OntologyError, type TermNames } from "./hierarchy.ts";
export { diffReleases, type ReleaseDifference, type TermDifference, type TermMove, widening } from "./diffReleases.ts";
export {
  chooseExample,
  type DanglingParent,
  DiseaseOntologyError,
  formatDisease,
  formatTerm,
  Ontology,
  type OntologyExample,
  parseDisease,
  parseOntology,
  parseTerm,
  readDiseases,
  readOntology,
  TermIdError,
} from "./ontology.ts";
export { ParticipantsError, type ParticipantsTree, participantsTree } from "./participants.ts";
export { readVcf, type ReadVcfOptions, type Vcf, VcfError, type VcfPacking, type VcfProgress } from "./vcf.ts";
export { JsonFileError, readJson } from "./json.ts";
export { REGION_TABLE, regionHierarchy } from "./regionTable.ts";
export { readParticipantList } from "./participantList.ts";
