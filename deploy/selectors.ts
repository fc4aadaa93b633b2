import { type Abi, type AbiFunction, type Hex, toFunctionSelector } from "viem";

import { abis } from "./abis.ts";
import { functionRoles, type RestrictedKey, type RoleName } from "./roles.ts";

/** A role and the functions of one contract that it may call. */
export interface Permission {
  readonly contract: RestrictedKey;
  readonly role: RoleName;
  readonly functions: readonly string[];
  /** 4-byte selectors, in the order of `functions`. */
  readonly selectors: readonly Hex[];
}

/** The rows of the table of function roles, with selectors. */
export function permissions(): Permission[] {
  return Object.entries(functionRoles).flatMap(([contract, byRole]) =>
    Object.entries(byRole).map(([role, functions]: [string, readonly string[]]) => ({
      contract: contract as RestrictedKey,
      role: role as RoleName,
      functions,
      selectors: functions.map((name) => selectorOf(contract as RestrictedKey, name)),
    })),
  );
}

/** Selector of a contract's function; a restricted function is never overloaded. */
function selectorOf(contract: RestrictedKey, name: string): Hex {
  const abi: Abi = abis[contract];
  const [found, ...others] = abi.filter((item): item is AbiFunction => item.type === "function" && item.name === name);
  if (found === undefined || others.length > 0) {
    throw new RoleTableError(`${contract} has ${others.length > 0 ? "several functions" : "no function"} ${name}.`);
  }
  return toFunctionSelector(found);
}

/** The table of roles names what no contract has. */
class RoleTableError extends Error {
  override readonly name = "RoleTableError";
  readonly fix = "Correct deploy/roles.ts and build again.";
}
