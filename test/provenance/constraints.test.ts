import { expect } from "chai";
import { describe, it } from "mocha";

import {
  checkProvConstraints,
  PROV_CONSTRAINTS,
  type ProvConstraint,
  type ProvDocument,
  ProvenanceError,
  type ProvRecord,
} from "../../src/provenance/index.ts";

const at = (hour: number): string => `2026-01-01T${String(hour).padStart(2, "0")}:00:00Z`;
const activity = (start: number, end: number): ProvRecord => ({ "prov:startTime": at(start), "prov:endTime": at(end) });
const used = (by: string, entity: string, hour?: number): ProvRecord => ({
  "prov:activity": by,
  "prov:entity": entity,
  ...(hour === undefined ? {} : { "prov:time": at(hour) }),
});
const generated = (entity: string, by: string, hour?: number): ProvRecord => used(by, entity, hour);
const invalidated = (entity: string, hour: number, by?: string): ProvRecord => ({
  "prov:entity": entity,
  "prov:time": at(hour),
  ...(by === undefined ? {} : { "prov:activity": by }),
});
const derived = (made: string, source: string, more: ProvRecord = {}): ProvRecord => ({
  "prov:generatedEntity": made,
  "prov:usedEntity": source,
  ...more,
});

/** A specimen, an aliquot of it, and the specimen's end: valid. */
const valid: ProvDocument = {
  prefix: { e: "urn:e:" },
  entity: { "e:specimen": {}, "e:aliquot": {} },
  activity: { "e:collection": activity(1, 2), "e:aliquoting": activity(3, 4), "e:destruction": activity(5, 6) },
  agent: { "e:biobank": {}, "e:technician": {} },
  used: { "_:u": used("e:aliquoting", "e:specimen", 3) },
  wasGeneratedBy: {
    "_:g1": generated("e:specimen", "e:collection", 2),
    "_:g2": generated("e:aliquot", "e:aliquoting", 4),
  },
  wasInvalidatedBy: { "_:i": invalidated("e:specimen", 6, "e:destruction") },
  wasDerivedFrom: { "_:d": derived("e:aliquot", "e:specimen", { "prov:activity": "e:aliquoting" }) },
  wasAttributedTo: { "_:a": { "prov:entity": "e:aliquot", "prov:agent": "e:biobank" } },
  wasAssociatedWith: { "_:s": { "prov:activity": "e:aliquoting", "prov:agent": "e:biobank" } },
  actedOnBehalfOf: { "_:o": { "prov:delegate": "e:technician", "prov:responsible": "e:biobank" } },
};

/** The valid document with further or other statements. */
function changed(changes: Omit<Partial<ProvDocument>, "prefix">): ProvDocument {
  const document: Record<string, unknown> = { ...valid };
  for (const [kind, records] of Object.entries(changes)) {
    document[kind] = { ...(document[kind] as object), ...(records as object) };
  }
  return document as ProvDocument;
}

function violated(document: ProvDocument): ProvConstraint[] {
  return [...new Set(checkProvConstraints(document).map(({ constraint }) => constraint))];
}

/** What a document violates, what is wrong with it, the document, and what follows that it violates besides. */
const cases: readonly [ProvConstraint, string, ProvDocument, ...ProvConstraint[]][] = [
  [22, "an activity with two starts", changed({ activity: { "e:x": [activity(1, 2), activity(0, 2)] } })],
  [
    23,
    "one usage of two entities",
    changed({ used: { "e:u": [used("e:aliquoting", "e:specimen"), used("e:aliquoting", "e:other")] } }),
  ],
  [
    24,
    "a generation at two times",
    changed({ wasGeneratedBy: { "_:g": generated("e:aliquot", "e:aliquoting", 3) } }),
    39,
  ],
  [
    24,
    "a generation of two names",
    changed({
      wasGeneratedBy: {
        "e:g": generated("e:aliquot", "e:aliquoting", 4),
        "e:h": generated("e:aliquot", "e:aliquoting", 4),
      },
    }),
  ],
  [
    25,
    "an end at two times by one activity",
    changed({ wasInvalidatedBy: { "_:j": invalidated("e:specimen", 5, "e:destruction") } }),
    40,
  ],
  [30, "an activity that ends before it starts", changed({ activity: { "e:x": activity(2, 1) } })],
  [33, "a usage before the activity", changed({ used: { "_:v": used("e:destruction", "e:aliquot", 4) } })],
  [33, "a usage after the activity", changed({ used: { "_:v": used("e:collection", "e:other", 3) } })],
  [34, "a generation before the activity", changed({ wasGeneratedBy: { "_:g": generated("e:x", "e:aliquoting", 2) } })],
  [34, "a generation after the activity", changed({ wasGeneratedBy: { "_:g": generated("e:x", "e:aliquoting", 5) } })],
  [36, "an end before the generation", changed({ wasInvalidatedBy: { "_:j": invalidated("e:aliquot", 3) } })],
  [37, "a usage before the generation", changed({ used: { "_:v": used("e:collection", "e:aliquot", 2) } })],
  [38, "a usage after the end", changed({ used: { "_:v": used("e:x", "e:specimen", 7) } })],
  [39, "two generations at two times", changed({ wasGeneratedBy: { "_:g": generated("e:aliquot", "e:x", 3) } })],
  [40, "two ends at two times", changed({ wasInvalidatedBy: { "_:j": invalidated("e:specimen", 5) } })],
  [
    41,
    "a derivation whose source was used after the product was there",
    changed({
      activity: { "e:x": activity(7, 9) },
      used: { "_:v": used("e:x", "e:aliquot", 9) },
      wasGeneratedBy: { "_:g": generated("e:reads", "e:x", 8) },
      wasDerivedFrom: { "_:e": derived("e:reads", "e:aliquot", { "prov:activity": "e:x" }) },
    }),
  ],
  [42, "a derivation from what came later", changed({ wasDerivedFrom: { "_:e": derived("e:specimen", "e:aliquot") } })],
  [
    42,
    "a derivation from what came at the same time",
    changed({
      wasGeneratedBy: { "_:g": generated("e:x", "e:aliquoting", 4) },
      wasDerivedFrom: { "_:e": derived("e:x", "e:aliquot") },
    }),
  ],
  [42, "a derivation from itself", changed({ wasDerivedFrom: { "_:e": derived("e:aliquot", "e:aliquot") } })],
  [
    42,
    "a circle of derivations without any time",
    changed({
      wasDerivedFrom: { "_:e": derived("e:a", "e:b"), "_:f": derived("e:b", "e:c"), "_:h": derived("e:c", "e:a") },
    }),
  ],
  [
    42,
    "a derivation by way of something without a time",
    changed({
      wasDerivedFrom: { "_:e": derived("e:between", "e:aliquot"), "_:f": derived("e:specimen", "e:between") },
    }),
  ],
  [
    47,
    "an agent that came when the activity had ended",
    changed({
      wasAssociatedWith: { "_:t": { "prov:activity": "e:collection", "prov:agent": "e:aliquot" } },
    }),
  ],
  [
    47,
    "an agent that had ended before the activity",
    changed({
      activity: { "e:x": activity(8, 9) },
      wasAssociatedWith: { "_:t": { "prov:activity": "e:x", "prov:agent": "e:specimen" } },
    }),
  ],
  [
    48,
    "an entity older than whom it is attributed to",
    changed({ wasAttributedTo: { "_:b": { "prov:entity": "e:specimen", "prov:agent": "e:aliquot" } } }),
    42,
  ],
  [
    49,
    "a delegate that ended before the responsible came",
    changed({
      wasInvalidatedBy: { "_:j": invalidated("e:old", 1) },
      actedOnBehalfOf: { "_:p": { "prov:delegate": "e:old", "prov:responsible": "e:aliquot" } },
    }),
  ],
  [
    51,
    "a derivation with a usage and no activity",
    changed({ wasDerivedFrom: { "_:e": derived("e:aliquot", "e:specimen", { "prov:usage": "_:u" }) } }),
  ],
  [
    53,
    "one name for a usage and a generation",
    changed({
      used: { "e:r": used("e:aliquoting", "e:specimen", 3) },
      wasGeneratedBy: { "e:r": generated("e:y", "e:aliquoting", 4) },
    }),
  ],
  [54, "one name for a usage and an entity", changed({ used: { "e:aliquot": used("e:aliquoting", "e:specimen", 3) } })],
  [55, "an entity that is an activity", changed({ entity: { "e:aliquoting": {} } })],
  [55, "an activity that is used", changed({ used: { "_:v": used("e:destruction", "e:collection") } })],
];

describe("checkProvConstraints", () => {
  it("finds nothing in a valid document, nor in an empty one", () => {
    expect(checkProvConstraints(valid)).to.deep.equal([]);
    expect(checkProvConstraints({ prefix: {} })).to.deep.equal([]);
  });

  for (const [constraint, what, document, ...besides] of cases) {
    it(`finds ${constraint} (${PROV_CONSTRAINTS[constraint]}) in ${what}`, () => {
      expect(violated(document)).to.have.members([constraint, ...besides]);
      for (const { constraint: found, name, message } of checkProvConstraints(document)) {
        expect(name).to.equal(PROV_CONSTRAINTS[found]);
        expect(message).to.match(/^.*(e:|_:).*\.$/);
      }
    });
  }

  it("has a case for every constraint that it knows", () => {
    expect([...new Set(cases.map(([constraint]) => String(constraint)))]).to.have.members(
      Object.keys(PROV_CONSTRAINTS),
    );
  });

  it("takes times of any zone, and an activity that is told of twice in agreement", () => {
    const zoned = changed({
      activity: { "e:x": [activity(3, 4), { "prov:startTime": at(3) }] },
      used: { "_:v": { ...used("e:x", "e:specimen"), "prov:time": "2026-01-01T04:30:00+01:00" } },
    });
    expect(checkProvConstraints(zoned)).to.deep.equal([]);
  });

  it("is not slow or deep with long chains", () => {
    const count = 20_000;
    const wasDerivedFrom = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`_:d${index}`, derived(`e:${index + 1}`, `e:${index}`)]),
    );
    expect(checkProvConstraints({ prefix: {}, wasDerivedFrom })).to.deep.equal([]);
    const circle = { ...wasDerivedFrom, "_:last": derived("e:0", `e:${count}`) };
    expect(violated({ prefix: {}, wasDerivedFrom: circle })).to.deep.equal([42]);
  });

  const hostile: readonly [string, unknown, string][] = [
    ["nothing", null, "ProvDocumentMalformed"],
    ["a list", [], "ProvDocumentMalformed"],
    ["a kind that is a text", { prefix: {}, entity: "e" }, "ProvDocumentMalformed"],
    ["a record that is a number", { prefix: {}, entity: { "e:x": 5 } }, "ProvDocumentMalformed"],
    ["a usage of nobody", { prefix: {}, used: { "_:u": { "prov:entity": "e:x" } } }, "ProvDocumentMalformed"],
    [
      "a time that is none",
      { prefix: {}, used: { "_:u": { ...used("e:a", "e:x"), "prov:time": "noon" } } },
      "ProvDocumentMalformed",
    ],
    ["a name that is a number", { prefix: {}, used: { "_:u": { "prov:activity": 5 } } }, "ProvDocumentMalformed"],
    ["a relation that is not judged", { prefix: {}, wasInformedBy: {} }, "ProvRelationUnsupported"],
  ];
  for (const [what, document, name] of hostile) {
    it(`refuses ${what}`, () => {
      expect(() => checkProvConstraints(document as ProvDocument))
        .to.throw(ProvenanceError)
        .with.property("name", name);
    });
  }
});
