import { terminateLicence } from "../../src/sdk/index.ts";
import { explainedStep } from "../support/licence.ts";

export default explainedStep(terminateLicence, "Terminated");
