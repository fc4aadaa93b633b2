import { rejectDuty } from "../../src/sdk/index.ts";
import { explainedDutyStep } from "../support/duty.ts";
import { when } from "../support/print.ts";

export default explainedDutyStep(rejectDuty, "Open again", ({ dueAt }) => [["Due", when(dueAt)]]);
