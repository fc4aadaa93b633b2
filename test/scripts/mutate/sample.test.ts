import { expect } from "chai";
import { describe, it } from "mocha";

import { sample } from "../../../scripts/mutate/sample.ts";

describe("sample", () => {
  const values = Array.from({ length: 100 }, (_, place) => place);

  it("draws as many as asked, in their order, none twice", () => {
    const drawn = sample(values, 30, 1);
    expect(drawn).to.have.lengthOf(30);
    expect([...new Set(drawn)].sort((a, b) => a - b)).to.deep.equal(drawn);
  });

  it("draws the same for the same seed, and others for another", () => {
    expect(sample(values, 30, 7)).to.deep.equal(sample(values, 30, 7));
    expect(sample(values, 30, 7)).not.to.deep.equal(sample(values, 30, 8));
  });

  it("takes all when there are no more", () => {
    expect(sample(values, 100, 1)).to.deep.equal(values);
    expect(sample(values, Infinity, 1)).to.deep.equal(values);
  });
});
