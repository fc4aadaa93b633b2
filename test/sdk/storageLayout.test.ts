import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { STORAGE_LAYOUT, STRUCT_LAYOUT } from "../../src/sdk/internal/layout.ts";

interface Variable {
  readonly label: string;
  readonly slot: string;
  /** In bytes. */
  readonly offset: number;
  readonly type: string;
}

interface StorageLayout {
  readonly storage: readonly Variable[];
  readonly types: Readonly<Record<string, { label: string; members?: readonly Variable[] }>>;
}

interface Solc {
  compile(input: string): string;
}

const artifacts = join(import.meta.dirname, "../../artifacts");
const solc = createRequire(import.meta.url)("solc") as Solc;

function readJson<T>(...path: readonly string[]): T {
  return JSON.parse(readFileSync(join(artifacts, ...path), "utf8")) as T;
}

/** What the compiler says of the sources that the artifact was made of: it lays storage out without making code. */
function layoutOf(folder: string, name: string): StorageLayout {
  const { buildInfoId, inputSourceName } = readJson<{ buildInfoId: string; inputSourceName: string }>(
    ...["contracts", folder, `${name}.sol`, `${name}.json`],
  );
  const { input } = readJson<{ input: { settings: object } }>("build-info", `${buildInfoId}.json`);
  const outputSelection = { [inputSourceName]: { [name]: ["storageLayout"] } };
  const output = JSON.parse(
    solc.compile(JSON.stringify({ ...input, settings: { ...input.settings, outputSelection } })),
  );
  return output.contracts[inputSourceName][name].storageLayout as StorageLayout;
}

function slotsOf({ storage }: StorageLayout, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    names.map((name) => [name, Number(storage.find(({ label }) => label === `_${name}`)?.slot ?? Number.NaN)]),
  );
}

function membersOf({ types }: StorageLayout, struct: string): readonly Variable[] {
  return Object.values(types).find(({ label }) => label.endsWith(`.${struct}`))?.members ?? [];
}

describe("STORAGE_LAYOUT", () => {
  const layouts = {
    auditLog: layoutOf("audit", "AuditLog"),
    consentRegistry: layoutOf("consent", "ConsentRegistry"),
    licenceRegistry: layoutOf("licence", "LicenceRegistry"),
  };

  for (const [contract, slots] of Object.entries(STORAGE_LAYOUT)) {
    it(`is the compiler's for ${contract}`, () => {
      const layout = layouts[contract as keyof typeof layouts];
      expect(slots).to.deep.equal(slotsOf(layout, Object.keys(slots)));
    });
  }

  it("is the compiler's within structs", () => {
    const { licenceRegistry } = layouts;
    const progress = membersOf(licenceRegistry, "Progress");
    for (const [name, bit] of Object.entries(STRUCT_LAYOUT.progress)) {
      expect(progress.find(({ label }) => label === name)).to.include({ slot: "0", offset: bit / 8 });
    }
    const places = { subject: "Subject", derivation: "Derivation" } as const;
    for (const [struct, name] of Object.entries(places)) {
      for (const [field, slot] of Object.entries(STRUCT_LAYOUT[struct as keyof typeof places])) {
        const member = membersOf(licenceRegistry, name).find(({ label }) => label === field);
        expect(member).to.include({ slot: String(slot), offset: 0 });
      }
    }
  });
});
