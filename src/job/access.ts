import { permittedAt } from "../model/index.ts";
import { buildAccessTree, logAccess, proveLawfulness } from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import type { JobContext } from "./context.ts";
import { WORKFLOW } from "./derive.ts";
import type { LicenceLife } from "./licenceLife.ts";
import type { AccessResult } from "./result.ts";
import type { Study } from "./study.ts";

/** An access that was logged, and the proof about one participant's part, which may be shown again at any time. */
export interface Access {
  readonly result: AccessResult;
  /** @throws JobCheckError when the chain's answer is not what it was */
  readonly proveAgain: () => Promise<void>;
}

/**
 * Logs an access to the participants' data as of the newest block, and has the chain judge one participant's part.
 * @param participants whose data was used, each relied on by the version that last opened
 * @param judged one of them
 */
export async function accessData(
  { actors, publicClient, recorder }: JobContext,
  study: Study,
  { licenceId, name }: LicenceLife,
  participants: readonly Participant[],
  judged: Participant,
): Promise<Access> {
  recorder.progress("Logging an access and proving whether it was lawful");
  const { scopeId } = study;
  const { number: claimedBlock, timestamp } = await publicClient.getBlock();
  const leafOf = ({ participantId, consent }: Participant) => ({
    scopeId,
    participantId,
    version: consent.word.version,
  });
  const tree = buildAccessTree(participants.map(leafOf));
  const { index, entry } = await logAccess(actors.biobank, {
    licenceId,
    root: tree.root,
    count: tree.count,
    claimedBlock,
    agent: study.members.analyst.commitment,
    workflow: WORKFLOW.version,
  });
  const leaf = leafOf(judged);
  const { permitted } = permittedAt(judged.consent, Number(timestamp));
  const expected = permitted ? "Lawful" : "NotPermitted";
  const prove = async (): Promise<void> => {
    const { lawfulness } = await proveLawfulness(actors.university, { index, leaf, proof: tree.prove(leaf) });
    recorder.check(`lawfulness of access ${index}`, expected, lawfulness);
  };
  await prove();
  return {
    result: {
      index: Number(index),
      licence: name,
      participants: participants.length,
      claimedBlock: Number(claimedBlock),
      late: BigInt(entry.claimedBlockHash) === 0n,
      participantId: judged.participantId,
      lawfulness: expected,
    },
    proveAgain: prove,
  };
}
