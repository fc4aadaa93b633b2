import { expect } from "chai";
import { describe, it } from "mocha";
import { concatHex, keccak256, stringToBytes, toHex } from "viem";

import { commitTo, InvalidInputError, opensCommitment } from "../../../src/sdk/index.ts";
import { digest } from "../../support/digest.ts";

const ORCID = "0000-0002-1825-0097";
const SALT = toHex(7, { size: 16 });

describe("commitments of who-lists", () => {
  it("are the hash of the salt and of the name's hash", () => {
    const { commitment } = commitTo(ORCID, SALT);
    expect(commitment).to.equal(keccak256(concatHex([SALT, keccak256(stringToBytes(ORCID))])));
    expect(commitTo(ORCID, SALT)).to.deep.equal({ commitment, salt: SALT });
  });

  it("open to the name and the salt that made them, and to no other", () => {
    const { commitment, salt } = commitTo(ORCID);
    expect(opensCommitment(commitment, ORCID, salt)).to.equal(true);
    expect(opensCommitment(commitment.toUpperCase().replace("X", "x") as typeof commitment, ORCID, salt)).to.equal(
      true,
    );
    expect(opensCommitment(commitment, `${ORCID} `, salt)).to.equal(false);
    expect(opensCommitment(commitment, ORCID, SALT)).to.equal(false);
    expect(opensCommitment(digest(1), ORCID, salt)).to.equal(false);
  });

  it("have salts of their own, of 16 bytes", () => {
    const made = Array.from({ length: 20 }, () => commitTo(ORCID));
    expect(new Set(made.map(({ salt }) => salt)).size).to.equal(20);
    expect(new Set(made.map(({ commitment }) => commitment)).size).to.equal(20);
    for (const { salt } of made) expect(salt).to.match(/^0x[0-9a-f]{32}$/);
  });

  it("refuse blank names, salts that could be guessed, and commitments that are none", () => {
    expect(() => commitTo(" ")).to.throw(InvalidInputError, "name");
    expect(() => commitTo(ORCID, "0x")).to.throw(InvalidInputError, "salt");
    expect(() => commitTo(ORCID, toHex(7, { size: 15 }))).to.throw(InvalidInputError, "salt");
    expect(() => commitTo(ORCID, toHex(7, { size: 17 }))).to.throw(InvalidInputError, "salt");
    expect(() => opensCommitment("0x12", ORCID, SALT)).to.throw(InvalidInputError, "commitment");
    expect(() => opensCommitment(digest(1), "", SALT)).to.throw(InvalidInputError, "name");
  });
});
