import { getLicence, subLicense } from "../sdk/index.ts";
import { latestTime } from "./clock.ts";
import { NARROWED } from "./conditions.ts";
import { digestOf, type JobContext } from "./context.ts";
import { LicenceLife } from "./licenceLife.ts";
import type { Study } from "./study.ts";

/** The university lets a cloud work under its licence, for half as long. */
export async function subLicenseToCloud(context: JobContext, study: Study, parent: LicenceLife): Promise<LicenceLife> {
  const { actors, publicClient, recorder } = context;
  recorder.progress("The university lets the cloud process under its licence");
  const accountOf = (actor: "cloud" | "company") => actors[actor].walletClient?.account?.address ?? "0x";
  const until = (await latestTime(publicClient)) + NARROWED.seconds / 2;
  const asked = {
    ...{ licenceId: parent.licenceId, until, purpose: study.purpose },
    agreementDigest: digestOf("agreement with the processor"),
  };
  await recorder.refused("a sub-licence for who is no processor", "LicenceNotSubLicensable", () =>
    subLicense(actors.university, { ...asked, holder: accountOf("company"), dryRun: true }),
  );
  const { licenceId } = await subLicense(actors.university, { ...asked, holder: accountOf("cloud") });
  const life = new LicenceLife(context, { licenceId, name: "the cloud's sub-licence", holder: "cloud" });
  await life.expect("issued", "Effective");
  const { derivation, progress } = await getLicence(actors.cloud, { licenceId });
  recorder.check("licence that the cloud's derives from", parent.licenceId, derivation?.parent);
  recorder.check("processor of the sub-licence", study.members.institutions.cloud, derivation?.processor);
  recorder.check("elements of the sub-licence", NARROWED.elements, progress.elements);
  recorder.check("end of the sub-licence", until, progress.until);
  return life;
}
