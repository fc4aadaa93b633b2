import { keccak256 } from "viem";

import {
  admitInstitution,
  createScope,
  institutionIdOf,
  publishTerms,
  registerNarrowerTerms,
  scopeIdOf,
} from "../../src/sdk/index.ts";
import { accountOf, type Bench } from "../world.ts";

/**
 * Terms, an institution and a scope that come after all that is loaded.
 * @returns the bench with the new terms on offer, which nobody has agreed to yet
 */
export async function governance(bench: Bench): Promise<Bench> {
  const { measure, registrar, biobank, participants, scopeId } = bench;
  const account = participants.at(-3);
  if (!account) throw new RangeError("Too few accounts.");
  const broad = { ...bench.broad, notice: { ...bench.broad.notice, controller: keccak256("0x0f") } };
  const published = publishTerms(biobank, { scopeId, terms: broad });
  await measure("publish terms", published);
  const { digest: termsDigest, number: narrower } = await published;
  await measure("register narrower terms", registerNarrowerTerms(biobank, { scopeId, narrower, broader: 1 }));

  const institutionId = institutionIdOf("second committee");
  await measure(
    "admit an institution",
    admitInstitution(registrar, {
      institutionId,
      roles: ["committee"],
      notForProfit: true,
      institutionType: "EthicsBody",
      region: "DK",
      institutionAccount: accountOf(account),
    }),
  );
  const newScope = createScope(biobank, { scopeId: scopeIdOf("second scope"), committee: institutionId });
  await measure("create a scope", newScope);
  return { ...bench, broad, offer: { ...bench.offer, termsDigest } };
}
