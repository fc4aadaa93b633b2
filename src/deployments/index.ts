export { type ContractKey, contractKeys, contractNames } from "./contracts.ts";
export { DeploymentRecordError, type DeploymentRecordErrorName } from "./errors.ts";
export { parseDeploymentRecord } from "./parse.ts";
export {
  type ConstructorArgument,
  DEPLOYMENT_RECORD_FORMAT,
  type DeployedContract,
  type DeploymentParameters,
  type DeploymentRecord,
  type Fork,
  forks,
} from "./record.ts";
export { deploymentRecordSchema, type Schema as DeploymentRecordSchema } from "./schema.ts";
