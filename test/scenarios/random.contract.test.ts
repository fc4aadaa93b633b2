import { makeContractEngine } from "./chain/contractEngine.ts";
import { makeConsentLoader } from "./chain/deployConsent.ts";
import { shouldBehaveLikeModel } from "./random/randomBehaviour.ts";

// The scenarios check keys of P-256 by Solidity, on Prague; Osaka's precompile plays long histories in half the time.
const load = makeConsentLoader("osaka");

shouldBehaveLikeModel("the contracts, in random histories", async () => makeContractEngine(await load()));
