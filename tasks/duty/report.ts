import { reportOverdueDuty } from "../../src/sdk/index.ts";
import { dutyStep } from "../support/duty.ts";

export default dutyStep(reportOverdueDuty, "Breached");
