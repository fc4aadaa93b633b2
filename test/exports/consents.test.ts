import { expect } from "chai";
import { describe, it } from "mocha";

import { makeConsentReceipt, makeFhirConsent } from "../../src/exports/index.ts";
import { BLANK_TERMS, PERMISSIONS } from "../../src/model/index.ts";
import {
  attestClosing,
  publishTerms,
  relayConsentChanges,
  signAnnul,
  signDecline,
  signGrant,
  signSuspend,
  signWithdraw,
} from "../../src/sdk/index.ts";
import { ids, latestTime, loadWorld, person, refusal } from "../sdk/world.ts";
import { validateFhirConsent } from "./fhirConsent.ts";
import { dictionary, directory, first, keyOf, loadStudy, noticedTerms, second, type Study, third } from "./support.ts";

const told = { directory, dictionaries: [dictionary] };

/** Study participants in every state, by its name. */
async function inAllStates(study: Study) {
  const { reader, relayer, noticed, connection } = study;
  const scopeId = ids.scope;
  const [annulled, declined, expired] = [4, 5, 6].map(person) as [typeof first, typeof first, typeof first];
  const until = (await latestTime(study)) + 60;
  const grant = { scopeId, termsDigest: noticed.digest, elements: 3n };
  const relay = async (...changes: Parameters<typeof relayConsentChanges>[1]["changes"]) => {
    const { rejected } = await relayConsentChanges(relayer, { changes });
    expect(rejected).to.equal(0);
  };
  await relay(
    await signGrant(reader, { signer: annulled.account, ...grant }),
    await signGrant(reader, { signer: expired.account, ...grant, until }),
    await signDecline(reader, { signer: declined.account, scopeId }),
    await signSuspend(reader, { signer: second.account, scopeId }),
    await signWithdraw(reader, { signer: third.account, scopeId }),
  );
  await relay(await signAnnul(reader, { signer: annulled.account, scopeId }));
  await connection.networkHelpers.time.increase(100);
  const from = (await latestTime(study)) + 10_000;
  const later = await publishTerms(study.biobank, {
    scopeId,
    terms: { ...BLANK_TERMS, permissions: PERMISSIONS.GRU, from },
  });
  const scheduled = person(7);
  await relay(await signGrant(reader, { signer: scheduled.account, scopeId, termsDigest: later.digest, elements: 1n }));
  return {
    Active: first,
    Suspended: second,
    Withdrawn: third,
    Annulled: annulled,
    Declined: declined,
    Expired: expired,
    Scheduled: scheduled,
  };
}

describe("makeConsentReceipt", () => {
  it("fills every part of ISO/IEC TS 27560 from the chain", async () => {
    const { reader, noticed } = await loadStudy();
    const receipt = await makeConsentReceipt(reader, { ...keyOf(first), ...told });
    expect(receipt["@context"].dpv).to.equal("https://w3id.org/dpv#");
    expect(receipt).to.deep.include({
      "@type": "dpv:ConsentRecord",
      "dct:conformsTo": "ISO/IEC TS 27560:2023",
      "dct:identifier": `${ids.scope}:${first.participantId}:1`,
      "dpv:hasConsentStatus": { "@id": "dpv:ConsentGiven" },
      "concord:status": "Active",
      "concord:terms": { "concord:number": noticed.number, "concord:digest": noticed.digest },
      "dpv:hasLegalBasis": [{ "@id": "eu-gdpr:A6-1-a-explicit-consent" }, { "@id": "eu-gdpr:A9-2-a" }],
      "concord:preferences": {
        recontact: true,
        individualFindings: false,
        recordLinkage: true,
        secondaryUse: false,
        afterDeath: "stop",
      },
    });
    const [text] = noticedTerms.notice.texts;
    expect(receipt["dpv:hasNotice"]).to.deep.equal([
      {
        "@type": "dpv:ConsentNotice",
        "dct:language": "da",
        "concord:formSha256": text!.form,
        "concord:sheetSha256": text!.sheet,
      },
    ]);
    expect(receipt["dpv:hasDataSubject"]["dct:identifier"]).to.equal(first.participantId);
    expect(receipt["dpv:hasDataController"]["@id"]).to.contain(ids.committee);
    expect(receipt["dpv:hasRecipient"]![0]).to.include({ "rdfs:label": "Compass University" });
    expect(receipt["dpv:hasPurpose"]!.map((purpose) => purpose["@id"])).to.deep.equal([
      "http://purl.obolibrary.org/obo/DUO_0000006",
    ]);
    expect(receipt["concord:hasCondition"]!.map((condition) => condition["@id"])).to.deep.equal([
      "http://purl.obolibrary.org/obo/DUO_0000045",
      "http://purl.obolibrary.org/obo/DUO_0000028",
    ]);
    expect(receipt["dpv:hasStorageCondition"]![0]!["dpv:hasDuration"]["@value"]).to.equal("P120M");
    expect(receipt["dpv:hasRight"].map((right) => right["@id"])).to.include.members(["eu-gdpr:A7-3", "eu-gdpr:A77"]);
    expect(receipt["concord:hasEvent"]).to.have.length(1);
  });

  it("names the data shared: the participant's elements among the terms', in the dictionary's words", async () => {
    const { reader } = await loadStudy();
    const receipt = await makeConsentReceipt(reader, { ...keyOf(first), ...told });
    expect(receipt["dpv:hasPersonalData"]!.map((data) => data["rdfs:label"])).to.deep.equal([
      "Demographics",
      "Demographics/Age",
      "Laboratory test results",
      "Laboratory test results/Genetic test",
    ]);
    const unnamed = await makeConsentReceipt(reader, keyOf(first));
    expect(unnamed["dpv:hasPersonalData"]).to.have.length(4);
    expect(unnamed["dpv:hasPersonalData"]![0]).to.not.have.property("rdfs:label");
  });

  it("gives every status its concept, and every event its own", async () => {
    const study = await loadStudy();
    const people = await inAllStates(study);
    const expected = {
      Active: "dpv:ConsentGiven",
      Suspended: "dpv:ConsentStatusInvalidForProcessing",
      Withdrawn: "dpv:ConsentWithdrawn",
      Annulled: "dpv:ConsentInvalidated",
      Declined: "dpv:ConsentRefused",
      Expired: "dpv:ConsentExpired",
      Scheduled: "dpv:ConsentStatusInvalidForProcessing",
    };
    for (const [status, concept] of Object.entries(expected)) {
      const receipt = await makeConsentReceipt(study.reader, keyOf(people[status as keyof typeof people]));
      expect(receipt["concord:status"]).to.equal(status);
      expect(receipt["dpv:hasConsentStatus"], status).to.deep.equal({ "@id": concept });
    }
    const withdrawn = await makeConsentReceipt(study.reader, keyOf(people.Withdrawn));
    expect(withdrawn["concord:hasEvent"].map((event) => event["dpv:hasConsentStatus"]["@id"])).to.deep.equal([
      "dpv:ConsentGiven",
      "dpv:ConsentWithdrawn",
    ]);
  });

  it("is of the block named: what came later is not in it", async () => {
    const { reader, relayer } = await loadStudy();
    const { "concord:export": made } = await makeConsentReceipt(reader, keyOf(first));
    const { account: signer } = first;
    await relayConsentChanges(relayer, { changes: [await signWithdraw(reader, { signer, scopeId: ids.scope })] });
    const blockNumber = BigInt(made["@value"].block.number);
    const before = await makeConsentReceipt(reader, { ...keyOf(first), blockNumber });
    expect(before["concord:status"]).to.equal("Active");
    expect((await makeConsentReceipt(reader, keyOf(first)))["concord:status"]).to.equal("Withdrawn");
  });

  it("refuses who never acted, and dictionaries that the terms do not pin", async () => {
    const { reader } = await loadStudy();
    await refusal(makeConsentReceipt(reader, keyOf(person(99))), "NotFound");
    const other = { categories: [{ bit: 0, name: "Demographics and more", elements: [] }] };
    await refusal(makeConsentReceipt(reader, { ...keyOf(first), dictionaries: [other] }), "InvalidInput");
    const hostile = [
      { scopeId: "0x" },
      { participantId: 5 },
      { directory: {} },
      { directory: [{ identifier: " " }] },
      { directory: [{ identifier: "x", contact: "" }] },
      { directory: [{ identifier: "x", name: 5 }] },
      { dictionaries: [{}] },
      { blockNumber: -1n },
    ];
    for (const bad of hostile) {
      await refusal(makeConsentReceipt(reader, { ...keyOf(first), ...bad } as never), "InvalidInput");
    }
  });
});

describe("makeFhirConsent", () => {
  it("is a well-formed R5 Consent in every state, and permits only what stands", async () => {
    const study = await loadStudy();
    const people = await inAllStates(study);
    const expected = {
      Active: ["active", "permit"],
      Suspended: ["inactive", "deny"],
      Withdrawn: ["inactive", "deny"],
      Annulled: ["entered-in-error", "deny"],
      Declined: ["active", "deny"],
      Expired: ["inactive", "deny"],
      Scheduled: ["active", "permit"],
    };
    for (const [status, [fhirStatus, decision]] of Object.entries(expected)) {
      const resource = await makeFhirConsent(study.reader, keyOf(people[status as keyof typeof people]));
      expect(validateFhirConsent(JSON.parse(JSON.stringify(resource))), status).to.deep.equal([]);
      expect(resource, status).to.include({ status: fhirStatus, decision });
    }
  });

  it("says for what, by DUO and by HL7's purposes of use, and what narrows it where no reader may skip it", async () => {
    const { reader } = await loadStudy();
    const { provision, regulatoryBasis, controller } = await makeFhirConsent(reader, { ...keyOf(first), ...told });
    const [agreed] = provision!;
    expect(agreed!.purpose.map(({ code }) => code)).to.deep.equal(["BIORCH", "DUO:0000006"]);
    expect(
      agreed!.modifierExtension!.map((one) =>
        "valueCodeableConcept" in one ? one.valueCodeableConcept.coding[0]!.code : "",
      ),
    ).to.deep.equal(["DUO:0000045", "DUO:0000028"]);
    expect(agreed!.actor![0]!.reference).to.deep.include({ display: "Compass University" });
    expect(agreed!.code).to.have.length(4);
    expect(regulatoryBasis![0]!.text).to.contain("Art. 6(1)(a)");
    expect(controller[0]!.identifier.value).to.equal(ids.committee);
  });

  it("tells attested closings from the participant's own changes", async () => {
    const { biobank, reader } = await loadStudy();
    await attestClosing(biobank, { ...keyOf(second), state: "Withdrawn" });
    const { verification, status } = await makeFhirConsent(reader, keyOf(second));
    expect(status).to.equal("inactive");
    expect(verification.map(({ verificationType }) => verificationType.text)).to.deep.equal([
      "checked by the consent registry",
      "attested by the custodian",
    ]);
    expect(verification[1]).to.have.nested.property("verifiedBy.identifier.value", ids.biobank);
  });

  it("gives a consent without notice and without dictionary too", async () => {
    const world = await loadWorld();
    const { reader, relayer, general } = world;
    const { account: signer } = first;
    const grant = { signer, scopeId: ids.scope, termsDigest: general.digest, elements: 2n ** 64n - 1n };
    await relayConsentChanges(relayer, { changes: [await signGrant(reader, grant)] });
    const resource = await makeFhirConsent(reader, keyOf(first));
    expect(validateFhirConsent(JSON.parse(JSON.stringify(resource)))).to.deep.equal([]);
    expect(resource).to.not.have.any.keys("regulatoryBasis", "sourceAttachment");
    expect(resource.provision![0]).to.not.have.any.keys("code", "actor", "modifierExtension", "period");
    const receipt = await makeConsentReceipt(reader, keyOf(first));
    expect(receipt["dpv:hasPersonalData"]).to.deep.equal([
      { "@type": "dpv:PersonalData", "rdfs:label": "all data of the scope" },
    ]);
  });
});

describe("validateFhirConsent", () => {
  it("finds what R5 does not allow", async () => {
    const { reader } = await loadStudy();
    const resource = JSON.parse(JSON.stringify(await makeFhirConsent(reader, keyOf(first)))) as Record<string, unknown>;
    const [provision] = resource.provision as Record<string, unknown>[];
    const wrong = [
      { ...resource, status: "proposed" },
      { ...resource, decision: "maybe" },
      { ...resource, dateTime: "2026-01-01" },
      { ...resource, provision: { ...provision } },
      { ...resource, provision: [{ ...provision, type: "permit" }] },
      { ...resource, category: [] },
      { ...resource, period: {} },
      { ...resource, verification: [{}] },
      { ...resource, subject: { reference: 5 } },
    ];
    for (const one of wrong) expect(validateFhirConsent(one)).to.not.deep.equal([]);
  });
});
