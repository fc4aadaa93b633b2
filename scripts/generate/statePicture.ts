import type { Transition } from "../../src/model/index.ts";

/** The states that readers see, each way between two of them once, and every verb in every state with its outcome. */
export function renderStatePicture(transitions: readonly Transition[]): string {
  return [
    "# The states of a consent",
    "",
    "Made from the reference model by `npm run generate`; one suite of scenarios holds the contracts to the same",
    "model. How a change is signed, by whom and when plays no part here: see [how-to](how-to/participant-software.md).",
    "",
    "```mermaid",
    "stateDiagram-v2",
    "  [*] --> None",
    ...arrows(transitions),
    "```",
    "",
    "Suspend, decline, annul and withdraw are closings: they are never refused to the participant, and never weaken what",
    "stands. So a suspension of a withdrawn consent is accepted and leaves it withdrawn. Only a grant opens what was",
    "declined, annulled or withdrawn, or has expired.",
    "",
    ...table(transitions),
    "",
  ].join("\n");
}

/** Verbs that lead from one status to another, on one arrow; what changes nothing that a reader sees is left to the table. */
function arrows(transitions: readonly Transition[]): string[] {
  const verbs = new Map<string, Set<string>>();
  for (const { reads, by, to } of transitions) {
    if (to === undefined || to === reads) continue;
    const way = `  ${reads} --> ${to}`;
    verbs.set(way, (verbs.get(way) ?? new Set()).add(by));
  }
  return [...verbs].map(([way, by]) => `${way}: ${[...by].join(", ")}`);
}

function table(transitions: readonly Transition[]): string[] {
  const columns = [...new Set(transitions.map(columnOf))];
  const rows = [...new Set(transitions.map(({ from }) => from))].map((from) => {
    const ofState = transitions.filter((transition) => transition.from === from);
    const cells = columns.map((column) => outcomeOf(ofState.find((transition) => columnOf(transition) === column)));
    return `| ${[from, ...cells].join(" | ")} |`;
  });
  return [`| from | ${columns.join(" | ")} |`, `|${" --- |".repeat(columns.length + 1)}`, ...rows];
}

function columnOf({ by, extent }: Transition): string {
  return by === "withdraw" ? `withdraw ${extent}` : by;
}

function outcomeOf(transition: Transition | undefined): string {
  if (transition === undefined) return "–";
  return transition.error === undefined ? String(transition.to) : `\`${transition.error}\``;
}
