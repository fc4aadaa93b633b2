import { makeContractEngine } from "./chain/contractEngine.ts";
import { loadDeployedConsent } from "./chain/deployConsent.ts";
import { shouldBehaveLikeConsent } from "./consent.ts";

shouldBehaveLikeConsent("the contracts", async () => makeContractEngine(await loadDeployedConsent()));
