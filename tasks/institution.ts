import { emptyTask } from "hardhat/config";

import { option, optionalArgument, readingTask, writingTask } from "./support/define.ts";
import { TYPE_NAMES } from "./support/institution.ts";

const institution = {
  name: "institution",
  description: "Public identifier of the institution (its ROR id, for instance), or its id in hex",
} as const;
const person = optionalArgument("person", "Public identifier of the person (their ORCID iD, for instance); never sent");
const salt = "Salt of the person's commitment, 16 bytes in hex";
const commitment = option("commitment", "The person's salted commitment in hex, instead of person and salt");

/** `hardhat institution …`: who is a member, with which roles, accounts, officials and users. */
export const institutionTasks = [
  emptyTask("institution", "Admit institutions, and manage who belongs to them, their standing and conflicts").build(),
  writingTask(["institution", "admit"], "Admit an institution with its roles and first account (registrar)")
    .addPositionalArgument(institution)
    .addOption(option("account", "Required: account that acts and signs for it first"))
    .addOption(option("roles", "Required: custodian, processor, researcher, committee, auditor; several with commas"))
    .addOption(option("type", `Required: one of ${TYPE_NAMES.join(", ")}`))
    .addOption(option("region", "Required: where it is established, by ISO 3166 code (DK or US-CA, for instance)"))
    .addFlag({ name: "notForProfit", description: "It is a not-for-profit organisation" })
    .setAction(() => import("./institution/admit.ts"))
    .build(),
  writingTask(["institution", "add-account"], "Let a further account act for an institution (registrar)")
    .addPositionalArgument(institution)
    .addPositionalArgument({ name: "account", description: "Account that shall act for it too" })
    .setAction(() => import("./institution/addAccount.ts"))
    .build(),
  writingTask(["institution", "remove-account"], "End that an account acts and signs for its institution (registrar)")
    .addPositionalArgument({ name: "account", description: "Account that shall no longer act for its institution" })
    .setAction(() => import("./institution/removeAccount.ts"))
    .build(),
  writingTask(["institution", "add-official"], "Let somebody sign for an institution, without any role (registrar)")
    .addPositionalArgument(institution)
    .addPositionalArgument({ name: "account", description: "Account that shall sign for it" })
    .setAction(() => import("./institution/addOfficial.ts"))
    .build(),
  writingTask(["institution", "remove-official"], "End that somebody signs for their institution (registrar)")
    .addPositionalArgument({ name: "account", description: "Account that shall no longer sign for its institution" })
    .setAction(() => import("./institution/removeOfficial.ts"))
    .build(),
  writingTask(["institution", "add-user"], "Make a person a user of the sender's institution, by a salted commitment")
    .addPositionalArgument(person)
    .addOption(option("salt", `${salt}; random unless told, and printed to be kept`))
    .addOption(commitment)
    .setAction(() => import("./institution/addUser.ts"))
    .build(),
  writingTask(["institution", "remove-user"], "End that a person is a user of the sender's institution")
    .addPositionalArgument(person)
    .addOption(option("salt", `${salt}; required with the person`))
    .addOption(commitment)
    .setAction(() => import("./institution/removeUser.ts"))
    .build(),
  writingTask(["institution", "suspend"], "Take an institution's standing; its licences rest (registrar)")
    .addPositionalArgument(institution)
    .setAction(() => import("./institution/suspend.ts"))
    .build(),
  writingTask(["institution", "reinstate"], "Give a suspended institution its standing back (registrar)")
    .addPositionalArgument(institution)
    .setAction(() => import("./institution/reinstate.ts"))
    .build(),
  writingTask(["institution", "expel"], "Take an institution's standing for ever (registrar)")
    .addPositionalArgument(institution)
    .setAction(() => import("./institution/expel.ts"))
    .build(),
  writingTask(["institution", "succeed"], "Put another institution in an institution's place for ever (registrar)")
    .addPositionalArgument(institution)
    .addPositionalArgument({ name: "successor", description: "Institution that takes its place, by identifier or id" })
    .setAction(() => import("./institution/succeed.ts"))
    .build(),
  writingTask(["institution", "declare-conflict"], "Declare a conflict of interest of the sender's institution")
    .addPositionalArgument({ ...institution, description: `The other one: ${institution.description}` })
    .addOption(option("document", "Required: file of the declaration, or its SHA-256 digest in hex"))
    .setAction(() => import("./institution/declareConflict.ts"))
    .build(),
  writingTask(["institution", "lift-conflict"], "End a conflict of interest between two institutions (registrar)")
    .addPositionalArgument(institution)
    .addPositionalArgument({ name: "other", description: "The other institution, by public identifier or id" })
    .addOption(option("document", "Required: file of the reasons, or its SHA-256 digest in hex"))
    .setAction(() => import("./institution/liftConflict.ts"))
    .build(),
  readingTask(
    ["institution", "show"],
    "Show an institution: its record, standing, who belongs to it, and its conflicts",
  )
    .addPositionalArgument({
      ...institution,
      description: `${institution.description}, or an account or official of it`,
    })
    .setAction(() => import("./institution/show.ts"))
    .build(),
];
