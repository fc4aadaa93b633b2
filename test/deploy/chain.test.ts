import { expect } from "chai";
import { network } from "hardhat";
import { describe, it } from "mocha";

import { probeFork, readChain } from "../../deploy/system.ts";
import { asForeignChain, intercepted, systemError } from "./support.ts";

describe("probeFork", () => {
  for (const hardfork of ["cancun", "prague", "osaka"]) {
    it(`finds ${hardfork} by what the chain answers`, async () => {
      const connection = await network.create({ override: { hardfork } });
      expect(await probeFork(connection.provider)).to.equal(hardfork);
      await connection.close();
    });
  }

  for (const hardfork of ["shanghai", "london"]) {
    it(`refuses ${hardfork}`, async () => {
      const connection = await network.create({ override: { hardfork } });
      await systemError("SystemForkUnsupported", probeFork(connection.provider));
      await connection.close();
    });
  }
});

describe("readChain", () => {
  it("tells an embedded chain from another", async () => {
    const connection = await network.create();
    const chain = await readChain(connection.provider);
    expect(chain).to.include({ chainId: 31_337, embedded: true });
    expect(await readChain(asForeignChain(connection).provider)).to.deep.equal({ ...chain, embedded: false });
    await connection.close();
  });

  it("needs block 0", async () => {
    const connection = await network.create();
    const pruned = intercepted(connection, ({ method }) => {
      if (method === "eth_getBlockByNumber") return Promise.resolve(null);
    });
    const provider = {
      request: async (asked: { method: string }) =>
        asked.method === "eth_getBlockByNumber" ? null : await pruned.provider.request(asked),
    };
    await systemError("SystemGenesisUnknown", readChain(provider as typeof connection.provider));
    await connection.close();
  });
});
