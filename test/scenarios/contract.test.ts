import { makeContractEngine } from "./chain/contractEngine.ts";
import { makeConsentLoader } from "./chain/deployConsent.ts";
import { shouldBehaveLikeConsent } from "./consent.ts";

const load = makeConsentLoader("prague");

shouldBehaveLikeConsent("the contracts", async () => makeContractEngine(await load()));
