import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { abiName, renderAbis } from "../../../scripts/generate/abi.ts";
import { renderContractPage } from "../../../scripts/generate/abiDocs.ts";
import {
  canonicalType,
  isPublished,
  publishedArtifacts,
  type AbiEntry,
  type Compilation,
  type Contract,
} from "../../../scripts/generate/artifacts.ts";
import { collectErrors, renderErrorsPage, renderErrorTexts } from "../../../scripts/generate/errors.ts";
import { staleFiles, writeFiles } from "../../../scripts/generate/files.ts";
import { withIndexExtensions } from "../../../scripts/generate/typings.ts";
import { makeTree } from "../temporary.ts";

const tooEarly: AbiEntry = { type: "error", name: "TooEarly", inputs: [{ name: "at", type: "uint32" }] };
const badProof: AbiEntry = { type: "error", name: "BadProof", inputs: [] };
const change = {
  name: "change",
  type: "tuple[]",
  internalType: "struct Grant[]",
  components: [{ name: "scopeId", type: "bytes32", internalType: "ScopeId" }],
};

const registry: Contract = {
  name: "Registry",
  source: "contracts/consent/Registry.sol",
  kind: "contract",
  deployable: true,
  abi: [
    { type: "function", name: "grant", inputs: [change], outputs: [], stateMutability: "nonpayable" },
    {
      type: "function",
      name: "wordOf",
      inputs: [{ name: "id", type: "bytes32" }],
      outputs: [{ name: "", type: "uint256" }],
      stateMutability: "view",
    },
    { type: "event", name: "Granted", inputs: [{ name: "id", type: "bytes32", indexed: true }] },
    tooEarly,
    badProof,
  ],
  runtimeBytes: 1,
  devdoc: {
    methods: {
      "grant((bytes32)[])": { params: { change: "What is granted." } },
      "wordOf(bytes32)": { returns: { _0: "The word; 0 if there is none." } },
    },
    events: { "Granted(bytes32)": { params: { id: "The consent." } } },
    errors: { "TooEarly(uint32)": [{ "custom:fix": "Wait until then." }] },
  },
  userdoc: {
    notice: "Holds the words.",
    methods: { "grant((bytes32)[])": { notice: "Gives the\n        consent." } },
    errors: { "TooEarly(uint32)": [{ notice: "It is too early | by far." }] },
  },
  artifactPath: "",
};

// Selectors are the first four bytes of the signatures' keccak256.
const TOO_EARLY = "3a5c8a8c";
const BAD_PROOF = "7ca55c77";

const compilation = (contracts: Contract[] = [registry]): Compilation => ({
  contracts,
  errors: [
    { name: "TooEarly", selector: TOO_EARLY, source: "project/contracts/consent/Registry.sol", parent: "Registry" },
    { name: "BadProof", selector: BAD_PROOF, source: "npm/@openzeppelin/contracts@5.7.0/P.sol", parent: "Proofs" },
  ],
});

const foreign = { BadProof: { message: "The proof is bad.", fix: "Make it again." } };

describe("artifacts", () => {
  it("publishes our contracts and AccessManager, and neither doubles nor tests", () => {
    expect(isPublished("contracts/consent/ConsentRegistry.sol")).to.equal(true);
    expect(isPublished("@openzeppelin/contracts/access/manager/AccessManager.sol")).to.equal(true);
    expect(isPublished("contracts/mocks/Adversary.sol")).to.equal(false);
    expect(isPublished("contracts/consent/ConsentRegistry.t.sol")).to.equal(false);
    expect(isPublished("test/consent/Words.t.sol")).to.equal(false);
    expect(publishedArtifacts("/a", ["/a/contracts/mocks/M.sol/M.json", "/a/contracts/x/X.sol/X.json"])).to.deep.equal([
      "/a/contracts/x/X.sol/X.json",
    ]);
  });

  it("writes tuples out in canonical types", () => {
    expect(canonicalType({ name: "", type: "tuple[2][]", components: [change, { name: "", type: "uint8" }] })).to.equal(
      "((bytes32)[],uint8)[2][]",
    );
  });
});

describe("errors", () => {
  it("takes our texts from NatSpec and OpenZeppelin's from the table, ours and theirs apart", () => {
    const entries = collectErrors(compilation(), foreign);
    expect(entries.map(({ name, group, own, message, fix }) => [name, group, own, message, fix])).to.deep.equal([
      ["BadProof", "Proofs", false, "The proof is bad.", "Make it again."],
      ["TooEarly", "Registry", true, "It is too early | by far.", "Wait until then."],
    ]);
    const page = renderErrorsPage(entries);
    expect(page).to.include("| `TooEarly` | `uint32 at` | It is too early \\| by far. | Wait until then. |");
    expect(page.indexOf("### Registry")).to.be.lessThan(page.indexOf("## OpenZeppelin"));
    expect(renderErrorTexts(entries)).to.include('"BadProof":{"message":"The proof is bad.","fix":"Make it again."}');
  });

  it("fails on an error of ours without a fix", () => {
    const silent = { ...registry, devdoc: { ...registry.devdoc, errors: {} } };
    expect(() => collectErrors(compilation([silent]), foreign)).to.throw("Registry: TooEarly(uint32)");
  });

  it("fails on an error of ours without a notice", () => {
    const silent = { ...registry, userdoc: {} };
    expect(() => collectErrors(compilation([silent]), foreign)).to.throw("Registry: TooEarly(uint32)");
  });

  it("fails on an error of OpenZeppelin that the table lacks", () => {
    expect(() => collectErrors(compilation(), {})).to.throw("Proofs: BadProof() (OpenZeppelin)");
  });

  it("fails on one name with two meanings", () => {
    const other: Contract = {
      ...registry,
      name: "Other",
      abi: [{ ...tooEarly, inputs: [] }],
      devdoc: { errors: { "TooEarly()": [{ "custom:fix": "Do something else." }] } },
      userdoc: { errors: { "TooEarly()": [{ notice: "Something else." }] } },
    };
    const { contracts, errors } = compilation([registry, other]);
    const second = { name: "TooEarly", selector: "085de625", source: "project/contracts/Other.sol", parent: "Other" };
    expect(() => collectErrors({ contracts, errors: [...errors, second] }, foreign)).to.throw(
      "TooEarly means one thing in Other and another in Registry.",
    );
  });
});

describe("bindings", () => {
  it("names ABIs in camel case, acronyms too", () => {
    const names = ["ConsentRegistry", "ERC1967Proxy", "EIPHelper", "DAO"].map(abiName);
    expect(names).to.deep.equal(["consentRegistryAbi", "erc1967ProxyAbi", "eipHelperAbi", "daoAbi"]);
  });

  it("exports what can be deployed and nothing else", () => {
    const source = renderAbis([registry, { ...registry, name: "IRegistry", kind: "interface", deployable: false }]);
    expect(source).to.match(/export const registryAbi = \[.*\] as const;/);
    expect(source).not.to.include("iRegistryAbi");
  });

  it("gives TypeChain's folder imports the file that ES modules need, and leaves others", () => {
    const before = 'import type * as a from "./a";\nimport type { B } from "../b.js";\nimport { c } from "c";\n';
    const after =
      'import type * as a from "./a/index.js";\nimport type { B } from "../b.js";\nimport { c } from "c";\n';
    expect(withIndexExtensions(before)).to.equal(after);
  });
});

describe("contract pages", () => {
  const page = renderContractPage(registry, collectErrors(compilation(), foreign));

  it("shows functions with the names of their types and their prose", () => {
    expect(page).to.include("function grant(Grant[] change) external\n");
    expect(page).to.include("Gives the consent.");
    expect(page).to.include("- `Grant[] change`: What is granted.");
    expect(page).to.include("function wordOf(bytes32 id) external view returns (uint256)");
    expect(page).to.include("- returns `uint256`: The word; 0 if there is none.");
  });

  it("shows events, errors and structures", () => {
    expect(page).to.include("event Granted(bytes32 indexed id)");
    expect(page).to.include("- `TooEarly(uint32 at)`: It is too early | by far.");
    expect(page).to.include("### Grant\n\n- `ScopeId scopeId`");
  });
});

describe("generated files", () => {
  const generated = new Map([
    ["docs/errors.md", "new"],
    ["docs/abi/Registry.md", "same"],
    ["typechain-types/index.ts", "made"],
  ]);
  const files = {
    "docs/errors.md": "old",
    "docs/abi/Registry.md": "same",
    "docs/abi/Gone.md": "left",
    "docs/a.md": "",
  };

  it("lists what differs, is missing, or is left over", () => {
    const root = makeTree(files);
    expect(staleFiles(root, generated)).to.deep.equal([
      "docs/abi/Gone.md",
      "docs/errors.md",
      "typechain-types/index.ts",
    ]);
  });

  it("brings the disk up to date and touches nothing else", () => {
    const root = makeTree(files);
    writeFiles(root, generated);
    expect(staleFiles(root, generated)).to.deep.equal([]);
    expect(readFileSync(join(root, "docs/errors.md"), "utf8")).to.equal("new");
    expect(existsSync(join(root, "docs/abi/Gone.md"))).to.equal(false);
    expect(existsSync(join(root, "docs/a.md"))).to.equal(true);
  });
});
