import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import {
  type ActivityKind,
  checkProvConstraints,
  type EntityKey,
  type ProvenanceActivity,
  ProvenanceError,
  type ProvenanceGraph,
  toProvJson,
  traceBack,
  traceForward,
} from "../../src/provenance/index.ts";

const id = (number: number): `0x${string}` => `0x${number.toString(16).padStart(64, "0")}`;

function activity(
  number: number,
  kind: ActivityKind,
  entities: Partial<Pick<ProvenanceActivity, "used" | "generated" | "invalidated">>,
): ProvenanceActivity {
  return {
    number,
    kind,
    institutionId: id(1),
    startedAt: 1_000 * number,
    endedAt: 1_000 * number + 500,
    agent: id(2),
    plan: id(3),
    recordedAt: 1_000_000,
    transactionHash: id(4),
    ...{ used: [], generated: [], invalidated: [], ...entities },
  };
}

const specimen: EntityKey = "specimen:1";
const [first, second]: EntityKey[] = ["aliquot:1", "aliquot:2"];
const [reads, revised, derived, foreign]: EntityKey[] = ["dataset:1", "dataset:2", "dataset:3", "dataset:4"];
const dataset = (
  key: EntityKey,
  more: { revisionOf?: EntityKey; derivedFrom?: EntityKey[]; retractedAt?: number },
) => ({
  kind: "dataset" as const,
  key,
  custodian: id(1),
  scopeId: id(5),
  contentDigest: id(6),
  level: "Individual",
  anchoredAt: 1_000_000,
  retractedAt: more.retractedAt,
  revisionOf: more.revisionOf,
  derivedFrom: more.derivedFrom ?? [],
});

const graph = {
  chainId: 31_337,
  registry: "0xAbCd",
  entities: [
    {
      kind: "specimen",
      key: specimen,
      scopeId: id(5),
      custodian: id(1),
      participant: id(7),
      material: id(8),
      label: id(9),
    },
    { kind: "aliquot", key: first!, keeper: id(1), label: id(9) },
    { kind: "aliquot", key: second!, keeper: id(1), label: id(10) },
    dataset(reads!, {}),
    dataset(revised!, { revisionOf: reads! }),
    dataset(derived!, { derivedFrom: [revised!], retractedAt: 2_000_000 }),
    dataset(foreign!, {}),
    { kind: "result", key: "result:5-0", digest: id(11), institutionId: id(1) },
    { kind: "copy", key: "copy:7", of: reads!, licensee: id(1) },
  ],
  activities: [
    activity(1, "Collection", { generated: [specimen] }),
    activity(2, "Aliquoting", { used: [specimen], generated: [first!, second!] }),
    { ...activity(3, "CustodyTransfer", { used: [first!] }), from: id(12) },
    activity(4, "Sequencing", { used: [first!], generated: [reads!] }),
    {
      ...activity(5, "Analysis", { used: [reads!, foreign!], generated: ["result:5-0"] }),
      ...{ licenceId: 7n, version: id(13) },
    },
    { ...activity(6, "SampleDestruction", { invalidated: [specimen, second!] }), evidence: id(14) },
    { ...activity(7, "CopyDestruction", { invalidated: ["copy:7"] }), evidence: id(14) },
  ],
} as const satisfies ProvenanceGraph;

const keys = ({ entities }: ProvenanceGraph) => entities.map(({ key }) => key);
const numbers = ({ activities }: ProvenanceGraph) => activities.map(({ number }) => number);

describe("traceBack", () => {
  it("finds what a dataset came from, through versions and derivations, with custody and ends", () => {
    const back = traceBack(graph, derived!);
    expect(keys(back)).to.have.members([derived, revised, reads, first, specimen]);
    expect(numbers(back)).to.deep.equal([1, 2, 3, 4, 6]);
    expect(back.activities[1]?.generated).to.deep.equal([first]);
    expect(back.activities[4]?.invalidated).to.deep.equal([specimen]);
  });

  it("stops where nothing is recorded, and refuses what is not there", () => {
    expect(traceBack(graph, foreign!)).to.deep.include({ entities: [graph.entities[6]], activities: [] });
    for (const trace of [traceBack, traceForward]) {
      expect(() => trace(graph, "dataset:9"))
        .to.throw(ProvenanceError)
        .with.property("name", "EntityUnknown");
    }
  });
});

describe("traceForward", () => {
  it("finds what came of a specimen", () => {
    const forward = traceForward(graph, specimen);
    expect(keys(forward)).to.have.members(keys(graph).filter((key) => key !== foreign));
    expect(numbers(forward)).to.deep.equal([2, 3, 4, 5, 6, 7]);
    expect(forward.activities[3]?.used).to.deep.equal([reads]);
  });

  it("leaves out what came of the others", () => {
    expect(keys(traceForward(graph, second!))).to.deep.equal([second]);
    expect(keys(traceForward(graph, foreign!))).to.have.members([foreign, "result:5-0"]);
  });

  it("ends on circles", () => {
    const circle = {
      ...graph,
      entities: [dataset(reads!, { revisionOf: derived! }), dataset(derived!, { derivedFrom: [reads!] })],
    };
    expect(keys(traceForward(circle, reads!))).to.have.length(2);
    expect(
      checkProvConstraints(toProvJson({ ...circle, activities: [] })).map(({ constraint }) => constraint),
    ).to.include(42);
  });
});

describe("toProvJson", () => {
  const document = toProvJson(graph);

  it("names everything under the deployment", () => {
    expect(document.prefix).to.include({ specimen: "urn:concord:31337:0xabcd:specimen:", concord: "urn:concord:ns:" });
    expect(Object.keys(document.entity ?? {})).to.have.members([...keys(graph), `plan:${id(3)}`]);
    expect(Object.keys(document.agent ?? {})).to.have.members([
      `institution:${id(1)}`,
      `institution:${id(12)}`,
      `performer:${id(2)}`,
    ]);
  });

  it("writes times as xsd:dateTime, and each relation in PROV's own words", () => {
    expect(document.activity?.["activity:5"]).to.deep.include({
      "prov:startTime": "1970-01-01T01:23:20Z",
      "prov:endTime": "1970-01-01T01:31:40Z",
      "prov:type": { $: "concord:Analysis", type: "prov:QUALIFIED_NAME" },
      "concord:licence": "7",
      "concord:recordedAt": { $: "1970-01-12T13:46:40Z", type: "xsd:dateTime" },
    });
    const of = (records: object | undefined) => Object.values(records ?? {});
    expect(of(document.wasDerivedFrom)).to.deep.include.members([
      { "prov:generatedEntity": first, "prov:usedEntity": specimen, "prov:activity": "activity:2" },
      {
        "prov:generatedEntity": revised,
        "prov:usedEntity": reads,
        "prov:type": { $: "prov:Revision", type: "prov:QUALIFIED_NAME" },
      },
      { "prov:generatedEntity": derived, "prov:usedEntity": revised },
    ]);
    expect(of(document.wasInvalidatedBy)).to.deep.include({
      "prov:entity": derived,
      "prov:time": "1970-01-24T03:33:20Z",
    });
    expect(of(document.wasAssociatedWith)).to.deep.include({
      "prov:activity": "activity:3",
      "prov:agent": `institution:${id(12)}`,
      "prov:role": { $: "concord:giver", type: "prov:QUALIFIED_NAME" },
    });
    expect(of(document.actedOnBehalfOf)).to.have.length(7);
  });

  it("is valid, and told invalid when a time is changed that matters", () => {
    expect(checkProvConstraints(document)).to.deep.equal([]);
    const early = graph.activities.map((each) => (each.number === 4 ? { ...each, startedAt: 1, endedAt: 2 } : each));
    const found = checkProvConstraints(toProvJson({ ...graph, activities: early }));
    expect(found.map(({ constraint }) => constraint)).to.have.members([37, 42]);
    const late = graph.activities.map((each) => (each.number === 6 ? { ...each, startedAt: 1, endedAt: 1_900 } : each));
    const ended = checkProvConstraints(toProvJson({ ...graph, activities: late }));
    expect(new Set(ended.map(({ constraint }) => constraint))).to.deep.equal(new Set([36, 38]));
  });

  it("is valid for any history that runs forward", () => {
    const steps = fc.array(fc.record({ source: fc.nat(30), made: fc.integer({ min: 0, max: 3 }), gap: fc.nat(5) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(steps, (list) => {
        const { entities, activities } = history(list);
        expect(checkProvConstraints(toProvJson({ ...graph, entities, activities }))).to.deep.equal([]);
      }),
    );
  });
});

/** Aliquots of aliquots, each activity a second or more after the one before. */
function history(steps: readonly { source: number; made: number; gap: number }[]) {
  const entities: ProvenanceGraph["entities"][number][] = [graph.entities[0]];
  const activities: ProvenanceActivity[] = [activity(1, "Collection", { generated: [specimen] })];
  let time = 2_000;
  for (const { source, made, gap } of steps) {
    const number = activities.length + 1;
    const generated = Array.from({ length: made }, (_, index): EntityKey => `aliquot:${number}-${index}`);
    const used = [entities[source % entities.length]!.key];
    const [startedAt, endedAt] = [time + 1, time + 1 + gap];
    time = endedAt;
    activities.push({ ...activity(number, "Aliquoting", { used, generated }), startedAt, endedAt });
    entities.push(...generated.map((key) => ({ kind: "aliquot" as const, key, keeper: id(1), label: id(9) })));
  }
  return { entities, activities };
}
