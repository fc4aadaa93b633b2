import { expect } from "chai";
import { describe, it } from "mocha";

import { FEW_PARTICIPANTS, termsFromJson, warningsOfTerms } from "../../../src/sdk/index.ts";
import { digest } from "../../support/digest.ts";

const texts = [{ language: "da", form: digest(1), sheet: digest(2) }];
const terms = (more: object = {}, notice: object = {}) =>
  termsFromJson({ permissions: ["GRU"], ...more, notice: { texts, ...notice } });

describe("warningsOfTerms", () => {
  const names = (...given: Parameters<typeof warningsOfTerms>): string[] =>
    warningsOfTerms(...given).map(({ name }) => name);

  it("has nothing to say of terms with documents and enough participants", () => {
    expect(warningsOfTerms(terms(), { participants: FEW_PARTICIPANTS })).to.deep.equal([]);
    expect(warningsOfTerms(terms())).to.deep.equal([]);
  });

  it("warns below 20 participants", () => {
    expect(FEW_PARTICIPANTS).to.equal(20);
    expect(names(terms(), { participants: 19 })).to.deep.equal(["TermsOfFew"]);
    expect(warningsOfTerms(terms(), { participants: 0 })[0]?.message).to.contain(": 0, fewer than 20.");
  });

  it("warns without documents in any language", () => {
    expect(names(terms({}, { texts: [] }))).to.deep.equal(["DocumentsMissing"]);
  });

  it("warns where consents outlast the ethics approval, or its end is not given", () => {
    const approval = { ethicsApproval: digest(3), ethicsUntil: "2030-01-01" };
    expect(names(terms({ reConsentBy: "2030-01-01" }, approval))).to.deep.equal([]);
    const [warning] = warningsOfTerms(terms({ reConsentBy: "2030-01-02" }, approval));
    expect(warning).to.deep.equal({
      name: "ReConsentAfterApproval",
      message: "Consents under these terms end on 2030-01-02, after the ethics approval, which ends on 2030-01-01.",
    });
    expect(warningsOfTerms(terms({}, approval))[0]?.message).to.contain("never end");
    expect(names(terms({}, { ethicsApproval: digest(3) }))).to.deep.equal(["ApprovalWithoutEnd"]);
  });

  it("warns of a who-list of one", () => {
    expect(names(terms({ modifiers: ["US"], users: [digest(1)] }))).to.deep.equal(["ListOfOne"]);
    expect(names(terms({ modifiers: ["PS"], projects: [digest(1)] }))).to.deep.equal(["ListOfOne"]);
    expect(names(terms({ modifiers: ["US"], users: [digest(1), digest(2)] }))).to.deep.equal([]);
  });
});
