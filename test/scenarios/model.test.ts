import { shouldBehaveLikeConsent } from "./consent.ts";
import { makeModelEngine } from "./modelEngine.ts";

shouldBehaveLikeConsent("the reference model", makeModelEngine);
