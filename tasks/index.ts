import type { HardhatUserConfig } from "hardhat/config";

import { auditTasks } from "./audit.ts";
import { consentTasks } from "./consent.ts";
import { decideTask } from "./decide.ts";
import { datasetTasks } from "./dataset.ts";
import { delegateTasks } from "./delegate.ts";
import { dutyTasks } from "./duty.ts";
import { exportTasks } from "./export.ts";
import { factTasks } from "./fact.ts";
import { institutionTasks } from "./institution.ts";
import { keyTasks } from "./key.ts";
import { licenceTasks } from "./licence.ts";
import { ontologyTasks } from "./ontology.ts";
import { provenanceTasks } from "./provenance.ts";
import { scopeTasks } from "./scope.ts";
import { startTask } from "./start.ts";
import { reportCommandLineErrors } from "./support/commandLine.ts";
import { systemTasks } from "./system.ts";
import { termsTasks } from "./terms.ts";

reportCommandLineErrors();

export const tasks: NonNullable<HardhatUserConfig["tasks"]> = [
  startTask,
  decideTask,
  ...systemTasks,
  ...institutionTasks,
  ...ontologyTasks,
  ...scopeTasks,
  ...termsTasks,
  ...consentTasks,
  ...delegateTasks,
  ...keyTasks,
  ...datasetTasks,
  ...factTasks,
  ...licenceTasks,
  ...dutyTasks,
  ...auditTasks,
  ...provenanceTasks,
  ...exportTasks,
];
