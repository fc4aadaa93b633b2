import type { AccessPackage } from "./build/access.ts";
import type { ProcessingRecord } from "./build/processing.ts";
import { isJsonObject, type Json, toJson } from "./json.ts";

/** Headings of the parts of Art. 15, in their order. */
const ARTICLE_15: readonly (readonly [keyof AccessPackage["article15"], string])[] = [
  ["controllers", "Controllers"],
  ["purposes", "Purposes: Art. 15(1)(a)"],
  ["categories", "Categories of data: (b)"],
  ["recipients", "Recipients: (c)"],
  ["accesses", "Uses of your data that were logged: (c)"],
  ["entriesWithoutLeaf", "Log entries that may be about others only"],
  ["retention", "How long: (d)"],
  ["rights", "Your rights: (e) and (f)"],
  ["source", "Source: (g)"],
  ["automatedDecisions", "Automated decisions: (h)"],
  ["safeguards", "Safeguards: Art. 15(2)"],
];

/** Headings of an activity, in the order of the letters of Art. 30(1). */
const ARTICLE_30: readonly (readonly [keyof ProcessingRecord["activities"][number], string])[] = [
  ["controllers", "Controllers: Art. 30(1)(a)"],
  ["committee", "Committee"],
  ["purposes", "Purposes: (b)"],
  ["dataSubjects", "Data subjects: (c)"],
  ["dataCategories", "Categories of data: (c)"],
  ["datasets", "Datasets"],
  ["recipients", "Recipients: (d)"],
  ["thirdCountryTransfers", "Transfers to third countries: (e)"],
  ["timeLimits", "Time limits: (f)"],
];

/** The package for people; the document itself is what verifies. */
export function accessPackageToMarkdown(document: AccessPackage): string {
  const { title, asOf, article15, article20, concord } = document;
  return text([
    `# ${escaped(title)}`,
    `As of ${asOf}, block ${concord.block.number} of chain ${concord.chainId}.`,
    ...ARTICLE_15.flatMap(([field, heading]) => [`## ${heading}`, listOf(toJson(article15[field]))]),
    "## What is on record, in full: Art. 20",
    listOf(toJson(article20.consents)),
  ]);
}

/** The record for people; the document itself is what verifies. */
export function processingRecordToMarkdown(document: ProcessingRecord): string {
  const { title, asOf, controller, activities, securityMeasures, concord } = document;
  return text([
    `# ${escaped(title)}`,
    `As of ${asOf}, block ${concord.block.number} of chain ${concord.chainId}.`,
    "## Controller",
    listOf(toJson(controller)),
    ...activities.flatMap((activity) => [
      `## Scope ${activity.scopeId}`,
      ...ARTICLE_30.flatMap(([field, heading]) => [`### ${heading}`, listOf(toJson(activity[field]))]),
    ]),
    "## Security measures: Art. 30(1)(g)",
    listOf(toJson(securityMeasures)),
  ]);
}

function text(blocks: readonly string[]): string {
  return `${blocks.join("\n\n")}\n`;
}

/** JSON as nested lists; an empty list says so. */
function listOf(value: Json): string {
  const lines = linesOf(value, 0);
  return lines.length === 0 ? "None." : lines.join("\n");
}

function linesOf(value: Json, depth: number): string[] {
  const bullet = `${"  ".repeat(depth)}- `;
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item, index) =>
      isLeaf(item) ? [bullet + leafOf(item)] : [`${bullet}${index + 1}`, ...linesOf(item, depth + 1)],
    );
  }
  if (!isJsonObject(value)) return [depth === 0 ? leafOf(value) : bullet + leafOf(value)];
  return Object.entries(value).flatMap(([field, item]) =>
    isLeaf(item)
      ? [`${bullet}${escaped(field)}: ${leafOf(item)}`]
      : [`${bullet}${escaped(field)}`, ...linesOf(item, depth + 1)],
  );
}

function isLeaf(value: Json): boolean {
  return typeof value !== "object" || value === null || (Array.isArray(value) && value.length === 0);
}

function leafOf(value: Json): string {
  if (value === null || Array.isArray(value)) return "none";
  return escaped(String(value));
}

/** Names come from outside: they must not become markup or lines of their own. */
function escaped(value: string): string {
  return value.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#|]/g, (mark) => `\\${mark}`);
}
