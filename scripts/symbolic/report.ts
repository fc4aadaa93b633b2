/** How a property ended, in halmos' numbering of exit codes. */
const OUTCOMES = ["proved", "refuted", "timed out", "stuck", "vacuous", "broken"] as const;

export type Outcome = (typeof OUTCOMES)[number] | "incomplete";

/** What halmos says of one property. */
export interface Proof {
  /** The contract that states it. */
  readonly contract: string;
  /** Its name without the parameters. */
  readonly property: string;
  /**
   * `incomplete`: halmos found no counterexample, but left out paths beyond its loop bound. `vacuous`: no input passes the
   * assumptions. `stuck`: an instruction that halmos cannot follow.
   */
  readonly outcome: Outcome;
  readonly paths: number;
  readonly seconds: number;
}

interface TestResult {
  readonly name: string;
  readonly exitcode: number;
  /** All, normally ended, stuck. */
  readonly num_paths: readonly [number, number, number] | null;
  /** Seconds in all, in paths, in models. */
  readonly time: readonly [number, number, number] | null;
  readonly num_bounded_loops: number | null;
}

interface HalmosOutput {
  /** By `<source>:<contract>`. */
  readonly test_results: Readonly<Record<string, readonly TestResult[]>>;
}

/** Reads what halmos writes for `--json-output`, in the order of contracts and properties. */
export function readProofs(json: string): Proof[] {
  const { test_results } = JSON.parse(json) as HalmosOutput;
  return Object.entries(test_results)
    .flatMap(([place, results]) => results.map((result) => proofOf(place.slice(place.lastIndexOf(":") + 1), result)))
    .sort((a, b) => `${a.contract} ${a.property}`.localeCompare(`${b.contract} ${b.property}`, "en"));
}

/** Whether nothing is left open: there are proofs, and each property is proved. */
export function allProved(proofs: readonly Proof[]): boolean {
  return proofs.length > 0 && proofs.every(({ outcome }) => outcome === "proved");
}

function proofOf(contract: string, { name, exitcode, num_paths, time, num_bounded_loops }: TestResult): Proof {
  const outcome = OUTCOMES[exitcode] ?? "broken";
  return {
    contract,
    property: name.replace(/\(.*$/, ""),
    outcome: outcome === "proved" && (num_bounded_loops ?? 0) > 0 ? "incomplete" : outcome,
    paths: num_paths?.[0] ?? 0,
    seconds: time?.[0] ?? 0,
  };
}
