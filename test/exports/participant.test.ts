import { expect } from "chai";
import { describe, it } from "mocha";
import type { Hex } from "viem";

import {
  accessPackageToMarkdown,
  findAccesses,
  makeAccessPackage,
  makeDisclosureAccounting,
} from "../../src/exports/index.ts";
import {
  createConcordClient,
  getAccessLeaves,
  relayConsentChanges,
  signWithdraw,
  type ConcordClient,
} from "../../src/sdk/index.ts";
import { ids, latestTime, person, refusal } from "../sdk/world.ts";
import { access, dictionary, directory, first, keyOf, loadStudy, people, second, type Study } from "./support.ts";

const told = { directory, dictionaries: [dictionary] };

async function withdraw({ reader, relayer }: Study, { account: signer }: typeof first): Promise<void> {
  await relayConsentChanges(relayer, { changes: [await signWithdraw(reader, { signer, scopeId: ids.scope })] });
}

/** A node that leaves a field out of its blocks' headers, as some consortium chains have it. */
function headless({ publicClient, record }: Study): ConcordClient {
  const request = async (asked: { method: string }) => {
    const answer = (await publicClient.request(asked as never)) as object;
    return asked.method === "eth_getBlockByNumber" ? { ...answer, extraData: "0x01" } : answer;
  };
  return createConcordClient({ deployment: record, publicClient: { ...publicClient, request } as typeof publicClient });
}

describe("makeAccessPackage", () => {
  it("answers Art. 15(1)(a) to (h) from the chain", async () => {
    const { reader, toAll, toOne, licenceId } = await loadStudy();
    const accesses = [toAll.proofFor(first)];
    const { article15 } = await makeAccessPackage(reader, { keys: [keyOf(first)], accesses, ...told });
    expect(article15.controllers[0]!.controller.institutionId).to.equal(ids.committee);
    expect(article15.purposes[0]!.legalBasis).to.contain("Art. 6(1)(a)");
    expect(article15.purposes[0]!.uses.map(({ code }) => code)).to.deep.equal([
      "DUO:0000006",
      "DUO:0000045",
      "DUO:0000028",
    ]);
    expect(article15.categories[0]!.elements).to.have.length(4);
    expect(article15.recipients).to.have.length(1);
    expect(article15.recipients[0]).to.deep.include({
      licence: licenceId.toString(),
      coversYou: true,
      reasonsAgainst: [],
    });
    expect(article15.recipients[0]!.licensee).to.include({
      name: "Compass University",
      region: "DK",
      institutionType: "University",
    });
    expect(article15.accesses).to.have.length(1);
    expect(article15.accesses[0]).to.include({ entry: "0", versionReliedOn: 1, lawfulness: "Lawful" });
    expect(article15.entriesWithoutLeaf).to.deep.equal([toOne.index.toString()]);
    expect(article15.retention[0]).to.include({ monthsAfterTheEnd: 120, consentUntil: null });
    expect(article15.rights.map(({ right }) => right).join()).to.contain("Art. 77");
    expect(article15.source[0]!.source).to.equal("the participant's own signatures");
    expect(article15.automatedDecisions).to.contain("committee");
  });

  it("gives all words, events and terms for Art. 20, and says what no longer covers", async () => {
    const study = await loadStudy();
    await withdraw(study, first);
    const { article15, article20 } = await makeAccessPackage(study.reader, { keys: [keyOf(first)] });
    const [consent] = article20.consents;
    expect(consent).to.include({ status: "Withdrawn", continuesAs: null });
    expect(consent!.events.map(({ event }) => event)).to.deep.equal(["ConsentGranted", "ConsentWithdrawn"]);
    expect(consent!.words).to.have.length(1);
    expect(consent!.terms[0]!.terms).to.include.keys("permissions", "notice");
    expect(article15.recipients[0]).to.deep.include({ coversYou: false, reasonsAgainst: ["consent:STATE_WITHDRAWN"] });
  });

  it("holds no id of anybody else", async () => {
    const { reader, toAll } = await loadStudy();
    const parameters = { keys: [keyOf(first)], accesses: [toAll.proofFor(first)], ...told };
    const text = JSON.stringify(await makeAccessPackage(reader, parameters));
    for (const { participantId } of people.slice(1)) expect(text).to.not.contain(participantId.slice(2));
    expect(text).to.contain(first.participantId);
  });

  it("tells that an access was not lawful", async () => {
    const study = await loadStudy();
    await withdraw(study, first);
    const late = await access(study, study.licenceId, [first]);
    const accesses = [late.proofFor(first)];
    const { article15 } = await makeAccessPackage(study.reader, { keys: [keyOf(first)], accesses });
    expect(article15.accesses[0]!.lawfulness).to.equal("NotPermitted");
  });

  it("proves a leaf where headers cannot be rebuilt, and says that the time is not proved", async () => {
    const study = await loadStudy();
    const { toAll } = study;
    const keys = [keyOf(first)];
    const { article15 } = await makeAccessPackage(headless(study), { keys, accesses: [toAll.proofFor(first)] });
    expect(article15.accesses[0]!.lawfulness).to.equal("HeaderUnavailable");
    const forged = { ...toAll.proofFor(first), index: study.toOne.index };
    await refusal(makeAccessPackage(headless(study), { keys, accesses: [forged] }), "AuditLeafUnproven");
  });

  it("refuses other people's leaves, leaves of no entry, and unproved ones", async () => {
    const study = await loadStudy();
    const { reader, toAll, toOne } = study;
    const keys = [keyOf(first)];
    const proved = toAll.proofFor(first);
    const refused = async (accesses: unknown, name: string) =>
      await refusal(makeAccessPackage(reader, { keys, accesses: accesses as [] }), name);
    await refused([toAll.proofFor(second)], "InvalidInput");
    await refused([proved, proved], "InvalidInput");
    await refused([{ ...proved, index: 9n }], "NotFound");
    await refused([{ ...proved, index: toOne.index }], "AuditLeafUnproven");
    await refused([{ ...proved, leaf: { ...proved.leaf, version: 2 } }], "AuditLeafUnproven");
    await refused([{ ...proved, index: -1 }], "InvalidInput");
    await refused([{ ...proved, proof: "0x" }], "InvalidInput");
    await refused({}, "InvalidInput");
    for (const bad of [[], {}, [keyOf(first), keyOf(first)], [{ scopeId: ids.scope, participantId: "0x" as Hex }]]) {
      await refusal(makeAccessPackage(reader, { keys: bad as [] }), "InvalidInput");
    }
    await refusal(makeAccessPackage(reader, { keys: [keyOf(person(99))] }), "NotFound");
  });

  it("is written as Markdown in which no name becomes markup", async () => {
    const { reader } = await loadStudy();
    const [biobank] = directory;
    const hostile = { ...biobank!, identifier: "https://ror.org/committee", name: "# A *bold*\n\n# [link](x) <b>" };
    const made = await makeAccessPackage(reader, { keys: [keyOf(first)], directory: [hostile] });
    const text = accessPackageToMarkdown(made);
    expect(text).to.match(/^# Data package of a participant/);
    expect(text).to.contain("\\# A \\*bold\\* \\# \\[link\\](x) \\<b\\>");
    expect(text.match(/^## /gm)).to.have.length(12);
    expect(text).to.contain("None.");
  });
});

describe("findAccesses", () => {
  it("finds every entry of given leaves by their root, and takes out none but the participant's own", async () => {
    const study = await loadStudy();
    const { reader, toAll } = study;
    const again = await access(study, study.licenceId, people);
    const participantIds = people.map(({ participantId }) => participantId);
    const { leaves } = await getAccessLeaves(reader, { scopeId: ids.scope, participantIds });
    const accesses = [
      leaves.map((leaf) => ({ ...leaf, participantId: leaf.participantId.toUpperCase().replace("X", "x") as Hex })),
    ];
    const found = await findAccesses(reader, { keys: [keyOf(first)], accesses });
    expect(found.map(({ index }) => index)).to.deep.equal([toAll.index, again.index]);
    const { article15 } = await makeAccessPackage(reader, { keys: [keyOf(first)], accesses: found });
    expect(article15.accesses).to.have.length(2);
    expect(await findAccesses(reader, { keys: [keyOf(person(9))], accesses })).to.deep.equal([]);
    await refusal(findAccesses(reader, { keys: [keyOf(first)], accesses: [[]] }), "InvalidInput");
  });
});

describe("makeDisclosureAccounting", () => {
  it("tells date, recipient, what and what for, and several to one recipient together", async () => {
    const { reader, toAll, toOne, licenceId } = await loadStudy();
    const accesses = [toOne.proofFor(first), toAll.proofFor(first)];
    const made = await makeDisclosureAccounting(reader, { keys: [keyOf(first)], accesses, ...told });
    expect(made.disclosures.map(({ entry }) => entry)).to.deep.equal(["0", "1"]);
    const [disclosure] = made.disclosures;
    expect(disclosure).to.include({ isDateProved: true, level: "Individual", elementsAsked: "none in particular" });
    expect(disclosure!.date).to.match(/^\d{4}-\d{2}-\d{2}T/);
    expect(disclosure!.recipient).to.include({ name: "Compass University" });
    expect(disclosure!.disclosedBy).to.include({ contact: "privacy@biobank.example" });
    expect(disclosure!.purpose.kinds).to.deep.equal(["DS"]);
    expect(made.repeated).to.have.length(1);
    expect(made.repeated[0]).to.include({ licence: licenceId.toString(), count: 2 });
    expect(made).to.deep.include({ research: [], notTold: [] });
  });

  it("is over six years at the most, and leaves out what lies outside of its period", async () => {
    const study = await loadStudy();
    const { reader, toAll } = study;
    const keys = [keyOf(first)];
    const accesses = [toAll.proofFor(first)];
    const now = await latestTime(study);
    const { period, disclosures } = await makeDisclosureAccounting(reader, { keys, accesses });
    expect(Number(period.to.slice(0, 4)) - Number(period.from.slice(0, 4))).to.equal(6);
    expect(disclosures).to.have.length(1);
    const past = await makeDisclosureAccounting(reader, { keys, accesses, from: now - 90_000, to: now - 80_000 });
    expect(past.disclosures).to.deep.equal([]);
    for (const bad of [{ from: now - 200_000_000 }, { from: now + 5, to: now }, { to: -1 }, { from: "x" as never }]) {
      await refusal(makeDisclosureAccounting(reader, { keys, ...bad }), "InvalidInput");
    }
  });

  it("tells research on fifty or more by protocol where no leaf is given, and names smaller entries", async () => {
    const study = await loadStudy();
    const { reader, licenceId, toAll, toOne } = study;
    const many = await access(study, licenceId, [first, ...Array.from({ length: 49 }, (_, n) => person(100 + n))]);
    const protocols = [{ licence: licenceId.toString(), name: "Compass drift", description: "Why compasses drift" }];
    const made = await makeDisclosureAccounting(reader, { keys: [keyOf(first)], protocols, ...told });
    expect(made.research).to.have.length(1);
    expect(made.research[0]).to.deep.include({
      protocol: "Compass drift",
      description: "Why compasses drift",
      entries: [many.index.toString()],
    });
    expect(made.research[0]!.statement).to.contain("may or may not");
    expect(made.notTold).to.deep.equal([toAll.index.toString(), toOne.index.toString()]);

    const accesses = [many.proofFor(first)];
    const proved = await makeDisclosureAccounting(reader, { keys: [keyOf(first)], accesses });
    expect(proved.research).to.deep.equal([]);
    expect(proved.disclosures).to.have.length(1);
    for (const bad of [{ licence: "9" }, { licence: "x" }, { name: "" }, { description: 5 as never }]) {
      const wrong = [{ ...protocols[0]!, ...bad }];
      await refusal(makeDisclosureAccounting(reader, { keys: [keyOf(first)], protocols: wrong }), "InvalidInput");
    }
  });
});
