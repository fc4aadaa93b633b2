import { keccak256 } from "viem";

import {
  addInstitutionOfficial,
  addInstitutionUser,
  admitInstitution,
  claimScope,
  commitTo,
  declareConflict,
  institutionIdOf,
  succeedInstitution,
} from "../../src/sdk/index.ts";
import { accountOf, type Bench, keyOf } from "../world.ts";

/** The number of a key that no other scenario uses. */
const OFFICIAL_KEY = 4_000;
const SALT = `0x${"5a".repeat(16)}` as const;

/** Who belongs to an institution, conflicts, and a succession: last of all, for the scope's custodian changes. */
export async function institutions(bench: Bench): Promise<void> {
  const { measure, registrar, university, participants, custodian, scopeId } = bench;
  const claimant = participants.at(-1);
  if (!claimant) throw new RangeError("Too few accounts.");

  const { address: official } = await keyOf(bench, OFFICIAL_KEY);
  const addition = addInstitutionOfficial(registrar, { institutionId: institutionIdOf("university"), official });
  await measure("add an official", addition);
  const { commitment } = commitTo("0000-0002-1825-0097", SALT);
  await measure("add a user", addInstitutionUser(university, { commitment }));
  const conflict = { other: institutionIdOf("committee"), document: keccak256("0x06") };
  await measure("declare a conflict of interest", declareConflict(university, conflict));

  const successor = institutionIdOf("successor");
  await admitInstitution(registrar, {
    institutionId: successor,
    roles: ["custodian"],
    notForProfit: true,
    institutionType: "Biobank",
    region: "DK",
    institutionAccount: accountOf(claimant),
  });
  await measure("succeed an institution", succeedInstitution(registrar, { institutionId: custodian, successor }));
  await measure("claim a scope", claimScope(claimant, { scopeId }));
}
