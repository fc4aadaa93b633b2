import { emptyTask } from "hardhat/config";

import { option, readingTask, writingTask } from "./support/define.ts";

const institution = {
  name: "institution",
  description: "Public identifier of the institution (its ROR id, for instance), or its id in hex",
} as const;

/** `hardhat institution …`: who is a member, with which roles and accounts. */
export const institutionTasks = [
  emptyTask("institution", "Admit institutions, and manage their accounts and standing").build(),
  writingTask(["institution", "admit"], "Admit an institution with its roles and first account (registrar)")
    .addPositionalArgument(institution)
    .addOption(option("account", "Required: account that acts for it first"))
    .addOption(option("roles", "Required: custodian, processor, researcher, committee, auditor; several with commas"))
    .addFlag({ name: "notForProfit", description: "It is a not-for-profit organisation" })
    .setAction(() => import("./institution/admit.ts"))
    .build(),
  writingTask(["institution", "add-account"], "Let a further account act for an institution (registrar)")
    .addPositionalArgument(institution)
    .addPositionalArgument({ name: "account", description: "Account that shall act for it too" })
    .setAction(() => import("./institution/addAccount.ts"))
    .build(),
  writingTask(["institution", "remove-account"], "End that an account acts for its institution (registrar)")
    .addPositionalArgument({ name: "account", description: "Account that shall no longer act for its institution" })
    .setAction(() => import("./institution/removeAccount.ts"))
    .build(),
  writingTask(["institution", "suspend"], "Take an institution's standing; its licences rest (registrar)")
    .addPositionalArgument(institution)
    .setAction(() => import("./institution/suspend.ts"))
    .build(),
  writingTask(["institution", "reinstate"], "Give a suspended institution its standing back (registrar)")
    .addPositionalArgument(institution)
    .setAction(() => import("./institution/reinstate.ts"))
    .build(),
  readingTask(["institution", "show"], "Show an institution's roles and standing")
    .addPositionalArgument({ ...institution, description: `${institution.description}, or an account of it` })
    .setAction(() => import("./institution/show.ts"))
    .build(),
];
