import { declareDutyBreach } from "../../src/sdk/index.ts";
import { explainedDutyStep } from "../support/duty.ts";

export default explainedDutyStep(declareDutyBreach, "Breached");
