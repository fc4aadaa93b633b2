import {
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  keccak256,
  numberToHex,
  parseAbiParameters,
  zeroHash,
} from "viem";

import { decisionRegistryAbi, licenceRegistryAbi, ontologyRegistryAbi } from "../../src/bindings/abi.ts";
import { BLANK_PURPOSE, FACTS, KINDS, MODIFIERS, type Purpose, type Terms } from "../../src/model/index.ts";
import {
  anchorDataset,
  decideLicence,
  decidePurpose,
  grantConsent,
  institutionIdOf,
  issueLicence,
  participantIdOf,
  proveOntologyPair,
  publishOntologyRelease,
  publishTerms,
  purposeDigest,
  requestLicence,
  voteLicence,
} from "../../src/sdk/index.ts";
import { callGas, executionGas } from "../callGas.ts";
import { measureCall } from "../measureCall.ts";
import { accountOf, type Bench } from "../world.ts";

/** Mondo's closure has 295,150 leaves: its proofs have 18 or 19 siblings. */
const MONDO_DEPTH = 19;
const PAIR = [9_900_011, 9_900_002] as const;

/** What a disease costs to prove, once and for good, and a consent with DS and three modifiers to decide, every time. */
export async function matching(bench: Bench): Promise<void> {
  await proveInMondo(bench);
  await decideWithModifiers(bench);
}

/** Proves a pair of a release as deep as Mondo, made up around one proof. */
async function proveInMondo(bench: Bench): Promise<void> {
  const { measure, record, registrar, relayer } = bench;
  const [descendant, ancestor] = PAIR;
  const siblings = Array.from({ length: MONDO_DEPTH }, (_, level) => keccak256(numberToHex(level)));
  const leaf = keccak256(keccak256(encodeAbiParameters(parseAbiParameters("uint32, uint32"), PAIR)));
  const root = siblings.reduce((node, sibling) => keccak256(concatHex([node, sibling].sort())), leaf);
  const release = { root, name: "As deep as Mondo", version: "1", sourceDigest: leaf, terms: 2, pairs: 1 };
  await publishOntologyRelease(registrar, release);

  const abi = ontologyRegistryAbi;
  const args = [root, descendant, ancestor] as const;
  const { gasUsed } = await proveOntologyPair(relayer, { root, descendant, ancestor, proof: siblings });
  const proving = executionGas(gasUsed, encodeFunctionData({ abi, functionName: "prove", args: [...args, siblings] }));
  await measure("prove a pair of Mondo, above the base", Promise.resolve({ gasUsed: proving }));
  const { address } = record.contracts.ontologyRegistry;
  const reading = encodeFunctionData({ abi, functionName: "isProved", args });
  await measureCall(bench, "read a kept pair", address, reading);
  // A decision asks of several pairs: all but the first find the registry touched, and their own slot cold.
  const another = encodeFunctionData({ abi, functionName: "isProved", args: [root, ancestor, descendant] });
  const [, next = 0n] = await callGas(bench.publicClient, address, [another, reading]);
  await measure("read one kept pair more", Promise.resolve({ gasUsed: next }));
}

/** Asks a licence about a consent to one disease, for a year, by a listed institution that is not for profit. */
async function decideWithModifiers(bench: Bench): Promise<void> {
  const { record, biobank, university, ethics, relayer, participants } = bench;
  const { scopeId, until, custodian, disease, specific, offer } = bench;
  const participant = participants.at(-1);
  if (!participant) throw new RangeError("Too few accounts.");
  const licensee = institutionIdOf("university");
  const modifiers = MODIFIERS.NPU | MODIFIERS.IS | MODIFIERS.TS;
  const terms: Terms = { ...specific, modifiers, institutions: [licensee], months: 12 };
  const { digest: termsDigest } = await publishTerms(biobank, { scopeId, terms });
  await grantConsent(participant, { ...offer, termsDigest });
  const stated = FACTS.notForProfit;
  const asked = { kinds: KINDS.DS, diseases: [disease], stated, institutions: [licensee], months: 12 };
  const purpose: Purpose = { ...BLANK_PURPOSE, ...asked };
  await decidePurpose(relayer, { terms, purpose });

  const anchored = await anchorDataset(biobank, {
    record: {
      custodian,
      scopeId,
      contentDigest: keccak256("0x08"),
      manifestRoot: keccak256("0x09"),
      participantsRoot: keccak256("0x0a"),
      termsDigest,
      level: "Individual",
      deidentification: { class: "Pseudonymised", method: keccak256("0x0d"), reviewer: zeroHash },
    },
  });
  const { licenceId } = await requestLicence(university, { dataset: anchored.record, purpose, until });
  await decideLicence(relayer, { licenceId });
  const explanation = keccak256("0x0b");
  await voteLicence(ethics, { licenceId, vote: "Approve", explanation });
  await issueLicence(biobank, { licenceId, agreementDigest: keccak256("0x0c") });

  const { decisionRegistry, licenceRegistry } = record.contracts;
  const verdictOf = encodeFunctionData({
    abi: decisionRegistryAbi,
    functionName: "verdictOf",
    args: [termsDigest, purposeDigest(purpose), licensee],
  });
  await measureCall(bench, "verdict of DS and three modifiers", decisionRegistry.address, verdictOf);
  const participantId = participantIdOf(accountOf(participant));
  const status = encodeFunctionData({ abi: licenceRegistryAbi, functionName: "status", args: [licenceId] });
  await measureCall(bench, "status of a licence", licenceRegistry.address, status);
  const covers = encodeFunctionData({
    abi: licenceRegistryAbi,
    functionName: "covers",
    args: [licenceId, participantId],
  });
  await measureCall(bench, "coverage of one consent with them", licenceRegistry.address, covers);
}
