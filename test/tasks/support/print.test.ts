import { expect } from "chai";
import { describe, it } from "mocha";

import { NO_EXPIRY } from "../../../src/model/index.ts";
import { listed, table, when, withIsoTimes } from "../../../tasks/support/print.ts";

describe("withIsoTimes", () => {
  it("puts ISO 8601 beside each time, wherever it stands", () => {
    const word = { opened: 1_956_441_600, ended: NO_EXPIRY, signedAt: 0, version: 1 };
    expect(withIsoTimes({ words: [word], issuedAt: 1_956_441_601 })).to.deep.equal({
      words: [
        {
          opened: 1_956_441_600,
          openedIso: "2031-12-31T00:00:00Z",
          ended: NO_EXPIRY,
          endedIso: null,
          signedAt: 0,
          signedAtIso: null,
          version: 1,
        },
      ],
      issuedAt: 1_956_441_601,
      issuedAtIso: "2031-12-31T00:00:01Z",
    });
  });

  it("leaves everything else as it is", () => {
    for (const value of [null, 7, 7n, "until", [], {}, { from: null, until: "2031", gas: 1_956_441_600 }]) {
      expect(withIsoTimes(value)).to.deep.equal(value);
    }
  });
});

describe("lines for people", () => {
  it("stand in two columns", () => {
    const lines = [
      ["Scope", "0x12"],
      ["", ""],
      ["Not for profit", true],
    ] as const;
    expect(table(lines)).to.equal("Scope           0x12\n\nNot for profit  true");
    expect(table([])).to.equal("");
  });

  it("give times in both forms", () => {
    expect(when(1_956_441_600)).to.equal("2031-12-31T00:00:00Z (1956441600)");
    expect(when(NO_EXPIRY)).to.equal("never");
    expect(listed([])).to.equal("none");
    expect(listed(["a", "b"])).to.equal("a, b");
  });
});
