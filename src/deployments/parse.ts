import { contractKeys } from "./contracts.ts";
import { DeploymentRecordError } from "./errors.ts";
import { DEPLOYMENT_RECORD_FORMAT, type DeploymentRecord } from "./record.ts";
import { deploymentRecordSchema } from "./schema.ts";
import { firstViolation } from "./validate.ts";

const EXPORT_AGAIN = "Take the record again from whoever deployed the suite: `hardhat system export --network <name>`.";

/**
 * Reads a deployment record out of parsed JSON. Besides the schema it checks that no two contracts share an address and
 * that the start blocks agree.
 *
 * @param value what JSON.parse made of the file
 * @returns the same value, typed
 * @throws DeploymentRecordError DeploymentRecordFormatUnknown, DeploymentRecordInvalid
 */
export function parseDeploymentRecord(value: unknown): DeploymentRecord {
  const format = typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  if (typeof format === "number" && format !== DEPLOYMENT_RECORD_FORMAT) {
    throw new DeploymentRecordError(
      "DeploymentRecordFormatUnknown",
      "$.format",
      `is ${format}; this version reads format ${DEPLOYMENT_RECORD_FORMAT}`,
      "Use the version of the package that wrote the record, or a newer one.",
    );
  }
  const violation = firstViolation(value, deploymentRecordSchema);
  if (violation !== undefined) throw invalid(violation.path, violation.problem);

  const record = value as DeploymentRecord;
  const seen = new Map<string, string>();
  for (const key of contractKeys) {
    const address = record.contracts[key].address.toLowerCase();
    const other = seen.get(address);
    if (other !== undefined) throw invalid(`$.contracts.${key}.address`, `is also the address of ${other}`);
    seen.set(address, key);
  }
  const lowest = Math.min(...contractKeys.map((key) => record.contracts[key].startBlock));
  if (record.startBlock !== lowest) {
    throw invalid("$.startBlock", `is ${record.startBlock}, but the first contract was created in block ${lowest}`);
  }
  return record;
}

function invalid(path: string, problem: string): DeploymentRecordError {
  return new DeploymentRecordError("DeploymentRecordInvalid", path, problem, EXPORT_AGAIN);
}
