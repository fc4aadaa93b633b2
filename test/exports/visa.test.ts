import { expect } from "chai";
import { describe, it } from "mocha";

import { makeVisaClaims } from "../../src/exports/index.ts";
import { getBlock, getLicence, suspendInstitution } from "../../src/sdk/index.ts";
import { addressOf, ids, refusal } from "../sdk/world.ts";
import { IDENTIFIERS, loadStudy } from "./support.ts";

const told = { issuer: "https://gateway.example", source: IDENTIFIERS.committee };

describe("makeVisaClaims", () => {
  it("claims a ControlledAccessGrants visa of an hour, as of the block's time", async () => {
    const { reader, licenceId, datasetId, university } = await loadStudy();
    const { progress } = await getLicence(reader, { licenceId });
    const { time } = await getBlock(reader);
    const { concord, ...visa } = await makeVisaClaims(reader, { licenceId, ...told });
    expect({ ...visa, sub: visa.sub.toLowerCase() }).to.deep.equal({
      iss: told.issuer,
      sub: addressOf(university).toLowerCase(),
      iat: time,
      exp: time + 3_600,
      ga4gh_visa_v1: {
        type: "ControlledAccessGrants",
        asserted: progress.issuedAt,
        value: `https://gateway.example/datasets/${datasetId}`,
        source: IDENTIFIERS.committee,
        by: "dac",
      },
    });
    expect(concord).to.deep.include({ kind: "visa", chainId: 31337 });
  });

  it("ends with the licence, however long it is asked for", async () => {
    const { reader, licenceId } = await loadStudy();
    const { progress } = await getLicence(reader, { licenceId });
    const visa = await makeVisaClaims(reader, { licenceId, ...told, lifetime: 2 ** 31, subject: "researcher@idp" });
    expect(visa).to.include({ exp: progress.until, sub: "researcher@idp" });
  });

  it("is for an Effective licence alone", async () => {
    const { reader, licenceId, registrar } = await loadStudy();
    await suspendInstitution(registrar, { institutionId: ids.university });
    const refused = await refusal(makeVisaClaims(reader, { licenceId, ...told }), "LicenceNotEffective");
    expect(refused.args).to.deep.equal({ licenceId, status: "Suspended" });
    await refusal(makeVisaClaims(reader, { licenceId: 99n, ...told }), "LicenceUnknown");
  });

  it("refuses a source that does not grant, and what is no URL", async () => {
    const { reader, licenceId } = await loadStudy();
    expect((await makeVisaClaims(reader, { licenceId, ...told, source: IDENTIFIERS.biobank })).iss).to.equal(
      told.issuer,
    );
    const hostile = [
      { source: IDENTIFIERS.university },
      { issuer: "http://gateway.example" },
      { value: "dataset 1" },
      { subject: " " },
      { lifetime: 0 },
      { licenceId: "one" },
    ];
    for (const bad of hostile) {
      await refusal(makeVisaClaims(reader, { licenceId, ...told, ...bad }), "InvalidInput");
    }
  });
});
