import type { ExportClaims } from "../claims.ts";
import type { LicencePicture } from "../read/licences.ts";

/** What a visa says beside what the chain knows. */
export interface VisaTold {
  /** Who will sign it: an https URL. */
  readonly issuer: string;
  /** The researcher's id at the issuer. */
  readonly subject: string;
  /** Public identifier of the committee or custodian that grants, an https URL. */
  readonly source: string;
  /** The dataset at the gateway: an https URL. */
  readonly value: string;
  /** Seconds that the visa is good for at the most. */
  readonly lifetime: number;
}

/** Claims of a GA4GH Passport v1.2 visa, not signed. */
export type VisaClaims = ReturnType<typeof buildVisaClaims>;

/** Makes the claims of a ControlledAccessGrants visa, as of the block's time. It ends with the licence, if not before. */
export function buildVisaClaims(
  { progress }: LicencePicture,
  { issuer, subject, source, value, lifetime }: VisaTold,
  claims: ExportClaims,
) {
  const { time } = claims.block;
  return {
    iss: issuer,
    sub: subject,
    iat: time,
    exp: Math.min(progress.until, time + lifetime),
    ga4gh_visa_v1: {
      type: "ControlledAccessGrants",
      asserted: progress.issuedAt,
      value,
      source,
      by: "dac",
    },
    concord: claims,
  };
}
