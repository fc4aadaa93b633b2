import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { after, before, describe, it } from "mocha";
import { publint } from "publint";

import { importer } from "./importer.ts";
import {
  compileSolidity,
  makeProject,
  pack,
  readExample,
  runExample,
  runTool,
  typeErrors,
  type Project,
} from "./outside.ts";
import { startSuiteNode, type SuiteNode } from "../support/node.ts";

describe("the packed package", () => {
  const scratch = mkdtempSync(join(tmpdir(), "concord-package-"));
  let tarball: string;
  let files: string[];
  let ethersOnly: Project;
  let viemOnly: Project;
  let node: SuiteNode;

  before(async () => {
    node = await startSuiteNode(join(scratch, "deployments"));
    ({ tarball, files } = await pack(scratch));
    // OpenZeppelin's sources are no JavaScript: ethers is as alone beside them.
    [ethersOnly, viemOnly] = await Promise.all([
      makeProject(join(scratch, "ethers"), tarball, ["ethers", "@openzeppelin/contracts"], {
        "use.ts": readExample("ethers.ts"),
        "Importer.sol": importer,
      }),
      makeProject(join(scratch, "viem"), tarball, ["viem"], { "use.ts": readExample("viem.ts") }),
    ]);
  });

  after(async () => {
    await node.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it("holds code, declarations, Solidity sources and the licence, and neither tests nor doubles", () => {
    expect(files).to.include.members(["LICENSE", "CHANGELOG.md", "contracts/consent/IConsentRegistry.sol"]);
    const stray = /mocks|\.t\.sol$|\.test\.|\.solhint|^src\/|^test\/|^scripts\//i;
    expect(files.filter((path) => stray.test(path))).to.deep.equal([]);
  });

  it("gives publint nothing to say", async () => {
    const pkgDir = join(viemOnly.dir, "node_modules", "@concord-consent", "contracts");
    const { messages } = await publint({ pkgDir, strict: true, pack: false });
    expect(messages).to.deep.equal([]);
  });

  it("gives arethetypeswrong nothing to say", async () => {
    await runTool("attw", ["--profile", "esm-only", "--no-definitely-typed", "--no-emoji", "--no-color", tarball]);
  });

  it("type-checks beside ethers alone under nodenext, and refuses wrong calls", () => {
    expect(typeErrors(ethersOnly, "nodenext")).to.deep.equal([]);
  });

  it("type-checks beside viem alone under bundler, and refuses wrong calls", () => {
    expect(typeErrors(viemOnly, "bundler")).to.deep.equal([]);
  });

  it("runs beside ethers alone, on a live node", () => runExample(ethersOnly, [node.url, node.record]));

  it("runs beside viem alone, on a live node", () => runExample(viemOnly, [node.url, node.record]));

  it("gives a contract of somebody else its interfaces", () => {
    const { errors, contracts } = compileSolidity(ethersOnly, "Importer.sol");
    expect((errors ?? []).map(({ formattedMessage }) => formattedMessage)).to.deep.equal([]);
    expect(contracts?.["Example.sol"]?.Importer?.evm.bytecode.object).to.match(/^[0-9a-f]+$/);
  });
});
