import { describe } from "mocha";

import { shouldBehaveLikeAttestations } from "./attestations.ts";
import { shouldBehaveLikeBatches } from "./batches.ts";
import { shouldBehaveLikeClosings } from "./closings.ts";
import { shouldBehaveLikeDelegates } from "./delegates.ts";
import type { ConsentEngine } from "./engine.ts";
import { shouldBehaveLikeForwards } from "./forwards.ts";
import { shouldBehaveLikeGuardians } from "./guardians.ts";
import { shouldBehaveLikeHistory } from "./history.ts";
import { shouldBehaveLikeImports } from "./imports.ts";
import { shouldBehaveLikeOpenings } from "./openings.ts";
import { shouldBehaveLikeThePicture } from "./picture.ts";
import { shouldBehaveLikeProxies } from "./proxies.ts";
import { shouldBehaveLikeRaces } from "./races.ts";
import { shouldBehaveLikeRecoveries } from "./recoveries.ts";
import { shouldBehaveLikeScopeIndex } from "./scopeIndex.ts";
import { shouldBehaveLikeSigners } from "./signers.ts";
import { Story } from "./story.ts";
import { shouldBehaveLikeTakeOvers } from "./takeOvers.ts";
import { shouldBehaveLikeTime } from "./times.ts";
import { shouldBehaveLikeVerbs } from "./verbs.ts";
import { shouldBehaveLikeVersionsEnd } from "./versionsEnd.ts";

/** What every engine of consents must do. `makeEngine` answers a fresh engine, with no scope and no consent. */
export function shouldBehaveLikeConsent(name: string, makeEngine: () => Promise<ConsentEngine>): void {
  const begin = async (): Promise<Story> => Story.begin(await makeEngine());
  describe(name, () => {
    describe("verbs", () => shouldBehaveLikeVerbs(begin));
    describe("openings", () => shouldBehaveLikeOpenings(begin));
    describe("closings", () => shouldBehaveLikeClosings(begin));
    describe("time", () => shouldBehaveLikeTime(begin));
    describe("races", () => shouldBehaveLikeRaces(begin));
    describe("history", () => shouldBehaveLikeHistory(begin));
    describe("the last version", () => shouldBehaveLikeVersionsEnd(begin));
    describe("the state picture", () => shouldBehaveLikeThePicture(begin));
    describe("batches", () => shouldBehaveLikeBatches(begin));
    describe("signers", () => shouldBehaveLikeSigners(begin));
    describe("delegates", () => shouldBehaveLikeDelegates(begin));
    describe("a guardian", () => shouldBehaveLikeGuardians(begin));
    describe("a proxy", () => shouldBehaveLikeProxies(begin));
    describe("imports", () => shouldBehaveLikeImports(begin));
    describe("attested closings", () => shouldBehaveLikeAttestations(begin));
    describe("a takeover", () => shouldBehaveLikeTakeOvers(begin));
    describe("a lost key", () => shouldBehaveLikeRecoveries(begin));
    describe("forwards", () => shouldBehaveLikeForwards(begin));
    describe("the scope's index", () => shouldBehaveLikeScopeIndex(begin));
  });
}
