import { shouldBehaveLikeConsent } from "./consent.ts";
import { makeModelEngine } from "./modelEngine.ts";
import { shouldBehaveLikeModel } from "./randomBehaviour.ts";

shouldBehaveLikeConsent("the reference model's consent", makeModelEngine);
shouldBehaveLikeModel("the reference model's engine", makeModelEngine, { seeds: [1, 2, 3], length: 500 });
