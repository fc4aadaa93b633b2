import {
  ALL_ELEMENTS,
  ConsentState,
  decide,
  FACTS,
  type Layer,
  outcomeOf,
  reasonsOf,
  type Terms,
  type Verdict,
} from "../model/index.ts";
import { countCoverage, type CoverageCount, getCohortCoverage, getCoverage } from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import { NARROWED } from "./conditions.ts";
import type { JobContext } from "./context.ts";
import type { Inputs } from "./inputs.ts";
import type { LicenceLife } from "./licenceLife.ts";
import type { Study } from "./study.ts";

/** Which licence is asked about, and whose data. */
export interface CoverageQuestion {
  readonly licenceId: bigint;
  readonly participants: readonly Participant[];
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint;
}

/** Everybody's coverage at one block. */
export interface Cohort {
  readonly count: CoverageCount;
  readonly covered: readonly Participant[];
  /** The block that was read. */
  readonly blockNumber: bigint;
}

/** Asks the chain about every participant, compares each answer with the reference model's, and counts. */
export async function readCoverage(
  { actors, publicClient, recorder }: JobContext,
  inputs: Inputs,
  study: Study,
  { licenceId, participants, blockNumber: atBlock }: CoverageQuestion,
): Promise<Cohort> {
  const total = participants.length;
  const participantIds = participants.map(({ participantId }) => participantId);
  const { blockNumber, coverage } = await recorder.time("reading", () =>
    getCohortCoverage(actors.university, {
      licenceId,
      participantIds,
      blockNumber: atBlock,
      onProgress: ({ done }) => {
        recorder.progress("Reading coverage", { done, total });
      },
    }),
  );
  const now = Number((await publicClient.getBlock({ blockNumber })).timestamp);

  const covered: Participant[] = [];
  coverage.forEach(({ isEffective, reasons }, index) => {
    const participant = participants[index];
    if (participant === undefined) throw new RangeError("More answers than participants.");
    const expected = verdictOn(participant, inputs, study, now);
    const step = `coverage of ${participant.participantId}`;
    recorder.check(step, outcomeOf(expected) === "APPROVE", isEffective);
    recorder.check(step, reasonsOf(expected).join(), reasons.join());
    if (isEffective) covered.push(participant);
  });
  return { count: countCoverage(coverage), covered, blockNumber };
}

/** Asks each licence about one participant, where there is one, and compares the answers. */
export async function checkWitness(
  { actors, recorder }: JobContext,
  witness: Participant | undefined,
  licences: readonly Pick<LicenceLife, "licenceId" | "name">[],
  expected: boolean,
): Promise<void> {
  if (witness === undefined) return;
  const { participantId } = witness;
  for (const { licenceId, name } of licences) {
    const { isEffective } = await getCoverage(actors.university, { licenceId, participantId });
    recorder.check(`coverage of ${participantId} by ${name}`, expected, isEffective);
  }
}

/** What the reference model says of the university's use of a participant's data. */
function verdictOn(participant: Participant, inputs: Inputs, study: Study, now: number): Verdict {
  const { state, until, elements } = participant.consent.word;
  const consent: Layer = { name: "consent", state, until, elements, terms: participant.offer.terms };
  return decideLayers([consent, datasetLayer(study.datasetTerms)], inputs, study, {
    notForProfit: true,
    elements: NARROWED.elements,
    now,
  });
}

/** The dataset's own say, the same for every participant. */
export function datasetLayer(terms: Terms): Layer {
  return { name: "dataset", state: ConsentState.Active, until: terms.reConsentBy, elements: ALL_ELEMENTS, terms };
}

/** The reference model's decision on the study's purpose, where conditions may have narrowed the elements. */
export function decideLayers(
  layers: readonly Layer[],
  { ontology }: Inputs,
  { purpose }: Study,
  { notForProfit, elements, now }: { notForProfit: boolean; elements: bigint; now: number },
): Verdict {
  // The record answers for the institution, whatever its purpose states; nobody answers for what it promises.
  const stated = purpose.stated | (notForProfit ? FACTS.notForProfit : 0);
  const settled = { ...purpose, elements, stated, unattested: purpose.stated };
  return decide(layers, settled, now, (_, descendant, ancestor) =>
    ontology.covered(descendant, [ancestor]) ? "covered" : "notCovered",
  );
}
