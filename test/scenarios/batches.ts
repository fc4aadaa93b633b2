import { expect } from "chai";
import { beforeEach, it } from "mocha";

import {
  type ConsentOperation,
  ConsentState,
  isRejection,
  RECOVERY_DELAY,
  WithdrawalExtent,
} from "../../src/model/index.ts";
import { idOf } from "./ids.ts";
import { DAY, type Story } from "./story.ts";

/** Batches: items in order, each for itself. */
export function shouldBehaveLikeBatches(begin: () => Promise<Story>): void {
  let story: Story;
  let others: readonly Story[];

  beforeEach(async () => {
    story = await begin();
    others = [];
    for (const name of ["Anna", "Bo", "Cleo"]) others = [...others, await story.withParticipant(name)];
  });

  const relay = async (items: readonly ConsentOperation[], sender?: string): Promise<string[]> =>
    (await story.engine.relay(items, sender)).map((applied) => (isRejection(applied) ? applied.error : "accepted"));

  it("take many participants' changes, and a bad one spoils no other", async () => {
    const items: ConsentOperation[] = [];
    for (const other of others) items.push(await other.grant({}, other.signed()));
    items.splice(1, 0, await story.grant({ version: 2 }, story.signed()));
    items.push(story.suspend(story.signed({ deadline: story.now - 1 })));
    expect(await relay(items)).to.deep.equal([
      "accepted",
      "ConsentVersionMismatch",
      "accepted",
      "accepted",
      "ConsentDeadlinePassed",
    ]);
    for (const other of others) expect(await other.status()).to.equal("Active");
    expect(await story.status()).to.equal("None");
  });

  it("apply in order: a refused item uses nothing up, and works when its time has come", async () => {
    const grant = await story.grant({}, story.signed());
    const early = story.suspend(story.signed({ minVersion: 1 }));
    expect(await relay([early, grant, grant, early])).to.deep.equal([
      "ConsentVersionTooLow",
      "accepted",
      "ConsentAlreadyGranted",
      "accepted",
    ]);
    expect(await story.word()).to.include({ version: 2 });
  });

  it("act for their sender: own changes of several scopes at once", async () => {
    const elsewhere = await story.inScope("another study").register();
    await story.given(story.grant(), () => elsewhere.grant());
    const items = [story.withdraw(WithdrawalExtent.NoFurtherUse), elsewhere.decline(), story.withdraw(0)] as const;
    expect(await relay(items, story.id)).to.deep.equal(["accepted", "accepted", "ConsentExtentInvalid"]);
    expect(await story.status()).to.equal("Withdrawn");
    expect(await elsewhere.status()).to.equal("Declined");
  });

  it("take a custodian's imports, attestations, takeovers and recoveries", async () => {
    const { custodian, second } = story.engine.institutions;
    const paper = (name: string): Story => story.as({ id: idOf(`${name} on paper`) });
    const [kept, taken, moving] = [paper("one kept"), paper("one taken over"), paper("one moving")];
    const target = idOf("a new key");
    const signed = { signedAt: story.now + 1, deadline: story.now + DAY };
    const items = [
      await kept.import(),
      await taken.import(),
      await moving.import(),
      kept.attest(),
      moving.propose(target),
      kept.attest(ConsentState.Active),
    ] as const;
    expect(await relay(items, custodian.account)).to.deep.equal([
      ...Array.from({ length: 5 }, () => "accepted"),
      "ConsentAttestationInvalid",
    ]);
    await story.advance(1);
    expect(await relay([story.takeOver(taken.id, { signed })], custodian.account)).to.deep.equal(["accepted"]);
    expect(await relay([moving.confirm(target)], second.account)).to.deep.equal(["accepted"]);
    await story.advance(RECOVERY_DELAY);
    const complete = { verb: "completeRecovery", scopeId: story.scopeId, participantId: moving.id } as const;
    expect(await relay([complete, complete])).to.deep.equal(["accepted", "ConsentRecoveryUnknown"]);
    expect(await kept.status()).to.equal("Withdrawn");
    expect(await taken.forward()).to.equal(story.id);
    expect(await moving.forward()).to.equal(target);
  });

  it("may be empty", async () => {
    expect(await relay([])).to.deep.equal([]);
  });
}
