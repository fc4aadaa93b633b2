import { cureDuty } from "../../src/sdk/index.ts";
import { explainedDutyStep } from "../support/duty.ts";

export default explainedDutyStep(cureDuty, "Made good");
