export { type Chain, probeFork, readChain, type SystemConnection } from "./system/chain.ts";
export {
  buildContracts,
  type DeployOptions,
  type DeployResult,
  deploySystem,
  type RehearsalResult,
  rehearseSystem,
} from "./system/deploy.ts";
export { SystemError, type SystemErrorName } from "./system/errors.ts";
export { exportSystem } from "./system/export.ts";
export { loadSystem, type StoreOptions } from "./system/find.ts";
export { readParameters } from "./system/parameters.ts";
export { type ContractStatus, type SystemState, type SystemStatus, systemStatus } from "./system/status.ts";
export {
  assertVerified,
  type Check,
  type Verification,
  type VerifyOptions,
  verifyRecord,
  verifySystem,
} from "./system/verify.ts";
