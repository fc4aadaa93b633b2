import { expect } from "chai";
import { describe, it } from "mocha";

import { formatTime, parseTime } from "../../src/sdk/time.ts";

describe("parseTime", () => {
  it("reads dates, times with a zone, and Unix seconds", () => {
    for (const [text, seconds] of [
      ["1970-01-01", 0],
      ["2031-12-31", 1_956_441_600],
      ["2032-02-29", 1_961_625_600],
      ["2031-12-31T12:30Z", 1_956_486_600],
      ["2031-12-31T12:30:15Z", 1_956_486_615],
      ["2031-12-31T12:30:00+02:00", 1_956_479_400],
      ["123456789", 123_456_789],
      ["1956441600", 1_956_441_600],
      ["2106-02-07T06:28:14Z", 0xffff_fffe],
    ] as const) {
      expect(parseTime(text), text).to.equal(seconds);
    }
  });

  it("takes nothing else for a time", () => {
    const none = [
      "",
      " ",
      "now",
      "never",
      "0",
      "2031",
      "20311231",
      "12345678",
      "12345678901",
      "-1",
      "1e9",
      "0x7fffffff",
    ];
    const malformed = ["2031-13-01", "2031-02-29", "2031-04-31", "2031-1-1", "31.12.2031", "2031-12-31T25:00Z"];
    const halves = ["2031-12-31T12:00", "2031-12-31 12:00Z", "2031-12-31T12:00:00.5Z", "2031-12-31Z", "2031-12-31\n"];
    const outside = ["1969-12-31", "2106-02-07T06:28:15Z", "2200-01-01", "4294967295", "9999999999"];
    for (const text of [...none, ...malformed, ...halves, ...outside]) expect(parseTime(text), text).to.be.undefined;
  });
});

describe("formatTime", () => {
  it("writes what parseTime reads", () => {
    expect(formatTime(1_956_486_615)).to.equal("2031-12-31T12:30:15Z");
    for (const seconds of [0, 1, 1_956_486_615, 0xffff_fffe]) {
      expect(parseTime(formatTime(seconds))).to.equal(seconds);
    }
  });
});
