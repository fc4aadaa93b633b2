import { makeContractEngine } from "./chain/contractEngine.ts";
import { loadDeployedConsent } from "./chain/deployConsent.ts";
import { shouldBehaveLikeModel } from "./random/randomBehaviour.ts";

shouldBehaveLikeModel("the contracts, in random histories", async () =>
  makeContractEngine(await loadDeployedConsent()),
);
