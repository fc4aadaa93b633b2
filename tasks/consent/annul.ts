import { annulConsent } from "../../src/sdk/index.ts";
import { ownChange } from "../support/ownChange.ts";

export default ownChange(annulConsent);
