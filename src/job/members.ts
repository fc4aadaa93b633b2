import type { Hex } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";

import {
  addInstitutionOfficial,
  addInstitutionUser,
  admitInstitution,
  type AdmitInstitutionParameters,
  commitTo,
  getInstitution,
  institutionIdOf,
  isInstitutionUser,
} from "../sdk/index.ts";
import { accountOf, type Actor } from "./actors.ts";
import type { JobContext } from "./context.ts";

/** The members that the job admits. */
const MEMBERS = [
  { actor: "biobank", roles: ["custodian"], institutionType: "Biobank", notForProfit: true },
  { actor: "university", roles: ["researcher"], institutionType: "University", notForProfit: true },
  { actor: "company", roles: ["researcher"], institutionType: "Company", notForProfit: false },
  { actor: "committee", roles: ["committee"], institutionType: "EthicsBody", notForProfit: true },
  { actor: "reviewers", roles: ["committee"], institutionType: "EthicsBody", notForProfit: true },
  { actor: "laboratory", roles: ["processor"], institutionType: "ResearchInstitute", notForProfit: true },
  { actor: "cloud", roles: ["processor"], institutionType: "Company", notForProfit: false },
  { actor: "archive", roles: ["custodian"], institutionType: "GovernmentAgency", notForProfit: true },
] as const satisfies readonly ({ actor: Actor } & Pick<
  AdmitInstitutionParameters,
  "roles" | "institutionType" | "notForProfit"
>)[];

/** Where they all are. */
const REGION = "DK";

export type Member = (typeof MEMBERS)[number]["actor"];

/** The institutions of the job, and the university's people. */
export interface Members {
  readonly institutions: Readonly<Record<Member, Hex>>;
  /** What the institutions' ids are made of: public, as in any consortium. */
  readonly identifiers: Readonly<Record<Member, string>>;
  /** Signs for the university, and sends nothing. */
  readonly official: PrivateKeyAccount;
  /** Signs for nobody. */
  readonly stranger: PrivateKeyAccount;
  /** The analyst's name, which stays at the university, and the salted commitment that stands for it. */
  readonly analyst: { readonly name: string; readonly commitment: Hex };
}

/** Admits the members, and has the university name an official and a user; reads back what the consortium knows of them. */
export async function admitMembers(context: JobContext, run: string, seed: Hex): Promise<Members> {
  const { actors, registrar, recorder } = context;
  const institutions: Partial<Record<Member, Hex>> = {};
  const identifiers: Partial<Record<Member, string>> = {};
  for (const [index, { actor, ...profile }] of MEMBERS.entries()) {
    recorder.progress("Admitting institutions", { done: index + 1, total: MEMBERS.length });
    const institutionAccount = actors[actor].walletClient?.account?.address ?? "0x";
    const identifier = `concord-job:${run}:${actor}`;
    const institutionId = institutionIdOf(identifier);
    await admitInstitution(registrar, { institutionId, ...profile, region: REGION, institutionAccount });
    const known = await getInstitution(registrar, { institutionId });
    recorder.check(`standing of the ${actor}`, "Admitted", known.standing);
    recorder.check(`type of the ${actor}`, profile.institutionType, known.institutionType);
    recorder.check(`roles of the ${actor}`, profile.roles.join(), known.roles.join());
    recorder.check(`region of the ${actor}`, REGION, known.region);
    recorder.check(`profit of the ${actor}`, profile.notForProfit, known.notForProfit);
    institutions[actor] = institutionId;
    identifiers[actor] = identifier;
  }
  const admitted = institutions as Record<Member, Hex>;

  const { university: institutionId } = admitted;
  const official = accountOf(seed, "official of the university");
  await addInstitutionOfficial(registrar, { institutionId, official: official.address });
  const signsFor = await getInstitution(registrar, { official: official.address });
  recorder.check("whom the official signs for", institutionId, signsFor.institutionId);

  const name = `analyst ${run} of the university`;
  const { commitment } = commitTo(name);
  await addInstitutionUser(actors.university, { commitment });
  const isUser = await isInstitutionUser(registrar, { institutionId, commitment });
  recorder.check("whether the analyst is a user of the university", true, isUser);
  return {
    institutions: admitted,
    identifiers: identifiers as Record<Member, string>,
    official,
    stranger: accountOf(seed, "stranger"),
    analyst: { name, commitment },
  };
}
