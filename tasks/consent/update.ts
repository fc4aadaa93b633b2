import { updateConsent } from "../../src/sdk/index.ts";
import { ownAgreement } from "../support/ownChange.ts";

export default ownAgreement(updateConsent);
