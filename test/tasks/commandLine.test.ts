import { expect } from "chai";
import hre from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { before, describe, it } from "mocha";

import userConfig from "../../hardhat.config.ts";
import { ConsentState } from "../../src/model/index.ts";
import type { SignedChange } from "../../src/sdk/index.ts";
import { tasks } from "../../tasks/index.ts";
import { commandLineError } from "../../tasks/support/commandLine.ts";
import { errorOf, hardhat, root, runTask } from "../support/command.ts";
import { error, json, startWorld, type World, write } from "./support.ts";

/** A key of the node's, which the network `consortium` is given: that of its ninth account. */
const KEY = "0xdbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97";
const ACCOUNT = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";
const SCOPE = "Command line study";

const NOUNS = {
  institution: [
    ...["admit", "add-account", "remove-account", "add-official", "remove-official", "add-user", "remove-user"],
    ...["suspend", "reinstate", "expel", "succeed", "declare-conflict", "lift-conflict", "show"],
  ],
  ontology: ["publish", "verify", "diff", "prove", "show"],
  scope: ["create", "claim", "policy", "show"],
  terms: ["publish", "narrower", "show", "diff", "codes"],
  consent: [
    ...["grant", "decline", "update", "suspend", "resume", "extend", "withdraw", "annul"],
    ...["sign", "relay", "import", "attest", "takeover", "index", "cohort", "show", "history"],
  ],
  delegate: ["add", "remove", "renounce", "sign", "relay", "list"],
  key: ["recover", "veto", "show"],
  dataset: [
    ...["anchor", "anchor-version", "attest-mirror", "check-proof", "claim", "lineage", "mirrors", "offer-copy"],
    ...["prove-participant", "retract", "show", "verify", "withdraw-mirror"],
  ],
  fact: ["state", "approve", "show"],
  licence: [
    ...["request", "sign", "decide", "resolve", "reopen", "vote", "appeal", "issue", "suspend", "reinstate"],
    ...["sub-license", "terminate", "card", "show", "coverage"],
  ],
  duty: ["impose", "defer", "discharge", "accept", "reject", "report", "breach", "cure"],
  audit: ["log", "show", "prove", "package", "check", "counts"],
  provenance: [
    ...["specimen", "aliquot", "offer", "cancel", "accept", "sequence", "analyse", "destroy", "destroy-copies"],
    ...["show", "trace", "export"],
  ],
  export: ["receipt", "fhir", "visa", "access", "processing", "disclosures", "verify"],
  system: ["deploy", "status", "verify", "export"],
};
const READING = [
  "card",
  "check-proof",
  "lineage",
  "mirrors",
  "prove-participant",
  "show",
  "list",
  "history",
  "cohort",
  "coverage",
  "prove",
  ...["package", "check", "counts"],
  "verify",
  "status",
  "export",
  "diff",
  "codes",
  "trace",
  ...["receipt", "fhir", "visa", "access", "processing", "disclosures"],
];

describe("hardhat's command line", () => {
  let world: World;
  const on = async (network: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
    await hardhat(["--network", network, ...args], { CONCORD_RPC_URL: world.url, ...environment });

  before(async () => {
    world = await startWorld();
  });

  it("has every task, each with --json, and --dry-run where it sends", () => {
    const verbs = new Map<string, string[]>();
    for (const definition of tasks) {
      const [noun = "", verb] = definition.id;
      if (verb === undefined) continue;
      verbs.set(noun, [...(verbs.get(noun) ?? []), verb]);
      if (!("options" in definition)) throw new Error(`${definition.id.join(" ")} is no task.`);
      expect(definition.options, verb).to.have.property("json");
      const sends = !READING.includes(verb) && verb !== "sign";
      expect("dryRun" in definition.options, `${noun} ${verb}`).to.equal(
        sends || definition.id.join(" ") === "ontology prove",
      );
    }
    expect(Object.fromEntries(verbs)).to.have.all.keys(...Object.keys(NOUNS));
    for (const [noun, expected] of Object.entries(NOUNS)) expect(verbs.get(noun)).to.have.members(expected);
  });

  it("describes every task, argument and option", () => {
    for (const definition of tasks) {
      if (!("positionalArguments" in definition)) continue;
      expect(definition.description).to.match(/^[A-Z].*[^.]$/);
      const described = [...Object.values(definition.options), ...definition.positionalArguments];
      for (const { name, description } of described) {
        expect(description, `${definition.id.join(" ")} ${name}`).to.match(/^\S.{10,}[^.]$/);
      }
    }
  });

  it("lists a noun's tasks", async () => {
    const { code, stdout } = await hardhat(["licence"]);
    expect(code).to.equal(0);
    for (const verb of NOUNS.licence) expect(stdout).to.contain(`  licence ${verb} `);
  });

  it("shows a task's options in kebab-case, and its arguments in their order", async () => {
    const { code, stdout } = await hardhat(["consent", "sign", "--help"]);
    expect(code).to.equal(0);
    for (const option of ["--dead", "--min-version", "--out", "--json", "--record"]) expect(stdout).to.contain(option);
    expect(stdout).to.match(/\[--\] verb scope$/m);
  });

  it("reports what Hardhat itself refuses as JSON, too", async () => {
    for (const [args, name] of [
      [["consent", "grant", "--json"], "HHE505"],
      [["consent", "show", "a", "b", "--bogus", "--json"], "HHE504"],
      [["consent", "revoke", "--json"], "HHE416"],
    ] as const) {
      const error = errorOf(await hardhat(args));
      expect(error.name).to.equal(name);
      expect(error.fix).to.contain("--help");
    }
    expect(await hardhat(["consent", "grant"])).to.include({ code: 1, stdout: "" });
  });

  it("prints one JSON document on stdout, and reads without a key", async () => {
    const shown = await on("consortium", ["consent", "show", SCOPE, ACCOUNT, "--json", "--record", world.record]);
    expect(shown).to.include({ code: 0, stderr: "" });
    expect(JSON.parse(shown.stdout)).to.include({ status: "None" });
  });

  it("asks for the network's key to write", async () => {
    const suspend = ["consent", "suspend", SCOPE, "--json", "--record", world.record];
    expect(errorOf(await on("consortium", suspend))).to.deep.include({ name: "HHE7", args: { name: "CONCORD_KEY" } });
  });

  it("says in words what to do where nothing is deployed", async () => {
    const nothing = await runTask(hre, "scope show", { scope: SCOPE });
    expect(nothing).to.include({ code: 1, stdout: "" });
    expect(nothing.stderr).to.match(/^SystemNotDeployed: .*\n.*npm start/);
  });
});

describe("a network with one key", () => {
  let world: World;

  before(async () => {
    const shared = await startWorld();
    const networks = { keyed: { type: "http" as const, chainType: "l1" as const, url: shared.url, accounts: [KEY] } };
    const keyed = await createHardhatRuntimeEnvironment({ ...userConfig, networks }, { network: "keyed" }, root);
    world = { ...shared, hre: keyed };
  });

  it("acts with it: signs as the participant, and sends", async () => {
    const given = { scope: SCOPE, record: world.record };
    const suspended = await json<{ word: { state: number } }>(world, "consent suspend", given);
    expect(suspended.word.state).to.equal(ConsentState.Suspended);
    const signed = await json<SignedChange>(world, "consent sign", { ...given, verb: "withdraw" });
    expect(signed.authorisation.signer.toLowerCase()).to.equal(ACCOUNT.toLowerCase());
    const relayed = await json(world, "consent relay", {
      files: [write(world, "keyed.json", signed)],
      record: world.record,
    });
    expect(relayed).to.include({ accepted: 1 });
  });

  it("acts as nobody else, but rehearses for anybody", async () => {
    const given = { scope: SCOPE, record: world.record, from: world.accounts.outsider };
    expect((await error(world, "consent suspend", given)).name).to.equal("AccountUnavailable");
    expect(await json(world, "consent suspend", { ...given, dryRun: true })).to.include({ dryRun: true });
  });
});

describe("commandLineError", () => {
  it("reads what Hardhat says of a refusal", () => {
    expect(commandLineError('\u001b[31mError HHE504:\u001b[39m Invalid option "--x".')).to.include({
      name: "HHE504",
      message: 'Invalid option "--x".',
    });
    expect(commandLineError("Error HHE80010 in plugin hardhat-x: No.")).to.include({
      name: "HHE80010",
      message: "No.",
    });
  });

  it("takes nothing else for one", () => {
    for (const said of [undefined, 7, {}, "", "Error: no", "Warning HHE1: x"]) {
      expect(commandLineError(said)).to.be.undefined;
    }
  });
});
