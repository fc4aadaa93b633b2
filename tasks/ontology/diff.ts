import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import {
  diffReleases,
  formatDisease,
  formatTerm,
  type Ontology,
  readDiseases,
  readOntology,
  widening,
} from "../../src/files/index.ts";
import { ONTOLOGIES } from "../../src/model/index.ts";
import { getScope, getTerms } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { RefusalError, UsageError } from "../support/errors.ts";
import { progress } from "../support/output.ts";
import { parseScope } from "../support/parse.ts";
import { type Line, listed, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly older: string;
  readonly newer: string;
  readonly scope: string | undefined;
}

/** What reading terms in the newer release would do to them. */
interface TermsEffect {
  /** The terms' number in the scope. */
  readonly number: number;
  /** Diseases that consents under them would newly cover. */
  readonly widenedBy: readonly string[];
}

const MOST_SHOWN = 20;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    // Terms of a scope list diseases: with a scope, both must be releases of them.
    const read = given.scope === undefined ? readOntology : readDiseases;
    const [older, newer] = [await read(given.older), await read(given.newer)];
    requireSameOntology(older, newer);
    const difference = written(older, newer);
    const terms = given.scope === undefined ? undefined : await effects(hre, given, given.scope, older, newer);
    const widened = (terms ?? []).filter(({ widenedBy }) => widenedBy.length > 0);
    if (widened.length > 0) {
      throw new RefusalError(
        "ReleaseWidens",
        `The newer release would widen ${widened.map(({ number }) => `terms ${number}`).join(", ")}.`,
        { ...difference, terms },
        "Leave the consents on the release that their terms pin; for the newer one register new terms, and ask again.",
      );
    }
    printRead(given.json, { ...difference, terms }, () => [
      ["Added", shown(difference.added)],
      ["Removed", shown(difference.removed)],
      ["Made obsolete", shown(difference.obsoleted)],
      ["Moved", shown(difference.moved.map(({ term, from, to }) => `${term} from ${listed(from)} to ${listed(to)}`))],
      ["Ancestors gained", shown(difference.changed.flatMap(({ term, gained }) => arrows(term, gained)))],
      ["Ancestors lost", shown(difference.changed.flatMap(({ term, lost }) => arrows(term, lost)))],
      ...(terms ?? []).map(({ number }): Line => [`Terms ${number}`, "would cover nothing more"]),
    ]);
  });

function requireSameOntology(older: Ontology, newer: Ontology): void {
  if (older.prefix === newer.prefix) return;
  const [before, after] = [ONTOLOGIES[older.prefix], ONTOLOGIES[newer.prefix]];
  const fix = "Name two releases of one ontology.";
  const message = `The older release is one of ${before}, the newer one of ${after}.`;
  throw new UsageError("ArgumentInvalid", message, { argument: "newer", older: before, newer: after }, fix);
}

/** What the newer release has otherwise, with the terms' ids. */
function written(older: Ontology, newer: Ontology) {
  const { added, removed, obsoleted, moved, changed } = diffReleases(older, newer);
  const id = (term: number): string => formatTerm(newer.prefix, term);
  const ids = (terms: readonly number[]): string[] => terms.map(id);
  return {
    added: ids(added),
    removed: ids(removed),
    obsoleted: ids(obsoleted),
    moved: moved.map(({ term, from, to }) => ({ term: id(term), from: ids(from), to: ids(to) })),
    changed: changed.map(({ term, gained, lost }) => ({ term: id(term), gained: ids(gained), lost: ids(lost) })),
  };
}

/** Of the scope's terms, those that list diseases in the older release. */
async function effects(
  hre: HardhatRuntimeEnvironment,
  given: ReadingArguments,
  scope: string,
  older: Ontology,
  newer: Ontology,
): Promise<TermsEffect[]> {
  const scopeId = parseScope("scope", scope);
  return await withReader(hre, given, async (client) => {
    const { termsCount } = await getScope(client, { scopeId });
    const found: TermsEffect[] = [];
    for (let number = 1; number <= termsCount; number += 1) {
      const { terms } = await getTerms(client, { scopeId, number });
      if (terms.diseases.length === 0) continue;
      if (terms.ontologyRelease === older.root) {
        found.push({ number, widenedBy: widening(older, newer, terms.diseases).map(formatDisease) });
      } else {
        progress(`Terms ${number} pin another release, and are left out.`);
      }
    }
    return found;
  });
}

function arrows(term: string, ancestors: readonly string[]): string[] {
  return ancestors.map((ancestor) => `${term} < ${ancestor}`);
}

function shown(items: readonly string[]): string {
  const rest = items.length - MOST_SHOWN;
  return listed(rest > 0 ? [...items.slice(0, MOST_SHOWN), `and ${rest} more`] : items);
}

export default action;
