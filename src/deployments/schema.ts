import { contractKeys, contractNames } from "./contracts.ts";
import { DEPLOYMENT_RECORD_FORMAT, forks } from "./record.ts";

/** The part of JSON Schema (2020-12) that the schemas of this project use. */
export interface Schema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "boolean" | "null";
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
}

const block: Schema = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

function object(description: string, properties: Readonly<Record<string, Schema>>): Schema {
  return { description, type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function contract(name: string): Schema {
  return object(`The ${name} of the suite.`, {
    name: { const: name },
    address: { $ref: "#/$defs/address" },
    startBlock: { ...block, description: "Block that created the contract." },
    codeHash: { $ref: "#/$defs/hash", description: "keccak256 of the runtime code on chain." },
    constructorArguments: { type: "array", items: { $ref: "#/$defs/argument" } },
  });
}

/** JSON Schema of a deployment record, as data. docs/schemas/deployment-record.schema.json holds the same. */
export const deploymentRecordSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Concord deployment record",
  ...object("One deployment of the Concord contracts.", {
    format: { const: DEPLOYMENT_RECORD_FORMAT, description: "Rises when a field changes its meaning or goes." },
    suiteVersion: {
      type: "string",
      pattern: "^\\d+\\.\\d+\\.\\d+",
      description: "Version of the package that deployed.",
    },
    network: { type: "string", pattern: "^.+$", description: "Name of the network in the deployer's configuration." },
    chainId: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    genesisHash: { $ref: "#/$defs/hash", description: "Hash of block 0." },
    fork: { enum: forks, description: "The newest EVM rules that the chain was found to follow at deployment." },
    startBlock: { ...block, description: "The lowest start block of all contracts." },
    parameters: object("What whoever deployed has chosen.", {
      governance: { $ref: "#/$defs/address", description: "The only administrator after the handover." },
      executionDelay: {
        type: "integer",
        minimum: 0,
        maximum: 2 ** 32 - 1,
        description: "Seconds between scheduling and executing an administrative call.",
      },
    }),
    contracts: object(
      "Every contract of the suite.",
      Object.fromEntries(contractKeys.map((key) => [key, contract(contractNames[key])])),
    ),
  }),
  $defs: {
    address: { type: "string", pattern: "^0x(?!0{40}$)[0-9a-fA-F]{40}$" },
    hash: { type: "string", pattern: "^0x[0-9a-f]{64}$" },
    argument: {
      description: "An address or hex string, a whole number in decimal digits, text, or a list of these.",
      anyOf: [{ type: "string" }, { type: "array", items: { $ref: "#/$defs/argument" } }],
    },
  },
};
