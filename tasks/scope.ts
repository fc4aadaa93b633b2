import { emptyTask } from "hardhat/config";

import { option, readingTask, writingTask } from "./support/define.ts";

const scope = { name: "scope", description: "Public name of the scope, or its id in hex" } as const;

/** `hardhat scope …`: what consents are about. */
export const scopeTasks = [
  emptyTask("scope", "Create scopes (studies, programmes, dataset families), and look at them").build(),
  writingTask(["scope", "create"], "Create a scope; the sender's institution is its custodian (custodian)")
    .addPositionalArgument(scope)
    .addOption(option("committee", "Required: institution that decides on requests, by public identifier or id"))
    .setAction(() => import("./scope/create.ts"))
    .build(),
  writingTask(["scope", "claim"], "Take over a scope's offices from an institution that the sender's has succeeded")
    .addPositionalArgument(scope)
    .setAction(() => import("./scope/claim.ts"))
    .build(),
  writingTask(["scope", "policy"], "Set one part of a scope's policy: co-consent, conditions, rules, or who reviews")
    .addPositionalArgument(scope)
    .addOption(
      option("coConsent", 'Group whose co-consent is asked for, by id, or "none" (committee; first, custodian)'),
    )
    .addOption(
      option("committeeTerms", 'The committee\'s conditions: terms by number or digest, or "none" (committee)'),
    )
    .addOption(
      option("jurisdictionTerms", 'The jurisdiction\'s rules: terms by number or digest, or "none" (registrar)'),
    )
    .addOption(
      option("reviewCommittee", 'Who hears appeals and stands in on a conflict of interest, or "none" (registrar)'),
    )
    .setAction(() => import("./scope/policy.ts"))
    .build(),
  readingTask(["scope", "show"], "Show who is responsible for a scope, how many terms it has, and its policy")
    .addPositionalArgument(scope)
    .setAction(() => import("./scope/show.ts"))
    .build(),
];
