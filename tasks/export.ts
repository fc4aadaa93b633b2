import { emptyTask } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

import { fileOption, option, readingTask } from "./support/define.ts";

const scope = { name: "scope", description: "Public name or id of the scope" } as const;
const participant = {
  name: "participant",
  description: "Participant id, or the address that the participant signs with",
} as const;
const keys = {
  name: "keys",
  description: "The participant's pairs of scope and id: JSON of the shape of examples/keys.json",
  type: ArgumentType.FILE,
} as const;
const accesses = {
  name: "accesses" as const,
  description: "Files of accesses as audit log has written them; none but the participant's own leaves are taken out",
  type: ArgumentType.FILE as const,
  defaultValue: [] as string[],
};
const markdown = { name: "markdown", description: "Write Markdown for people, which cannot be verified" } as const;

/** A task that makes a document. */
function exportTask(kind: string, description: string) {
  return readingTask(["export", kind], description)
    .addOption(option("atBlock", "Number of the block to read at; the latest unless told"))
    .addOption(fileOption("out", "File to write it to, not there yet; stdout unless told"));
}

/** A task that makes a document with names in it. */
function namingTask(kind: string, description: string) {
  return exportTask(kind, description)
    .addOption(
      fileOption("directory", "Names and contacts of institutions: JSON of the shape of examples/directory.json"),
    )
    .addOption(
      fileOption("dictionary", "Data dictionary that the terms pin, for the names of categories and elements"),
    );
}

/** `hardhat export …`: documents for compliance, made from the chain. */
export const exportTasks = [
  emptyTask("export", "Make documents for compliance from the chain, and verify them against it").build(),
  namingTask("receipt", "Make a consent receipt (ISO/IEC TS 27560, JSON-LD)")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .setAction(() => import("./export/receipt.ts"))
    .build(),
  namingTask("fhir", "Make an HL7 FHIR R5 Consent")
    .addPositionalArgument(scope)
    .addPositionalArgument(participant)
    .setAction(() => import("./export/fhir.ts"))
    .build(),
  exportTask("visa", "Make the claims of a GA4GH visa for a licence's holder; they are not signed")
    .addPositionalArgument({ name: "licence", description: "Number of the licence, from 1" })
    .addOption(option("issuer", "Required: who will sign it, by an https URL"))
    .addOption(option("source", "Required: public identifier of the licence's committee or custodian, an https URL"))
    .addOption(option("subject", "The researcher's id at the issuer; the holder's account unless told"))
    .addOption(option("value", "The dataset's https URL at the gateway; below the issuer unless told"))
    .addOption(option("lifetime", "Seconds that it is good for at the most; 3600 unless told"))
    .setAction(() => import("./export/visa.ts"))
    .build(),
  namingTask("access", "Make a participant's data package (GDPR Art. 15 and 20)")
    .addPositionalArgument(keys)
    .addVariadicArgument(accesses)
    .addFlag(markdown)
    .setAction(() => import("./export/access.ts"))
    .build(),
  namingTask("processing", "Make a custodian's record of processing activities (GDPR Art. 30)")
    .addPositionalArgument({ name: "custodian", description: "Public identifier or id of the institution" })
    .addFlag(markdown)
    .setAction(() => import("./export/processing.ts"))
    .build(),
  namingTask("disclosures", "Make an accounting of disclosures of a participant's data (HIPAA, 45 CFR 164.528)")
    .addPositionalArgument(keys)
    .addVariadicArgument(accesses)
    .addOption(fileOption("protocols", "Research protocols by licence: JSON of the shape of examples/protocols.json"))
    .addOption(
      option("since", "First second of the period (ISO 8601 or Unix seconds); six years before its end unless told"),
    )
    .addOption(option("until", "First second after the period; the block's next unless told"))
    .setAction(() => import("./export/disclosures.ts"))
    .build(),
  readingTask(["export", "verify"], "Make an export again at its own block, and compare every field with the chain")
    .addPositionalArgument({
      name: "document",
      description: "The document, as another export task has written it",
      type: ArgumentType.FILE,
    })
    .setAction(() => import("./export/verify.ts"))
    .build(),
];
