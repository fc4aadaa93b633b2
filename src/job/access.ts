import { keccak256, stringToHex } from "viem";

import { permittedAt } from "../model/index.ts";
import { buildAccessTree, logAccess, proveLawfulness } from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import type { JobContext } from "./context.ts";
import type { AccessResult } from "./result.ts";
import type { Study } from "./study.ts";

/**
 * Logs an access to the participants' data as of the newest block, and has the chain judge one participant's part.
 * @param participants whose data was used, each relied on by the version that last opened
 * @param judged one of them
 */
export async function accessData(
  { actors, publicClient, recorder }: JobContext,
  study: Study,
  licenceId: bigint,
  participants: readonly Participant[],
  judged: Participant,
): Promise<AccessResult> {
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
    agent: keccak256(stringToHex("analyst of the university")),
    workflow: keccak256(stringToHex("allele counts, version 1")),
  });
  const leaf = leafOf(judged);
  const { lawfulness } = await proveLawfulness(actors.university, { index, leaf, proof: tree.prove(leaf) });
  const { permitted } = permittedAt(judged.consent, Number(timestamp));
  recorder.check(`lawfulness of access ${index}`, permitted ? "Lawful" : "NotPermitted", lawfulness);
  return {
    index: Number(index),
    participants: participants.length,
    claimedBlock: Number(claimedBlock),
    late: BigInt(entry.claimedBlockHash) === 0n,
    participantId: judged.participantId,
    lawfulness,
  };
}
