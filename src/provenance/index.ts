export { checkProvConstraints, PROV_CONSTRAINTS, type ProvConstraint, type ProvViolation } from "./constraints.ts";
export { ProvenanceError, type ProvenanceErrorName } from "./errors.ts";
export {
  ACTIVITY_KINDS,
  type ActivityKind,
  type AliquotEntity,
  type CopyEntity,
  type DatasetEntity,
  type EntityKey,
  type EntityKind,
  type ProvenanceActivity,
  type ProvenanceEntity,
  type ProvenanceGraph,
  type ResultEntity,
  type SpecimenEntity,
  traceBack,
  traceForward,
} from "./graph.ts";
export {
  type ProvDocument,
  type ProvObject,
  type ProvRecord,
  type ProvRecords,
  type ProvRelation,
  type ProvValue,
  toProvJson,
  type TypedValue,
} from "./provJson.ts";
