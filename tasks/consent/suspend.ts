import { suspendConsent } from "../../src/sdk/index.ts";
import { ownChange } from "../support/ownChange.ts";

export default ownChange(suspendConsent);
