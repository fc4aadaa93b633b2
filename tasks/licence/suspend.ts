import { suspendLicence } from "../../src/sdk/index.ts";
import { explainedStep } from "../support/licence.ts";

export default explainedStep(suspendLicence, "Suspended");
